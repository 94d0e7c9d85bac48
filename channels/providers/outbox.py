"""Messages on their way out: each under its own key, handed to its provider once."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import quote

from channels.providers.twilio import RETRYABLE, STOPPED, TwilioDoor
from database.consent import Consent
from database.outbox import Message, Outbox
from models.errors import Uncertain, Undelivered
from models.people import Address, Channel

log = logging.getLogger(__name__)

# Single words that the carrier itself obeys in a text message. On WhatsApp nobody does but us, and "cancel", "end",
# "quit" and "yes" are only what they say.
STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START = frozenset({"start", "yes", "unstop"})
HELP = frozenset({"help", "info"})
ONLY_THE_CARRIERS = frozenset({"cancel", "end", "quit", "yes"})


class Post:
    """The outbox, the providers behind it, and who wants nothing from it. ``status_url``: where receipts go."""

    def __init__(self, outbox: Outbox, door: TwilioDoor, status_url: str, consent: Consent) -> None:
        self.outbox = outbox
        self._consent = consent
        self._door = door
        self._status_url = status_url
        self._sending: set[asyncio.Task[None]] = set()

    async def send(self, message: Message) -> None:
        """Keep a message and hand it over now. Doing it again under the same key does nothing.

        Never raises for what a provider says: the outbox keeps it, and whoever looks after that goes on from there.
        """
        await self.outbox.put(message)
        await self.deliver(message.key)

    async def later(self, message: Message) -> None:
        """Keep a message and hand it over in the background."""
        await self.outbox.put(message)
        task = asyncio.create_task(self.deliver(message.key))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def deliver(self, key: str) -> None:
        """Hand over a message that is still pending; of any number at once, one does."""
        message = await self.outbox.claim(key)
        if message is None:
            return
        if not message.always and not await self._consent.may(message.channel, message.to):
            await self.outbox.failed(key, "opted-out")
            return
        try:
            sent = await self._door.text(
                message.to.value,
                message.body,
                status_callback=f"{self._status_url}?out={quote(message.key, safe='')}",
                whatsapp=message.channel is Channel.WHATSAPP,
            )
        except Uncertain as error:
            await self.outbox.uncertain(key, error.reason)
        except Undelivered as error:
            log.warning("a message could not be handed over: %s", error.reason)
            if error.reason == STOPPED:
                await self._consent.stop(message.channel, message.to)
            if error.reason in RETRYABLE:
                await self.outbox.uncertain(key, error.reason)
                await self.outbox.again(key)
            else:
                await self.outbox.failed(key, error.reason)
        else:
            await self.outbox.sent(key, sent.provider_id, sent.status)

    # -- who wants to be written to ---------------------------------------------------------------------------

    async def noted(self, channel: Channel, address: Address, text: str) -> bool:
        """Whether a message is nothing but STOP, START or HELP, whose reply always goes out; the first two are kept."""
        word = text.strip().lower()
        if channel is not Channel.SMS and word in ONLY_THE_CARRIERS:
            return False
        if word in STOP:
            await self.stopped(channel, address)
        elif word in START:
            await self.started(channel, address)
        return word in STOP | START | HELP

    async def stopped(self, channel: Channel, address: Address) -> None:
        """Somebody wants no more messages."""
        await self._consent.stop(channel, address)

    async def started(self, channel: Channel, address: Address) -> None:
        """Somebody wants messages again. What was stopped by text is started by text: the carrier keeps that too."""
        await self._consent.start(channel, address)
        await self._consent.start(Channel.WHATSAPP, address)

    async def may(self, channel: Channel, address: Address) -> bool:
        """Whether a message that answers nothing may go there: who stopped WhatsApp gets no texts in its place."""
        return await self._consent.may(channel, address) and await self._consent.may(Channel.WHATSAPP, address)

"""Messages on their way out: each under its own key, handed to its provider once."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import quote

from channels.providers.twilio import RETRYABLE, TwilioDoor
from database.outbox import Message, Outbox
from models.errors import Uncertain, Undelivered
from models.people import Channel

log = logging.getLogger(__name__)


class Post:
    """The outbox and the providers behind it. ``status_url`` is where receipts are sent to."""

    def __init__(self, outbox: Outbox, door: TwilioDoor, status_url: str) -> None:
        self.outbox = outbox
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
            if error.reason in RETRYABLE:
                await self.outbox.uncertain(key, error.reason)
                await self.outbox.again(key)
            else:
                await self.outbox.failed(key, error.reason)
        else:
            await self.outbox.sent(key, sent.provider_id, sent.status)

"""Messages on their way out: each under its own key, handed to its provider once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast
from urllib.parse import quote

from channels.providers.twilio import RETRYABLE, STOPPED, Content, Sent, TwilioDoor
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


NO_CONTENTS: Mapping[str, str] = MappingProxyType({})


class MailDoor(Protocol):
    """Sends one mail. Raises as :meth:`channels.providers.twilio.TwilioDoor.text`."""

    async def mail(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        reply_to: str | None = None,
        headers: Mapping[str, str] = ...,
        custom_args: Mapping[str, str] = ...,
    ) -> Sent: ...


class Post:
    """The outbox, the providers behind it, and who wants nothing from it.

    ``status_url`` is where receipts of texts go, ``mail`` what sends email (None: nothing does), ``contents`` the ids
    (``HX…``) of the account's WhatsApp templates by their names in :data:`channels.whatsapp.NAMES`; a name may end in
    a language (``reminder.es``).
    """

    def __init__(
        self,
        outbox: Outbox,
        door: TwilioDoor,
        status_url: str,
        consent: Consent,
        *,
        mail: MailDoor | None = None,
        contents: Mapping[str, str] = NO_CONTENTS,
    ) -> None:
        self.outbox = outbox
        self._consent = consent
        self._door = door
        self._mail = mail
        self._contents = contents
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
        """Hand over a message that is pending and due; of any number at once, one does."""
        message = await self.outbox.claim(key)
        if message is None:
            return
        if not message.always and not await self._consent.may(message.channel, message.to):
            await self.outbox.failed(key, "opted-out")
            return
        try:
            sent = await self._hand_over(message)
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

    async def _hand_over(self, message: Message) -> Sent:
        if message.channel is Channel.EMAIL:
            return await self._mailed(message)
        return await self._door.text(
            message.to.value,
            message.body,
            status_callback=f"{self._status_url}?out={quote(message.key, safe='')}",
            whatsapp=message.channel is Channel.WHATSAPP,
            content=self._content(message),
        )

    async def _mailed(self, message: Message) -> Sent:
        if self._mail is None:
            raise Undelivered("no-email")
        extras = message.extras
        return await self._mail.mail(
            message.to.value,
            str(extras.get("subject") or ""),
            message.body,
            str(extras.get("html") or ""),
            reply_to=cast("str | None", extras.get("reply_to")),
            headers=cast("Mapping[str, str]", extras.get("headers") or {}),
            custom_args={"out": message.key},
        )

    def _content(self, message: Message) -> Content | None:
        """What is sent in place of the words, where the message has such and the account a template for it."""
        wanted = message.extras.get("content")
        if message.channel is not Channel.WHATSAPP or not isinstance(wanted, dict):
            return None
        variables = cast("Mapping[str, str]", wanted["variables"])
        sid = self._contents.get(str(wanted["name"]))
        return Content(sid, variables) if sid else None

    def wording_of(self, message: Message) -> str:
        """The words a provider knows a message by, to look it up."""
        content = self._content(message)
        return message.body if content is None else content.variables["1"]

    def has(self, template: str) -> bool:
        """Whether the account has that template."""
        return template in self._contents

    @property
    def mails(self) -> bool:
        """Whether there is a door for email."""
        return self._mail is not None

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

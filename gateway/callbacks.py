"""What could not be done at once: calls back, messages still to be answered or sent, and sends nobody is sure of."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from channels.providers.twilio import RETRYABLE
from database.calls import ABOUT, Callback
from database.inbox import Waiting
from database.joins import Joins
from database.outbox import Unsettled
from gateway.metrics import CALLBACKS, PEOPLE_WAITING
from gateway.parts import Parts
from gateway.webhooks import lost
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.mail_desk import KIND, MailDesk
from gateway.webhooks.pay import PayDesk
from gateway.webhooks.texts import TextDesk
from models.errors import NotConfirmed, SegueError, Uncertain, Undelivered
from models.people import Channel
from switchboard.joining import Registry

log = logging.getLogger(__name__)
EVERY = 3.0
UNFINISHED = timedelta(seconds=15)
DUE = timedelta(seconds=5)
STALE = timedelta(seconds=60)
UNKNOWN_AFTER = timedelta(minutes=2)
NO_SIGN_AFTER = timedelta(minutes=10)
AT_ONCE = 20
REMEMBERED = timedelta(hours=1)
TOO_LATE = timedelta(days=1)
TRIES = 5
NOBODYS = timedelta(days=90)
MOST_COUNTED = 10_000


class Callbacks:
    """One round every few seconds, as long as there is somebody to answer: nothing that came in is lost."""

    def __init__(
        self, parts: Parts, texts: TextDesk, calls: CallDesk, *, mails: MailDesk | None = None, every: float = EVERY
    ) -> None:
        self.parts = parts
        self.texts = texts
        self.calls = calls
        self.mails = mails
        self.every = every
        self._failures: Counter[str] = Counter()

    async def run(self) -> None:
        """Rounds until cancelled."""
        while True:
            await asyncio.sleep(self.every)
            for task in (self.outstanding, self.unsent, self.forget, self.count, self.joined):
                await self._safely(task)

    async def _safely(self, task: Callable[[], Awaitable[None]]) -> None:
        try:
            await task()
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the rounds
            log.warning("a round was not finished: %s", type(error).__name__)

    async def outstanding(self) -> None:
        """What waits for Temporal: words that were kept, and callers who were sent away."""
        if not await self.parts.switchboard.ready():
            return
        for waiting in await self.parts.inbox.unfinished(UNFINISHED, AT_ONCE):
            await self._retry(waiting)
        for callback in await self.parts.calls.callbacks_due(AT_ONCE):
            await self._call(callback)

    async def joined(self) -> None:
        """Cases of two that became one, or two again, that could not be told of it yet."""
        await Registry(self.parts.switchboard, Joins(self.parts.database)).settle_due()

    async def _retry(self, waiting: Waiting) -> None:
        """Once more; what fails by itself and not for want of Temporal is put aside, so that it blocks nothing."""
        try:
            await self._redo(waiting)
        except NotConfirmed:
            return
        except Exception as error:  # noqa: BLE001 - a bug that one message meets must not stop the others
            self._failures[waiting.id] += 1
            log.error("something kept could not be dealt with: %s", type(error).__name__)
            if self._failures[waiting.id] >= TRIES:
                del self._failures[waiting.id]
                await self.parts.inbox.give_up(waiting.id)

    async def _redo(self, waiting: Waiting) -> None:
        """Take up again what was kept and never dealt with."""
        if waiting.kind == "message":
            await self.texts.handle(waiting.id, waiting.body)
        elif waiting.kind == "pay":
            await PayDesk(self.parts).redo(waiting.kind, waiting.id, waiting.body)
        elif waiting.kind in lost.KINDS:
            await lost.redo(self.parts, waiting.kind, waiting.id, waiting.body)
        elif waiting.kind == KIND and self.mails is not None:
            await self.mails.redo(waiting.id, waiting.body)
        elif waiting.kind in {"call", "turn", "hang-up"}:
            await self.calls.redo(waiting.kind, waiting.id, waiting.body)
        else:
            # A form or an API request: whoever sent it was told that it is not confirmed, and sends it again.
            await self.parts.inbox.give_up(waiting.id)

    async def _call(self, callback: Callback) -> None:
        """Call somebody back, once: where nobody knows whether it rang, it is left at that."""
        if not await self.parts.calls.called_back(callback.id):
            return
        about = f"?case={quote(callback.case, safe='')}" if callback.case else ""
        try:
            sid = await self.parts.door.call(
                callback.address.value,
                url=self.parts.url(f"/twilio/voice{about}"),
                status_callback=self.parts.url(f"/twilio/voice/status{about}"),
                to_a_person=bool(about),
            )
        except Undelivered as error:
            CALLBACKS.labels(error.code).inc()
            log.warning("a callback could not be placed: %s", error.reason)
            if error.reason in RETRYABLE:
                reason = f"{ABOUT}{callback.case}" if callback.case else "away"
                await self.parts.calls.callback_wanted(callback.customer, callback.address, reason)
            elif callback.case and not isinstance(error, Uncertain):
                await lost.missed(self.parts, callback.id, callback.case)
            return
        CALLBACKS.labels("placed").inc()
        await self.parts.calls.started(sid, callback.customer, callback.address)

    async def forget(self) -> None:
        """What was said and sent is not kept: it holds links and codes."""
        await self.parts.inbox.forget(REMEMBERED)
        await self.parts.outbox.forget(TOO_LATE)
        if self.parts.mail is not None:
            await self.parts.mail.unplaced.forget(NOBODYS)

    async def count(self) -> None:
        """How many wait for one of the team: nobody else sees to that somebody calls."""
        PEOPLE_WAITING.set(len(await self.parts.calls.people_waiting(MOST_COUNTED)))

    async def unsent(self) -> None:
        """Messages whose sender is gone, and those nobody knows the fate of: looked up, never repeated blindly."""
        outbox = self.parts.outbox
        for key in await outbox.stale_sending(STALE, AT_ONCE):
            await outbox.uncertain(key, "sender-gone")
        for message in await outbox.uncertain_ones(AT_ONCE):
            await self._settle(message)
        for key in await outbox.due(DUE, AT_ONCE):
            await self.parts.outreach.due(key)

    async def _settle(self, message: Unsettled) -> None:
        if message.channel is Channel.EMAIL:
            await self._without_a_sign(message)
            return
        whatsapp = message.channel is Channel.WHATSAPP
        try:
            # A message is claimed before it is handed over, so the provider's time may lie a little before ours.
            since = message.since - STALE
            known = await self.parts.outbox.known_to(message.to)
            found = await self.parts.door.find_text(
                message.to.value, since, self.parts.post.wording_of(message), whatsapp=whatsapp, known=known
            )
        except SegueError:
            return
        if found is not None:
            await self.parts.outbox.sent(message.key, found.provider_id, found.status)
        elif datetime.now(UTC) - message.since > UNKNOWN_AFTER:
            await self.parts.outbox.again(message.key)

    async def _without_a_sign(self, message: Unsettled) -> None:
        """A mail can't be looked up. It is not sent again; what it had to say goes another way."""
        if datetime.now(UTC) - message.since > NO_SIGN_AFTER:
            await self.parts.outbox.failed(message.key, "unconfirmed")
            await lost.lost(self.parts, message.key)

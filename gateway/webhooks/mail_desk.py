"""Mail comes in: kept before it is read, acted on once, answered by mail, or laid where a person finds it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from weakref import WeakValueDictionary

from channels.reading.mask import mask
from database.customers import opaque
from database.inbox import Receipt
from database.unplaced import Stray
from gateway.limits import Limit
from gateway.mailroom import Mailroom
from gateway.metrics import DUPLICATES, WEBHOOKS, timed
from gateway.parts import Parts
from gateway.webhooks.mail import InMail, identity, opened
from gateway.webhooks.mail_reply import MailReply
from gateway.webhooks.signature import fingerprint
from models.errors import NotConfirmed, NotUnderstood, Unknown
from models.people import Address, Assurance, Channel
from switchboard.switchboard import Speaker, visit_named

log = logging.getLogger(__name__)
PATIENCE = 1.5
AT_ONCE = 4  # mails of up to 32 MB that are held in memory
KIND = "mail"
FORGOTTEN = "forgotten"


class MailDesk:
    """Takes what comes in by mail. One sender's mails are answered in the order they came."""

    def __init__(self, parts: Parts, mail: Mailroom) -> None:
        self.parts = parts
        self.mail = mail
        self.replies = MailReply(parts, mail)
        self.room = asyncio.Semaphore(AT_ONCE)
        # Two machines that answer each other are stopped here, should nothing else have told them apart from people.
        self._answered = Limit(20, 3600)
        self._unproved = Limit(1, 24 * 3600)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._under_way: set[asyncio.Task[None]] = set()

    async def receive(self, content_type: str, body: bytes) -> None:
        """Keep a mail and answer it; a slow answer goes on after the webhook has its own.

        Raises NotConfirmed while it can't be kept. Whatever else is wrong with it, it is kept.
        """
        raw = opaque("m")
        kept = content_type[:400].replace("\n", " ").encode("utf-8", "replace") + b"\n" + body
        await self.mail.unplaced.keep(raw, KIND, kept)
        try:
            mail = await asyncio.to_thread(opened, content_type, body)
        except Exception as error:  # noqa: BLE001 - whatever trips the reader, the mail is not lost
            level = logging.INFO if isinstance(error, NotUnderstood) else logging.ERROR
            log.log(level, "a mail could not be read: %s", type(error).__name__)
            await self.mail.unplaced.lies(raw, "unreadable", sender="", subject="")
            WEBHOOKS.labels("inbound", "unreadable").inc()
            return
        id = identity(mail, body)
        receipt = await self._received(id, {"raw": raw})
        if not receipt.fresh:
            await self.mail.unplaced.placed(raw)
            WEBHOOKS.labels("inbound", "duplicate").inc()
            DUPLICATES.labels(KIND).inc()
            return
        WEBHOOKS.labels("inbound", "taken").inc()
        task = asyncio.create_task(self.handle(id, {"raw": raw}, mail))
        self._under_way.add(task)
        task.add_done_callback(self._over)
        await asyncio.wait({task}, timeout=PATIENCE)

    async def too_large(self, head: bytes) -> None:
        """More came than a mail can be: its beginning is kept, so that somebody may look."""
        raw = opaque("m")
        await self.mail.unplaced.keep(raw, KIND, b"\n" + head)
        await self.mail.unplaced.lies(raw, "too-large", sender="", subject="")
        WEBHOOKS.labels("inbound", "too-large").inc()

    async def _received(self, id: str, body: Mapping[str, str]) -> Receipt:
        return await self.parts.inbox.receive(id, KIND, fingerprint(id), dict(body))

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a mail could not be handled yet: %s", type(error).__name__)

    async def finish(self) -> None:
        """Let what is under way end, at most ten seconds: the rest is found in the inbox again."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=10)

    async def redo(self, id: str, body: Mapping[str, str]) -> None:
        """Take up again what was kept and never dealt with."""
        mail = await self._read_again(body["raw"])
        if mail is None:
            await self.parts.inbox.done(id, FORGOTTEN)
        else:
            await self.handle(id, body, mail)

    async def _read_again(self, raw: str) -> InMail | None:
        kept = await self.mail.unplaced.raw(raw)
        if kept is None:
            return None
        content_type, _, content = kept.partition(b"\n")
        return await asyncio.to_thread(opened, content_type.decode(), content)

    async def handle(self, id: str, body: Mapping[str, str], mail: InMail) -> None:
        """Act on a kept mail. Safe to do again: every effect carries the mail's own id."""
        who = mail.sender.value if mail.sender else id
        lane = self._lanes.setdefault(who, asyncio.Lock())
        async with lane:
            if await self.parts.inbox.answered(id):
                return
            with timed(Channel.EMAIL.value):
                try:
                    reason = await self._placed(id, body, mail)
                except NotConfirmed:
                    # Left unfinished: the background takes it up again once there is an answer.
                    log.warning("a mail waits until its case can be reached")
                    await self._acknowledge(id, mail)
                    return
                except Exception as error:  # noqa: BLE001 - a bug that one mail meets leaves it for a person
                    log.error("a mail could not be handled: %s", type(error).__name__)
                    reason = "failed"
            raw = body["raw"]
            if reason:
                subject = mask(mail.subject)
                await self.mail.unplaced.lies(
                    raw, reason, sender=mail.sender.value if mail.sender else "", subject=subject
                )
                WEBHOOKS.labels("inbound", "unplaced").inc()
            else:
                await self.mail.unplaced.placed(raw)
            await self.parts.inbox.done(id, reason or "answered")

    async def _placed(self, id: str, body: Mapping[str, str], mail: InMail) -> str | None:
        """Hear a mail as its sender's; why it can't be placed, or None."""
        if customer := body.get("customer"):
            await self._as_assigned(id, mail, customer, body.get("case"))
            return None
        if mail.automatic:
            WEBHOOKS.labels("inbound", mail.automatic).inc()
            return None
        if mail.sender is None:
            return "no-sender"
        if not mail.proved:
            await self._say_unproved(id, mail.sender)
            return "not-proved"
        letters = self.mail.letters
        token = letters.token_of(mail.to)
        known = await self.parts.customers.find(mail.sender)
        if token is None and letters.addressed(mail.to):
            return "wrong-token"
        if token is not None:
            # A mail from before somebody's two records were joined is still theirs to answer.
            theirs = await self.parts.customers.records(known.id) if known else []
            if not any(letters.holds(token, record) for record in theirs):
                return "wrong-token"
        speaker = await self.parts.switchboard.recognise(Channel.EMAIL, mail.sender, Assurance.POSSESSION)
        if not self._answered.allows(mail.sender.value):
            return "too-many"
        try:
            await self.replies.answer(id, mail, speaker, mail.sender)
        except Unknown:
            return "no-such-case"
        return None

    async def _say_unproved(self, id: str, sender: Address) -> None:
        """The owner of the address, if it is a customer's, learns that nothing was done; nothing of a case is said."""
        customer = await self.parts.customers.find(sender)
        if customer is not None and self._unproved.allows(customer.id):
            words = self.parts.words(customer.language, customer.zone)
            letter = self.mail.letters.plain(
                key=f"unproved:{id}", customer=customer.id, to=sender, text=words.say("email-unproved"), words=words
            )
            await self.parts.post.send(letter)

    async def _acknowledge(self, id: str, mail: InMail) -> None:
        """The sender learns that the mail is not lost; said once, however often it is tried again."""
        customer = await self.parts.customers.find(mail.sender) if mail.sender and mail.proved else None
        if customer is not None and mail.sender is not None:
            words = self.parts.words(customer.language, customer.zone)
            letter = self.mail.letters.plain(
                key=f"kept:{id}", customer=customer.id, to=mail.sender, text=words.say("email-kept"), words=words
            )
            await self.parts.post.send(letter)

    # -- what a person assigned ---------------------------------------------------------------------------------

    async def assign(self, stray: Stray, customer: str, by: str, case: str | None = None) -> bool:
        """Handle an unplaced mail as a customer's, because one of the company's people says so; once.

        ``case`` is what it is about, where they know. Whether it was still nobody's. Raises Unknown for no such
        customer, NotUnderstood for what can't be read.
        """
        if await self.parts.customers.get(customer) is None:
            raise Unknown
        kept = await self.mail.unplaced.raw(stray.id)
        content_type, _, content = (kept or b"\n").partition(b"\n")
        mail = await asyncio.to_thread(opened, content_type.decode(), content)
        if not await self.mail.unplaced.assign(stray.id, customer, by):
            return False
        id = f"{KIND}:{stray.id}"
        body = {"raw": stray.id, "customer": customer} | ({"case": case} if case else {})
        await self._received(id, body)
        await self.handle(id, body, mail)
        return True

    async def _as_assigned(self, id: str, mail: InMail, customer: str, case: str | None) -> None:
        """The answer goes to an address on file: whoever wrote may still not be the customer."""
        customer = await self.parts.customers.owner(customer)
        found = await self.parts.customers.get(customer)
        if found is None:
            return
        theirs = [a for a in await self.parts.customers.addresses(customer) if a.kind == "email"]
        to = mail.sender if mail.sender in theirs else next(iter(theirs), None)
        visit = visit_named(Channel.EMAIL.value, f"email:{to.value}" if to else id)
        speaker = Speaker(
            customer, Channel.EMAIL, Assurance.POSSESSION, to, found.language, found.zone, visit=visit
        )  # fmt: skip
        await self.replies.answer(id, mail, speaker, to, case)

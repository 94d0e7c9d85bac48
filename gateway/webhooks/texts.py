"""Texts and WhatsApp messages: kept first, acted on once, answered through the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

from starlette.datastructures import FormData

from channels.preface import joined, notices
from channels.reading import Said
from channels.reading.mask import mask
from channels.whatsapp import Written
from channels.wording.book import Wording
from database.calls import PERSON
from database.outbox import Message
from database.spoken import Question, Spoken
from gateway.limits import Limit
from gateway.metrics import DUPLICATES, WEBHOOKS, timed
from gateway.parts import Parts
from gateway.webhooks import media
from gateway.webhooks.lost import lost
from gateway.webhooks.ringing import ring
from gateway.webhooks.signature import fingerprint, text_of
from models.errors import NotConfirmed
from models.people import Address, Assurance, Channel
from models.questions import PaymentMethod
from switchboard.conversation import Heard, Standing
from switchboard.switchboard import Speaker

log = logging.getLogger(__name__)
LONGEST = 1600
PATIENCE = 1.5
ELSEWHERE = ("", 0)
FAILED = {"failed", "undelivered"}
PASS_LIFETIME = timedelta(hours=24)


class TextDesk:
    """Takes what comes in by text. One sender's messages are answered in the order they came."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.spoken = Spoken(parts.database)
        # More than anybody types: two machines that answer each other would never end.
        self._rate = Limit(40, 600)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._under_way: set[asyncio.Task[None]] = set()

    async def receive(self, form: FormData) -> None:
        """Keep a message and answer it; a slow answer goes on after the webhook has its own."""
        id = text_of(form, "MessageSid")
        body = {name: text_of(form, name) for name in ("From", "To", "NumMedia", "OptOutType")}
        raw = media.words_of(form)
        body["Body"] = mask(raw)
        if not id or not body["From"]:
            WEBHOOKS.labels("messages", "malformed").inc()
            return
        body |= await self._texted(body) | await media.besides(self.parts, form)
        receipt = await self.parts.inbox.receive(id, "message", fingerprint(body["From"], body["Body"]), dict(body))
        if receipt.reply is not None or not receipt.same:
            outcome = "duplicate" if receipt.same else "conflict"
            WEBHOOKS.labels("messages", outcome).inc()
            DUPLICATES.labels("message").inc()
            return
        if receipt.fresh and not self._rate.allows(body["From"]):
            await self._too_often(id, body, raw)
            return
        WEBHOOKS.labels("messages", "taken").inc()
        task = asyncio.create_task(self.handle(id, body, raw))
        self._under_way.add(task)
        task.add_done_callback(self._over)
        await asyncio.wait({task}, timeout=PATIENCE)

    async def _too_often(self, id: str, body: Mapping[str, str], raw: str) -> None:
        """Not answered, but who wants no more messages is heard."""
        await self.parts.post.noted(*sender(body["From"]), body["OptOutType"] or raw)
        await self.parts.inbox.done(id, "too-often")
        WEBHOOKS.labels("messages", "too-often").inc()

    async def _texted(self, body: Mapping[str, str]) -> dict[str, str]:
        """The question that was texted last when a message came: what a bare "1" replies to, and no later one."""
        last = await self.spoken.last(*sender(body["From"]))
        return {"_last": f"{last.case} {last.key} {last.revision}"} if last else {}

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be handled yet: %s", type(error).__name__)

    async def finish(self) -> None:
        """Let what is under way end, at most ten seconds: the rest is found in the inbox again."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=10)

    async def handle(self, id: str, body: Mapping[str, str], raw: str | None = None) -> None:
        """Act on a kept message. Safe to do again: every effect carries the message's own id.

        ``raw`` are the words before card numbers were masked: read once, never kept.
        """
        lane = self._lanes.setdefault(body["From"], asyncio.Lock())
        async with lane:
            if await self.parts.inbox.answered(id):
                # Delivered twice at once: the first has been answered while this one waited.
                return
            channel, address = sender(body["From"])
            with timed(channel.value):
                try:
                    await self._reply(id, body, raw or body["Body"], channel, address)
                except NotConfirmed:
                    # Left unfinished: the background takes it up again once there is an answer.
                    log.warning("a message waits until its case can be reached")
                    await self._acknowledge(id, channel, address)
                    return
            await self.parts.inbox.done(id, "answered")

    async def _reply(self, id: str, body: Mapping[str, str], raw: str, channel: Channel, address: Address) -> None:
        speaker = await self.parts.switchboard.recognise(channel, address, Assurance.POSSESSION)
        words = self.parts.words(speaker.language, speaker.zone)
        always = await self.parts.post.noted(channel, address, body["OptOutType"] or raw)
        if body["OptOutType"]:
            await self._opted(id, body["OptOutType"], speaker)
            return
        heard, reply = await self._answered(id, body, raw.strip(), speaker, words)
        if heard is not None:
            await self._note(heard, speaker, channel, address)
        if heard is not None and heard.chat and not reply.body:
            return
        await self.parts.post.send(
            Message(
                key=f"reply:{id}",
                case=heard.turn.case if heard and heard.turn else None,
                customer=speaker.customer,
                channel=channel,
                to=address,
                body=reply.body,
                always=always,
                extras=reply.extras,
            )
        )

    async def _answered(
        self, id: str, body: Mapping[str, str], text: str, speaker: Speaker, words: Wording
    ) -> tuple[Heard | None, Written]:
        """What came of a message, and the reply to it."""
        speaker = await self.parts.conversation.known(speaker)
        if len(text) > LONGEST:
            return None, Written(words.say("too-long"))
        files = media.Brought()
        if not text or body.get(media.MEDIA):
            case = (await self.parts.conversation.standing(speaker)).case
            files = await media.brought(self.parts, id, body, speaker, case)
            if not text and (said := await self._only_files(id, body, speaker, case, files, words)):
                return said
        heard = await self._heard(id, body, Said(text, "typed", attachments=files.files), speaker)
        heard = await ring(self.parts, heard, speaker)
        if heard.language is not None:
            words, speaker = self.parts.words(heard.language, speaker.zone), replace(speaker, language=heard.language)
        reply = await self.compose(heard, words, speaker)
        if heard.chat:
            files = replace(files, files=())
        answered = any(line.kind == "file" for line in heard.turn.answers) if heard.turn else False
        return heard, reply if answered or not files.said(words) else media.led(files.said(words), reply)

    async def _only_files(
        self, id: str, body: Mapping[str, str], speaker: Speaker, case: str | None, files: media.Brought, words: Wording
    ) -> tuple[Heard | None, Written] | None:
        """What is said to a message without words; None where its files are for a question or for one of the team."""
        if not files.files:
            some = body["NumMedia"] not in {"", "0"}
            return None, Written(files.said(words) or words.say("page-only-text" if some else "empty"))
        if await self._in_hand(case):
            return None
        kept = await media.unasked(self.parts, id, speaker, case, files, words)
        return (Heard(kept[0]), kept[1]) if kept else None

    async def _heard(self, id: str, body: Mapping[str, str], said: Said, speaker: Speaker) -> Heard:
        """Hear it where the customer stood when it first came: its own effect may have closed the case since."""
        now = await self.parts.conversation.standing(speaker, said, question(body.get("_last", "")))
        stood = Standing.read(await self.parts.inbox.about(id, now.kept()))
        asked = None
        if replied := question(body.get("_asked", "")):
            replied = await self.parts.switchboard.onward.question(replied)
            # A reply to exactly that message: whatever else is open, it is about that question.
            turn = await self.parts.switchboard.look(replied.case)
            theirs = await self.parts.switchboard.owns(speaker.customer, replied.case)
            if theirs and turn is not None and (stood.case is None or not turn.status.closed):
                stood = Standing(replied.case, turn.sequence, chat=stood.chat and stood.case == replied.case)
            asked = (replied.key, replied.revision) if stood.case == replied.case else ELSEWHERE
        return await self.parts.conversation.hear(speaker, said, request_id=id, asked=asked, stood=stood)

    async def _in_hand(self, case: str | None) -> bool:
        """Whether one of the team drives the case: what comes without words is for them."""
        turn = await self.parts.switchboard.look(case) if case and self.parts.conversation.chats else None
        return turn is not None and turn.claim is not None

    async def _note(self, heard: Heard, speaker: Speaker, channel: Channel, address: Address) -> None:
        """What the reply asks and promises has to be known when somebody comes back to it."""
        if heard.greeting == "person":
            await self.parts.calls.callback_wanted(speaker.customer, address, PERSON)
        turn = heard.last
        if turn and turn.question and not heard.alone:
            pending = turn.question
            asked = Question(case=turn.case, key=pending.question.key, revision=pending.revision)
            await self.spoken.asked(channel, address, asked)

    async def _opted(self, id: str, word: str, speaker: Speaker) -> None:
        """The provider has answered STOP, START or HELP itself: note it, say nothing."""
        if word in {"STOP", "START"}:
            await self.parts.conversation.hear(speaker, Said(word, "typed"), request_id=id)

    async def compose(self, heard: Heard, words: Wording, speaker: Speaker) -> Written:
        """What is said back: the turn, or a word of our own where there is no case or none is wanted."""
        opening = heard.opening(words, speaker.channel)
        if heard.turn is None or heard.alone:
            told = notices(heard.turn, words, Channel.SMS) if heard.turn else []
            return Written(joined(*told, opening, by="\n"))
        turn = heard.turn
        if heard.back is not None:
            opening = joined(heard.echo, *notices(turn, words, Channel.SMS), opening, by="\n")
            turn, heard = heard.back, Heard(heard.back)
        reply = media.written(heard, turn, words, speaker.channel, await self._link(heard, speaker))
        return media.led(opening, reply) if opening else reply

    async def _link(self, heard: Heard, speaker: Speaker) -> str | None:
        """A way to the web, where the question or what was said needs one."""
        turn = heard.turn
        pending = turn.question if turn else None
        needed = heard.because is not None and heard.because.code == "needs-web"
        if turn is None or not (needed or (pending and isinstance(pending.question, PaymentMethod))):
            return None
        token = await self.parts.passes.issue(turn.case, speaker.customer, lifetime=PASS_LIFETIME)
        return self.parts.url(f"/c/{token}")

    async def _acknowledge(self, id: str, channel: Channel, address: Address) -> None:
        """The sender learns that the message is not lost; said once, however often it is tried again."""
        customer = await self.parts.customers.find(address)
        if customer is not None:
            text = self.parts.words(customer.language, customer.zone).say("page-text-kept")
            key = f"kept:{id}"
            await self.parts.post.send(
                Message(key=key, case=None, customer=customer.id, channel=channel, to=address, body=text)
            )

    async def receipt(self, form: FormData, key: str | None) -> None:
        """What became of a message of ours. ``key`` is our own name for it, carried in the callback's address."""
        sid, status = text_of(form, "MessageSid"), text_of(form, "MessageStatus") or text_of(form, "SmsStatus")
        if not sid or not status:
            WEBHOOKS.labels("messages/status", "malformed").inc()
            return
        if key and await self.parts.outbox.status_of(key) in {"pending", "sending", "uncertain"}:
            # The answer to our request may have been lost, yet here is proof that it was taken.
            await self.parts.outbox.sent(key, sid, status)
        moved = await self.parts.outbox.receipt(sid, status, text_of(form, "ErrorCode") or None)
        ours = await self.parts.outbox.key_of(sid) if moved and status in FAILED else None
        if ours:
            await lost(self.parts, ours)
        WEBHOOKS.labels("messages/status", "taken" if moved else "late").inc()


def question(written: str) -> Question | None:
    """The question that ``case key revision`` names, as it is kept beside a message."""
    case, _, rest = written.partition(" ")
    key, _, revision = rest.rpartition(" ")
    return Question(case=case, key=key, revision=int(revision)) if case and key and revision.isdecimal() else None


def sender(raw: str) -> tuple[Channel, Address]:
    """Over what and from whom: ``whatsapp:+1415…`` is WhatsApp, a bare number a text."""
    if raw.startswith("whatsapp:"):
        return Channel.WHATSAPP, Address(kind="phone", value=raw.removeprefix("whatsapp:"))
    return Channel.SMS, Address(kind="phone", value=raw)

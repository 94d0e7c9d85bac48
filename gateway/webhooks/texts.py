"""Texts and WhatsApp messages: kept first, acted on once, answered through the outbox."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from weakref import WeakValueDictionary

from starlette.datastructures import FormData

from channels import sms
from channels.preface import joined, notices
from channels.reading import Said
from channels.reading.mask import mask
from channels.wording.book import Wording
from database.calls import PERSON
from database.inbox import Receipt
from database.outbox import Message
from database.spoken import Question, Spoken
from gateway.metrics import DUPLICATES, WEBHOOKS, timed
from gateway.parts import Parts
from gateway.webhooks.signature import fingerprint, text_of
from models.errors import NotConfirmed
from models.people import Address, Assurance, Channel
from models.questions import PaymentMethod
from switchboard.conversation import Heard, Standing
from switchboard.switchboard import Speaker

log = logging.getLogger(__name__)
LONGEST = 1600
PATIENCE = 1.5
# What means nothing without the question it replies to.
BARE = re.compile(r"\W*\d\d?\W*")
ELSEWHERE = ("", 0)
LOST = {"what-do-you-want", "unknown-wish"}
PASS_LIFETIME = timedelta(hours=24)


class TextDesk:
    """Takes what comes in by text. One sender's messages are answered in the order they came."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.spoken = Spoken(parts.database)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._under_way: set[asyncio.Task[None]] = set()

    async def receive(self, form: FormData) -> None:
        """Keep a message and answer it; a slow answer goes on after the webhook has its own."""
        id = text_of(form, "MessageSid")
        body = {name: text_of(form, name) for name in ("From", "To", "NumMedia", "OptOutType")}
        raw = text_of(form, "Body") or text_of(form, "ButtonText")
        body["Body"] = mask(raw)
        if not id or not body["From"]:
            WEBHOOKS.labels("messages", "malformed").inc()
            return
        body |= await self._texted(body)
        receipt = await self._received(id, body)
        if receipt.reply is not None or not receipt.same:
            outcome = "duplicate" if receipt.same else "conflict"
            WEBHOOKS.labels("messages", outcome).inc()
            DUPLICATES.labels("message").inc()
            return
        WEBHOOKS.labels("messages", "taken").inc()
        task = asyncio.create_task(self.handle(id, body, raw))
        self._under_way.add(task)
        task.add_done_callback(self._over)
        await asyncio.wait({task}, timeout=PATIENCE)

    async def _received(self, id: str, body: Mapping[str, str]) -> Receipt:
        return await self.parts.inbox.receive(id, "message", fingerprint(body["From"], body["Body"]), dict(body))

    async def _texted(self, body: Mapping[str, str]) -> dict[str, str]:
        """The question a bare option number replies to: the one texted last when it came, and not a later one."""
        last = await self.spoken.last(*sender(body["From"])) if BARE.fullmatch(body["Body"]) else None
        return {"_asked": f"{last.case} {last.key} {last.revision}"} if last else {}

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
            if (await self._received(id, body)).reply is not None:
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
        text, case = raw.strip(), None
        if len(text) > LONGEST:
            reply = words.say("too-long")
        elif not text:
            reply = words.say("page-only-text" if body["NumMedia"] not in {"", "0"} else "empty")
        else:
            heard = await self._heard(id, Said(text, "typed"), speaker)
            case = heard.turn.case if heard.turn else None
            reply = await self.compose(heard, words, speaker)
            await self._note(heard, speaker, channel, address)
        await self.parts.post.send(
            Message(
                key=f"reply:{id}",
                case=case,
                customer=speaker.customer,
                channel=channel,
                to=address,
                body=reply,
                always=always,
            )
        )

    async def _heard(self, id: str, said: Said, speaker: Speaker) -> Heard:
        """Hear it where the customer stood when it first came: its own effect may have closed the case since."""
        now = await self.parts.conversation.standing(speaker)
        kept = await self.parts.inbox.about(id, {"_case": now.case or "", "_sequence": str(now.sequence or 0)})
        stood = Standing(kept["_case"] or None, int(kept["_sequence"]))
        asked = None
        if question := kept.get("_asked"):
            case, key, revision = question.split(" ")
            asked = (key, int(revision)) if case == stood.case else ELSEWHERE
        return await self.parts.conversation.hear(speaker, said, request_id=id, asked=asked, stood=stood)

    async def _note(self, heard: Heard, speaker: Speaker, channel: Channel, address: Address) -> None:
        """What the reply asks and promises has to be known when somebody comes back to it."""
        if heard.greeting == "person":
            await self.parts.calls.callback_wanted(speaker.customer, address, PERSON)
        pending = heard.turn.question if heard.turn else None
        if heard.turn and pending and not alone(heard):
            question = Question(case=heard.turn.case, key=pending.question.key, revision=pending.revision)
            await self.spoken.asked(channel, address, question)

    async def _opted(self, id: str, word: str, speaker: Speaker) -> None:
        """The provider has answered STOP, START or HELP itself: note it, say nothing."""
        if word in {"STOP", "START"}:
            await self.parts.conversation.hear(speaker, Said(word, "typed"), request_id=id)

    async def compose(self, heard: Heard, words: Wording, speaker: Speaker) -> str:
        """What is said back: the turn, or a word of our own where there is no case or none is wanted."""
        if heard.turn is None:
            return words.say(greeting(heard), "sms")
        if alone(heard):
            return joined(*notices(heard.turn, words, Channel.SMS), words.say(greeting(heard), "sms"), by="\n")
        text = sms.render(
            heard.turn, words, echo=heard.echo, because=heard.because, link=await self._link(heard, speaker)
        )
        return f"{words.say(heard.greeting)} {text}" if heard.greeting in {"help", "started"} else text

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
        WEBHOOKS.labels("messages/status", "taken" if moved else "late").inc()


def alone(heard: Heard) -> bool:
    """Whether a word of ours is said without the question."""
    return heard.greeting in {"stopped", "person"} or heard.greeting in LOST


def greeting(heard: Heard) -> str:
    """The message that greets, where there is no turn to say."""
    return "greeting" if heard.greeting in {"", "repeat", "what-do-you-want"} else heard.greeting


def sender(raw: str) -> tuple[Channel, Address]:
    """Over what and from whom: ``whatsapp:+1415…`` is WhatsApp, a bare number a text."""
    if raw.startswith("whatsapp:"):
        return Channel.WHATSAPP, Address(kind="phone", value=raw.removeprefix("whatsapp:"))
    return Channel.SMS, Address(kind="phone", value=raw)

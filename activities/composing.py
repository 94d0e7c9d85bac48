"""What a message that Segue writes by itself says on each channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from pydantic import JsonValue

from activities.ways import Way
from channels import sms, whatsapp
from channels.gsm import segments
from channels.preface import asks_nothing, joined, notices
from channels.providers.outbox import Post
from channels.wording.book import Wording, wording
from database.outbox import Message
from database.passes import Passes
from models.case import Reach, Turn
from models.people import Address, Assurance, Channel

PASS_LIFETIME = timedelta(days=7)


class Letters(Protocol):
    """Writes mails: a turn with something said before it, or plain words."""

    def message(
        self, *, key: str, customer: str, to: Address, turn: Turn, words: Wording, link: str | None, lead: str
    ) -> Message: ...

    def plain(self, *, key: str, customer: str | None, to: Address, text: str, words: Wording) -> Message: ...


@dataclass(frozen=True)
class Composed:
    """The words, and what else the channel's provider needs."""

    body: str
    extras: dict[str, JsonValue] = field(default_factory=dict)


class Composer:
    """``public_url`` is what links in messages begin with; without ``letters`` a mail is plain text."""

    def __init__(self, passes: Passes, post: Post, public_url: str, letters: Letters | None = None) -> None:
        self._passes = passes
        self._post = post
        self._public_url = public_url.rstrip("/")
        self._letters = letters

    def template(self, reach: Reach) -> str:
        """The account's template with approved words for it: in the customer's language where there is one."""
        kind = {"call-missed": "asking", "care": "notices"}.get(reach.kind, reach.kind.replace("_", "-"))
        own = f"{kind}.{reach.language.split('-')[0]}"
        return own if self._post.has(own) else kind

    def asked(self, turn: Turn) -> JsonValue:
        """The question the turn asks, as a message's ``extras`` keep it."""
        return whatsapp.asked(turn).get("asked")

    async def compose(self, reach: Reach, way: Way) -> Composed:
        """The message for a way."""
        words = wording(reach.language, reach.zone)
        link = None if reach.turn.status.closed else await self._link(reach)
        if reach.turn.floor.rank > Assurance.POSSESSION.rank:
            return self._discreet(reach, way, words, link)
        if way.channel is Channel.EMAIL:
            return self._mail(reach, way, words, link)
        if way.channel is Channel.WHATSAPP and way.approved:
            text = _text(reach, words, link=None)
            content = whatsapp.template(self.template(reach), text, link or "")
            return Composed(joined(text, link or ""), {**whatsapp.asked(reach.turn), "content": content})
        if way.channel is Channel.WHATSAPP and reach.kind in {"notices", "asking"}:
            written = whatsapp.render(reach.turn, words, link=link)
            return Composed(written.body, written.extras)
        return Composed(_text(reach, words, link=link), whatsapp.asked(reach.turn))

    def _mail(self, reach: Reach, way: Way, words: Wording, link: str | None) -> Composed:
        turn = reach.turn
        if self._letters is None:
            title = words.moment_name(turn.moment, "title")
            return Composed(_text(reach, words, link=link), {**whatsapp.asked(turn), "subject": title})
        lead = words.say("call-missed-lead") if reach.kind == "call-missed" else ""
        if reach.kind == "left":
            lead = words.say("chat-left")
        if reach.kind == "reminder":
            lead = words.say("reminder-lead", moment=words.moment_name(turn.moment))
        mail = self._letters.message(
            key=reach.key, customer=reach.customer, to=way.to, turn=turn, words=words, link=link, lead=lead
        )
        return Composed(mail.body, {**mail.extras, **whatsapp.asked(turn)})

    def _discreet(self, reach: Reach, way: Way, words: Wording, link: str | None) -> Composed:
        """Whoever reads this address is not sure enough for more than that there is something."""
        text = joined(words.say("news-privately", moment=words.moment_name(reach.turn.moment)), link or "")
        if way.channel is not Channel.EMAIL or self._letters is None:
            return Composed(text, {"subject": words.moment_name(reach.turn.moment, "title")})
        mail = self._letters.plain(key=reach.key, customer=reach.customer, to=way.to, text=text, words=words)
        return Composed(mail.body, mail.extras)

    async def _link(self, reach: Reach) -> str:
        token = await self._passes.issue(reach.turn.case, reach.customer, lifetime=PASS_LIFETIME)
        return f"{self._public_url}/c/{token}"


def _text(reach: Reach, words: Wording, *, link: str | None) -> str:
    turn = reach.turn
    if reach.kind == "left":
        return joined(words.say("chat-left"), sms.render(turn, words, link=link), by="\n")
    if reach.kind == "care":
        return joined(*notices(turn, words, Channel.SMS), by="\n")
    if reach.kind in {"notices", "checking"} or turn.question is None or asks_nothing(turn):
        return sms.render(turn, words, link=link)
    name, question = words.moment_name(turn.moment), words.prompt(turn.moment, turn.question, Channel.SMS)
    if reach.kind == "asking":
        full = sms.render(turn, words, link=link)
        led = words.say("asking", moment=name, question=full)
        return led if segments(led) <= 2 else full
    if reach.kind == "reminder":
        return joined(words.say("reminder", moment=name, question=question), link or "")
    if reach.kind == "call-missed":
        return joined(words.say("call-missed", question=question), link or "")
    return words.say("way-back", question=question, link=link or "")

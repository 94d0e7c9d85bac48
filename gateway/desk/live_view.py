"""What the customer of a case sees or hears right now, where they are, in their own language."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from channels import email, phone, sms, web, whatsapp
from channels.web import PageTurn
from database.put_throughs import PutThroughs
from database.whereabouts import Whereabouts
from gateway.desk.reaching import Reaching, reaching
from gateway.desk.seeing import DeskCase
from models.case import Turn
from models.people import Channel


@dataclass(frozen=True)
class SeenNow:
    """``where``: web, phone, through (they speak with one of us), sms, whatsapp, email, or away.

    Away, ``page`` is what they will come back to.
    ``said`` are the words as they read or hear them. What they are typing is theirs and never comes here.
    """

    where: str
    language: str
    page: PageTurn | None = None
    said: tuple[str, ...] = ()


async def seen_panel(request: Request, case: DeskCase) -> SeenNow:
    parts, language = case.parts, case.theirs.locale.language
    rows = await parts.journal.rows(case.turn.case)
    sent = await parts.outbox.for_case(case.turn.case)
    now = await reaching(case, rows, sent)
    where = _where(now)
    if where in {"web", "away"}:
        return SeenNow(where, language, page=web.render(case.turn, case.theirs, today=case.today))
    silent = case.turn.model_copy(update={"notices": []})
    if where == "phone" and await PutThroughs(parts.database).speaking(case.turn.case):
        return SeenNow("through", language)
    if where == "phone":
        return SeenNow(where, language, said=_heard(silent, case))
    written = next((message for message in reversed(sent) if message.channel.value == where), None)
    if written is not None and written.key.startswith("chat:"):
        lines = await parts.chats.chat.lines(case.turn.case)
        last = next((line for line in reversed(lines) if line.out == written.key), None)
        if last is not None:
            name = last.name.split(" ")[0]
            return SeenNow(where, language, said=(case.theirs.say("chat-line", name=name, text=last.text),))
    return SeenNow(where, language, said=(_written(silent, case, where),))


def _where(now: Reaching) -> str:
    if now.there.page:
        return "web"
    if now.there.call:
        return "phone"
    return now.last.value if now.last is not None and now.last.keeps else "away"


def _heard(turn: Turn, case: DeskCase) -> tuple[str, ...]:
    found: list[str] = []
    for verb in phone.render(turn, case.theirs, action=""):
        if isinstance(verb, phone.Say):
            found.append(verb.text)
        elif isinstance(verb, phone.Gather):
            found.append(verb.prompt)
    return tuple(found)


def _written(turn: Turn, case: DeskCase, where: str) -> str:
    if where == Channel.EMAIL:
        return email.render(turn, case.theirs).text
    if where == Channel.WHATSAPP:
        return whatsapp.render(turn, case.theirs).body
    return sms.render(turn, case.theirs)


async def glance(case: DeskCase) -> str:
    """What changes on the desk without the case moving: whether they are there, and how far our lines came."""
    there = await Whereabouts(case.parts.database).there(case.turn.case)
    sent = await case.parts.outbox.for_case(case.turn.case)
    lines = await case.parts.chats.chat.count(case.turn.case)
    return repr((there, lines, [(message.key, message.status) for message in sent if message.key.startswith("chat:")]))

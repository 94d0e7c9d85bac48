"""What the chat of a case shows the agent: the lines of both sides, and where the next one goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from activities.identity import masked
from activities.outreach import LANDLINE, OUTSIDE_THE_WINDOW
from channels.preface import asks_nothing
from channels.reading import mask_remark
from channels.wording.book import Wording
from database.chat import ChatLine
from database.outbox import Outgoing
from gateway.browser import field
from gateway.desk.reaching import Reaching, reaching
from gateway.desk.seeing import DeskCase
from models.people import Channel

LONGEST = 1000
PHRASES = ("hello", "moment", "anything")
ON_ITS_WAY = {"pending", "sending", "accepted", "scheduled", "queued"}
FAILED = {"failed", "undelivered", "bounced", "canceled"}
_WHY = {"opted-out": "opted-out", LANDLINE: "landline", OUTSIDE_THE_WINDOW: "window", "unconfirmed": "unconfirmed"}
_NO_SUCH = {"21211", "21614", "30003", "30005", "60205"}


@dataclass(frozen=True)
class Said:
    """One line as it is shown: ``state`` is a sentence on how far it came, ``bad`` that it did not arrive."""

    line: ChatLine
    state: str = ""
    bad: bool = False
    over: str = ""


@dataclass(frozen=True)
class ChatPanel:
    """``way`` says where the next line goes, ``problem`` why it can't, ``phrases`` are ready to be put in.

    ``over`` is who has left the chat, where it is over; ``first``: nothing was written under this claim yet.
    """

    lines: tuple[Said, ...]
    way: str
    problem: str
    hints: tuple[str, ...]
    phrases: tuple[str, ...]
    question: str
    over: str
    first: bool
    channel: str
    longest: int = LONGEST

    @staticmethod
    def typed(form: FormData) -> str:
        """What was refused, for the box; a card number is hidden even there."""
        return mask_remark(field(form, "text"))


async def chat_panel(request: Request, case: DeskCase) -> ChatPanel:
    parts = case.parts
    lines = await parts.chats.chat.lines(case.turn.case)
    rows = await parts.journal.rows(case.turn.case)
    sent = await parts.outbox.for_case(case.turn.case)
    now = await reaching(case, rows, sent)
    fence = case.claim.fence if case.claim else None
    shown = said(lines, {message.key: message for message in sent}, case.words, fence)
    return ChatPanel(
        lines=shown,
        way=_way(case.words, now),
        problem=case.words.say(f"desk-chat-{now.problem}") if now.problem else "",
        hints=tuple(_hints(case.words, now)),
        phrases=tuple(case.theirs.say(f"desk-chat-phrase-{name}", name=_first(case)) for name in PHRASES),
        question=question_of(case, now.over or Channel.SMS),
        over=shown[-1].over if shown else "",
        first=not any(line.fence == fence for line in lines),
        channel=(now.over or Channel.WEB).value,
    )


def said(lines: Sequence[ChatLine], sent: dict[str, Outgoing], words: Wording, fence: int | None) -> tuple[Said, ...]:
    """The lines with how far each came; behind the last of a claim that is over, who left."""
    found: list[Said] = []
    for number, line in enumerate(lines):
        last = number + 1 == len(lines) or lines[number + 1].fence != line.fence
        name = next((each.name for each in reversed(lines[: number + 1]) if each.ours and each.fence == line.fence), "")
        over = name if last and line.fence != fence else ""
        state, bad = state_of(line, sent.get(line.out or ""), words)
        found.append(Said(line, state, bad, over))
    return tuple(found)


def state_of(line: ChatLine, message: Outgoing | None, words: Wording) -> tuple[str, bool]:
    """How far a line of ours came, in words, and whether that is bad news."""
    if not line.ours:
        return "", False
    if line.out is None:
        return words.say("desk-chat-state-page"), False
    status = message.status if message else "pending"
    if status in FAILED:
        return words.say("desk-chat-state-failed", reason=_why(message, words)), True
    if status in {"uncertain", "delivered", "read"}:
        return words.say(f"desk-chat-state-{status}"), status == "uncertain"
    return words.say("desk-chat-state-pending" if status in ON_ITS_WAY else "desk-chat-state-sent"), False


def _why(message: Outgoing | None, words: Wording) -> str:
    code = (message.reason if message else None) or "?"
    name = "unknown" if code in _NO_SUCH else _WHY.get(code, "other")
    return words.say(f"desk-chat-why-{name}", code=code)


def _way(words: Wording, now: Reaching) -> str:
    if now.over is None:
        return ""
    return words.say(f"desk-chat-way-{now.over.value}", to=masked(now.to) if now.to else "")


def _hints(words: Wording, now: Reaching) -> list[str]:
    hints = ["on-call"] if now.there.call and not now.there.page else []
    hints += ["stopped-way"] if now.detour and now.over else []
    return [words.say(f"desk-chat-{hint}") for hint in hints]


def question_of(case: DeskCase, channel: Channel) -> str:
    """The open question as the customer is asked it there."""
    pending = case.turn.question
    if pending is None or asks_nothing(case.turn):
        return ""
    return case.theirs.prompt(case.turn.moment, pending, channel)


def _first(case: DeskCase) -> str:
    return case.person.name.split(" ")[0]

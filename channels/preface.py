"""What comes before the question, in the same order everywhere: notices, how the request went, and why."""

from __future__ import annotations

from channels.wording.book import Wording, kebab
from models.case import Because, Note, Status, Turn
from models.people import Channel

WITH_OTHERS = {Status.WITH_A_PERSON, Status.STUCK, Status.UNCERTAIN}


def notices(turn: Turn, words: Wording, channel: Channel) -> list[str]:
    return [words.notice(turn.moment, notice, channel) for notice in turn.notices]


def note(turn: Turn, words: Wording, because: Because | None = None) -> str:
    """How the request went, unless what follows says it better."""
    if turn.note is None or (turn.note is Note.UNFIT and why(turn, because)):
        return ""
    if turn.note is Note.SETTLING and asks_nothing(turn) and turn.working:
        return ""
    return words.say(turn.note.value)


def why(turn: Turn, because: Because | None = None) -> Because | None:
    """The one reason worth saying: what was wrong with the last words, before why the question stands at all."""
    return because or turn.because or (turn.question.because if turn.question else None)


def asks_nothing(turn: Turn) -> bool:
    return turn.question is None or turn.status.closed or turn.status in WITH_OTHERS


def standing(turn: Turn, words: Wording) -> str:
    """Where a case stands that asks nothing now; empty where the note has said it already."""
    if turn.status.closed:
        said = turn.note is Note.FINISHED and turn.status is Status.FINISHED
        return "" if said else words.say(f"state-{kebab(turn.status)}", moment=words.moment_name(turn.moment))
    if turn.status in WITH_OTHERS:
        return words.say(f"state-{kebab(turn.status)}")
    return words.say("working") if turn.working else words.say("state-waiting")


def joined(*parts: str, by: str = " ") -> str:
    return by.join(part for part in parts if part)

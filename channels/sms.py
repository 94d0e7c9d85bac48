"""Text messages: short, plain, options by number. Also what WhatsApp is sent inside its session."""

from __future__ import annotations

from channels.gsm import clip, plain, segments, units
from channels.guide import guide, kept, person
from channels.picks import NEW_CARD, only_a_new_card, picks
from channels.preface import asks_nothing, joined, note, notices, standing, why
from channels.wording.book import Wording
from models.case import Because, Pending, Turn
from models.people import Channel

__all__ = ["LONGEST", "render", "segments"]

LONGEST = 1600  # what a provider takes, in UTF-16 units
_PROMPT, _LABEL, _LINK, _LIST = 400, 70, 300, 700


def render(
    turn: Turn, words: Wording, *, echo: str = "", because: Because | None = None, link: str | None = None
) -> str:
    """The turn as one text, in two segments where it can be, never above 1600 UTF-16 units.

    ``echo`` reads back what was understood, ``because`` says why the last message was not, ``link`` leads to the
    case's page: it is offered where a text can't take the answer.
    """
    lead = [echo, *notices(turn, words, Channel.SMS), note(turn, words, because)]
    reason = why(turn, because)
    if reason:
        lead.append(words.because(reason, Channel.SMS))
    if asks_nothing(turn) or turn.question is None:
        closing = words.say("what-next", "sms") if turn.status.closed else ""
        return _fitted(lead, joined(standing(turn, words), closing))
    link = link if link and len(link) <= _LINK else None
    here = ""
    if reason and reason.code == "needs-web" and link:
        here, link = words.say("web-link", link=link), None
    text = _fitted(lead, joined(here, _question(turn.moment, turn.question, words, link), by="\n"))
    if segments(text) > 2:
        shorter = _question(turn.moment, turn.question, words, link, again=True)
        text = _fitted(lead, joined(here, shorter, by="\n"))
    return text


def _question(moment: str, pending: Pending, words: Wording, link: str | None, *, again: bool = False) -> str:
    question = pending.question
    prompt = clip(plain(words.prompt(moment, pending, Channel.SMS, again=again)), _PROMPT)
    if only_a_new_card(question):
        place = words.say("card-only-here", link=link) if link else words.say("card-only")
        return joined(prompt, place, by="\n")
    lines = _numbered(moment, pending, words, link)
    how = guide(question, "sms", words, listed=bool(lines))
    return joined(prompt, kept(pending, words, "sms"), *lines, how, person(pending, words), by="\n")


def _numbered(moment: str, pending: Pending, words: Wording, link: str | None) -> list[str]:
    lines: list[str] = []
    shown = picks(pending.question, moment, words)
    for number, pick in enumerate(shown, start=1):
        label = clip(plain(pick.label), _LABEL)
        if pick.value == NEW_CARD and pending.question.kind == "payment_method" and link:
            label = words.say("new-card-here", link=link)
        line = words.say("pick-line", number=str(number), label=label)
        if units("\n".join([*lines, line])) > _LIST:
            return [*lines, words.say("picks-more", count=len(shown) - len(lines))]
        lines.append(line)
    return lines


def _fitted(lead: list[str], question: str) -> str:
    """News gives way to the question where both don't fit."""
    question = clip(plain(question), LONGEST)
    before = clip(plain(joined(*lead, by="\n")), max(LONGEST - units(question) - 1, 0))
    return joined(before, question, by="\n")

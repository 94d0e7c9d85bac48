"""Mails: a turn as text and HTML with one-tap answers, and what somebody wrote back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.automatic import automatic
from channels.guide import guide, person
from channels.picks import NEW_CARD, Pick, only_a_new_card, picks
from channels.preface import asks_nothing, note, notices, standing, why
from channels.quotes import reply_of
from channels.takes import takes
from channels.wording.book import Wording
from models.case import Because, Pending, Turn
from models.people import Channel
from models.questions import AnyQuestion, Confirm, YesNo

__all__ = ["Mail", "automatic", "one_tap", "render", "reply_of", "words_only"]

LONGEST_SUBJECT = 120
_MOST_BUTTONS = 20
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Mail:
    """A mail without its addresses. ``text`` says all that ``html`` says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Button:
    label: str
    url: str


def one_tap(question: AnyQuestion, moment: str, words: Wording) -> list[Pick]:
    """The answers that need no words: what is picked by number, or yes and no. ``value`` is what a form sends back."""
    if isinstance(question, YesNo | Confirm):
        yes, no = ("button-confirm", "button-change") if isinstance(question, Confirm) else ("button-yes", "button-no")
        return [Pick("yes", words.say(yes)), Pick("no", words.say(no))]
    return [pick for pick in picks(question, moment, words) if pick.value != NEW_CARD]


def render(
    turn: Turn,
    words: Wording,
    *,
    link: str | None = None,
    answers: Mapping[str, str] | None = None,
    echo: str = "",
    because: Because | None = None,
    lead: str = "",
) -> Mail:
    """The turn as a mail.

    ``answers`` are the signed one-tap addresses by the value of each of :func:`one_tap`, ``link`` leads to the case's
    page, ``echo`` reads back what was understood, ``because`` says why the last words were not.
    """
    before = _before(turn, words, echo, because, lead)
    subject = words.say("email-subject", title=words.moment_name(turn.moment, "title"))
    moment = words.moment_name(turn.moment)
    foot = [words.say("email-foot", moment=moment), words.say("email-foot-stop")]
    if asks_nothing(turn) or turn.question is None:
        closing = words.say("what-next", "email") if turn.status.closed else ""
        return _mail(subject, words, [*before, standing(turn, words), closing], foot=foot, link=link)
    question = turn.question.question
    tappable = [] if only_a_new_card(question) else one_tap(question, turn.moment, words)[:_MOST_BUTTONS]
    listed = [] if isinstance(question, YesNo | Confirm) else [pick.label for pick in tappable]
    return _mail(
        subject,
        words,
        before,
        question=words.prompt(turn.moment, turn.question, Channel.EMAIL),
        listed=listed,
        buttons=_buttons(tappable, answers or {}, words, numbered=bool(listed)),
        how=_how(turn.question, words, listed=bool(listed), link=link),
        link=link,
        foot=foot,
    )


def _buttons(tappable: list[Pick], answers: Mapping[str, str], words: Wording, *, numbered: bool) -> list[_Button]:
    """The buttons bear the numbers that a reply may name."""
    lines = enumerate(tappable, start=1)
    labels = [words.say("pick-line", number=str(n), label=pick.label) if numbered else pick.label for n, pick in lines]
    pairs = zip(tappable, labels, strict=True)
    return [_Button(label, answers[pick.value]) for pick, label in pairs if pick.value in answers]


def _before(turn: Turn, words: Wording, echo: str, because: Because | None, lead: str) -> list[str]:
    noted = words.say("email-echo", answer=echo) if echo else ""
    reason = why(turn, because)
    again = words.because(reason, Channel.EMAIL) if reason else ""
    return [lead, noted, *notices(turn, words, Channel.EMAIL), note(turn, words, because), again]


def _how(pending: Pending, words: Wording, *, listed: bool, link: str | None) -> list[str]:
    """How to answer, in lines."""
    question, known = pending.question, pending.known
    if only_a_new_card(question):
        return [] if link else [words.say("card-only")]
    style = "sms" if isinstance(question, YesNo | Confirm) else "hint"
    elsewhere = words.say("card-only") if not takes(Channel.EMAIL, question) and not link else ""
    kept = words.value(known, question.kind, question) if known is not None else ""
    return [
        words.say("email-known", answer=kept) if kept else "",
        words.say("email-how" if listed else "email-how-words"),
        guide(question, style, words),
        words.say("email-skip") if question.optional else "",
        elsewhere,
        person(pending, words),
    ]


def words_only(text: str, words: Wording, *, subject: str | None = None) -> Mail:
    """A mail of a few words of our own, about no case."""
    return _mail(subject or words.say("email-subject-none"), words, [text], foot=[words.say("email-foot-stop")])


def _mail(
    subject: str,
    words: Wording,
    lead: list[str],
    *,
    question: str = "",
    listed: list[str] | None = None,
    buttons: list[_Button] | None = None,
    how: list[str] | None = None,
    foot: list[str],
    link: str | None = None,
) -> Mail:
    said = [part for part in [words.say("email-hello"), *lead] if part]
    told = [line for line in how or [] if line]
    numbered = [words.say("pick-line", number=str(n), label=label) for n, label in enumerate(listed or [], start=1)]
    here = words.say("email-link", link=link) if link else ""
    blocks = [*said, "\n".join([question, *numbered]) if question else "", *told, here, "\n".join(["-- ", *foot])]
    subject = one_line(subject)
    html = _templates.get_template("mail.html").render(
        language=words.locale.language,
        subject=subject,
        lead=said,
        question=question,
        listed=listed or [],
        buttons=buttons or [],
        tap=words.say("email-tap"),
        how=told,
        link=link if link and link.startswith(("https://", "http://")) else None,
        link_label=words.say("email-link-button"),
        foot=foot,
    )
    return Mail(subject, "\n\n".join(block for block in blocks if block), html)


def one_line(subject: str) -> str:
    """A subject without line breaks and control characters: each would be a header of somebody else's making."""
    return " ".join("".join(c if c.isprintable() else " " for c in subject).split())[:LONGEST_SUBJECT]

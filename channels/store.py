"""The store: a turn as the associate's tablet shows it, and its form read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pydantic import JsonValue

from channels import web
from channels.picks import NEW_CARD, Pick
from channels.reading import Reading
from channels.web import Field, PageTurn
from channels.wording.book import Wording
from models.answers import Attachment
from models.case import Because, Turn
from models.people import Channel
from models.questions import AnyQuestion


def render(turn: Turn, words: Wording, *, because: Because | None = None, today: date | None = None) -> PageTurn:
    """The turn as a page of the store; a new card is taken at the terminal."""
    page = web.render(turn, words, because=because, channel=Channel.STORE, today=today)
    return replace(page, fields=tuple(_at_the_terminal(field, words) for field in page.fields))


def _at_the_terminal(field: Field, words: Wording) -> Field:
    if field.kind != "payment_method":
        return field
    terminal = Pick(NEW_CARD, words.say("page-store-terminal"))
    return replace(field, options=tuple(terminal if pick.value == NEW_CARD else pick for pick in field.options))


def read(
    question: AnyQuestion,
    form: Mapping[str, str],
    *,
    today: date | None = None,
    language: str = "en",
    names: Mapping[str, str] | None = None,
    known: JsonValue = None,
    attachment: Attachment | None = None,
) -> Reading:
    """What the associate's form says, as :func:`channels.web.read`; ``needs-web`` is the terminal's turn here."""
    return web.read(question, form, today=today, language=language, names=names, known=known, attachment=attachment)

"""A form that was sent, read back: exact values as they are, typed words as words, files by their id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from pydantic import JsonValue

from channels.picks import NEW_CARD
from channels.reading import Reading, Said, Unclear, Understood, Wish, read as read_words
from models.answers import Attachment
from models.case import Because
from models.questions import (
    Amount,
    AnyQuestion,
    Change,
    Choice,
    Confirm,
    Date,
    File,
    Misfit,
    PaymentMethod,
    TimeSlot,
    YesNo,
)

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WISHES: Final = ("person", "help", "stop", "start", "repeat", "cancel", "change", "back")


def read(
    question: AnyQuestion,
    form: Mapping[str, str],
    *,
    today: date | None = None,
    language: str = "en",
    region: str = "US",
    names: Mapping[str, str] | None = None,
    known: JsonValue = None,
    attachment: Attachment | None = None,
) -> Reading:
    """What a submitted form says: ``value``, or a ``wish`` (with ``key``), ``skip`` or ``known`` from a button.

    A chosen option is taken as it is, typed words are read as words. A new card's token never comes from a form:
    the page that takes cards gives it, so choosing one reads as ``needs-web`` and is sent there. ``today``, in the
    customer's zone, is needed only to read a day in words. ``known`` is what we had on file, which its button takes;
    ``attachment`` the file that came with the form.
    """
    wish = next((kind for kind in _WISHES if kind == form.get("wish")), None)
    if wish is not None:
        return Wish(wish, form.get("key") or None)
    if question.optional and form.get("skip"):
        return Understood(None)
    if form.get("known") and known is not None:
        return _accepted(question, known)
    if isinstance(question, File):
        return _accepted(question, attachment.model_dump()) if attachment else Unclear(Because(code="needs-a-file"))
    text = form.get("value", "").strip()
    if not text:
        return Unclear(Because(code="no-input"))
    if isinstance(question, PaymentMethod):
        return _method(question, text)
    exact = _exact(question, text, language)
    if exact is None:
        if today is None and isinstance(question, Date):
            return Unclear(Because(code="not-a-date"))
        said, day = Said(text, "typed"), today or date.min
        return read_words(question, said, today=day, region=region, language=language, names=dict(names or {}))
    return _accepted(question, exact)


def _accepted(question: AnyQuestion, value: JsonValue) -> Reading:
    try:
        question.accept(value)
    except Misfit as misfit:
        return Unclear(Because(code=misfit.reason, facts=misfit.facts))
    return Understood(value)


def _method(question: PaymentMethod, text: str) -> Reading:
    if text in {method.token for method in question.saved}:
        return Understood(text)
    return Unclear(Because(code="needs-web" if question.new and text == NEW_CARD else "not-an-option"))


def _exact(question: AnyQuestion, text: str, language: str) -> JsonValue:
    """The value where the text is exactly what a form field sends; None where it has to be read as words."""
    match question:
        case Amount():
            # "2" in an amount field is two dollars, never the second suggestion; a comma means cents to many.
            plain = text.replace(",", "") if language.startswith("en") and _THOUSANDS.fullmatch(text) else text
            return {"amount": plain, "currency": question.most.currency} if _NUMBER.fullmatch(plain) else None
        case Choice():
            return text if text in {option.id for option in question.options} else None
        case TimeSlot():
            return text if text in {slot.id for slot in question.slots} else None
        case Change():
            return text if text in question.answers else None
        case YesNo() | Confirm():
            return {"yes": True, "no": False}.get(text.lower())
        case Date():
            return text if _DAY.fullmatch(text) else None
        case _:
            return None

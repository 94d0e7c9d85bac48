"""How somebody answers a question over each channel: shown by the channel's rendering, read back by its reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pydantic import JsonValue

from channels import email, phone, sms, store, web, whatsapp
from channels.picks import picks
from channels.reading import Reading, Said, Understood, read
from channels.reading.said import Way
from channels.wording.book import Wording, wording
from models.answers import Attachment
from models.case import Pending, Turn
from models.people import Channel
from models.questions import AnyQuestion, Choice, File, PaymentMethod, TimeSlot

ZONE = "America/New_York"
SPOKEN = {"code", "digits"}
SKIP = {"en": "skip", "es": "saltar"}
YES_NO = {"en": ("yes", "no"), "es": ("sí", "no")}
MONTHS = [
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
    *("noviembre", "diciembre"),
]


def words_for(question: AnyQuestion, value: Any, moment: str, words: Wording, language: str) -> str:
    """The answer as somebody types it: an option by its number, a day by its name."""
    if value is None:
        return SKIP[language]
    match question:
        case Choice() | TimeSlot() | PaymentMethod():
            offered = [pick.value for pick in picks(question, moment, words)]
            return str(offered.index(value) + 1)
    if isinstance(value, bool):
        return YES_NO[language][0 if value else 1]
    if question.kind == "amount":
        return str(value["amount"])
    if question.kind == "date":
        day = date.fromisoformat(value)
        return f"{day:%B} {day.day}" if language == "en" else f"{day.day} de {MONTHS[day.month - 1]}"
    return str(value)


def said(channel: Channel, pending: Pending, value: Any, moment: str, words: Wording, language: str) -> Said:
    """The same over a channel that takes words; numbers are keyed on a phone."""
    question = pending.question
    if isinstance(question, File) and value is not None:
        return Said("", "typed", attachments=(Attachment.model_validate(value),))
    text = words_for(question, value, moment, words, language)
    way: Way = "typed"
    if channel is Channel.PHONE:
        way = "keypad" if text.isdecimal() and (question.kind in SPOKEN or len(text) < 3) else "speech"
        text = f"{text} dollars" if question.kind == "amount" and language == "en" else text
    return Said(text, way)


def form(pending: Pending, value: Any) -> dict[str, str]:
    """The same as a form sends it."""
    if value is None:
        return {"skip": "1"}
    if isinstance(value, bool):
        return {"value": "yes" if value else "no"}
    if pending.question.kind == "amount":
        return {"value": str(value["amount"])}
    return {"value": str(value)}


def answered(channel: Channel, turn: Turn, value: Any, today: date, language: str = "en") -> JsonValue:
    """What the channel makes of the answer, having shown the question; AssertionError where it makes another."""
    pending = turn.question
    assert pending is not None
    words = wording(language, ZONE)
    SHOW[channel](turn, words)
    if channel is Channel.DESK:
        return value  # type: ignore[no-any-return]  # a route's answers are JSON
    reading: Reading
    if channel in {Channel.WEB, Channel.STORE}:
        file = Attachment.model_validate(value) if isinstance(pending.question, File) and value else None
        reader = web.read if channel is Channel.WEB else store.read
        reading = reader(pending.question, form(pending, value), today=today, language=language, attachment=file)
    else:
        words_said = said(channel, pending, value, turn.moment, words, language)
        reading = read(pending.question, words_said, today=today, language=language, zone=ZONE, known=pending.known)
    assert isinstance(reading, Understood), f"{channel.value} read {reading} for {value!r} to {pending.question.key}"
    return reading.value


def _mailed(turn: Turn, words: Wording) -> None:
    mail = email.render(turn, words, link="https://segue.example/c/x", answers={})
    assert mail.subject
    assert mail.text


SHOW: dict[Channel, Callable[[Turn, Wording], object]] = {
    Channel.PHONE: lambda turn, words: phone.render(turn, words, action="/twilio/voice/turn?c=x"),
    Channel.SMS: lambda turn, words: sms.render(turn, words, link="https://segue.example/c/x"),
    Channel.WHATSAPP: lambda turn, words: whatsapp.render(turn, words, link="https://segue.example/c/x"),
    Channel.EMAIL: _mailed,
    Channel.WEB: web.render,
    Channel.STORE: store.render,
    Channel.DESK: lambda turn, _: turn.model_dump_json(),
}


def on(now: datetime) -> date:
    return now.date()

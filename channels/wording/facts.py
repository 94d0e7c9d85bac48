"""What fills a message: a question's bounds, a notice's data, each value in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from channels.wording.formats import Formats, parsed
from models.money import Money
from models.questions import Amount, AnyQuestion, Confirm, Date, Digits, OneTimeCode, PaymentMethod, Text, TimeSlot

LONGEST = 600
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")


def expanded(facts: Mapping[str, object], formats: Formats) -> dict[str, str | int]:
    """Every fact in words. An amount ``x`` also gives ``x-is``, "zero" or "some", for a message to choose by."""
    words: dict[str, str | int] = {}
    for name, value in facts.items():
        known = parsed(value)
        if isinstance(known, Money):
            words[f"{name}-is"] = "some" if known.amount else "zero"
        text = formats.text(known)
        words[name] = text[:LONGEST] if isinstance(text, str) else text
    return words


def of_question(question: AnyQuestion) -> dict[str, object]:
    """What a prompt may mention: ``about``, what is confirmed, and the question's own bounds."""
    facts: dict[str, object] = dict(question.about)
    match question:
        case Amount():
            facts |= {"most": question.most, "least": question.least}
        case Date():
            facts |= {"earliest": question.earliest, "latest": question.latest}
        case Text():
            facts |= {"longest": question.longest}
        case OneTimeCode():
            facts |= {"length": question.length, "sent": question.sent_to or None}
        case Confirm():
            facts |= question.values
        case TimeSlot():
            facts |= {"count": len(question.slots)}
        case PaymentMethod():
            facts |= {"count": len(question.saved)}
        case Digits():
            facts |= {"length": fixed_length(question)}
        case _:
            pass
    return facts


def of_reason(facts: Mapping[str, str]) -> dict[str, object]:
    """What a reason may mention; beside a ``currency``, bare numbers are amounts in it."""
    currency = facts.get("currency", "")
    return {
        name: f"{value} {currency}" if currency and _NUMBER.fullmatch(value) else value for name, value in facts.items()
    }


def fixed_length(question: AnyQuestion) -> int | None:
    """How many digits an answer always has, where the question says so."""
    if isinstance(question, OneTimeCode):
        return question.length
    if isinstance(question, Digits):
        count = question.pattern.removeprefix(r"\d{").removesuffix("}")
        return int(count) if question.pattern == rf"\d{{{count}}}" and count.isascii() and count.isdigit() else None
    return None


def spelled(text: Any) -> Any:
    """The Fluent function ``SPELL``: a reference, one character at a time."""
    return " ".join(letter for letter in str(text) if letter.isalnum())

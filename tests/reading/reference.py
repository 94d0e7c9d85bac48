"""The reference set: what customers said to which question, and what it means.

Every line is one utterance, in a folder for its language. Lines whose number in their file divides by three are held
back: the reader was written against the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue, TypeAdapter

from channels.reading import Reading, Said, Understood, Wish, read
from models.answers import Attachment
from models.questions import AnyQuestion

FOLDER = Path(__file__).parent
NAMES = {
    "en": {"amount": "amount", "when": "when to pay", "day": "payment day", "method": "payment method"},
    "es": {"amount": "monto", "when": "cuándo pagar", "day": "día de pago", "method": "método de pago"},
}
PHOTO = Attachment(id="a1", name="bill.jpg", type="image/jpeg", size=1200)

_adapter: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)
QUESTIONS: dict[str, AnyQuestion] = {
    name: _adapter.validate_python(question)
    for name, question in json.loads((FOLDER / "questions.json").read_text("utf-8")).items()
}


@dataclass(frozen=True)
class Utterance:
    """One line: ``expected`` is ``{"value": …}``, ``{"unclear": code}`` or ``{"wish": kind, "key": …}``."""

    where: str
    language: str
    held_back: bool
    question: AnyQuestion
    said: Said
    today: date
    expected: dict[str, Any]
    known: JsonValue = None

    def read(self) -> dict[str, Any]:
        names = NAMES[self.language]
        reading = read(
            self.question, self.said, today=self.today, language=self.language, names=names, known=self.known
        )
        return written(reading)

    @property
    def right(self) -> bool:
        return self.read() == self.expected

    @property
    def harmful(self) -> bool:
        """Money or consent that nobody gave."""
        careful = self.question.kind in {"amount", "yes_no", "confirm", "payment_method"}
        return careful and not self.right and "value" in self.read()

    def __str__(self) -> str:
        return f"{self.where} {self.said.way} {self.said.text!r}: {self.expected}, read as {self.read()}"


def written(reading: Reading) -> dict[str, Any]:
    if isinstance(reading, Understood):
        return {"value": reading.value}
    if isinstance(reading, Wish):
        return {"wish": reading.kind} | ({"key": reading.key} if reading.key else {})
    return {"unclear": reading.because.code}


@cache
def utterances(language: str | None = None) -> list[Utterance]:
    """All utterances, or those of one language."""
    return [
        _utterance(path, number, json.loads(line))
        for path in sorted((FOLDER / "utterances").glob(f"{language or '*'}/*.jsonl"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]


def _utterance(path: Path, number: int, case: dict[str, Any]) -> Utterance:
    return Utterance(
        f"{path.parent.name}/{path.name}:{number}",
        path.parent.name,
        number % 3 == 0,
        QUESTIONS[case["question"]],
        Said(case["text"], case["way"], attachments=(PHOTO,) * case.get("files", 0)),
        date.fromisoformat(case["today"]),
        case["expect"],
        case.get("known"),
    )

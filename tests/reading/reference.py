"""The reference set: what customers said to which question, and what it means.

Every line is one utterance. Lines whose number in their file divides by three are held back: the reader was written
against the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from channels.reading import Reading, Said, Understood, Wish, read
from models.questions import AnyQuestion

FOLDER = Path(__file__).parent
NAMES = {"amount": "amount", "when": "when to pay", "day": "payment day", "method": "payment method"}

_adapter: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)
QUESTIONS: dict[str, AnyQuestion] = {
    name: _adapter.validate_python(question)
    for name, question in json.loads((FOLDER / "questions.json").read_text("utf-8")).items()
}


@dataclass(frozen=True)
class Utterance:
    """One line: ``expected`` is ``{"value": …}``, ``{"unclear": code}`` or ``{"wish": kind, "key": …}``."""

    where: str
    held_back: bool
    question: AnyQuestion
    said: Said
    today: date
    expected: dict[str, Any]

    def read(self) -> dict[str, Any]:
        return written(read(self.question, self.said, today=self.today, names=NAMES))

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


@dataclass(frozen=True)
class Opening:
    """One way of saying what one came for; ``moment`` is None where that starts nothing."""

    held_back: bool
    text: str
    moment: str | None


def written(reading: Reading) -> dict[str, Any]:
    if isinstance(reading, Understood):
        return {"value": reading.value}
    if isinstance(reading, Wish):
        return {"wish": reading.kind} | ({"key": reading.key} if reading.key else {})
    return {"unclear": reading.because.code}


def utterances() -> list[Utterance]:
    return [
        Utterance(
            f"{path.name}:{number}",
            number % 3 == 0,
            QUESTIONS[case["question"]],
            Said(case["text"], case["way"]),
            date.fromisoformat(case["today"]),
            case["expect"],
        )
        for path in sorted((FOLDER / "utterances").glob("*.jsonl"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for case in [json.loads(line)]
    ]


def openings() -> list[Opening]:
    lines = (FOLDER / "wishes.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [Opening(number % 3 == 0, case["text"], case["moment"]) for number, case in enumerate(cases, 1)]

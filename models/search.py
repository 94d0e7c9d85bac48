"""What the desk's search found, and by what."""

from __future__ import annotations

from enum import StrEnum

from models.people import Frozen

Pieces = tuple[tuple[str, bool], ...]  # parts of a text, each with whether it is what was looked for


class Kind(StrEnum):
    """What was recognised in the words looked for. The first four mean one customer and nobody else."""

    CASE = "case"
    RECORD = "record"
    PAPER = "paper"
    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"
    ENDING = "ending"
    BEGINNING = "beginning"
    TEXT = "text"

    @property
    def tier(self) -> int:
        """0: names one customer; 1: is part of who they are; 2: is something that was written."""
        if self in {Kind.NAME, Kind.ENDING, Kind.BEGINNING}:
            return 1
        return 2 if self is Kind.TEXT else 0


class Why(Frozen):
    """By what a customer was found. ``paper`` is the company's word for it (bill, order, …), ``case`` where."""

    kind: Kind
    shown: Pieces
    paper: str = ""
    case: str | None = None

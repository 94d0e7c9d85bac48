"""What some questions are answered with: a thing to choose, a time window, a payment method."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from models.people import Frozen


class Option(Frozen):
    """One thing to choose. ``label`` is data of the company (a name), ``synonyms`` other ways to say it."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


class Slot(Frozen):
    """A time window, aware, half-open."""

    id: str
    start: datetime
    end: datetime


class Method(Frozen):
    """A payment method: a processor's token, never a card number. ``label`` is the processor's name for it."""

    token: str = Field(max_length=200)
    label: str = Field(max_length=80)


class Attachment(Frozen):
    """A file somebody sent, by the id it is kept under. ``type`` is what its content shows it to be, ``size`` bytes."""

    id: str = Field(max_length=64)
    name: str = Field(max_length=120)
    type: str = Field(max_length=80)
    size: int = Field(ge=0)

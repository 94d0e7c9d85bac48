"""What every question is: typed, keyed, and able to tell whether it takes a value."""

from __future__ import annotations

from dataclasses import KW_ONLY, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, JsonValue, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import to_jsonable_python

T = TypeVar("T")
strict = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Misfit(ValueError):
    """A value a question does not take. ``reason`` is a wording code, ``facts`` fill its placeables."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, config=strict)
class Question(Generic[T]):
    """A typed, keyed question. ``about`` holds what the wording may mention, ``fact`` names a fact that answers it,
    good for ``lasts`` (for good, where that is None).
    """

    key: str
    _: KW_ONLY
    about: dict[str, JsonValue] = field(default_factory=dict)
    fact: str | None = None
    lasts: timedelta | None = None
    optional: bool = False
    kind: str = ""

    def accept(self, value: JsonValue) -> T:
        raise NotImplementedError

    def fits(self, value: JsonValue) -> bool:
        try:
            self.accept(value)
        except Misfit:
            return False
        return True

    def shown(self, value: JsonValue) -> JsonValue:
        """What a kept value stands for, where it is only an id: an option's label, a slot, a method's label."""
        return None

    def keep(self, value: JsonValue) -> JsonValue:
        """A value that is accepted, as the ledger keeps it and ``accept`` takes it again."""
        kept: JsonValue = to_jsonable_python(self.accept(value))
        return kept


_adapters: dict[Any, TypeAdapter[Any]] = {}


def parse(kind: type[T], value: JsonValue) -> T:
    adapter = _adapters.setdefault(kind, TypeAdapter(kind))
    try:
        parsed: T = adapter.validate_python(value)
    except ValidationError:
        raise Misfit(f"not-a-{kind.__name__.lower()}") from None
    return parsed

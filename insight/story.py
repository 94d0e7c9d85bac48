"""One case's rows, as the rules of friction look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.journal import Row
from models.people import Actor, Channel

CLOSED = frozenset({"finished", "cancelled", "expired"})
ACTS = frozenset(
    {"arrived", "answered", "corrected", "withdrawn", "confirmed", "held", "remarked", "rated", "called_off"}
)
WORDS = frozenset({"asked", "told", "refused"})
ANSWERS = frozenset({"answered", "corrected", "confirmed", "held"})
SAID = frozenset({"remarked"})


@dataclass(frozen=True)
class Story:
    """A case and its rows in order."""

    case: str
    rows: Sequence[Row]

    @property
    def moment(self) -> str:
        return self.case.partition("/")[0].replace("_", "-")

    @cached_property
    def ending(self) -> Row | None:
        return next((row for row in reversed(self.rows) if row.what in CLOSED), None)

    @cached_property
    def fresh(self) -> Sequence[Row]:
        """What a person has not dealt with: the rows after the last thing one of ours did, or after a good end."""
        for index in range(len(self.rows) - 1, -1, -1):
            if self.rows[index].actor is Actor.AGENT or self.rows[index].what == "finished":
                return self.rows[index + 1 :]
        return self.rows

    @cached_property
    def unattended(self) -> Sequence[Row]:
        """The rows after the last thing one of ours did, whatever end the case came to."""
        for index in range(len(self.rows) - 1, -1, -1):
            if self.rows[index].actor is Actor.AGENT:
                return self.rows[index + 1 :]
        return self.rows

    @cached_property
    def acts(self) -> Sequence[Row]:
        """What the customer did."""
        return [row for row in self.rows if acted(row)]

    @cached_property
    def texts(self) -> Sequence[tuple[Row, str]]:
        """What the customer said in their own words and nobody has dealt with."""
        return [(row, text) for row in self.fresh if acted(row) for text in _words(row)]

    @cached_property
    def pending(self) -> Row | None:
        """The question that waits, as it was asked."""
        return pending(self.rows)

    @property
    def with_a_person(self) -> Row | None:
        """The row that gave the case to a person or stopped it, where nobody has come to it since."""
        for row in reversed(self.rows):
            if row.what in {"handed_over", "stuck"}:
                return row
            if row.what in {"asked", "did"} or row.actor is Actor.AGENT or row.what in CLOSED:
                return None
        return None


def acted(row: Row) -> bool:
    return row.what in ACTS and row.channel not in {None, Channel.DESK} and row.actor in {None, Actor.CUSTOMER}


def rated(row: Row) -> tuple[float, float] | None:
    """The score of a rating, and of how many: tapped afterwards, or given as the stars that a moment asks for."""
    score, of = row.data.get("score"), row.data.get("of")
    if row.what == "rated" and isinstance(score, int | float) and isinstance(of, int | float):
        return score, of
    stars = row.data.get("value")
    if row.what == "answered" and row.key == "stars" and isinstance(stars, str) and stars.isdecimal():
        return int(stars), 5
    return None


def pending(rows: Sequence[Row]) -> Row | None:
    """The last question of these rows that was not answered in them."""
    open_ones: dict[str | None, Row] = {}
    for row in rows:
        if row.what == "asked":
            open_ones[row.key] = row
        elif row.what in ANSWERS or row.what in CLOSED:
            open_ones.pop(row.key, None)
    return next(reversed(open_ones.values()), None)


def _words(row: Row) -> Iterator[str]:
    text = row.data.get("text") if row.what in {"remarked", "called_off"} else None
    if row.what == "answered" and row.data.get("kind") == "text":
        text = row.data.get("value")
    if isinstance(text, str) and text.strip():
        yield text

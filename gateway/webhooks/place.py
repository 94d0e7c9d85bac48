"""Where a call stands. It travels in the address of the next request, so no server keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from models.case import Turn

MOST_ATTEMPTS = 9


@dataclass(frozen=True)
class Place:
    """``attempt`` counts how often the pending question was not understood, ``number`` the requests of this call.

    Without ``number`` a "say that again" would come back under the id of the request before it. ``over``: the case
    is closed, and the caller was asked whether there is anything else.
    """

    case: str | None = None
    key: str | None = None
    revision: int = 0
    attempt: int = 0
    number: int = 0
    over: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Place:
        """From the query of an address of ours; what is malformed reads as the start."""
        key = query.get("k") or None
        return cls(
            case=query.get("c") or None,
            key=key,
            revision=_whole(query.get("r")),
            attempt=min(_whole(query.get("a")), MOST_ATTEMPTS),
            number=_whole(query.get("n")),
            over=query.get("o") == "1",
        )

    @property
    def asked(self) -> tuple[str, int] | None:
        return (self.key, self.revision) if self.key else None

    @property
    def at_hand(self) -> str | None:
        """The case that words at this place are about; none once it was over when the caller was asked."""
        return None if self.over else self.case

    @property
    def id(self) -> str:
        """What tells this request of a call from its others."""
        return f"{self.key or ''}:{self.revision}:{self.attempt}:{self.number}"

    def then(self, turn: Turn | None, attempt: int) -> Place:
        """The place after this one, where ``turn`` is what the caller hears next."""
        pending = turn.question if turn else None
        return replace(
            self,
            case=turn.case if turn else None,
            key=pending.question.key if pending else None,
            revision=pending.revision if pending else 0,
            attempt=attempt,
            number=self.number + 1,
            over=turn is not None and turn.status.closed,
        )

    def path(self, door: str = "voice/turn") -> str:
        """The address of the next request, relative to ours."""
        query: dict[str, str | int] = {"c": self.case} if self.case else {}
        if self.key:
            query |= {"k": self.key, "r": self.revision}
        query |= {"a": self.attempt, "n": self.number}
        return f"/twilio/{door}?" + urlencode(query | {"o": 1} if self.over else query)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0

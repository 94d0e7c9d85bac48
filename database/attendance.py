"""Who of the team is at their desk, free for the next customer, and at which telephone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import bindparam, or_, select, text, update
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from models.people import Frozen
from models.tables import AttendanceRow, CaseRow, StaffRow
from models.tables.base import CLAIMED

State = Literal["available", "busy", "away"]
STATES: tuple[State, ...] = ("available", "busy", "away")
HERE = timedelta(seconds=60)
_SHOWN = ("id", "name", "team", "state", "phone", "language")
_WAS = timedelta(hours=12)  # no claim outlives a session


class Attending(Frozen):
    """One of the team. ``here``: their desk is open; ``phone`` E.164, where calls reach them; ``held``: in a call.

    ``in_hand`` counts the cases that they drive.
    """

    id: str
    name: str
    team: str
    state: State
    phone: str | None = None
    language: str | None = None
    here: bool = False
    held: bool = False
    in_hand: int = 0


_PEOPLE = (
    select(
        *(StaffRow.id, StaffRow.name, StaffRow.team, AttendanceRow.held_until),
        *(AttendanceRow.state, AttendanceRow.phone, AttendanceRow.language, AttendanceRow.seen_at),
    )
    .join(StaffRow, StaffRow.id == AttendanceRow.staff)
    .where(StaffRow.closed_at.is_(None))
)
_THEM = _PEOPLE.where(AttendanceRow.staff == bindparam("staff"))
_FREE = _PEOPLE.where(AttendanceRow.state == "available", AttendanceRow.seen_at > bindparam("since")).order_by(
    AttendanceRow.offered_at.asc().nulls_first(), AttendanceRow.staff
)
_CLAIMED = select(CaseRow.turn).where(text(CLAIMED), CaseRow.touched_at > bindparam("since"))


@cache
def _seeing(insert: Inserting) -> UpdateBase:
    new = insert(AttendanceRow)
    return new.on_conflict_do_update(index_elements=["staff"], set_={"seen_at": new.excluded.seen_at})


class Attendance:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def set(self, person: str, state: State, *, phone: str | None = None, language: str | None = None) -> None:
        """What somebody says of themselves, at their desk. ``phone``: None leaves it, an empty one takes it away.

        ``language`` is the one that their calls are announced in.
        """
        said: dict[str, Any] = {"state": state, "seen_at": now()}
        if language is not None:
            said["language"] = language
        if phone is not None:
            said["phone"] = phone or None
        if state == "available":
            said["held_until"] = None  # they know best that they are in no call
        new = self._db.insert(AttendanceRow).values(staff=person, **said)
        await self._db.change(new.on_conflict_do_update(index_elements=["staff"], set_=said))

    async def seen(self, person: str) -> None:
        """Their desk is open. Who never said a word is away."""
        await self._db.change(_seeing(self._db.insert), staff=person, state="away", seen_at=now())

    async def there(self) -> list[Attending]:
        """Who is at their desk and free: the fewest cases in hand first, then whoever had nothing for longest."""
        rows = await self._db.rows(_FREE, since=now() - HERE)
        return sorted(await self._read(rows), key=lambda each: each.in_hand)

    async def of(self, person: str) -> Attending | None:
        """How somebody is there; None for who never was."""
        found = await self._read(await self._db.rows(_THEM, staff=person))
        return found[0] if found else None

    async def at(self, phone: str) -> str | None:
        """Whose telephone that is, of those whose desk is open."""
        here = _PEOPLE.where(AttendanceRow.phone == phone, AttendanceRow.seen_at > now() - HERE)
        found = await self._db.rows(here.order_by(AttendanceRow.seen_at.desc()))
        return str(found[0].id) if found else None

    async def hold(self, person: str, seconds: float) -> bool:
        """A call goes to them now: True for the one caller who may ring there. It ends by itself."""
        here = now()
        free = or_(AttendanceRow.held_until.is_(None), AttendanceRow.held_until <= here)
        ring = update(AttendanceRow).where(AttendanceRow.staff == person, free)
        values = {"held_until": here + timedelta(seconds=seconds), "offered_at": here}
        return bool(await self._db.change(ring.values(values).returning(AttendanceRow.staff)))

    async def keep(self, person: str, seconds: float) -> None:
        """They are in the call that rang."""
        until = {"held_until": now() + timedelta(seconds=seconds)}
        await self._db.change(update(AttendanceRow).where(AttendanceRow.staff == person).values(until))

    async def let_go(self, person: str) -> None:
        """The call is over, or they did not take it."""
        await self._db.change(update(AttendanceRow).where(AttendanceRow.staff == person).values(held_until=None))

    async def offered(self, person: str) -> None:
        """Something was put before them: somebody else is next."""
        await self._db.change(update(AttendanceRow).where(AttendanceRow.staff == person).values(offered_at=now()))

    async def _read(self, rows: Any) -> list[Attending]:
        here = now()
        driven = await self._driven() if rows else Counter[str]()
        return [
            Attending(
                **{name: row._mapping[name] for name in _SHOWN},
                here=row.seen_at > here - HERE,
                held=row.held_until is not None and row.held_until > here,
                in_hand=driven[row.id],
            )
            for row in rows
        ]

    async def _driven(self) -> Counter[str]:
        """How many open cases each of the team drives."""
        claimed = await self._db.rows(_CLAIMED, since=now() - _WAS)
        return Counter(str((row.turn or {}).get("claim", {}).get("holder")) for row in claimed)

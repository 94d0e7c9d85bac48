"""Where staff are signed in: kept as digests, over when unused for half an hour or twelve hours old."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from database.passes import digest
from database.staff import PERSON, person_of
from models.people import Frozen
from models.staff import Person, StaffSession, Way, Why
from models.tables import AttendanceRow, GlassRow, ReasonRow, SignInRow, StaffRow, StaffSessionRow

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
AWAY = timedelta(minutes=10)
GLASS = timedelta(minutes=30)
_SEEN = timedelta(seconds=30)  # a write for each page of each person would say no more

_SESSION = (
    StaffSessionRow.id.label("session"),
    StaffSessionRow.way,
    StaffSessionRow.browser,
    StaffSessionRow.began_at,
    StaffSessionRow.seen_at,
    StaffSessionRow.expires_at,
)


_GOOD = (
    select(*_SESSION, *PERSON)
    .join(StaffRow, StaffRow.id == StaffSessionRow.staff)
    .where(
        StaffSessionRow.expires_at > bindparam("here"),
        StaffSessionRow.seen_at > bindparam("since"),
        StaffRow.closed_at.is_(None),
    )
    .order_by(StaffSessionRow.seen_at.desc())
)
_BY_TOKEN = _GOOD.where(StaffSessionRow.digest == bindparam("digest"))
_BY_PERSON = _GOOD.where(StaffSessionRow.staff == bindparam("staff"))
_GLASS = select(GlassRow.note).where(
    GlassRow.session == bindparam("session"),
    GlassRow.customer == bindparam("customer"),
    GlassRow.expires_at > bindparam("here"),
)
_REASON = select(ReasonRow.why).where(
    ReasonRow.session == bindparam("session"),
    ReasonRow.customer == bindparam("customer"),
    ReasonRow.expires_at > bindparam("here"),
)


@cache
def _having_reason(insert: Inserting) -> UpdateBase:
    new = insert(ReasonRow)
    said = {name: new.excluded[name] for name in ("why", "expires_at")}
    stale = ReasonRow.expires_at < bindparam("stale", type_=ReasonRow.expires_at.type)
    return new.on_conflict_do_update(index_elements=["session", "customer"], set_=said, where=stale)


class Away(Frozen):
    """A sign-in under way at the provider: what its answer has to match, and where the browser wanted to go."""

    nonce: str
    verifier: str
    back: str


class StaffSessions:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, person: Person, way: Way, browser: str, instead_of: str = "") -> str:
        """A new session's token: 256 random bits. The one this browser had before, ``instead_of``, ends."""
        if instead_of:
            await self.close(instead_of)
        token, here = secrets.token_urlsafe(32), now()
        new = insert(StaffSessionRow).values(
            digest=digest(token), id=f"ss_{secrets.token_hex(8)}", staff=person.id, way=way, browser=browser[:120],
            began_at=here, seen_at=here, expires_at=here + LONGEST,
        )  # fmt: skip
        await self._db.change(new)
        return token

    async def find(self, token: str, *, active: bool = True) -> StaffSession | None:
        """None when unknown, ended, unused too long, too old, or its account closed. ``active``: somebody acts now."""
        kept = digest(token)
        found = await self._list(_BY_TOKEN, digest=kept)
        if found and active and found[0].seen_at < now() - _SEEN:
            seen = update(StaffSessionRow).where(StaffSessionRow.digest == kept)
            await self._db.change(seen.values(seen_at=now()))
        return found[0] if found else None

    async def of(self, person: str) -> list[StaffSession]:
        """Everywhere somebody is signed in now, the latest used first."""
        return await self._list(_BY_PERSON, staff=person)

    async def close(self, token: str) -> None:
        gone = delete(StaffSessionRow).where(StaffSessionRow.digest == digest(token))
        for row in await self._db.change(gone.returning(StaffSessionRow.staff)):
            await self._left(row.staff)

    async def end(self, person: str, id: str | None = None) -> None:
        """One of somebody's sessions, or all."""
        theirs = delete(StaffSessionRow).where(StaffSessionRow.staff == person)
        await self._db.change(theirs if id is None else theirs.where(StaffSessionRow.id == id))
        await self._left(person)

    async def _left(self, person: str) -> None:
        """Whoever is signed in nowhere any more is away: no call and no chat goes to them."""
        here = now()
        elsewhere = select(StaffSessionRow.id).where(
            StaffSessionRow.staff == person, StaffSessionRow.expires_at > here, StaffSessionRow.seen_at > here - IDLE
        )
        gone = update(AttendanceRow).where(AttendanceRow.staff == person, ~elsewhere.exists())
        await self._db.change(gone.values(state="away"))

    async def leaves(self, state: str, away: Away) -> None:
        """A browser goes to the provider, and comes back with ``state``. What never came back is forgotten."""
        await self._db.change(delete(SignInRow).where(SignInRow.expires_at <= now()))
        new = insert(SignInRow).values(digest=digest(state), **away.model_dump(), expires_at=now() + AWAY)
        await self._db.change(new)

    async def returns(self, state: str) -> Away | None:
        """What was kept for it: once, and for ten minutes."""
        this = (SignInRow.digest == digest(state)) & (SignInRow.expires_at > now())
        gone = delete(SignInRow).where(this).returning(SignInRow.nonce, SignInRow.verifier, SignInRow.back)
        found = await self._db.change(gone)
        return Away(**found[0]._mapping) if found else None

    async def break_glass(self, session: str, customer: str, note: str) -> None:
        """For half an hour this session may look at the customer, because of what the note says."""
        until = {"note": note, "expires_at": now() + GLASS}
        new = self._db.insert(GlassRow).values(session=session, customer=customer, **until)
        await self._db.change(new.on_conflict_do_update(index_elements=["session", "customer"], set_=until))

    async def glass(self, session: str, customer: str) -> str | None:
        """The note that lets this session look at the customer; None where there is none any more."""
        found = await self._db.rows(_GLASS, session=session, customer=customer, here=now())
        return str(found[0].note) if found else None

    async def had_reason(self, session: str, customer: str, why: Why) -> None:
        """For half an hour from now this session may go on looking, as for what it has open."""
        until = now() + GLASS
        values = {"session": session, "customer": customer, "why": why.value, "expires_at": until}
        await self._db.change(_having_reason(self._db.insert), **values, stale=until - _SEEN)

    async def reason(self, session: str, customer: str) -> Why | None:
        """What let this session look at the customer a moment ago; None where nothing did."""
        found = await self._db.rows(_REASON, session=session, customer=customer, here=now())
        return Why(found[0].why) if found else None

    async def _list(self, query: Select[*tuple[Any, ...]], **values: str) -> list[StaffSession]:
        here = now()
        return [_session(row) for row in await self._db.rows(query, here=here, since=here - IDLE, **values)]


def _session(row: Any) -> StaffSession:
    rest = {name: row._mapping[name] for name in ("way", "browser", "began_at", "seen_at", "expires_at")}
    return StaffSession(id=row.session, person=person_of(row), **rest)

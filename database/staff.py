"""The accounts of staff: local ones with a password, and those a provider vouches for."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import delete, select, update

from database.engine import Database, Rows, now
from database.passwords import hashed, matches, new_password
from models.staff import Person, Role
from models.tables import StaffRow, StaffSessionRow

PERSON = (
    StaffRow.id,
    StaffRow.sign_in,
    StaffRow.name,
    StaffRow.role,
    StaffRow.team,
    StaffRow.password,
    StaffRow.made_at,
    StaffRow.closed_at,
)


def tidy(sign_in: str) -> str:
    """A sign-in name as it is kept: case and outer spaces make no other person."""
    return sign_in.strip().casefold()[:254]


class Staff:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def make(self, sign_in: str, name: str, role: Role, team: str) -> tuple[Person, str] | None:
        """A new account and its password, which can't be read back; None where the sign-in name is taken."""
        password = new_password()
        made = await self._put(sign_in, name, role, team, password=await hashed(password))
        return (made, password) if made else None

    async def ensure(self, sign_in: str, name: str, role: Role, team: str, password: str | None = None) -> Person:
        """The account of that sign-in name; made where it is missing, without a password nobody signs in by one."""
        if found := await self._one(StaffRow.sign_in == tidy(sign_in)):
            return found
        kept = await hashed(password) if password else None
        made = await self._put(sign_in, name, role, team, password=kept)
        return made or await self.ensure(sign_in, name, role, team, password)

    async def by_password(self, sign_in: str, password: str) -> Person | None:
        """Whose they are, if the account is open. As long for a name nobody has."""
        found = await self._db.rows(select(*PERSON).where(StaffRow.sign_in == tidy(sign_in)))
        right = await matches(found[0].password if found else None, password)
        person = _first(found)
        return person if right and person and person.closed_at is None else None

    async def by_provider(self, issuer: str, subject: str, name: str, role: Role, team: str) -> Person | None:
        """Whom a provider vouches for, with the role and team it says today. None where the account was closed."""
        this = (StaffRow.issuer == issuer) & (StaffRow.subject == subject)
        changed = update(StaffRow).where(this).values(name=name, role=role, team=team).returning(*PERSON)
        person = _first(await self._db.change(changed))
        if person is None:
            sign_in = f"{subject}@{issuer.partition('://')[2]}"
            person = await self._put(sign_in, name, role, team, issuer=issuer, subject=subject)
        if person is None:  # another browser of the same person was faster
            person = _first(await self._db.change(changed))
        return person if person and person.closed_at is None else None

    async def get(self, id: str) -> Person | None:
        return await self._one(StaffRow.id == id)

    async def people(self, team: str | None = None) -> list[Person]:
        """Everybody, or one team; open accounts first, then by name."""
        query = select(*PERSON).order_by(StaffRow.closed_at.is_not(None), StaffRow.name, StaffRow.id)
        found = await self._db.rows(query if team is None else query.where(StaffRow.team == team))
        return [person_of(row) for row in found]

    async def give(self, id: str, role: Role, team: str) -> None:
        """Another role or team. All sessions end."""
        await self._change(id, role=role, team=team)

    async def close(self, id: str) -> None:
        """The account opens nothing any more. All sessions end."""
        await self._change(id, closed_at=now())

    async def reopen(self, id: str) -> None:
        await self._change(id, closed_at=None)

    async def renew(self, id: str) -> str | None:
        """A new password for a local account; the old one and all sessions end. None where it has none."""
        password = new_password()
        person = await self.get(id)
        if person is None or not person.local:
            return None
        await self._change(id, password=await hashed(password))
        return password

    async def _change(self, id: str, **values: Any) -> None:
        await self._db.change(update(StaffRow).where(StaffRow.id == id).values(**values))
        await self._db.change(delete(StaffSessionRow).where(StaffSessionRow.staff == id))

    async def _put(self, sign_in: str, name: str, role: Role, team: str, **more: str | None) -> Person | None:
        values = {"id": f"s_{secrets.token_hex(8)}", "sign_in": tidy(sign_in), "name": name, "role": role, "team": team}
        new = self._db.insert(StaffRow).values(**values, **more, made_at=now())
        return _first(await self._db.change(new.on_conflict_do_nothing().returning(*PERSON)))

    async def _one(self, condition: Any) -> Person | None:
        return _first(await self._db.rows(select(*PERSON).where(condition)))


def _first(rows: Rows) -> Person | None:
    return person_of(rows[0]) if rows else None


def person_of(row: Any) -> Person:
    """The person of a row that has the columns ``PERSON``; of the password only whether there is one."""
    columns = dict(row._mapping)
    kept = {name: columns[name] for name in Person.model_fields if name != "local"}
    return Person(local=columns["password"] is not None, **kept)

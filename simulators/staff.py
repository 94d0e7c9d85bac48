"""The staff of one machine: an account for each role, whose passwords lie with the machine's own secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from database.engine import migrate, open_database
from database.passwords import new_password
from database.staff import Staff
from models.errors import Misconfigured
from models.staff import Role

ACCOUNTS = {
    Role.AGENT: ("Ada", "care"),
    Role.SUPERVISOR: ("Sofia", "care"),
    Role.ASSOCIATE: ("Sam", "store"),
    Role.OPS: ("Olu", "operations"),
    Role.ANALYST: ("Ana", "insight"),
    Role.ADMIN: ("Adil", "operations"),
}


def new_passwords() -> dict[str, str]:
    """One for each role, by the name under which it is kept."""
    return {f"staff_{role.value}": new_password() for role in Role}


def signs_in(own: Mapping[str, str]) -> Iterator[str]:
    """What to type, a line for each role."""
    return (f"  {role.value:<11} {own[f'staff_{role.value}']}" for role in Role)


async def make_account(url: str, sign_in: str, role: Role, team: str) -> str:
    """A new account's password; :class:`Misconfigured` where the name is taken."""
    await migrate(url)
    database = await open_database(url)
    try:
        made = await Staff(database).make(sign_in, sign_in, role, team)
    finally:
        await database.close()
    if made is None:
        raise Misconfigured(f"Somebody signs in as {sign_in} already.")
    return made[1]


async def staffed(url: str, own: Mapping[str, str]) -> None:
    """Makes whichever of the accounts is missing. What an admin changed later stays."""
    await migrate(url)
    database = await open_database(url)
    try:
        for role, (name, team) in ACCOUNTS.items():
            await Staff(database).ensure(role.value, name, role, team, own[f"staff_{role.value}"])
    finally:
        await database.close()

"""Somebody who works here, with a browser."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx

from gateway.browser import STAFF, TABLET
from models.staff import Person, Role
from tests.gateway.conftest import World
from tests.gateway.visitor import Visitor

PASSWORD = "the-password-of-a-colleague"
OURS = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}


def proof(token: str) -> str:
    """What a form of ours made for this session brings back."""
    return hmac.new(token.encode(), b"segue form", hashlib.sha256).hexdigest()


class Colleague(Visitor):
    """Signs in with a name and the password above."""

    person: Person

    @classmethod
    async def who_is(cls, world: World, role: Role, team: str = "east", name: str = "") -> Colleague:
        made = cls(world)
        made.client = httpx.AsyncClient(transport=world.client._transport, base_url=world.client.base_url)
        made.person = await world.parts.staff.ensure(name or f"{role}-{team}", role.title(), role, team, PASSWORD)
        return made

    async def signs_in(self, name: str = "", password: str = PASSWORD) -> httpx.Response:
        await self.opens("/staff/sign-in")
        return await self.sends("/staff/sign-in", name=name or self.person.sign_in, password=password)

    @property
    def token(self) -> str:
        return self.client.cookies.get(f"__Host-{STAFF}") or ""

    async def is_in(self) -> bool:
        return (await self.client.get("/staff")).status_code == 200


async def asks_as(world: World, person: Person, method: str, path: str, **more: Any) -> httpx.Response:
    """One request in a session made for it, with the proof of our own page, unless ``data`` or headers say else."""
    token = await world.parts.staff_sessions.open(person, "password", "test")
    cookie = f"__Host-{TABLET if path.startswith('/store') else STAFF}={token}"
    given = {"data": {"csrf": proof(token)}} if method != "GET" else {}
    headers = {"Cookie": cookie, **OURS, **more.pop("headers", {})}
    world.client.cookies.clear()
    return await world.client.request(method, path, headers=headers, **(given | more))


async def audit(world: World) -> list[dict[str, Any]]:
    """What was noted, oldest first."""
    return [json.loads(deed.model_dump_json()) async for deed in world.parts.audit.deeds()]

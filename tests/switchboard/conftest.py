"""A customer outside, the door with all that is behind it, and cases that are played here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

import httpx
import pytest
from sqlalchemy import select, update

from activities.identity import Identity, TextedCodes
from database.engine import Database, now
from database.journal import Journal
from gateway.app import create_app
from models.case import Turn
from models.people import Address
from models.tables import CaseRow, OfferedRow, OutboxRow, SpokenRow
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from switchboard.line import Line
from switchboard.switchboard import Switchboard
from tests.gateway.conftest import CUSTOMER, PUBLIC, WORDS, World, made_parts
from tests.switchboard.line import MOMENTS, PlayedLine

FRIEND = "+14155550199"


class Town(World):
    """Texts and calls as they come, and what is heard in return."""

    line: PlayedLine
    texted = 0

    async def says(self, words: str, *, by: str = CUSTOMER, over: str = "") -> str:
        """A text, and the reply to it."""
        self.texted += 1
        sid = f"SM{self.texted}"
        answer = await self.texts(words, sid, From=over + by)
        assert answer.status_code == 200
        return await self.reply(sid)

    async def reply(self, sid: str) -> str:
        message = await self.parts.outbox.get(f"reply:{sid[:2]}{sid[2:].rjust(32, '0')}")
        return message.body if message else ""

    async def turn(self, moment: str, by: str = CUSTOMER) -> Turn:
        """How the customer's newest case of a moment stands."""
        customer = await self.parts.customers.find(Address(kind="phone", value=by))
        assert customer is not None
        for number in range(9, 0, -1):
            if turn := await self.parts.cases.turn(f"{moment}/{customer.id}/{number}"):
                return turn
        raise AssertionError(f"no case of {moment}")

    async def later(self, **by: float) -> None:
        """Time has passed since anything happened."""
        for table, column in ((CaseRow, CaseRow.touched_at), (SpokenRow, SpokenRow.at), (OfferedRow, OfferedRow.at)):
            await self.parts.database.change(update(table).values({column: now() - timedelta(**by)}))

    async def written(self) -> list[tuple[str, str, str]]:
        """The key, address and body of every message so far, oldest first."""
        rows = select(OutboxRow.key, OutboxRow.address, OutboxRow.body).order_by(OutboxRow.put_at)
        return [(key, address, body) for key, address, body in map(tuple, await self.parts.database.rows(rows))]

    async def asks(self, moment: str) -> str:
        question = (await self.turn(moment)).question
        return question.question.key if question else ""


@pytest.fixture
async def town(db: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    # A reply is there when its text was taken, however busy the machine is.
    monkeypatch.setattr("gateway.webhooks.texts.PATIENCE", 30)
    parts = made_parts(db)
    identity = Identity(TextedCodes(parts.codes, parts.customers, parts.post))
    line = PlayedLine(Journal(db, WORDS), [identity])
    moments = frozenset(kind.id for kind in MOMENTS)
    switchboard = Switchboard(cast(Line, line), parts.cases, parts.customers, parts.journal, moments)
    parts = replace(
        parts, switchboard=switchboard, conversation=Conversation(switchboard, front_desk(db, parts.post), parts.chats)
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(parts)), base_url=PUBLIC) as client:
        made = Town(parts, client)
        made.line = line
        yield made
    await line.end()
    parts.door.close()

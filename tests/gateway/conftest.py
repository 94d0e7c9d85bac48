"""The door with a real database, the real provider's client and a switchboard that plays by itself."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import time, timedelta
from typing import cast

import httpx
import pytest

from activities.outreach import Outreach
from channels.providers.outbox import Post
from channels.providers.twilio import TwilioDoor
from channels.whatsapp import NAMES
from channels.wording import wording
from database.attachments import Attachments
from database.audit import Audit
from database.calls import Calls
from database.cases import Cases
from database.chat import Chat
from database.codes import Codes
from database.company import CompanyBooks
from database.consent import Consent
from database.customers import Customers
from database.engine import Database
from database.inbox import Inbox
from database.indexing import Words
from database.journal import Journal
from database.outbox import Message, Outbox
from database.passes import Passes
from database.pops import Pops
from database.sessions import Sessions
from database.sought import Sought
from database.staff import Staff
from database.staff_sessions import StaffSessions
from database.tries import Tries
from database.vault import Vault
from gateway.app import create_app
from gateway.parts import Parts
from models.courtesy import Courtesy
from models.promise import Promising
from simulators.carrier import signature
from simulators.company import Company
from switchboard.chatting import Chats
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from switchboard.switchboard import Switchboard
from tests.gateway.pretend import PretendSwitchboard

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "a1" * 16
NUMBER = "+18005550100"
CUSTOMER = "+14155552671"
PUBLIC = "https://segue.example"
API_KEY = "a-key-of-the-shop"
TRUSTED_KEY = "a-key-of-the-counter"
WORDS = Words(bytes(32))
KEYS = {name: hashlib.sha256(key.encode()).hexdigest() for name, key in (("shop", API_KEY), ("counter", TRUSTED_KEY))}


def sid(short: str) -> str:
    """``SM1`` as long as the provider's own ids."""
    return short[:2] + short[2:].rjust(32, "0")


class PlainCodec:
    """Opens nothing: what goes in comes out."""

    async def encode(self, payloads: object) -> list[dict[str, object]]:
        return list(cast("list[dict[str, object]]", payloads))

    decode = encode

    async def customers(self, payloads: object) -> dict[str, int]:
        return {"c_somebody": len(cast("list[object]", payloads))}


class World:
    """A browser or provider outside, the door, and what stands behind it."""

    def __init__(self, parts: Parts, client: httpx.AsyncClient) -> None:
        self.parts = parts
        self.client = client
        self.switchboard = cast("PretendSwitchboard", parts.switchboard)
        self.company = cast("Company", parts.back_office)

    async def provider(self, path: str, form: dict[str, str], *, token: str = TOKEN) -> httpx.Response:
        """A webhook as Twilio sends it: signed over the public address."""
        form = {"AccountSid": ACCOUNT, "To": NUMBER} | form
        form |= {name: sid(form[name]) for name in ("MessageSid", "CallSid") if name in form}
        signed = signature(token, PUBLIC + path, form)
        return await self.client.post(path, data=form, headers={"X-Twilio-Signature": signed})

    async def texts(self, body: str, sid: str = "SM1", **more: str) -> httpx.Response:
        form = {"MessageSid": sid, "From": CUSTOMER, "To": NUMBER, "Body": body, "NumMedia": "0"}
        return await self.provider("/twilio/messages", form | more)

    async def calls(self, path: str = "/twilio/voice", sid: str = "CA1", **more: str) -> str:
        form = {"CallSid": sid, "From": CUSTOMER, "To": NUMBER, "Direction": "inbound", "CallStatus": "in-progress"}
        answer = await self.provider(path, form | more)
        assert answer.status_code == 200
        return answer.text

    async def sent(self) -> list[Message]:
        """What waits to be sent, oldest first: nobody takes it here."""
        keys = await self.parts.outbox.due(timedelta(seconds=-5), 100)
        found = [await self.parts.outbox.claim(key) for key in keys]
        return [message for message in found if message]


def made_chats(db: Database) -> Chats:
    return Chats(Chat(db, Vault(db, bytes(32))), Pops(db))


def made_parts(db: Database, *, public_url: str = PUBLIC, carrier_url: str | None = None) -> Parts:
    cases, customers, journal, outbox = Cases(db), Customers(db), Journal(db), Outbox(db)
    switchboard = cast("Switchboard", PretendSwitchboard(cases, customers, journal))
    # Nobody listens at the discard port: messages stay in the outbox, to be looked at.
    door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=carrier_url or "http://127.0.0.1:9")
    contents = {name: f"HX{number:032x}" for number, name in enumerate(NAMES, start=1)}
    post = Post(outbox, door, f"{public_url}/twilio/messages/status", Consent(db), contents=contents)
    return Parts(
        switchboard=switchboard,
        conversation=Conversation(switchboard, front_desk(db, post), made_chats(db)),
        chats=made_chats(db),
        door=door,
        post=post,
        back_office=Company(CompanyBooks(db)),
        database=db,
        cases=cases,
        journal=journal,
        inbox=Inbox(db),
        outbox=outbox,
        calls=Calls(db),
        passes=Passes(db),
        sessions=Sessions(db),
        codes=Codes(db),
        customers=customers,
        attachments=Attachments(db, Vault(db, bytes(32))),
        staff=Staff(db),
        staff_sessions=StaffSessions(db),
        tries=Tries(db),
        audit=Audit(db),
        outreach=Outreach(db, post, public_url, Courtesy()),
        codec=PlainCodec(),
        words=wording,
        public_url=public_url,
        number=NUMBER,
        api_keys=KEYS,
        trusted_keys=frozenset({"counter"}),
        sought=Sought(db, WORDS),
        carrier_url=carrier_url,
        promising=Promising(closed=Courtesy(quiet_from=time(), quiet_until=time())),
    )


@pytest.fixture
async def world(db: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    # However slow this machine is just now, what a message does is done when it was delivered.
    monkeypatch.setattr("gateway.webhooks.texts.PATIENCE", 30)
    monkeypatch.setattr("gateway.webhooks.mail_desk.PATIENCE", 30)
    parts = made_parts(db)
    transport = httpx.ASGITransport(create_app(parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield World(parts, client)
    parts.door.close()

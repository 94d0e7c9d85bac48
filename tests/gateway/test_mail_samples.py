"""Sample requests as SendGrid makes them, where a folder of them is at hand: signed, read, and each taken."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from channels.providers.sendgrid import SendGridDoor
from database.engine import Database
from database.outbox import Message
from gateway.webhooks.mail import opened
from gateway.webhooks.mail_events import events_of
from models.people import Address, Channel
from tests.gateway.mailing import Mailing, mailed, mailing

__all__ = ["mailing"]
ROOT = Path(__file__).resolve().parents[2]
PLACES = (Path(os.environ.get("SEGUE_PAYLOADS", "")), ROOT.parent / "shared" / "payloads")
FOLDER = next((place for place in PLACES if (place / "index.json").is_file()), None)
INDEX: dict[str, Any] = json.loads((FOLDER / "index.json").read_text()) if FOLDER else {"requests": []}
MAILS = [one for one in INDEX["requests"] if one["file"].startswith("email_inbound/")]
EVENTS = [one for one in INDEX["requests"] if one["file"].startswith("email_events/")]
THEN = datetime(2025, 11, 22, 12, 2, tzinfo=UTC)
OWN = {
    "01_gmail": "Yes, please send the replacement to the office address instead.\nOrder is 77091.",
    "03_outlook": "Yes, please send the replacement to the office address instead.\nOrder is 77091.",
    "05_apple": "Yes, please send the replacement to the office address instead.\nOrder is 77091.",
    "06_plain": "my order 77091 arrived broken. I would like a refund of 42.50 EUR.",
    "09_charset": "Bitte erstatten Sie mir “42,50 €” – vielen Dank, Jürgen",
}


def body_of(request: dict[str, Any]) -> bytes:
    assert FOLDER is not None
    return (FOLDER / str(request["file"])).read_bytes()


def test_their_signatures_hold_at_their_time_and_for_their_bytes() -> None:
    for request in [*MAILS, *EVENTS]:
        keys = [INDEX["sendgrid_public_key"]]
        door = SendGridDoor("SG.key", "segue@example.com", keys, clock=lambda: THEN)
        timestamp, signature = (
            request["headers"][f"X-Twilio-Email-Event-Webhook-{name}"] for name in ("Timestamp", "Signature")
        )
        assert door.signed(timestamp, body_of(request), signature), request["file"]
        assert not door.signed(timestamp, body_of(request) + b" ", signature)
        assert not SendGridDoor("SG.key", "segue@example.com", keys).signed(timestamp, body_of(request), signature)


def test_only_their_writers_own_words_are_read() -> None:
    for request in MAILS:
        mail = opened(request["headers"]["Content-Type"], body_of(request))
        expected = next((own for name, own in OWN.items() if name in request["file"]), None)
        assert expected is None or mail.words == expected, request["file"]
        assert mail.proved
        assert mail.sender is not None
        assert mail.sender.value == "zoe@customer.example"


async def test_each_is_taken_once_and_none_refused(mailing: Mailing) -> None:
    for request in MAILS:
        content_type = {"Content-Type": request["headers"]["Content-Type"]}
        for _ in range(2):
            answer = await mailing.client.post("/sendgrid/inbound", content=body_of(request), headers=content_type)
            assert answer.status_code == 200, request["file"]
    await mailing.desk.finish()
    assert len(await mailing.sent()) == len(MAILS)


async def test_their_events_move_the_mail_they_are_of_however_often_they_come(db: Database) -> None:
    keys = [INDEX.get("sendgrid_public_key", "")] if EVENTS else []
    async with mailed(db, door=SendGridDoor("SG.key", "segue@example.com", keys, clock=lambda: THEN)) as mailing:
        outbox = mailing.parts.outbox
        to = Address(kind="email", value="zoe@customer.example")
        await outbox.put(Message(key="turn", case=None, customer=None, channel=Channel.EMAIL, to=to, body="Hello"))
        await outbox.sent("turn", "XBg2anf2TqCy6WXKQFhieQ", "accepted")
        for request in [*EVENTS, *EVENTS]:
            body, headers = body_of(request), request["headers"]
            answer = await mailing.client.post("/sendgrid/events", content=body, headers=headers)
            assert answer.status_code == 204
            assert await outbox.status_of("turn") == "delivered"
            forged = await mailing.client.post("/sendgrid/events", content=body + b" ", headers=headers)
            assert forged.status_code == 403


def test_their_events_are_read() -> None:
    for request in EVENTS:
        ids = [event["sg_event_id"] for event in events_of(body_of(request))]
        assert len(set(ids)) < len(ids)

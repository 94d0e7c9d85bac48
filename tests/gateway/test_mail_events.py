"""What became of our mails: signed, each event once, in any order; what comes back is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.people import Address, Channel
from simulators.carrier.mail_posts import Signer
from tests.gateway.mailing import JANE, SIGNER, Mailing, mailing

__all__ = ["mailing"]
ADDRESS = Address(kind="email", value=JANE)
count = iter(range(10_000))


def event(name: str, key: str = "", **more: Any) -> dict[str, object]:
    id = f"e{next(count)}"
    return {"event": name, "email": JANE, "sg_event_id": id, "sg_message_id": "abc.recvd-1", "out": key, **more}


async def mailed_key(mailing: Mailing) -> str:
    """A mail of ours that the provider took under the id ``abc``."""
    await mailing.writes("pay my bill")
    key = mailing.got[-1].key
    await mailing.parts.outbox.sent(key, "abc", "accepted")
    return key


async def test_a_mail_is_followed_to_its_mailbox(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    for name, status in (("processed", "queued"), ("deferred", "sending"), ("delivered", "delivered")):
        assert await mailing.events(event(name, key)) == 204
        assert await mailing.parts.outbox.status_of(key) == status


async def test_events_in_any_order_end_the_same(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    await mailing.events(event("delivered", key), event("processed", key), event("open", key), event("unheard-of", key))
    assert await mailing.parts.outbox.status_of(key) == "delivered"


async def test_a_lost_answer_is_settled_by_the_first_event(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    key = mailing.got[-1].key
    await mailing.parts.outbox.uncertain(key, "lost")
    await mailing.events(event("processed", key))
    assert await mailing.parts.outbox.status_of(key) == "queued"


async def test_what_comes_back_is_said_another_way_and_not_mailed_there_again(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    twice = event("bounce", key, type="bounce", status="5.1.1", reason="550 no such user jane@home.example")
    assert await mailing.events(twice, twice) == 204
    assert await mailing.parts.outbox.status_of(key) == "bounced"
    assert not await mailing.parts.post.may(Channel.EMAIL, ADDRESS)
    lost = await mailing.parts.inbox.receive(f"lost:{key}", "lost", "", {})
    assert not lost.fresh


async def test_a_bounce_after_delivery_counts(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    await mailing.events(event("delivered", key))
    await mailing.events(event("bounce", key, type="bounce"))
    assert await mailing.parts.outbox.status_of(key) == "bounced"


async def test_a_late_bounce_without_its_id_is_known_by_ours(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    late = event("bounce", key, type="bounce")
    del late["sg_message_id"]
    await mailing.events(late)
    assert not (await mailing.parts.inbox.receive(f"lost:{key}", "lost", "", {})).fresh


async def test_a_full_mailbox_today_is_not_for_ever(mailing: Mailing) -> None:
    key = await mailed_key(mailing)
    await mailing.events(event("bounce", key, type="blocked"))
    assert await mailing.parts.post.may(Channel.EMAIL, ADDRESS)


@pytest.mark.parametrize("name", ["spamreport", "unsubscribe", "group_unsubscribe"])
async def test_who_wants_no_mail_gets_none(mailing: Mailing, name: str) -> None:
    await mailing.events(event(name))
    assert not await mailing.parts.post.may(Channel.EMAIL, ADDRESS)
    await mailing.events(event("group_resubscribe"))
    assert await mailing.parts.post.may(Channel.EMAIL, ADDRESS)


async def test_the_same_event_later_changes_nothing(mailing: Mailing) -> None:
    stop = event("unsubscribe")
    await mailing.events(stop)
    await mailing.events(event("group_resubscribe"))
    await mailing.events(stop)
    assert await mailing.parts.post.may(Channel.EMAIL, ADDRESS)


async def test_what_is_not_signed_is_refused(mailing: Mailing) -> None:
    assert await mailing.events(event("unsubscribe"), sign=Signer("99")) == 403
    assert await mailing.events(event("unsubscribe"), age=600) == 403
    assert await mailing.events(event("unsubscribe"), age=-600) == 403
    assert (await mailing.client.post("/sendgrid/events", content=b"[]")).status_code == 403
    assert await mailing.parts.post.may(Channel.EMAIL, ADDRESS)


@pytest.mark.parametrize("body", [b"{}", b"nothing", b"[1]", b"", b"[" * 5000, b'["\xff"]'])
async def test_what_is_no_list_of_events_is_refused(mailing: Mailing, body: bytes) -> None:
    now = str(int(datetime.now(UTC).timestamp()))
    headers = {
        "X-Twilio-Email-Event-Webhook-Signature": SIGNER(now, body),
        "X-Twilio-Email-Event-Webhook-Timestamp": now,
    }
    answer = await mailing.client.post("/sendgrid/events", content=body, headers=headers)
    assert answer.status_code == 400


async def test_events_of_strange_types_are_survived(mailing: Mailing) -> None:
    odd: dict[str, object] = {"event": 7, "email": None, "sg_event_id": ["x"], "sg_message_id": {}, "out": 1.5}
    assert await mailing.events(odd, {}, event("delivered", "no-such-key", sg_message_id="zzz")) == 204
    assert await mailing.parts.inbox.unfinished(timedelta(0), 10) == []

"""Messages that are nobody's, at the desk: why, whose it is after all, or that it is nobody's."""

from __future__ import annotations

import re

import httpx

from gateway.browser import STAFF
from models.people import Address
from models.staff import Role
from tests.gateway.conftest import PUBLIC
from tests.gateway.mailing import JANE, Mailing, mailed, mailing
from tests.gateway.visitor import Visitor

__all__ = ["mailed", "mailing"]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> card 4242 4242 4242 4242"


async def at_desk(mailing: Mailing) -> Visitor:
    person = await mailing.parts.staff.ensure("ann@desk", "Ann", Role.AGENT, "north")
    token = await mailing.parts.staff_sessions.open(person, "password", "a browser")
    here = Visitor(mailing)
    transport = mailing.client._transport
    here.client = httpx.AsyncClient(transport=transport, base_url=PUBLIC, cookies={f"__Host-{STAFF}": token})
    return here


async def one(mailing: Mailing, words: str = "pay my bill") -> Visitor:
    """Nobody vouches for this mail: it lies unplaced, and is opened at the desk."""
    await mailing.writes(words, spf="fail", dkim="", subject="About my bill")
    ann = await at_desk(mailing)
    await ann.opens("/desk")
    assert "1 unplaced message" in ann.page.text
    await ann.opens("/desk/unplaced")
    assert "About my bill" in ann.page.text
    assert "does not vouch for it" in ann.page.text
    assert JANE not in ann.page.text
    found = re.search(r'href="(/desk/unplaced/m_[^"]+)"', ann.page.text)
    assert found
    await ann.opens(found.group(1))
    return ann


async def test_it_is_read_as_words_alone_and_that_is_noted(mailing: Mailing) -> None:
    ann = await one(mailing, HOSTILE)
    assert "<script>alert" not in ann.page.text
    assert "<img src=x" not in ann.page.text
    assert "4242 4242 4242" not in ann.page.text
    deeds = [deed.what async for deed in mailing.parts.audit.deeds()]
    assert "read an unplaced message" in deeds


async def test_assigned_it_is_heard_as_if_it_had_come_from_them(mailing: Mailing) -> None:
    known = await mailing.parts.customers.meet(Address(kind="phone", value="+14155550123"))
    await mailing.parts.customers.named(known.id, "Jane Doe")
    ann = await one(mailing)
    await ann.sends(f"{ann.page.url.path}/find", typed="Jane D")
    assert "It is from Jane Doe" in re.sub(r"[\u2068\u2069]", "", ann.page.text)
    await ann.sends("/assign")
    assert "Assigned. It is being answered." in ann.page.text
    assert await mailing.strays() == []
    assert [case.moment for case in await mailing.parts.cases.open_for(known.id)] == ["pay-bill"]
    (stray,) = await mailing.mailroom.unplaced.strays(5, assigned=True)
    assert (stray.customer, stray.assigned_by) == (known.id, "Ann")


async def test_put_aside_it_waits_no_more_and_can_still_be_assigned(mailing: Mailing) -> None:
    ann = await one(mailing)
    assert (await ann.sends("/aside", reason="")).status_code == 422
    await ann.sends("/aside", reason="an advertisement")
    assert "Put aside." in ann.page.text
    assert "an advertisement" in ann.page.text
    assert await mailing.mailroom.unplaced.waiting() == 0
    assert "No message is waiting" in ann.page.text

"""The stage: only its own page plays the customer, what happens is reported to cases, and a mail does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import replace

import httpx
import pytest

from database.engine import Database
from gateway.app import create_app
from models.case import Event
from models.people import Address
from simulators.carrier import Account, create_carrier, listening
from tests.gateway.browser import free_port
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, PUBLIC, TOKEN, World, made_parts
from tests.gateway.visitor import Visitor

MAIL = "c14155552671@mail.example"
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"><form action="https://evil.example"><b>Hello</b>'


class PretendLife:
    """One parcel that can leave."""

    def __init__(self) -> None:
        self.left = False

    async def possible(self, customer: str, waiting: Collection[str] = ()) -> list[str]:
        return [] if self.left else ["parcel"]

    async def happen(self, customer: str, what: str, waiting: Collection[str] = ()) -> list[tuple[str, Event]]:
        if what != "parcel" or self.left:
            return []
        self.left = True
        return [("pay-bill", Event(id="parcel-1", name="shipped")), ("other", Event(id="other-1", name="shipped"))]


@pytest.fixture
async def shown(db: Database) -> AsyncIterator[World]:
    """A door with a stage. Nobody listens where its carrier should be."""
    parts = replace(made_parts(db, carrier_url="http://127.0.0.1:9"), life=PretendLife())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(parts)), base_url=PUBLIC) as client:
        yield World(parts, client)
    parts.door.close()


async def test_a_customer_of_the_stage_has_a_phone_and_a_mailbox(shown: World) -> None:
    answer = (await shown.client.post(f"/stage/customers/{CUSTOMER}")).json()
    assert answer == {"number": CUSTOMER, "mail": MAIL, "zone": "America/New_York", "can": ["parcel"]}
    by_phone = await shown.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert by_phone == await shown.parts.customers.find(Address(kind="email", value=MAIL))


async def test_a_new_customer_is_nobody_yet(shown: World) -> None:
    number = (await shown.client.post("/stage/customers")).json()["number"]
    assert number.startswith("+1")
    assert await shown.parts.customers.find(Address(kind="phone", value=number)) is None


async def test_what_happens_is_reported_to_the_case_it_belongs_to(shown: World) -> None:
    await shown.texts("pay my bill")
    answer = await shown.client.post(f"/stage/life/{CUSTOMER}/parcel")
    assert answer.json() == {"can": []}
    assert ("report", "parcel-1") in shown.switchboard.requests
    assert ("report", "other-1") not in shown.switchboard.requests


async def test_the_timeline_says_what_can_happen_and_rests_while_nothing_moves(shown: World) -> None:
    await shown.texts("pay my bill")
    first = await shown.client.get(f"/stage/timeline/{CUSTOMER}")
    assert "Pay your bill" in first.text
    assert first.headers["x-possible"] == "parcel"
    again = await shown.client.get(f"/stage/timeline/{CUSTOMER}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


PLAYED = ["customers", f"customers/{CUSTOMER}", f"life/{CUSTOMER}/parcel", "associate", f"handset/{CUSTOMER}/texts"]


@pytest.mark.parametrize("path", PLAYED)
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_no_other_site_plays_the_customer(shown: World, path: str, headers: dict[str, str]) -> None:
    assert (await shown.client.post(f"/stage/{path}", headers=headers)).status_code == 403


@pytest.mark.parametrize("path", ["../2010-04-01/Accounts.json", "errors", "deliveries", "mail/a@b.c/../x"])
async def test_only_the_customers_own_things_are_reached(shown: World, path: str) -> None:
    assert (await shown.client.get(f"/stage/handset/{path}")).status_code == 404


async def test_a_carrier_that_is_away_is_said_so(shown: World) -> None:
    assert (await shown.client.get(f"/stage/handset/{CUSTOMER}")).status_code == 502
    assert (await shown.client.get("/stage/mail/a@mail.example/1")).status_code == 502


async def test_a_mail_is_shown_and_does_nothing(db: Database) -> None:
    carrier = f"http://127.0.0.1:{free_port()}"
    parts = made_parts(db, carrier_url=carrier)
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks="http://127.0.0.1:9", pace=0.01, second=0.01))
    transport = httpx.ASGITransport(create_app(parts))
    async with (
        listening(phones, port=int(carrier.rpartition(":")[2])),
        httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client,
    ):
        new = {"subject": "Hello", "text": "Hello", "html": HOSTILE}
        await client.post(f"/stage/handset/mail/{MAIL}", json=new)
        (mail,) = (await client.get(f"/stage/handset/mail/{MAIL}")).json()["mails"]
        page = await client.get(f"/stage/mail/{MAIL}/{mail['id']}")
        assert (await client.get(f"/stage/mail/{MAIL}/other")).status_code == 404
    parts.door.close()
    policy = page.headers["content-security-policy"]
    assert "<b>Hello</b>" in page.text
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'none'" in policy


async def test_anybody_on_the_stage_may_stand_at_the_counter(shown: World) -> None:
    visitor = Visitor(shown)
    await visitor.opens("/store")
    await visitor.sends("/stage/associate")
    assert visitor.heading == "Find the customer"


async def test_without_a_stage_nobody_does(world: World) -> None:
    assert "/stage/associate" not in (await world.client.get("/store")).text
    assert (await world.client.post("/stage/associate")).status_code == 404


async def test_each_moment_has_three_steps_to_try(shown: World) -> None:
    page = (await shown.client.get("/stage")).text
    assert page.count('class="step"') == 3 * page.count("data-try=")
    assert page.count("data-try=") == len(shown.parts.switchboard.moments)

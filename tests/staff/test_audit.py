"""Every look at a customer and every change by staff is noted with its reason, for good."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from database.audit import Audit
from database.engine import Database, migrate, open_database
from database.staff import Staff
from models.people import Address
from models.staff import Role, Why
from models.tables import DeedRow
from tests.database.postgres import postgres_url
from tests.gateway.conftest import CUSTOMER, World
from tests.staff.colleague import Colleague, asks_as, audit

NOTE = "The fraud team asked for it, ticket 88"


async def customer_of(world: World) -> str:
    await world.texts("pay my bill")
    found = await world.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert found
    return found.id


async def test_without_a_case_in_hand_a_look_needs_a_note(world: World) -> None:
    customer, ada = await customer_of(world), await Colleague.who_is(world, Role.AGENT)
    await ada.signs_in()
    await ada.opens(f"/staff/customers/{customer}")
    assert ada.heading == "Why are you looking?"
    assert (await ada.sends("/staff/customers", note="because")).status_code == 422
    assert (await ada.sends("/staff/customers", customer="+14155550000", note=NOTE)).status_code == 422
    assert [deed for deed in await audit(world) if deed["customer"]] == []
    await ada.sends("/staff/customers", customer=CUSTOMER, note=NOTE)
    assert "Pay your bill" in ada.page.text
    (look,) = [deed for deed in await audit(world) if deed["customer"]]
    told = {name: look[name] for name in ("name", "role", "team", "customer", "why", "note")}
    assert told == {
        "name": "Agent",
        "role": "agent",
        "team": "east",
        "customer": customer,
        "why": "break-glass",
        "note": NOTE,
    }


async def test_a_note_opens_one_customer_in_one_session(world: World) -> None:
    customer, ada = await customer_of(world), await Colleague.who_is(world, Role.AGENT)
    await ada.signs_in()
    await ada.opens("/staff/customers")
    await ada.sends("/staff/customers", customer=customer, note=NOTE)
    other = await world.parts.customers.meet(Address(kind="phone", value="+12125550142"))
    assert "customers?customer=" in str((await ada.opens(f"/staff/customers/{other.id}")).url)
    again = await asks_as(world, ada.person, "GET", f"/staff/customers/{customer}")
    assert again.status_code == 303


async def test_a_page_that_stays_open_is_one_look(world: World) -> None:
    customer, ada = await customer_of(world), await Colleague.who_is(world, Role.AGENT)
    await ada.signs_in()
    await ada.opens("/staff/customers")
    await ada.sends("/staff/customers", customer=customer, note=NOTE)
    for _ in range(3):
        await ada.opens(f"/staff/customers/{customer}")
    looks = [deed for deed in await audit(world) if deed["what"] == "GET /staff/customers/{customer}"]
    assert 1 <= len(looks) <= 2  # two where a quarter of an hour ends between them


async def test_the_counter_notes_whom_it_serves_and_what_it_does(world: World) -> None:
    customer = await customer_of(world)
    (case,) = world.switchboard.plays
    sam = await Colleague.who_is(world, Role.ASSOCIATE)
    await sam.opens("/store")
    await sam.sends("/store/sign-in", name=sam.person.sign_in, password="the-password-of-a-colleague")
    await sam.sends("/store/find", typed=await world.parts.passes.issue_code(case, customer))
    await sam.sends("/answer", value="40")
    noted = [(deed["what"], deed["case"], deed["why"]) for deed in await audit(world) if deed["customer"] == customer]
    template = "/store/case/{moment}/{customer}/{number:int}"
    assert ("customer-served", case, "present") in noted
    assert (f"GET {template}", case, "present") in noted
    assert (f"POST {template}/answer", case, "present") in noted


async def test_changes_to_people_say_who_and_what(world: World) -> None:
    admin, ada = await Colleague.who_is(world, Role.ADMIN), await Colleague.who_is(world, Role.AGENT)
    await admin.signs_in()
    await admin.opens(f"/staff/people/{ada.person.id}")
    await admin.sends("/role", role="supervisor", team="west")
    notes = [deed["note"] for deed in await audit(world) if deed["staff"] == admin.person.id]
    assert f"person={ada.person.id} now supervisor, team west" in notes


async def test_an_admin_takes_all_of_it_along_as_json_lines(world: World) -> None:
    admin = await Colleague.who_is(world, Role.ADMIN)
    for number in range(3):
        await world.parts.audit.note(admin.person, f"deed-{number}", customer="c_1", why=Why.CASE)
    answer = await asks_as(world, admin.person, "GET", "/staff/audit.jsonl?customer=c_1")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["what"] for line in lines] == ["deed-0", "deed-1", "deed-2"]
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    after = await asks_as(world, admin.person, "GET", f"/staff/audit.jsonl?after={lines[1]['number']}")
    assert json.loads(after.text.splitlines()[0])["what"] == "deed-2"
    assert "GET /staff/audit.jsonl" in after.text


async def only_grows(db: Database) -> None:
    made = await Staff(db).make("ada", "Ada", Role.AGENT, "east")
    assert made
    await Audit(db).note(made[0], "looked")
    for change in (update(DeedRow).values(what="nothing"), delete(DeedRow)):
        with pytest.raises(DBAPIError, match="only added to"):
            await db.change(change)
    assert [deed.what async for deed in Audit(db).deeds()] == ["looked"]


async def test_the_database_refuses_to_alter_it(db: Database) -> None:
    await only_grows(db)


async def test_so_does_postgresql() -> None:
    with postgres_url() as url:
        await migrate(url)
        db = await open_database(url)
        await only_grows(db)
        await db.close()

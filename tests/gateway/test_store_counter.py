"""At the counter: two associates and one customer, a locked tablet, devices handed over, slips by text."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import JsonValue
from sqlalchemy import update

from database.audit import Audit
from gateway.app import create_app
from gateway.browser import TABLET
from models.case import Notice, Status, Turn
from models.journal import Page
from models.people import Address
from models.staff import Deed, Role
from models.tables import InboxRow
from tests.gateway.conftest import CUSTOMER, PUBLIC, World
from tests.gateway.pretend import now
from tests.gateway.test_store import PASSWORD, Tablet
from tests.gateway.visitor import Visitor

IMEI = "490154203237518"


async def tablet_of(world: World, name: str) -> Tablet:
    """Somebody's tablet; with a session at once, as signing in by password is slow on purpose."""
    person = await world.parts.staff.ensure(name.lower(), name, Role.ASSOCIATE, "store")
    token = await world.parts.staff_sessions.open(person, "password", "chromium")
    world.client.cookies.set(f"__Host-{TABLET}", token, domain="segue.example")
    here = Tablet(world)
    await here.opens("/store")
    return here


@pytest.fixture
async def sam(world: World) -> Tablet:
    return await tablet_of(world, "Sam")


@pytest.fixture
async def kim(world: World) -> AsyncIterator[Tablet]:
    """A colleague with a tablet of her own, at the same counter."""
    transport = httpx.ASGITransport(create_app(world.parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield await tablet_of(World(world.parts, client), "Kim")


async def noted(audit: Audit) -> list[Deed]:
    return [deed async for deed in audit.deeds()]


async def ordered(world: World) -> str:
    """A customer's device has come to the store: the case that ordered it is over."""
    customer = (await world.parts.customers.meet(Address(kind="phone", value=CUSTOMER))).id
    case = await world.parts.cases.open(customer, "upgrade-device")
    placed: dict[str, JsonValue] = {
        "reference": "R7K2",
        "device": "Nova 5",
        "branch": "Harbor Mall",
        "slot": None,
        "old": "Nova 3",
    }
    notice = Notice(number=1, key="waiting-for-you", data=placed, at=now())
    over = Turn(case=case.id, moment="upgrade-device", status=Status.FINISHED, sequence=1, notices=[notice])
    await world.parts.journal.write(
        Page(
            case=case.id, customer=customer, moment="upgrade-device", run="r", status="finished", sequence=1,
            turn=over.model_dump(mode="json"), rows=[], at=now(),
        )
    )  # fmt: skip
    return case.id


async def test_a_colleagues_tablet_is_refused_with_who_and_since_when(world: World, sam: Tablet, kim: Tablet) -> None:
    await world.texts("pay my bill")
    await sam.serves()
    await kim.serves()
    assert re.search(r"Sam has been serving this customer since \d+:\d\d", kim.heading)
    assert kim.page.status_code == 409
    (case,) = world.switchboard.plays
    assert "How much" not in (await kim.opens(f"/store/case/{case}")).text
    await kim.opens("/store")
    await kim.sends("/take-over")
    await kim.opens(f"/store/case/{case}")
    assert "How much" in kim.heading
    await sam.sends("/answer", value="40")
    assert sam.heading.startswith("Kim has been serving this customer since")
    (play,) = world.switchboard.plays.values()
    assert play.answers == {}
    await sam.sends("/store/done")
    assert sam.heading == "Find the customer"
    await kim.sends("/answer", value="25")
    assert "now, or on a later day" in kim.heading


async def test_a_form_sent_again_before_its_first_reply_was_noted_is_taken_once(world: World, sam: Tablet) -> None:
    await world.texts("pay my bill")
    await sam.serves()
    asked, form = sam.page, sam.form("/answer", value="40")
    await sam.sends("/answer", form)
    await world.parts.database.change(update(InboxRow).values(state="waiting", reply=None))
    sam.page = asked
    await sam.sends("/answer", form)
    assert ("now, or on a later day" in sam.heading, "already answered" in sam.page.text) == (True, False)
    sam.page = asked
    await sam.sends("/answer", form | {"nonce": "another.amount"})
    assert "already answered" in sam.page.text


async def test_who_is_done_leaves_the_customer_to_colleagues(world: World, sam: Tablet, kim: Tablet) -> None:
    await world.texts("pay my bill")
    await sam.serves()
    await sam.sends("/leave")
    await kim.serves()
    assert "How much" in kim.heading


async def test_a_locked_tablet_goes_on_for_whoever_locked_it(world: World) -> None:
    sam = Tablet(world)
    await sam.signs_in_as_staff()
    await world.texts("pay my bill")
    await sam.serves()
    case = str(sam.page.url.path)
    await sam.sends("/store/lock")
    assert sam.heading == "This tablet is locked"
    assert "How much" not in (await sam.opens(case)).text
    await sam.opens(f"/store?back={case}")
    await sam.sends("/store/sign-in", name="sam", password=PASSWORD)
    assert (sam.page.url.path, "How much" in sam.heading) == (case, True)


async def test_a_locked_tablet_starts_afresh_for_anybody_else(world: World, sam: Tablet) -> None:
    await world.parts.staff.ensure("kim", "Kim", Role.ASSOCIATE, "store", PASSWORD)
    await world.texts("pay my bill")
    await sam.serves()
    await sam.sends("/store/lock")
    await sam.sends("/store/sign-in", name="kim", password=PASSWORD)
    assert sam.heading == "Find the customer"


async def test_a_device_is_handed_over_once_id_was_checked_and_its_number_noted(world: World, sam: Tablet) -> None:
    case = await ordered(world)
    await sam.serves()
    assert "Hand over: Nova 5" in sam.page.text
    assert 'name="device"' not in sam.page.text
    await sam.sends("/store/checked", document="passport")
    assert (await sam.sends("/hand-over", device="490154203237519")).status_code == 422
    assert "neither an IMEI nor a serial number" in sam.page.text
    await sam.sends("/hand-over", device="49 015420 323751 8", old="1")
    assert "Handed over, and noted." in sam.page.text
    assert "Hand over: Nova 5" not in sam.page.text
    deeds = {deed.what: deed for deed in await noted(world.parts.audit)}
    assert deeds["id-checked"].note == "passport"
    handed = deeds["device-handed-over"]
    assert (handed.name, handed.case) == ("Sam", case)
    assert handed.note == f"order=R7K2; device={IMEI}; old=taken"


async def test_the_way_back_is_texted_to_the_number_on_file_once(world: World, sam: Tablet) -> None:
    await world.texts("pay my bill")
    await sam.serves()
    slip = await sam.sends("/slip")
    form = sam.form("/slip/text")
    for _ in range(2):
        sam.page = slip
        await sam.sends("/slip/text", form)
        assert "on its way to the number on file" in sam.page.text
    (link,) = [m for m in await world.sent() if m.key.startswith("link:")]
    assert link.to.value == CUSTOMER
    await sam.sends("/slip")
    await sam.sends("/slip/text")
    assert "A link was texted a few minutes ago" in sam.page.text
    found = re.search(r"/c/[\w-]+", link.body)
    assert found
    at_home = Visitor(world)
    world.client.cookies.clear()
    await at_home.opens(found.group())
    await at_home.sends(found.group())
    assert "How much would you like to pay?" in at_home.heading


async def test_looks_by_number_have_a_limit_for_each_associate(world: World, sam: Tablet) -> None:
    statuses = []
    for number in range(42):
        await sam.opens("/store")
        statuses.append((await sam.sends("/store/find", typed=f"+1415555{number:04}")).status_code)
        if statuses[-1] == 429:
            break
    assert statuses[-1] == 429
    assert len(statuses) <= 41
    tried = [deed for deed in await noted(world.parts.audit) if deed.what == "POST /store/find"]
    assert {deed.name for deed in tried} == {"Sam"}
    assert len(tried) == len(statuses)


async def test_what_a_tablet_keeps_for_itself_is_of_nobody(world: World, sam: Tablet) -> None:
    page = await sam.opens("/store/away")
    assert "This tablet tries again by itself" in page.text
    worker = await sam.opens("/store/worker.js")
    assert worker.headers["service-worker-allowed"] == "/store"
    assert (await sam.opens("/store")).headers["permissions-policy"].startswith("camera=(self)")
    assert (await Visitor(world).opens("/")).headers["permissions-policy"].startswith("camera=()")

"""A link opens its own case and no other; and no way in sends, asks or listens without end."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from database.cases import Cases
from gateway.limits import Limit
from gateway.pages.live import Watcher
from gateway.webhooks.signature import fingerprint
from models.case import Status
from models.people import Assurance, Channel
from models.tables import InboxRow
from switchboard.switchboard import Speaker
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.visitor import Visitor

CARD = "4111111111111111"
DAY = timedelta(days=1)


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)


async def by_link(world: World, visitor: Visitor) -> tuple[str, str]:
    """In by a link to the customer's first case, where there is a second; both."""
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    customer = case.split("/")[1]
    other = (await world.parts.cases.open(customer, "move-house")).id
    await world.switchboard.arrive(Speaker(customer, Channel.SMS, Assurance.POSSESSION), other, "a2")
    token = await world.parts.passes.issue(case, customer, lifetime=DAY)
    await visitor.opens(f"/c/{token}")
    await visitor.sends(f"/c/{token}")
    return case, other


async def test_a_link_opens_its_case_and_no_other(world: World, visitor: Visitor) -> None:
    case, other = await by_link(world, visitor)
    assert (await visitor.opens(f"/case/{case}")).status_code == 200
    for path in (f"/case/{other}", f"/case/{other}/new-card"):
        page = await visitor.opens(path)
        assert str(page.url).endswith("/resume")
        assert 'name="number"' in page.text
    assert (await world.client.get(f"/case/{other}/live")).status_code == 401
    assert other not in (await visitor.opens("/")).text
    left = (await visitor.opens("/resume?left=1")).text
    assert (case in left, other in left) == (True, False)
    assert 'name="number"' in (await visitor.opens("/m/pay-bill")).text


async def test_a_link_starts_no_moment(world: World, visitor: Visitor) -> None:
    await by_link(world, visitor)
    await visitor.opens("/m/pay-bill")
    before = len(world.switchboard.requests)
    page = await visitor.sends("/m/pay-bill", form=visitor.form("/m/pay-bill"))
    assert (page.status_code, len(world.switchboard.requests)) == (422, before)


async def test_a_code_opens_the_other_cases_too(world: World, visitor: Visitor) -> None:
    case, other = await by_link(world, visitor)
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    page = await visitor.sends("/code", code=await visitor.code())
    assert case in page.text
    assert other in page.text
    assert (await visitor.opens(f"/case/{other}")).status_code == 200


async def test_who_is_signed_in_stays_so_with_a_link(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    (case,) = world.switchboard.plays
    token = await world.parts.passes.issue(case, case.split("/")[1], lifetime=DAY)
    await visitor.opens(f"/c/{token}")
    await visitor.sends(f"/c/{token}")
    assert 'name="number"' not in (await visitor.opens("/m/pay-bill")).text


async def test_a_link_to_a_closed_case_is_no_longer_valid(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    token = await world.parts.passes.issue(case, case.split("/")[1], lifetime=DAY)
    await visitor.opens(f"/c/{token}")
    await world.texts("cancel", "SM2")
    assert world.switchboard.plays[case].status is Status.CANCELLED
    await world.sent()
    assert (await visitor.sends(f"/c/{token}")).status_code == 410
    assert (await visitor.opens(f"/c/{token}")).status_code == 410
    await visitor.sends("/again")
    assert await world.sent() == []


async def test_a_dead_link_sends_one_text_in_ten_minutes(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    customer = case.split("/")[1]
    await world.sent()
    for days, texts in ((-31, 0), (-1, 1), (-1, 0)):
        token = await world.parts.passes.issue(case, customer, lifetime=timedelta(days=days))
        await visitor.opens(f"/c/{token}")
        assert "a new link is on its way" in (await visitor.sends("/again")).text
        assert len(await world.sent()) == texts


def test_limits_count_together() -> None:
    often, daily = Limit(1, 600), Limit(2, 86400)
    assert [often.allows("a") and daily.allows("a") for _ in range(2)] == [True, False]
    assert often.allows("b")


async def test_a_typed_card_is_neither_kept_nor_shown(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    form = visitor.form("/answer", value=CARD)
    page = await visitor.sends("/answer", form)
    assert (page.status_code, CARD in page.text) == (422, False)
    kept = [row.fingerprint for row in await world.parts.database.rows(select(InboxRow.fingerprint))]
    fields = [f"{name}={form.get(name, '')}" for name in ("key", "revision", "value", "wish")]
    assert fingerprint(*fields) not in kept
    world.switchboard.away = True
    visitor.page = page
    assert CARD not in (await visitor.sends("/answer", visitor.form("/answer", value=CARD))).text
    world.client.cookies.clear()
    await visitor.opens("/resume")
    assert CARD not in (await visitor.sends("/resume", number=CARD)).text


@pytest.mark.parametrize("number", ["+19002345678", "+448431234567", "+449012345678"])
async def test_no_code_goes_to_a_number_that_earns_by_it(world: World, visitor: Visitor, number: str) -> None:
    await visitor.opens("/resume")
    assert (await visitor.sends("/resume", number=number)).status_code == 422
    assert await world.sent() == []


async def test_codes_have_a_limit_for_all_together(world: World, visitor: Visitor) -> None:
    world.client._transport.app.state.limits.every_code = Limit(2, 60)  # type: ignore[attr-defined]  # the app under test
    for place in range(3):
        await visitor.opens("/resume")
        page = await visitor.sends("/resume", number=f"+1415555013{place}")
    assert page.status_code == 429
    assert len(await world.sent()) == 2


async def test_a_session_listens_six_times_at_most(world: World, visitor: Visitor) -> None:
    watcher = Watcher(Cases(world.parts.database))
    async with watcher.held("s"), watcher.held("s"), watcher.held("s"), watcher.held("s"), watcher.held("s"):
        assert not watcher.enough("s")
        async with watcher.held("s"):
            assert watcher.enough("s")
            assert not watcher.enough("another")
    assert not watcher.enough("s")
    await visitor.signs_in()
    (case,) = world.switchboard.plays
    shared: Watcher = world.client._transport.app.state.watcher  # type: ignore[attr-defined]  # the app under test
    holder = hashlib.sha256(world.client.cookies["__Host-segue"].encode()).hexdigest()
    async with (
        shared.held(holder), shared.held(holder), shared.held(holder),
        shared.held(holder), shared.held(holder), shared.held(holder),
    ):  # fmt: skip
        assert (await world.client.get(f"/case/{case}/live")).status_code == 503

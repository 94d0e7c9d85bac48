"""A fault told of by text, gone into by phone, a visit booked on the web, and a day later it lasts."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from database.company import CompanyBooks
from simulators.network import NetworkDesk
from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def happens(world: World, number: str, what: str) -> None:
    """What the stage's buttons let happen."""
    async with httpx.AsyncClient(base_url=world.site, trust_env=False) as client:
        headers = {"Origin": world.site, "Sec-Fetch-Site": "same-origin"}
        done = await client.post(f"/stage/life/{quote(number)}/{what}", headers=headers)
        assert done.is_success, done.text


async def test_from_the_first_text_to_it_lasts(world: World, customer: Customer) -> None:
    await customer.texts("hello")
    await customer.hears("")
    known = await world.known(customer.phone.number)
    assert known
    desk = NetworkDesk(CompanyBooks(world.database))
    await desk.settle(known, "A street of their own")
    await desk.set_line(known, "fault")

    await customer.texts("my internet has been down since noon")
    heard = await customer.hears("Does it work now?")
    assert "What is not working" not in heard, "it was said already"
    call = await customer.calls()
    assert "work now" in call.heard
    heard = await call.says("no, it is still broken")
    assert "work now" in heard or "technician" in heard
    for _ in range(3):
        heard = heard if "Which time" in heard else await call.says("no")
    assert "Which time" in heard
    await call.hangs_up()
    await customer.hears("http")
    link = await customer.phone.link()
    await customer.opens(link)
    await customer.taps("Continue")
    await customer.page.get_by_role("radio").first.check()
    await customer.taps("Continue")
    await customer.sees("A technician will come")

    await happens(world, customer.phone.number, "visit-over")
    await happens(world, customer.phone.number, "fault-again")
    await customer.sees("really working")
    await customer.taps("Yes")
    assert re.search(r"solved", await customer.page.inner_text("body"), re.IGNORECASE)
    assert [row.what for row in await world.story(customer.phone.number)].count("finished") == 1

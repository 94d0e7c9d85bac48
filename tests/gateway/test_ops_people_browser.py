"""A person is erased in a real Chromium: found by a case, told what would go, and gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from database.vault import Vault
from gateway.app import create_app
from gateway.ops.protocols import Ops
from models.staff import Role
from ops.persons import Persons
from simulators.carrier import listening
from tests.gateway.browser import free_port, window
from tests.gateway.test_browser import port
from tests.gateway.test_desk_browser import desk, looked_at, signed_in, waits
from tests.switchboard.conftest import Town

__all__ = ["desk"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_person_is_erased_in_two_steps(browser: Browser, desk: Town) -> None:
    case = await waits(desk, "+14155550142", "Ana Diaz")
    db, url = desk.parts.database, f"http://127.0.0.1:{free_port()}"
    people = Persons(db, Vault(db, bytes(32)), None, None)
    desk.parts = replace(desk.parts, public_url=url, ops=Ops(people=people))
    async with listening(create_app(desk.parts), port=port(url)), window(browser, url) as ops:
        page = ops.page
        await page.context.add_cookies([await signed_in(desk, "Bo", Role.ADMIN)])
        await page.goto("/ops/people")
        await page.get_by_label("Customer or case").fill(case)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Erase", exact=True)).to_be_visible()
        await looked_at(page, "ops-person")
        erase = page.locator("section", has=page.get_by_role("heading", name="Erase", exact=True))
        await erase.get_by_label("Reason").fill("ticket 2031")
        await erase.get_by_label("To go on, type the id").fill(case.split("/")[1])
        await page.get_by_role("button", name="Erase for good").click()
        await expect(page.get_by_role("heading", name="Erased, and nothing is left")).to_be_visible()
        await looked_at(page, "ops-erased")
        await page.goto("/ops/people")
        await looked_at(page, "ops-people")
        assert ops.complaints == []

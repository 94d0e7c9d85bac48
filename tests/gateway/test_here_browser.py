"""The agent's screen in a real Chromium: what comes in opens by itself, or asks first."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.gateway.browser import window
from tests.gateway.test_desk_browser import desk, looked_at, signed_in, waits
from tests.switchboard.conftest import Town

__all__ = ["desk"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_comes_in_opens_by_itself_or_asks_first(browser: Browser, desk: Town) -> None:
    jane, joe = await waits(desk, "+14155550181", "Jane Doe"), await waits(desk, "+14155550182", "Joe Bloggs")
    async with window(browser, desk.parts.public_url) as agent:
        page, keys = agent.page, agent.page.keyboard
        await page.context.add_cookies([await signed_in(desk, "Ann")])
        await page.goto("/desk")
        await keys.press("h")
        await page.get_by_label("Your phone").fill("(415) 555-0601")
        await looked_at(page, "here")
        await page.get_by_role("button", name="Available").click()
        await expect(page.locator(".here summary")).to_contain_text("Available")
        (ann,) = await desk.parts.attendance.there()
        assert ann.phone == "+14155550601"
        await desk.parts.pops.pop(ann.id, "handed-over", case=jane, customer=jane.split("/")[1], once="jane")
        await page.wait_for_url(f"**/desk/case/{jane}")
        assert await desk.parts.pops.waiting(ann.id) == []
        await page.locator("textarea[name=text]").first.fill("Wants to pay on Fri")
        await page.get_by_role("heading").first.click()
        await desk.parts.pops.pop(ann.id, "call", case=joe, customer=joe.split("/")[1], once="joe")
        pop = page.get_by_role("alertdialog", name="Joe Bloggs: you are on the phone")
        await expect(pop).to_be_visible()
        await looked_at(page, "pop")
        assert page.url.endswith(jane)
        await keys.press("d")
        await page.wait_for_url(f"**/desk/case/{joe}?told=call-not-in-hand")
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
        assert agent.complaints == []

"""The chat in two real browsers: the agent at the desk, the customer on the page of their case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.gateway.browser import window
from tests.gateway.test_browser import REFUSALS
from tests.gateway.test_desk_browser import desk, looked_at, signed_in, waits
from tests.switchboard.conftest import Town

__all__ = ["desk"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def writes(page: Page, words: str) -> None:
    await page.locator("[data-chat-text]").fill(words)
    await page.keyboard.press("Enter")
    await expect(page.locator(".chat-text", has_text=words)).to_be_visible()


async def test_two_people_write_to_each_other_and_see_it_at_once(browser: Browser, desk: Town) -> None:
    case = await waits(desk, "+14155550175", "Jane Doe")
    link = await desk.parts.passes.issue(case, case.split("/")[1], lifetime=timedelta(hours=1))
    url = desk.parts.public_url
    async with window(browser, url) as agent, window(browser, url) as customer:
        ann, jane = agent.page, customer.page
        await ann.context.add_cookies([await signed_in(desk, "Ann Lee")])
        await jane.goto(f"/c/{link}")
        if "/c/" in jane.url:
            await jane.get_by_role("button").first.click()
        await ann.goto(f"/desk/case/{case}")
        await ann.keyboard.press("t")
        await expect(ann.get_by_text("They have this page open")).to_be_visible()
        await expect(jane.get_by_text("Ann is here with you")).to_be_visible()
        await ann.keyboard.press("m")
        await writes(ann, "Hello Jane, I can see your bill.")
        await expect(jane.get_by_text("Hello Jane, I can see your bill.")).to_be_visible()
        await ann.locator("[data-chat-text]").fill("Half a sen")
        await writes(jane, "Why is it so much?")
        await expect(ann.get_by_role("log").get_by_text("Why is it so much?")).to_be_visible()
        await expect(ann.locator("[data-chat-text]")).to_have_value("Half a sen")
        await looked_at(jane, "chat-customer")
        await looked_at(ann, "chat-desk")
        await ann.locator("[data-chat-text]").press("Escape")
        await ann.keyboard.press("l")
        await expect(jane.get_by_text("Ann has left the chat")).to_be_visible()
        await looked_at(jane, "chat-over")
        assert [said for said in agent.complaints + customer.complaints if REFUSALS not in said] == []

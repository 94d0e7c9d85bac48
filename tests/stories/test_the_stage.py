"""A newcomer on the stage, in a real browser, who does only what the page shows."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, FrameLocator, Locator, Page, expect

from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENCE = 20_000
FIRST = {
    "pay-bill": "How much would you like to pay?",
    "upgrade-device": "Which phone would you like?",
    "resolve-technical-issue": "What is not working",
    "welcome": "good to have you",
}


class Newcomer:
    """Reads like a transcript: ``tries`` a step of "Try this", then ``sends``, ``says``, ``chooses``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    @property
    def tablet(self) -> FrameLocator:
        return self.page.frame_locator("#counter")

    @property
    def browser(self) -> FrameLocator:
        return self.page.frame_locator("#frame")

    def step(self, moment: str, number: int) -> Locator:
        return self.page.locator(f"#try-{moment} li").nth(number - 1).get_by_role("button")

    async def tries(self, moment: str, number: int) -> None:
        await self.page.locator(f'[data-try="{moment}"]').click()
        await self.step(moment, number).click()

    async def texts(self) -> None:
        await self.page.get_by_role("button", name="Send", exact=True).first.click()

    async def is_texted(self, words: str) -> str:
        bubble = self.page.locator("#texts .bubble.in", has_text=words).last
        await expect(bubble).to_be_visible(timeout=PATIENCE)
        return await bubble.inner_text()

    async def hears(self, words: str) -> None:
        await expect(self.page.locator("#transcript p", has_text=words).last).to_be_visible(timeout=PATIENCE)

    async def chooses(self, words: str) -> None:
        await self.tablet.get_by_text(words, exact=True).first.click()
        await self.tablet.get_by_role("button", name="Continue").click()


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(world: World, browser: Browser) -> AsyncIterator[Newcomer]:
    context = await browser.new_context(viewport={"width": 1440, "height": 1000})
    page = await context.new_page()
    await page.goto(f"{world.site}/stage")
    before = await page.locator("#number").input_value()
    await page.get_by_role("button", name="New customer").click()
    await expect(page.locator("#number")).not_to_have_value(before, timeout=PATIENCE)
    await expect(page.locator("#mail-address")).not_to_be_empty(timeout=PATIENCE)
    person = Newcomer(page)
    yield person
    await context.close()
    assert person.faults == []


async def test_a_bill_is_paid_by_text_by_phone_and_in_the_store(newcomer: Newcomer) -> None:
    await newcomer.tries("pay-bill", 1)
    await newcomer.texts()
    await newcomer.is_texted("How much would you like to pay?")

    await newcomer.tries("pay-bill", 2)
    await newcomer.hears("How much would you like to pay?")
    await newcomer.page.get_by_role("button", name="Say it").click()
    await newcomer.hears("now, or on a later day?")
    await newcomer.page.get_by_role("button", name="Drop the call", exact=True).click()
    await newcomer.is_texted("now, or on a later day?")

    await newcomer.tries("pay-bill", 3)
    tablet = newcomer.tablet
    await expect(tablet.get_by_label("Scan or type here")).to_have_value(re.compile(r"^\+1"), timeout=PATIENCE)
    await tablet.get_by_role("button", name="Continue").click()
    found = re.search(r"\d{6}", await newcomer.is_texted("Your code for the store"))
    assert found
    await tablet.locator("#code").fill(found.group())
    await tablet.get_by_role("button", name="Continue").click()
    await newcomer.chooses("Now")
    await newcomer.chooses("Card at the terminal")
    await tablet.get_by_role("button", name="The card was held to it").click()
    await tablet.get_by_role("button", name="Yes, go ahead").click()
    await expect(tablet.get_by_text("We received $40.00").first).to_be_visible(timeout=PATIENCE)
    await expect(tablet.get_by_role("button", name="Slip to take home")).to_be_hidden()
    await newcomer.is_texted("We received $40.00")
    await expect(newcomer.page.locator("#timeline")).to_contain_text("Done: paying your bill.", timeout=PATIENCE)

    await tablet.get_by_role("button", name="Next customer").click()
    await expect(tablet.get_by_role("heading", name="Find the customer")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("moment", ["upgrade-device", "welcome"])
async def test_a_moment_begins_in_writing_from_try_this(newcomer: Newcomer, moment: str) -> None:
    await newcomer.tries(moment, 1)
    await newcomer.texts()
    await newcomer.is_texted(FIRST[moment])


async def test_a_technical_problem_begins_by_voice_from_try_this(newcomer: Newcomer) -> None:
    await newcomer.tries("resolve-technical-issue", 1)
    await newcomer.hears("What would you like to do?")
    await newcomer.page.get_by_role("button", name="Say it").click()
    await newcomer.hears(FIRST["resolve-technical-issue"])


async def test_a_charge_begins_by_mail_from_try_this(newcomer: Newcomer) -> None:
    await newcomer.tries("resolve-billing-issue", 1)
    await newcomer.page.locator("#write").get_by_role("button", name="Send").click()
    await expect(newcomer.page.locator("#mails")).to_contain_text("Which charge on your bill", timeout=PATIENCE)


async def test_a_change_of_plan_begins_in_the_browser_from_try_this(newcomer: Newcomer) -> None:
    await newcomer.tries("change-plan", 1)
    page = newcomer.browser
    await expect(page.get_by_label("Your mobile number")).to_have_value(re.compile(r"^\+1"), timeout=PATIENCE)
    await page.get_by_role("button", name="Text me a code").click()
    found = re.search(r"\d{6}", await newcomer.is_texted("Your Segue code"))
    assert found
    await page.locator("#code").fill(found.group())
    await page.locator("main button.primary").first.click()
    await expect(page.get_by_role("heading", name="Which plan would you like?")).to_be_visible(timeout=PATIENCE)

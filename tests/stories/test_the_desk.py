"""Two failures by text, a person asked for, and an agent who helps and lets go again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, Route, expect

from database.cases import Cases
from database.staff import Staff
from database.staff_sessions import StaffSessions
from gateway.browser import STAFF
from models.staff import Role
from simulators.carrier.handset import Handset
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def agent(world: World, browser: Browser, name: str, role: Role = Role.AGENT) -> AsyncIterator[Page]:
    """One of the team at the desk."""
    person = await Staff(world.database).ensure(f"{name.lower()}@desk", name, role, "north")
    token = await StaffSessions(world.database).open(person, "password", "chromium")
    context = await browser.new_context(base_url=world.site, viewport={"width": 1280, "height": 900})
    await context.add_cookies([{"name": STAFF, "value": token, "url": world.site}])
    page = await context.new_page()
    await page.goto("/desk")
    yield page
    await context.close()


async def fails_twice(phone: Handset) -> None:
    """A customer who is not understood two times and has enough of it."""
    for words, reply in (("pay my bill", "How much"), ("40", "now, or on")):
        await phone.texts(words)
        await phone.hears_text(reply, within=25)
    for words in ("purple elephants", "whenever the usual suits you"):
        await phone.texts(words)
        await phone.hears_text("now, or on", within=25)
    await phone.texts("I want to talk to a person")


async def sees(page: Page, words: str) -> None:
    await expect(page.get_by_text(words).first).to_be_visible(timeout=15_000)


async def takes_over(page: Page, case: str = "") -> None:
    if case:
        await page.goto(f"/desk/case/{case}")
    await page.keyboard.press("t")
    await sees(page, "You have this case")


async def answers(page: Page, choice: str) -> None:
    await page.get_by_role("radio", name=choice).check()
    await page.get_by_role("button", name="Continue").click()


async def corrects_the_amount(page: Page) -> None:
    await page.get_by_label("Correct amount").click()
    await page.get_by_label("Why is it corrected?").first.fill("meant fifty")
    await page.get_by_role("button", name="Take it back and ask again").first.click()
    await page.get_by_label("amount", exact=True).fill("50")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.locator(".ledger")).to_contain_text("$50.00", timeout=15_000)


PLACE = "row => [...document.querySelectorAll('.queue .row')].indexOf(row)"


async def finds_it_among_the_first(page: Page, case: str) -> None:
    row = page.locator(f'.queue .row[href="/desk/case/{case}"]')
    await expect(row).to_contain_text("Asked for a person.", timeout=15_000)
    # Others on this machine may have asked before; nobody else stands above them.
    above = (await page.locator(".queue .row").all_inner_texts())[: await row.evaluate(PLACE)]
    assert all("Asked for a person." in text for text in above)
    await row.click()
    await expect(page.locator(".ledger")).to_contain_text("$40.00")
    await expect(page.locator(".say")).to_contain_text("now, or on a later day?")


async def only_pages(route: Route) -> None:
    """A browser that hears nothing by itself: whatever is live does not come through."""
    await (route.continue_() if route.request.resource_type == "document" else route.abort())


async def leaves_a_tab_behind(sue: Page, ann: Page, case: str) -> None:
    """Sue has the case, and her line breaks before she sends."""
    await takes_over(sue, case)
    await sue.get_by_role("radio", name="later").check()
    await sees(ann, "Sue has had this case since")
    await sue.context.set_offline(True)


async def finishes(phone: Handset) -> None:
    await phone.hears_text("How would you like to pay?", within=25)
    for words, reply in (("1", "Pay $50"), ("yes", "Thank you")):
        await phone.texts(words)
        await phone.hears_text(reply, within=25)


TOLD = (
    'also said: "I want to talk to a person"',
    "An agent took the case in hand.",
    "An agent gave the payment time",
    "Correction of amount: meant fifty",
    "An agent gave the amount: $50.00.",
    "An agent let go of the case.",
    "Done: paying your bill.",
)


async def test_an_agent_helps_in_the_middle_and_the_customer_finishes(world: World, browser: Browser) -> None:
    number = world.number()
    async with Handset(world.carrier, number) as phone, agent(world, browser, "Ann", Role.SUPERVISOR) as ann:
        await fails_twice(phone)
        customer = await world.known(number)
        assert customer is not None
        (case,) = await Cases(world.database).open_for(customer)
        await finds_it_among_the_first(ann, case.id)
        async with agent(world, browser, "Sue") as sue:
            await leaves_a_tab_behind(sue, ann, case.id)
            await takes_over(ann)
            await sue.context.set_offline(False)
            await sue.get_by_role("button", name="Continue").click()
            refusal = sue.get_by_role("alert").first
            await expect(refusal).to_contain_text("Ann has had this case since", timeout=15_000)
        await answers(ann, "now")
        await expect(ann.locator(".ledger")).to_contain_text("by an agent", timeout=15_000)
        await corrects_the_amount(ann)
        await ann.keyboard.press("l")
        await sees(ann, "Sent to the customer")
        await finishes(phone)
        for words in TOLD:
            await expect(ann.locator(".story")).to_contain_text(words, timeout=15_000)
    assert await world.payments(number) == 1

"""Two failures by text, a person offered, an agent whose screen shows it, and the end on the customer's own page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, Route, expect

from database.attendance import Attendance
from database.cases import Cases
from database.staff import Staff
from database.staff_sessions import StaffSessions
from gateway.browser import STAFF
from models.staff import Role
from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def agent(world: World, browser: Browser, name: str, role: Role = Role.AGENT) -> AsyncIterator[Page]:
    """One of the team at the desk."""
    person = await Staff(world.database).ensure(f"{name.lower()}@desk", name, role, "north")
    token = await StaffSessions(world.database).open(person, "password", "chromium")
    context = await browser.new_context(base_url=world.site, viewport={"width": 1280, "height": 900})
    await context.add_cookies([{"name": STAFF, "value": token, "url": world.site}])
    try:
        page = await context.new_page()
        await page.goto("/desk")
        await page.keyboard.press("h")
        await page.locator("details.here").get_by_role("button", name="Available").click()
        yield page
    finally:
        await context.close()
        await Attendance(world.database).set(person.id, "away")  # else the next story's cases come to them for a minute


async def fails_twice(customer: Customer) -> None:
    """Not understood two times, and then a person is offered."""
    await customer.texts("pay my bill")
    await customer.hears("How much")
    await customer.texts("40")
    await customer.hears("now, or on")
    await customer.texts("purple elephants")
    await customer.hears("now, or on")
    await customer.texts("whenever the usual suits you")
    await customer.hears("reply PERSON")


async def sees(page: Page, words: str) -> None:
    await expect(page.get_by_text(words).first).to_be_visible(timeout=15_000)


async def takes_over(page: Page, case: str = "") -> None:
    if case:
        await page.goto(f"/desk/case/{case}")
    await page.wait_for_load_state()  # keys are heard from then on
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


async def sees_it_pop_up(page: Page, case: str) -> None:
    """The case comes to whoever is there, by itself, with why and how far it is."""
    await page.wait_for_url(f"**/desk/case/{case}", timeout=15_000)
    await expect(page.locator(".desk-top")).to_contain_text("Asked for a person", timeout=15_000)
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
    await sue.route("**/*", only_pages)


async def finishes_on_the_page(customer: Customer) -> None:
    """In their own browser, where the next question has come up."""
    await customer.sees("How would you like to pay?")
    await customer.chooses("Visa")
    await customer.taps("Yes")
    await customer.sees("Thank you")
    await customer.hears("Thank you")


TOLD = (
    'also said: "person"',
    "An agent took the case in hand.",
    "An agent gave the payment time",
    "Correction of amount: meant fifty",
    "An agent gave the amount: $50.00.",
    "An agent let go of the case.",
    "Done: paying your bill.",
)


async def test_an_agent_helps_in_the_middle_and_the_customer_finishes_on_the_page(
    world: World, browser: Browser, customer: Customer
) -> None:
    async with agent(world, browser, "Ann", Role.SUPERVISOR) as ann:
        await fails_twice(customer)
        await customer.texts("person")
        known = await world.known(customer.phone.number)
        assert known is not None
        (case,) = await Cases(world.database).open_for(known)
        await sees_it_pop_up(ann, case.id)
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
        await ann.keyboard.press("s")
        await sees(ann, "Sent to the customer")
        await customer.hears("/c/")
        await customer.opens_the_texted_link()
        await ann.keyboard.press("l")
        await finishes_on_the_page(customer)
        for words in TOLD:
            await expect(ann.locator(".story")).to_contain_text(words, timeout=15_000)
    assert await world.payments(customer.phone.number) == 1

"""Somebody who writes mails, and an agent who writes back: a chat over the slowest of channels."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from database.cases import Cases
from database.customers import Customers
from models.people import Address
from simulators.carrier.mailbox import Mailbox
from tests.stories.test_the_desk import agent, sees, takes_over
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")
JO = "jo@letters.example"


async def test_an_agent_answers_a_mail_and_segue_goes_on_afterwards(world: World, browser: Browser) -> None:
    async with Mailbox(world.carrier, JO) as mail, agent(world, browser, "Mia") as mia:
        await mail.writes("pay my bill")
        await mail.hears("How much", within=25)
        customer = await Customers(world.database).find(Address(kind="email", value=JO))
        assert customer
        (case,) = await Cases(world.database).open_for(customer.id)
        await mia.goto(f"/desk/case/{case.id}")
        await mia.get_by_role("button", name="The customer asked us to look").click()
        await sees(mia, "Take over")
        await takes_over(mia)
        await mia.get_by_label("Write to the customer").fill("Hello Jo, which of your two bills is it about?")
        await mia.keyboard.press("Enter")
        letter = await mail.hears("which of your two bills", within=25)
        assert "How much" not in letter["text"], "Segue is silent while a person writes"
        await mail.replies("The one for the cabin.\n\nBest regards,\nJo")
        await expect(mia.locator(".chat")).to_contain_text("The one for the cabin.", timeout=15_000)
        await expect(mia.locator(".chat")).not_to_contain_text("which of your two bills is it about?\n>")
        await mia.keyboard.press("Escape")
        await mia.get_by_role("button", name="Let go").first.click()
        await sees(mia, "Take over")
        await mail.hears("How much", within=25)
        await mail.replies("$84.20")
        await mail.hears("now, or on", within=25)

"""The desk in a real Chromium: by keyboard alone, readable for everybody, and moving by itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import httpx
import pytest
import pytest_asyncio
from playwright._impl._api_structures import SetCookieParam
from playwright.async_api import Browser, Page, expect

from activities.identity import Identity, TextedCodes
from database.calls import PERSON
from database.engine import open_database
from database.journal import Journal
from gateway.app import create_app
from gateway.browser import STAFF
from models.people import Address, Assurance, Channel
from models.staff import Role
from simulators.carrier import listening
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from switchboard.line import Line
from switchboard.switchboard import Switchboard
from tests.gateway.browser import free_port, window
from tests.gateway.conftest import made_parts
from tests.gateway.test_browser import REFUSALS, port, sound
from tests.switchboard.conftest import Town
from tests.switchboard.line import MOMENTS, PlayedLine

pytestmark = pytest.mark.asyncio(loop_scope="session")
SHOTS = os.environ.get("SEGUE_SHOTS")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(made_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The door on a port of its own, with cases that are really played."""
    db = await open_database(f"sqlite:///{shutil.copy(made_file, tmp_path_factory.mktemp('desk') / 'segue.db')}")
    url = f"http://127.0.0.1:{free_port()}"
    parts = made_parts(db, public_url=url)
    line = PlayedLine(Journal(db), [Identity(TextedCodes(parts.codes, parts.customers, parts.post))])
    moments = frozenset(kind.id for kind in MOMENTS)
    switchboard = Switchboard(cast(Line, line), parts.cases, parts.customers, parts.journal, moments)
    parts = replace(
        parts, switchboard=switchboard, conversation=Conversation(switchboard, front_desk(db, parts.post), parts.chats)
    )
    async with listening(create_app(parts), port=port(url)), httpx.AsyncClient(base_url=url) as client:
        made = Town(parts, client)
        made.line = line
        yield made
    await line.end()
    parts.door.close()
    await db.close()


async def waits(desk: Town, number: str, name: str) -> str:
    """A customer who said something, answered one question, and wants a person."""
    board, address = desk.parts.switchboard, Address(kind="phone", value=number)
    speaker = await board.recognise(Channel.SMS, address, Assurance.POSSESSION)
    await desk.parts.customers.named(speaker.customer, name)
    turn = await board.start(speaker, "pay-bill", f"s{number}")
    await board.remark(speaker, turn.case, f"r{number}", 'Nothing works! <b>"Where" is my money?</b>')
    amount = {"amount": "40.00", "currency": "USD"}
    await board.answer(speaker, turn.case, f"a{number}", "amount", 1, amount)
    await desk.parts.calls.callback_wanted(speaker.customer, address, PERSON)
    return turn.case


async def signed_in(desk: Town, name: str, role: Role = Role.AGENT) -> SetCookieParam:
    person = await desk.parts.staff.ensure(name, name, role, "north")
    token = await desk.parts.staff_sessions.open(person, "password", "chromium")
    return {"name": STAFF, "value": token, "url": desk.parts.public_url}


async def shot(page: Page, name: str) -> None:
    """Kept for looking at, where asked for."""
    if not SHOTS:
        return
    for width, scheme in ((1280, "light"), (1280, "dark"), (820, "light"), (390, "light"), (390, "dark")):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.set_viewport_size({"width": width, "height": 900})
        await page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
    await page.set_viewport_size({"width": 1280, "height": 900})


async def looked_at(page: Page, name: str) -> None:
    await shot(page, name)
    await sound(page)
    await page.set_viewport_size({"width": 1280, "height": 900})


async def test_a_case_from_the_queue_to_the_end_by_keyboard(browser: Browser, desk: Town) -> None:
    case = await waits(desk, "+14155550171", "Jane Doe")
    await waits(desk, "+14155550172", "A very long name that does not want to end Wolfeschlegelsteinhausenbergerdorff")
    async with window(browser, desk.parts.public_url) as agent:
        page, keys = agent.page, agent.page.keyboard
        await page.context.add_cookies([await signed_in(desk, "Ann")])
        await page.goto("/desk")
        await looked_at(page, "queue")
        await keys.press("?")
        await expect(page.get_by_role("heading", name="Keys")).to_be_visible()
        await looked_at(page, "keys")
        await keys.press("Escape")
        await keys.press("j")
        await expect(page.locator(".row").first).to_be_focused()
        await page.wait_for_timeout(5400)
        await expect(page.locator(".row").first).to_be_focused()
        await keys.press("Enter")
        await page.wait_for_url(f"**/desk/case/{case}")
        await looked_at(page, "case")
        await keys.press("t")
        await expect(page.get_by_text("You have this case")).to_be_visible()
        await looked_at(page, "driving")
        await keys.press("a")
        await keys.press("Space")
        await keys.press("Enter")
        await expect(page.locator(".ledger")).to_contain_text("by an agent")
        await keys.press("n")
        await keys.type("Calls back on Friday")
        await keys.press("Escape")
        await keys.press("l")
        await expect(page.get_by_text("Sent to the customer")).to_be_visible()
        await keys.press("/")
        await keys.type("(415) 555-0171")
        await keys.press("Enter")
        await page.wait_for_url(f"**/desk/case/{case}")
        assert agent.complaints == []


async def test_two_desks_and_the_customer(browser: Browser, desk: Town) -> None:
    case = await waits(desk, "+14155550173", "Joe Bloggs")
    async with window(browser, desk.parts.public_url) as one, window(browser, desk.parts.public_url) as two:
        for agent, name, role in ((one, "Bea", Role.AGENT), (two, "Sue", Role.SUPERVISOR)):
            await agent.page.context.add_cookies([await signed_in(desk, name, role)])
            await agent.page.goto(f"/desk/case/{case}")
        await one.page.keyboard.press("t")
        await expect(one.page.get_by_text("You have this case")).to_be_visible()
        await expect(two.page.get_by_text("Bea has had this case since")).to_be_visible()
        await expect(two.page.get_by_text("Bea is looking, too")).to_be_visible()
        await shot(two.page, "held")
        await one.page.get_by_role("radio", name="Now").check()
        board = desk.parts.switchboard
        speaker = await board.recognise(Channel.SMS, Address(kind="phone", value="+14155550173"), Assurance.POSSESSION)
        await board.answer(speaker, case, "mine", "when", 1, "later")
        await expect(one.page.get_by_role("button", name="Take over")).to_be_visible()
        await expect(one.page.locator(".story")).to_contain_text("took the case back")
        assert [said for said in two.complaints if REFUSALS not in said] == []

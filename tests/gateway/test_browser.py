"""The pages in a real Chromium: whole, readable for everybody, moving by themselves, and quiet in the console."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from database.engine import open_database
from gateway.app import create_app
from models.questions import File, YesNo
from simulators.carrier import Account, create_carrier, listening
from tests.gateway import pretend
from tests.gateway.browser import WIDTHS, barriers, free_port, overflow, window
from tests.gateway.conftest import ACCOUNT, NUMBER, TOKEN, made_parts

pytestmark = pytest.mark.asyncio(loop_scope="session")
REFUSALS = "Failed to load resource"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def door(made_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The door on a port of its own, with the carrier behind it."""
    file = shutil.copy(made_file, tmp_path_factory.mktemp("door") / "segue.db")
    db = await open_database(f"sqlite:///{file}")
    url, carrier = f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"
    parts = made_parts(db, public_url=url, carrier_url=carrier)
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks=url, pace=0.01, second=0.01))
    async with listening(phones, port=port(carrier)), listening(create_app(parts), port=port(url)):
        yield url
    parts.door.close()
    await db.close()


def port(url: str) -> int:
    return int(url.rpartition(":")[2])


async def code_for(page: Page, door: str, number: str) -> str:
    """What the customer reads on the phone."""
    for _ in range(50):
        texts = await (await page.request.get(f"{door}/stage/handset/{number}/texts")).json()
        if found := [re.search(r"\d{6}", text["body"]) for text in texts if "code" in text["body"]]:
            return found[-1].group() if found[-1] else ""
        await page.wait_for_timeout(50)
    raise AssertionError("no code came")


async def sign_in(page: Page, door: str, number: str) -> None:
    await page.goto("/m/pay-bill")
    await page.get_by_label("Your mobile number").fill(number)
    await page.get_by_role("button", name="Text me a code").click()
    await page.get_by_label("6-digit code").fill(await code_for(page, door, number))
    await page.get_by_role("button", name="Continue").click()
    await page.wait_for_url("**/case/**")


LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(390, "light"), (1280, "dark")]


async def sound(page: Page) -> None:
    """Nothing in anybody's way and nothing cut off, on every kind of screen."""
    for width, scheme in LOOKS:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        assert await barriers(page) == [], (page.url, width, scheme)
        assert await overflow(page) == 0, (page.url, width)
    for width in (820, 320):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await overflow(page) == 0, (page.url, width)


async def test_every_page_is_sound(browser: Browser, door: str) -> None:
    async with window(browser, door) as visitor:
        page = visitor.page
        for path in ("/", "/m/pay-bill", "/resume", "/c/none", "/nowhere"):
            await page.goto(path)
            await sound(page)
        await sign_in(page, door, "+14155557000")
        await sound(page)
        send = page.get_by_role("button", name="Continue")
        await page.get_by_label("Amount").fill("900")
        await send.click()
        await expect(page.get_by_role("alert")).to_contain_text("the most is $84.20")
        await sound(page)
        await page.get_by_role("button", name="Minimum $25.00").click()
        await page.get_by_text("Later", exact=True).click()
        await send.click()
        await sound(page)
        await page.locator("input[type=date]").fill("2027-01-11")
        await send.click()
        await page.get_by_text("A new card").click()
        await sound(page)
        await send.click()
        await sound(page)
        await page.get_by_label("Card number").fill("4242 4242 4242 4242")
        await page.get_by_label("Expiry").fill("12/30")
        await page.get_by_role("button", name="Save card").click()
        await sound(page)
        await page.get_by_role("button", name="Yes, go ahead").click()
        await expect(page.get_by_text("K7Q4XN", exact=True)).to_be_visible()
        await sound(page)
        assert [said for said in visitor.complaints if not said.startswith(REFUSALS)] == []


async def test_the_stage_is_sound(browser: Browser, door: str) -> None:
    async with window(browser, door) as visitor:
        await visitor.page.goto("/stage#%2B14155557004")
        await expect(visitor.page.frame_locator("#frame").get_by_role("heading", level=1)).to_be_visible()
        await sound(visitor.page)
        await visitor.page.get_by_label("Call +1 800-555-0100").click()
        await expect(visitor.page.locator("#transcript")).to_contain_text("What would you like to do?")
        await sound(visitor.page)
        await visitor.page.get_by_role("button", name="Hang up").click()
        assert visitor.complaints == []


async def test_a_text_moves_an_open_page_and_keeps_what_is_typed(browser: Browser, door: str) -> None:
    number = "+14155557001"
    async with window(browser, door) as visitor:
        page = visitor.page
        await sign_in(page, door, number)
        field = page.get_by_label("Amount")
        await field.fill("31.5")
        await page.request.post(f"{door}/stage/handset/{number}/texts", data={"body": "what?"})
        await page.wait_for_timeout(700)
        assert await field.input_value() == "31.5"
        await page.request.post(f"{door}/stage/handset/{number}/texts", data={"body": "40"})
        await expect(page.get_by_role("heading", level=1)).to_contain_text("now, or on a later day")
        await expect(page.locator(".checklist .done")).to_contain_text("by text")
        assert visitor.complaints == []


async def test_without_scripts_everything_is_still_done(browser: Browser, door: str) -> None:
    async with window(browser, door, javascript=False) as visitor:
        await sign_in(visitor.page, door, "+14155557002")
        await visitor.page.get_by_label("Amount").fill("40")
        await visitor.page.get_by_role("button", name="Continue").click()
        await visitor.page.get_by_text("Now", exact=True).click()
        await visitor.page.get_by_role("button", name="Continue").click()
        await visitor.page.get_by_text("Visa ending 4242").click()
        await visitor.page.get_by_role("button", name="Continue").click()
        await visitor.page.get_by_role("button", name="Change amount").click()
        await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("How much")


async def test_one_customer_starts_by_text_and_goes_on_by_phone_on_the_stage(browser: Browser, door: str) -> None:
    async with window(browser, door) as visitor:
        page = visitor.page
        await page.goto("/stage#%2B14155557003")
        for words, reply in (("pay my bill", "How much"), ("40", "now, or on a later day")):
            await page.get_by_label("Text message").fill(words)
            await page.keyboard.press("Enter")
            await expect(page.locator("#texts")).to_contain_text(reply)
        await page.get_by_label("Call +1 800-555-0100").click()
        await expect(page.locator("#transcript")).to_contain_text("You were paying your bill")
        await page.get_by_label("What you say").fill("now please")
        await page.keyboard.press("Enter")
        await expect(page.locator("#transcript")).to_contain_text("How would you like to pay?")
        await page.get_by_role("button", name="Hang up").click()
        await expect(page.locator("#call")).to_be_hidden()
        await expect(page.locator("#timeline")).to_contain_text("The customer (by phone) gave the payment time: Now.")
        assert visitor.complaints == []


async def test_the_api_page_works_under_the_policy(browser: Browser, door: str) -> None:
    async with window(browser, door) as visitor:
        await visitor.page.goto("/docs")
        await expect(visitor.page.locator(".opblock").first).to_be_visible()
        assert visitor.complaints == []


async def test_the_account_and_a_file_to_send_are_sound(
    browser: Browser, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pretend, "QUESTIONS", [File("evidence", optional=True), YesNo("settled")])
    async with window(browser, door) as visitor:
        page = visitor.page
        await sign_in(page, door, "+14155557005")
        await sound(page)
        await page.locator("input[type=file]").set_input_files(
            {"name": "<b>bill</b>.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(5000)}
        )
        await expect(page.locator("[data-chosen]")).to_have_text("<b>bill</b>.png · 5 KB")
        await page.get_by_role("button", name="Send it").click()
        await expect(page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
        await page.goto("/account")
        await sound(page)
        assert visitor.complaints == []


async def test_the_store_is_sound_and_moves_with_the_customer(browser: Browser, door: str) -> None:
    number = "+14155557006"
    async with window(browser, door, width=820) as visitor:
        page = visitor.page
        await page.request.post(f"{door}/stage/handset/{number}/texts", data={"body": "pay my bill"})
        await page.goto("/store")
        await sound(page)
        await page.get_by_role("button", name="Be the associate").click()
        await page.get_by_label("Scan or type here").fill(number)
        await page.keyboard.press("Enter")
        await page.get_by_label("6-digit code").fill(await code_for(page, door, number))
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_text("Check ID").click()
        await sound(page)
        await page.request.post(f"{door}/stage/handset/{number}/texts", data={"body": "40"})
        await expect(page.get_by_role("heading", level=1)).to_contain_text("now, or on a later day")
        await page.get_by_role("button", name="Slip to take home").click()
        await sound(page)
        assert visitor.complaints == []


async def test_the_stage_helps_a_newcomer(browser: Browser, door: str) -> None:
    async with window(browser, door) as visitor:
        page = visitor.page
        await page.goto("/stage#%2B14155557007")
        await page.get_by_role("button", name="Type it for me").first.click()
        await page.keyboard.press("Enter")
        await expect(page.locator("#texts")).to_contain_text("How much")
        await page.get_by_role("button", name="Place the call").click()
        await expect(page.get_by_label("What you say")).to_have_value("forty dollars")
        await page.keyboard.press("Enter")
        await expect(page.locator("#timeline")).to_contain_text("gave the amount: $40.00")
        await page.get_by_role("button", name="Drop the call", exact=True).click()
        await expect(page.locator("#call")).to_be_hidden()
        await page.get_by_role("button", name="Go to the counter").click()
        await expect(page.frame_locator("#counter").get_by_label("Scan or type here")).to_have_value("+14155557007")
        await page.get_by_role("button", name="Write", exact=True).click()
        await page.get_by_label("Subject").fill("Hello")
        await page.get_by_label("Your message").fill("<b>I</b> have a question")
        await page.get_by_role("button", name="Send", exact=True).last.click()
        await expect(page.locator("#mails")).to_contain_text("<b>I</b> have a question")
        assert visitor.complaints == []

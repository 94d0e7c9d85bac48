"""The store's tablet in a real Chromium: a line that breaks, a tablet left alone, a camera, and the keyboard alone."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.gateway.browser import barriers, overflow
from tests.gateway.test_browser import code_for, door

__all__ = ["door"]

pytestmark = pytest.mark.asyncio(loop_scope="session")
SHOTS = os.environ.get("SEGUE_SHOTS")
LOOKS = ((820, 1180, "light"), (1180, 820, "dark"), (390, 844, "light"), (1280, 900, "dark"))
KEPT = "No line. Kept on this tablet; goes out by itself."
CAMERA = """
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
  detect() { return Promise.resolve([{ rawValue: window.before }]); }
};
Object.defineProperty(navigator, "mediaDevices", { value: {
  getUserMedia: () => Promise.resolve(Object.assign(document.createElement("canvas"), { width: 8 }).captureStream(5)),
}});
"""
SMALL = """[...document.querySelectorAll("button, a:not(.skip), input:not([type=hidden]), summary")]
  .filter((one) => one.checkVisibility() && !one.closest("label") && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""
CACHED = """caches.keys()
  .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((found) => found.flat().map((one) => new URL(one.url).pathname))"""
KEPT_ON_DEVICE = (
    "Object.keys(localStorage).filter((name) => name.startsWith('segue-store')).map((name) => localStorage[name])"
)


class Tablet:
    """An associate's tablet, and the customer's phone beside it."""

    def __init__(self, page: Page, door: str, number: str) -> None:
        self.page, self.door, self.number = page, door, number
        self.posts: list[str] = []
        # Those that had a reply: as the line comes back, a first try may still fail on its way.
        page.on("requestfinished", lambda request: self.posts.append(request.url) if request.method == "POST" else None)

    async def texts(self, words: str) -> None:
        url = f"{self.door}/stage/handset/{self.number}/texts"
        await self.page.context.request.post(url, data={"body": words})

    async def serves(self) -> None:
        await self.page.goto("/store")
        await self.page.get_by_role("button", name="Be the associate").click()
        await self.page.get_by_label("Scan or type here").fill(self.number)
        await self.page.keyboard.press("Enter")
        await self.page.get_by_label("6-digit code").fill(await code_for(self.page, self.door, self.number))
        await self.page.get_by_role("button", name="Continue").click()
        await expect(self.page.locator("[data-kept-here]")).to_be_attached()

    async def gives(self, amount: str) -> None:
        await self.page.get_by_label("Amount").fill(amount)
        await self.page.get_by_role("button", name="Continue").click()

    async def asks(self, words: str) -> None:
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    async def on_device(self) -> str:
        return " ".join(await self.page.evaluate(KEPT_ON_DEVICE))

    @property
    def answers(self) -> int:
        return len([url for url in self.posts if url.endswith("/answer")])


@asynccontextmanager
async def tablet(browser: Browser, door: str, number: str, *, workers: Any = "block") -> AsyncIterator[Tablet]:
    """A customer who texted that they want to pay, at the counter."""
    context = await browser.new_context(
        base_url=door, viewport={"width": 820, "height": 1180}, reduced_motion="reduce", service_workers=workers
    )
    context.set_default_timeout(15000)
    try:
        made = Tablet(await context.new_page(), door, number)
        await made.texts("pay my bill")
        yield made
    finally:
        await context.close()


async def shot(page: Page, name: str) -> None:
    """Kept for looking at, where asked for."""
    for width, height, scheme in LOOKS if SHOTS else ():
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.set_viewport_size({"width": width, "height": height})
        await page.screenshot(path=f"{SHOTS}/store-{name}-{width}-{scheme}.png", full_page=True)
    await page.set_viewport_size({"width": 820, "height": 1180})


async def looked_at(page: Page, name: str) -> None:
    """Nothing in anybody's way, nothing cut off, and nothing too small to be touched."""
    await shot(page, name)
    await page.set_viewport_size({"width": 390, "height": 844})
    assert await overflow(page) == 0, name
    await page.set_viewport_size({"width": 820, "height": 1180})
    assert await overflow(page) == 0, name
    assert await page.evaluate(SMALL) == [], name
    assert await barriers(page) == [], name


def lost_once() -> Callable[[Route], Any]:
    """A request that arrives, and whose first reply is lost."""
    lost: list[str] = []

    async def on(route: Route) -> None:
        answer = await route.fetch()
        if lost:
            await route.fulfill(response=answer)
        else:
            await route.abort()
        lost.append(route.request.url)

    return on


async def keeps_what_is_entered(here: Tablet) -> None:
    """For a minute without a line; then it goes out, once."""
    page = here.page
    await page.context.set_offline(True)
    await here.gives("41")
    await expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    await expect(page.locator(".kept")).to_contain_text("41")
    assert "41" in await here.on_device()
    await page.get_by_role("button", name="Slip to take home").click()
    await expect(page.get_by_text("is not kept on this tablet")).to_be_visible()
    await looked_at(page, "away")
    await page.clock.fast_forward(60_000)
    assert here.answers == 0
    await page.context.set_offline(False)
    await here.asks("now, or on a later day")
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    await page.clock.fast_forward(60_000)
    assert (here.answers, await here.on_device()) == (1, "")


async def keeps_the_order_of_two(here: Tablet) -> None:
    page = here.page
    await page.context.set_offline(True)
    await page.get_by_text("Later", exact=True).click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("button", name="Change amount").click()
    await expect(page.locator(".kept li")).to_have_count(2)
    await page.context.set_offline(False)
    await here.asks("How much")
    await expect(page.locator(".checklist .done")).to_contain_text("later", ignore_case=True)


async def sends_again_what_had_no_reply(here: Tablet) -> None:
    page = here.page
    await page.route("**/answer", lost_once())
    await here.gives("44")
    await here.asks("Which day")
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    await expect(page.locator(".refused")).to_have_count(0)
    assert here.answers == 3, "the one without a reply, and again with one"
    await page.unroute("**/answer")


async def keeps_no_card(here: Tablet) -> None:
    page = here.page
    await page.get_by_role("button", name="Change amount").click()
    await here.asks("How much")
    await page.context.set_offline(True)
    await here.gives("4242 4242 4242 4242")
    await expect(page.get_by_text("is not kept on this tablet")).to_be_visible()
    assert await here.on_device() == ""


async def test_a_line_that_is_away_for_a_minute(browser: Browser, door: str) -> None:
    async with tablet(browser, door, "+14155557101") as here:
        await here.page.clock.install()
        await here.serves()
        await keeps_what_is_entered(here)
        await keeps_the_order_of_two(here)
        await sends_again_what_had_no_reply(here)
        await keeps_no_card(here)


async def test_a_case_that_moved_on_meanwhile_and_a_customer_who_left(browser: Browser, door: str) -> None:
    async with tablet(browser, door, "+14155557102") as here:
        page = here.page
        await here.serves()
        await page.context.set_offline(True)
        await here.gives("33")
        await expect(page.locator(".kept")).to_contain_text("33")
        await here.texts("40")
        await page.context.set_offline(False)
        refused = page.locator(".kept .refused")
        await expect(refused).to_contain_text("what you entered was not taken")
        await expect(refused).to_contain_text("33")
        await expect(refused).to_contain_text("Now it is: $40.00 · by text")
        await here.asks("now, or on a later day")
        await looked_at(page, "refused")
        await page.get_by_role("button", name="Understood").click()
        await page.context.set_offline(True)
        await page.get_by_text("Now", exact=True).click()
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_role("button", name="Next customer").click()
        await expect(page.get_by_text("The customer is closed on this tablet")).to_be_visible()
        await page.context.set_offline(False)
        await here.asks("Find the customer")
        assert await here.on_device() == ""
        await here.texts("what?")
        texts = await (await page.request.get(f"{door}/stage/handset/{here.number}/texts")).json()
        assert "How would you like to pay?" in texts[-1]["body"]


async def test_a_reload_without_a_line(browser: Browser, door: str) -> None:
    async with tablet(browser, door, "+14155557104", workers="allow") as here:
        page = here.page
        await here.serves()
        await page.evaluate("navigator.serviceWorker.ready")
        await page.wait_for_function("navigator.serviceWorker.controller !== null")
        held = await page.evaluate(CACHED)
        assert "/store/away" in held
        await page.context.set_offline(True)
        await here.gives("41")
        await expect(page.locator(".kept")).to_contain_text("41")
        await page.reload()
        await here.asks("No line")
        await expect(page.get_by_text("What you entered is kept on this tablet")).to_be_visible()
        await page.context.set_offline(False)
        await here.asks("now, or on a later day")
        assert not [path for path in held if not path.startswith(("/static/", "/store/away"))]


async def test_a_pass_before_the_camera_and_a_tablet_left_alone(browser: Browser, door: str) -> None:
    async with tablet(browser, door, "+14155557105") as here:
        page = here.page
        await page.add_init_script(CAMERA)
        await page.clock.install()
        await here.serves()
        await page.get_by_role("button", name="Slip to take home").click()
        await shot(page, "taking-home")
        code = (await page.locator(".slip-code").inner_text()).strip()
        await page.goto("/store")
        await page.evaluate("(code) => { window.before = code; }", code)
        await page.get_by_role("button", name="Scan with the camera").click()
        await here.asks("How much")
        await page.clock.fast_forward(100_000)
        await page.get_by_label("Amount").fill("12")
        await page.clock.fast_forward(100_000)
        await here.asks("How much")
        await page.clock.fast_forward(185_000)
        await here.asks("This tablet is locked")
        await shot(page, "locked")
        assert await here.on_device() == ""
        await page.goto("/store/customer")
        await here.asks("Who is at the counter?")


async def reaches(page: Page, role: Any, name: str) -> None:
    """By Tab alone."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        here = page.get_by_role(role, name=name, exact=True)
        if await here.evaluate_all("(all) => all.includes(document.activeElement)"):
            return
    raise AssertionError(f"no key leads to {name}")


async def types(here: Tablet, text: str, then: str) -> None:
    await here.page.keyboard.type(text)
    await here.page.keyboard.press("Enter")
    await here.asks(then)


async def presses(here: Tablet, *keys: str, then: str) -> None:
    for key in keys:
        await here.page.keyboard.press(key)
    await here.asks(then)


async def test_from_signing_in_to_a_paid_bill_by_keyboard_alone(browser: Browser, door: str) -> None:
    async with tablet(browser, door, "+14155557107") as here:
        page = here.page
        await page.goto("/store")
        await reaches(page, "button", "Be the associate")
        await presses(here, "Enter", then="Find the customer")
        await types(here, here.number, then="What does their phone say?")
        await types(here, await code_for(page, door, here.number), then="How much")
        await looked_at(page, "case")
        await reaches(page, "textbox", "amount")
        await types(here, "40", then="now, or on a later day")
        await reaches(page, "radio", "Now")
        await presses(here, "Space", "Enter", then="How would you like to pay?")
        await reaches(page, "radio", "Visa ending 4242")
        await presses(here, "ArrowUp", "Enter", then="Hold the card to the terminal")
        await looked_at(page, "terminal")
        await presses(here, "Enter", then="Pay $40.00 now with")
        await reaches(page, "button", "Yes, go ahead")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("K7Q4XN", exact=True)).to_be_visible()

"""A real Chromium for tests of pages, and what every page has to hold in it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--mute-audio"),
    *("--disable-quic", "--no-first-run", "--disable-sync", "--disable-background-networking"),
    "--disable-component-update",
]
WIDTHS = {390: 844, 820: 1180, 1280: 900}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
AXE = Axe()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser for a whole session: starting one takes a second, a page in it a few milliseconds."""
    # The shell draws the same pages without a desktop around them, for two thirds of the work.
    binary = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=binary, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The session's Chromium. Tests that use it are marked ``asyncio(loop_scope="session")``."""
    async with chromium() as started:
        yield started


class Window:
    """One visitor's window. ``complaints`` are what its console said: errors, and what the security policy stopped."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
) -> AsyncIterator[Window]:
    """A fresh visitor at ``url``: no cookies, no history."""
    context = await browser.new_context(
        base_url=url,
        viewport={"width": width, "height": WIDTHS.get(width, 900)},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=javascript,
    )
    context.set_default_timeout(15_000)
    try:
        yield Window(await context.new_page())
    finally:
        await context.close()


async def barriers(page: Page) -> list[str]:
    """What axe finds wrong with a page, as rule and place."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.axe_script)  # half a megabyte: once a page, not once a look at it
    found: dict[str, Any] = await page.evaluate("rules => axe.run(rules)", RULES)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


async def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window."""
    wider: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])

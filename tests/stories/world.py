"""One machine's worth of Segue for stories, and a customer who lives in it."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from database.cases import Cases
from database.company import CompanyBooks
from database.customers import Customers
from database.engine import Database, open_database
from database.journal import Journal
from models.journal import Row
from models.people import Address
from settings import environment
from simulators.carrier.handset import Handset, HandsetCall
from simulators.machine import Machine, Ports

# A program that may vouch for customers; its key stands beside its digest for who plays it.
KEY = "the-key-of-the-desk"
DESK = {"SEGUE_API_KEYS": f"desk:{hashlib.sha256(KEY.encode()).hexdigest()}:verified"}


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


@dataclass
class World:
    """The machine under test, its database and its address."""

    machine: Machine
    database: Database
    customers: int = 0

    @property
    def carrier(self) -> str:
        return f"http://127.0.0.1:{self.machine.ports.carrier}"

    @property
    def site(self) -> str:
        return f"http://localhost:{self.machine.ports.server}"

    def number(self) -> str:
        """A number nobody has used before."""
        self.customers += 1
        return f"+1415555{self.customers:04}"

    async def known(self, number: str) -> str | None:
        """The id of whoever has this number, if anybody has."""
        customer = await Customers(self.database).find(Address(kind="phone", value=number))
        return customer.id if customer else None

    async def payments(self, number: str) -> int:
        """How many payments the company has taken from whoever has this number."""
        customer = await self.known(number)
        return len(await CompanyBooks(self.database).payments(customer)) if customer else 0

    async def story(self, number: str) -> list[Row]:
        """The journal of the customer's newest case."""
        customer = await self.known(number)
        case = next(c for c in await Cases(self.database).recent(1000) if c.customer == customer)
        return await Journal(self.database).rows(case.id)


@asynccontextmanager
async def world(folder: Path, **environ: str) -> AsyncIterator[World]:
    """Bring everything up as real processes on free ports."""
    server, carrier, temporal, pages = free_ports(4)
    machine = Machine(data=folder, environment=environment(**environ), ports=Ports(server, carrier, temporal, pages))
    try:
        await machine.start()
        database = await open_database(machine.environment["DATABASE_URL"])
        try:
            yield World(machine, database)
        finally:
            await database.close()
    finally:
        await machine.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The session's machine."""
    async with world(tmp_path_factory.mktemp("segue"), **DESK) as up:
        yield up


@dataclass
class Customer:
    """Reads like a transcript: ``texts``, ``hears``, ``calls``, ``opens``, ``sees``, ``chooses``."""

    phone: Handset
    browser: Browser
    pages: list[Page] = field(default_factory=list)
    faults_before: int = 0

    @property
    def page(self) -> Page:
        return self.pages[-1]

    async def faults(self) -> list[dict[str, object]]:
        """What the carrier found wrong with us since this customer came."""
        return (await self.phone.errors())[self.faults_before :]

    async def texts(self, words: str) -> None:
        text = await self.phone.texts(words)
        assert text["webhook"]["status"] == 200, text

    async def hears(self, words: str) -> str:
        return await self.phone.hears_text(words, within=25)

    async def calls(self) -> HandsetCall:
        return await self.phone.calls()

    async def opens(self, link: str) -> None:
        context = await self.browser.new_context(viewport={"width": 390, "height": 844})
        self.pages.append(await context.new_page())
        await self.page.goto(link)

    async def opens_the_texted_link(self) -> None:
        await self.opens(await self.phone.link())
        await self.taps("Continue")

    async def sees(self, words: str) -> None:
        await expect(self.page.get_by_text(words).first).to_be_visible(timeout=15_000)

    async def taps(self, words: str) -> None:
        button = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        await button.first.click()

    async def chooses(self, words: str) -> None:
        await self.page.get_by_label(words).first.check()
        await self.page.locator("form:has(input:checked) button").first.click()


@asynccontextmanager
async def customer(world: World, browser: Browser) -> AsyncIterator[Customer]:
    """Somebody with a phone and a browser, whom nobody here has met."""
    async with Handset(world.carrier, world.number()) as phone:
        person = Customer(phone, browser, faults_before=len(await phone.errors()))
        yield person
        for page in person.pages:
            await page.context.close()


async def answers(url: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(url)

"""Two agents and the customer at one case over real HTTP: ``python -m tests.stories.hammer --seconds 60``."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from database.audit import Audit
from database.cases import Cases
from database.journal import Journal
from database.outbox import Outbox
from database.sessions import Sessions
from gateway.browser import SESSION
from models.journal import Row
from models.people import Actor, Assurance
from simulators.carrier.handset import Handset
from simulators.carrier.tls import trusted
from simulators.machine import own_secrets
from tests.gateway.visitor import Form
from tests.matrix.people import HOUR
from tests.stories import world as stage
from tests.stories.world import World

OURS = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
WRITTEN = {"answered", "corrected", "withdrawn"}
TEXT_EVERY = 4.0
ACCEPTED, UNCERTAIN = "accepted", "uncertain"


@dataclass
class Try:
    """One form as it was sent: ``mark`` is what is looked for in the journal, ``once`` the form's nonce."""

    who: str
    what: str
    mark: str
    once: str
    outcome: str = UNCERTAIN


@dataclass
class Report:
    """What was sent, what came of it, and what the journal shows that may not be."""

    tries: list[Try] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    rows: int = 0

    def counts(self) -> Iterator[tuple[str, int]]:
        """The lines of the report."""
        yield "requests", len(self.tries) + len(self.texts)
        yield "texts", len(self.texts)
        yield from sorted(Counter(f"{each.what}, {each.outcome}" for each in self.tries).items())
        yield "rows in the journal", self.rows
        yield "wrong", len(self.wrong)


class Browser:
    """Somebody's browser at the case: the newest page, and one left open in a tab of its own."""

    def __init__(self, world: World, who: str, path: str, report: Report, chance: random.Random) -> None:
        self.who, self.path, self.report, self.chance = who, path, report, chance
        self.client = httpx.AsyncClient(base_url=world.site, timeout=30, verify=trusted(), trust_env=False)
        self.page = self.tab = ""

    async def looks(self) -> None:
        answer = await self.client.get(self.path, follow_redirects=True)
        if 'action="/desk/why"' in answer.text:
            reason = Form(answer.text, "/desk/why").fields | {"common": "caller"}
            await self.client.post("/desk/why", data=reason, headers=OURS)
            answer = await self.client.get(self.path, follow_redirects=True)
        assert answer.status_code == 200, answer.status_code
        self.page = answer.text

    def form(self, page: str, action: str) -> dict[str, str] | None:
        return Form(page, action).fields if f'action="{self.path}{action}"' in page else None

    async def sends(self, action: str, form: dict[str, str], mark: str, *, times: int = 1) -> None:
        """The same form, once or several times at once."""
        tries = [Try(self.who, action.lstrip("/"), mark, form["nonce"]) for _ in range(times)]
        self.report.tries += tries
        await asyncio.gather(*(self._send(action, form, each) for each in tries))

    async def _send(self, action: str, form: dict[str, str], each: Try) -> None:
        answer = await self.client.post(f"{self.path}{action}", data=form, headers=OURS)
        if answer.status_code == 303:
            note = re.search(r"[?&]note=([\w-]+)", answer.headers["location"])
            each.outcome = note.group(1) if note else ACCEPTED
        elif answer.status_code != 503:
            each.outcome = {409: "claimed", 422: "unfit"}.get(answer.status_code, str(answer.status_code))


class Hammer:
    """One case, three people, and a chance that decides who does what."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance, self.report = world, random.Random(seed), Report()
        self.amounts = (f"{cents / 100:.2f}" for cents in range(1001, 8420))
        self.reasons = (f"reason number {n:05}" for n in itertools.count(1))
        self.ends = 0.0

    async def run(self, seconds: float) -> Report:
        async with Handset(self.world.carrier, self.world.number(), patience=30) as phone:
            await phone.texts("pay my bill")
            await phone.hears_text("How much")
            customer = str(await self.world.known(phone.number))
            (case,) = await Cases(self.world.database).open_for(customer)
            ann, bob = await self.agent(case.id, "agent"), await self.agent(case.id, "supervisor")
            jane = await self.customer(customer, case.id)
            self.ends = time.monotonic() + seconds
            people = (ann, bob, jane)
            await asyncio.gather(*(self.hammers(each) for each in people), self.writes(phone))
            await asyncio.gather(*(each.client.aclose() for each in people))
            await self.judge(case.id, (ann.who, bob.who))
        return self.report

    async def agent(self, case: str, role: str) -> Browser:
        """Signed in by name and password."""
        own = own_secrets(self.world.machine.data)
        name = {"agent": "Ada", "supervisor": "Sofia"}[role]
        here = Browser(self.world, name, f"/desk/case/{case}", self.report, self.chance)
        page = await here.client.get("/staff/sign-in", params={"back": "/desk"})
        form = Form(page.text, "/staff/sign-in").fields | {"name": role, "password": own[f"staff_{role}"]}
        done = await here.client.post("/staff/sign-in", data=form, headers=OURS)
        assert done.status_code == 303, done.status_code
        return here

    async def customer(self, customer: str, case: str) -> Browser:
        here = Browser(self.world, "jane", f"/case/{case}", self.report, self.chance)
        token = await Sessions(self.world.database).open(customer, None, Assurance.POSSESSION, HOUR)
        here.client.cookies.set(SESSION, token)
        return here

    # -- what they do --------------------------------------------------------------------------------------------

    async def hammers(self, who: Browser) -> None:
        deeds: list[Callable[[Browser], Awaitable[None]]] = [self.answers, self.answers, self.twice, self.stale]
        deeds += [self.corrects] if who.who == "jane" else [self.corrects, self.takes_or_lets_go, self.takes_or_lets_go]
        while time.monotonic() < self.ends:
            await who.looks()
            if self.chance.random() < 0.3:
                who.tab = who.page
            await self.chance.choice(deeds)(who)
            await asyncio.sleep(self.chance.random() * (0.8 if who.who == "jane" else 0.1))  # agents get a word in

    async def answers(self, who: Browser, *, page: str = "", times: int = 1) -> None:
        form = who.form(page or who.page, "/answer")
        if form is None or form["key"] == "pay":
            await self.corrects(who, page=page)
            return
        if form["key"] == "amount":
            mark = next(self.amounts)
            await who.sends("/answer", form | {"value": mark}, mark, times=times)
            return
        (value, *_) = re.findall(r'name="value" value="([^"]+)"', page or who.page)
        await who.sends("/answer", form | {"value": value}, "", times=times)

    async def twice(self, who: Browser) -> None:
        await self.answers(who, times=2)

    async def stale(self, who: Browser) -> None:
        """From the tab that was left open."""
        if who.tab:
            await self.answers(who, page=who.tab)

    async def corrects(self, who: Browser, *, page: str = "") -> None:
        form = who.form(page or who.page, "/correct")
        if form is not None:
            reason = next(self.reasons)
            await who.sends("/correct", form | {"reason": reason}, "" if who.who == "jane" else reason)

    async def takes_or_lets_go(self, who: Browser) -> None:
        for action in ("/release", "/claim"):
            if form := who.form(who.page, action):
                await who.sends(action, form, "")

    async def writes(self, phone: Handset) -> None:
        """The customer's texts, as fast as somebody types."""
        while time.monotonic() + 1 < self.ends:
            text = await phone.texts(f"${next(self.amounts)}")
            self.report.texts.append(str(text["sid"]))
            await asyncio.sleep(min(TEXT_EVERY, max(self.ends - time.monotonic(), 0)))

    # -- what came of it -----------------------------------------------------------------------------------------

    async def judge(self, case: str, agents: tuple[str, ...]) -> None:
        report, database = self.report, self.world.database
        for _ in range(100):
            missing = [sid for sid in report.texts if await Outbox(database).get(f"reply:{sid}") is None]
            if not missing:
                break
            await asyncio.sleep(0.1)
        report.wrong += [f"nobody answered the text {sid}" for sid in missing]
        rows = await Journal(database).rows(case)
        report.rows = len(rows)
        if [row.sequence for row in rows] != list(range(1, len(rows) + 1)):
            report.wrong.append("not a clean sequence")
        report.wrong += unlawful(rows, {each.mark: each.who for each in report.tries if each.mark})
        report.wrong += lost(rows, report.tries)
        turn = await Cases(database).turn(case)
        written = [row for row in rows if row.key == "amount" and row.what in WRITTEN]
        stands = [str(line.value["amount"]) for line in (turn.answers if turn else []) if line.key == "amount"]  # type: ignore[index, call-overload]  # an amount's JSON
        if stands != ([amount(written[-1])] if written[-1].what != "withdrawn" else []):
            report.wrong.append(f"{stands} stands, and the journal says otherwise")
        deeds = Counter(
            [deed.name async for deed in Audit(database).deeds() if deed.what.startswith("POST /desk/case")]
        )
        for who in agents:
            sent = sum(each.who == who for each in report.tries)
            if deeds[who] < sent:
                report.wrong.append(f"{who} sent {sent} forms, and {deeds[who]} are in the audit")


def unlawful(rows: list[Row], senders: dict[str, str]) -> list[str]:
    """Writes by whoever did not have the case."""
    driver, found = "", []
    for row in rows:
        if row.what == "claimed":
            driver = str(row.data["name"])
        elif row.what in {"released", "claim_ended", "taken_back"}:
            driver = ""
        elif row.what in WRITTEN and row.actor is Actor.AGENT:
            by = senders.get(amount(row), driver)
            if not driver or by != driver:
                found.append(f"{row.sequence}: {by or 'an agent'} wrote, {driver or 'nobody'} had it")
        elif row.what in WRITTEN and row.actor is Actor.CUSTOMER and driver:
            found.append(f"{row.sequence}: the customer wrote, {driver} still had it")
    return found


def lost(rows: list[Row], tries: list[Try]) -> list[str]:
    """What was accepted and is not there exactly once, or was refused and is there."""
    there = Counter(amount(row) for row in rows if row.what in {"answered", "corrected"})
    there += Counter(
        found for row in rows if row.what == "remarked" for found in re.findall(r"reason number \d{5}", str(row.data))
    )
    outcomes: dict[str, set[str]] = {}
    for each in tries:
        outcomes.setdefault(each.mark, set()).add(each.outcome)
    found = []
    for mark, said in outcomes.items():
        lawful = {1} if ACCEPTED in said else {0, 1} if UNCERTAIN in said else {0}
        if mark and there[mark] not in lawful:
            found.append(f"{mark} was {', '.join(sorted(said))} and is there {there[mark]} times")
    doubled = {key: times for key, times in there.items() if key and times > 1}
    found += [f"{key} is there {times} times" for key, times in doubled.items()]
    for what, row in (("claim", "claimed"), ("release", "released")):
        accepted = {each.once for each in tries if each.what == what and each.outcome == ACCEPTED}
        kept = sum(each.what == row for each in rows)
        if not any(each.what == what and each.outcome == UNCERTAIN for each in tries) and kept != len(accepted):
            found.append(f"{len(accepted)} times {what} was accepted, {kept} times {row} is there")
    return found


def amount(row: Row) -> str:
    value: Any = row.data.get("value")
    return str(value["amount"]) if isinstance(value, dict) and "amount" in value else ""


async def hammered(world: World, seconds: float, seed: int) -> Report:
    """Hammer one new case of a new customer there."""
    return await Hammer(world, seed).run(seconds)


async def alone(seconds: float, seed: int) -> Report:
    """The same on a machine of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage.world(Path(folder)) as world:
            return await hammered(world, seconds, seed)


def main() -> int:
    """Print what was sent, what came of it and what is wrong; 1 where anything is."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seconds", type=float, default=60.0)
    given.add_argument("--seed", type=int, default=int(time.time()))
    asked = given.parse_args()
    report = asyncio.run(alone(asked.seconds, asked.seed))
    lines = [f"seed {asked.seed}", *(f"{count:6} {what}" for what, count in report.counts()), *report.wrong]
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

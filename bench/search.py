"""How long the desk's search takes over very many cases, and what it adds to the writing of a turn."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import func, select

from bench.search_ground import COMMON, RARE, Plan, Vocabulary, load, server
from database.engine import Database
from database.indexing import Words
from database.journal import Journal
from database.sought import Sought
from models.case import Status
from models.journal import Page, Row
from models.tables import AddressRow, CaseRow, CustomerRow

KEY = b"a key that is only measured with"
SAMPLES = 400


@dataclass(frozen=True)
class Timing:
    """One kind of search: milliseconds of each try, and how many of the tries found somebody."""

    kind: str
    tries: tuple[float, ...]
    found: int

    def at(self, share: float) -> float:
        ordered = sorted(self.tries)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Measured:
    """What came out. ``writes`` are milliseconds, (without the index, with it), by what a turn has."""

    cases: int
    customers: int
    seconds_to_load: float
    load: tuple[float, float]
    searches: list[Timing]
    writes: dict[str, tuple[list[float], list[float]]]


async def measure(plan: Plan, url: str, progress: Callable[[str, float], None]) -> Measured:
    """Loads a database, searches it through the code the desk uses, and writes turns with and without the index."""
    words = Words(KEY)
    with server(url) as place:
        started = time.perf_counter()
        db = await load(place, plan, words, lambda what, done: progress(f"loading: {what}", done * 0.6))
        loaded = time.perf_counter() - started
        before = os.getloadavg()[0]
        try:
            searches = await _searches(db, plan, words, progress)
            writes = await _writes(db, plan, words)
            customers = (await db.rows(select(func.count()).select_from(CustomerRow)))[0][0]
            cases = (await db.rows(select(func.count()).select_from(CaseRow)))[0][0]
        finally:
            await db.close()
    return Measured(cases, customers, loaded, (before, os.getloadavg()[0]), searches, writes)


async def _searches(db: Database, plan: Plan, words: Words, progress: Callable[[str, float], None]) -> list[Timing]:
    """Every kind in turn, try by try, so that what else the machine does hits all alike."""
    rng = random.Random(plan.seed)
    kinds = dict(_kinds(await _samples(db), Vocabulary(plan.seed), rng))
    sought, times, found = Sought(db, words), {kind: list[float]() for kind in kinds}, dict.fromkeys(kinds, 0)
    for number in range(plan.tries + 2):
        progress("searching", 0.6 + 0.35 * number / plan.tries)
        for kind in rng.sample(list(kinds), len(kinds)):
            typed = kinds[kind]()
            started = time.perf_counter()
            people = (await sought.find(typed)).people
            if number >= 2:  # the first two warm up
                times[kind].append((time.perf_counter() - started) * 1000)
                found[kind] += bool(people)
    return [Timing(kind, tuple(times[kind]), found[kind]) for kind in kinds]


@dataclass(frozen=True)
class _Samples:
    names: list[str]
    phones: list[str]
    emails: list[str]
    cases: list[str]


async def _samples(db: Database) -> _Samples:
    async def some(column: object, *where: object) -> list[str]:
        query = select(column).where(*where).limit(SAMPLES)  # type: ignore[call-overload] # any column of text
        return [row[0] for row in await db.rows(query)]

    return _Samples(
        await some(CustomerRow.name),
        await some(AddressRow.value, AddressRow.kind == "phone"),
        await some(AddressRow.value, AddressRow.kind == "email"),
        await some(CaseRow.id),
    )


def _kinds(known: _Samples, made: Vocabulary, rng: random.Random) -> Iterator[tuple[str, Callable[[], str]]]:
    pick, frequent = rng.choice, made.words[:20]
    yield "case, whole", lambda: pick(known.cases)
    yield "customer's record", lambda: pick(known.cases).split("/")[1]
    yield "bill", lambda: f"BILL-{rng.randrange(1, 100_000)}"
    yield "number, whole", lambda: pick(known.phones)
    yield "number, as people write it", lambda: re.sub(r"\+1(...)(...)(....)", r"(\1) \2-\3", pick(known.phones))
    yield "last 4 digits", lambda: pick(known.phones)[-4:]
    yield "email, whole", lambda: pick(known.emails)
    yield "email, beginning", lambda: pick(known.emails)[: rng.randrange(4, 9)]
    yield "name, first and family", lambda: pick(known.names)
    yield "name, both frequent", lambda: f"{pick(made.firsts[:8])} {pick(made.families[:8])}"
    yield "name, a frequent one", lambda: pick(made.firsts[:8])
    yield "name, 2 letters", lambda: pick(known.names)[:2]
    yield "name, 2 + 3 letters", lambda: " ".join(part[: 2 + n] for n, part in enumerate(pick(known.names).split()))
    yield "text, a rare word", lambda: RARE
    yield "text, a usual word", lambda: pick(made.words)
    yield "text, in every second", lambda: COMMON
    yield "text, frequent words", lambda: f"{COMMON} {pick(frequent)} {pick(frequent)}"
    yield "text, frequent and rare", lambda: f"{COMMON} {RARE} {pick(frequent)}"
    yield "nobody: a name", lambda: f"qwx{rng.randrange(10**6)} jones"
    yield "nobody: a number", lambda: f"+4479{rng.randrange(10**8, 10**9)}"
    yield "nobody: an order", lambda: f"ORD-{rng.randrange(10**6)}"


async def _writes(db: Database, plan: Plan, words: Words) -> dict[str, tuple[list[float], list[float]]]:
    """A turn's page, with and without the index, by turns: one with a remark of 12 words, and one with none."""
    rng, vocabulary = random.Random(plan.seed), Vocabulary(plan.seed).words
    ways = (Journal(db), Journal(db, words))
    found: dict[str, tuple[list[float], list[float]]] = {"a remark": ([], []), "no remark": ([], [])}
    for number in range(plan.writes + 10):
        for kind, times in found.items():
            said = " ".join(rng.choices(vocabulary, k=12)) if kind == "a remark" else ""
            for way in rng.sample((0, 1), 2):
                page = _page(f"{kind[:2]}{number}-{way}", said)
                started = time.perf_counter()
                await ways[way].write(page)
                if number >= 10:
                    times[way].append((time.perf_counter() - started) * 1000)
    return found


def _page(which: str, said: str) -> Page:
    now, customer = datetime.now(UTC), f"c_bench{which}"
    rows = [Row(sequence=n, at=now, what="asked", key="amount", data={"revision": 1}) for n in (1, 2)]
    if said:
        rows.append(Row(sequence=3, at=now, what="remarked", data={"text": said}))
    turn = {"status": "open", "answers": [{"key": f"k{n}", "value": "x" * 60} for n in range(10)]}
    return Page(
        case=f"pay-bill/{customer}/1", customer=customer, moment="pay-bill", run="r", status=Status.OPEN, step=None,
        sequence=3, turn=turn, rows=rows, at=now,
    )  # fmt: skip


def ratios(measured: Measured) -> dict[str, float]:
    """The median with the index over the median without."""
    return {kind: median(with_) / median(without) for kind, (without, with_) in measured.writes.items()}

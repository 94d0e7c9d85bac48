"""The proof of rebuilding: ``python -m tests.ops.rebuilding --cases 10000``.

Recorded histories are given to so many customers. Their journal is first written as workers do, turn by turn, the cases
mixed; then again out of the histories, broken off in the middle and taken up; and both are compared byte by byte.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from database.engine import Database, migrate, open_database
from database.journal import Journal
from database.rebuilt import counted, differences
from models.journal import Page
from ops.rebuilding import Rebuilding, Tally
from ops.replaying import Replaying
from tests.ops.crowd import Template, templates
from workflows.catalogue import MOMENTS

_MIXED = 200


def histories(known: list[Template], first: int, until: int) -> AsyncIterator[WorkflowHistory]:
    async def each() -> AsyncIterator[WorkflowHistory]:
        for number in range(first, until):
            yield known[number % len(known)].given_to(f"c_{number:020}", f"+1415{number:07}")

    return each()


async def lived(db: Database, known: list[Template], count: int) -> None:
    """The journal as it comes about: many cases at a time, each page by itself, some pages twice."""
    journal, waiting, chance = Journal(db), list[list[Page]](), random.Random(1)
    replaying = Replaying(list(MOMENTS.values()), pydantic_data_converter)

    async def write_some(left: int) -> None:
        while len(waiting) > left:
            pages = chance.choice(waiting)
            await journal.write(pages[0])
            if chance.random() < 0.9:
                pages.pop(0)
            if not pages:
                waiting.remove(pages)

    async for played in replaying.play(histories(known, 0, count)):
        assert played.result == "fine", played
        waiting.append(list(played.pages))
        await write_some(_MIXED)
    await write_some(0)


async def prove(folder: Path, count: int, longest: int) -> bool:
    known = [each for each in templates() if each.events <= longest]
    opened = list[Database]()
    for name in ("lived", "rebuilt"):
        url = f"sqlite:///{folder / name}.db"
        await migrate(url)
        opened.append(await open_database(url))
    there, again = opened
    began = time.monotonic()
    await lived(there, known, count)
    told(f"{count} cases lived in {time.monotonic() - began:.0f} s: {await counted(there)}")
    began = time.monotonic()
    rebuilding = Rebuilding(again, list(MOMENTS.values()), pydantic_data_converter)
    half = await _broken_off(rebuilding, known, count)
    tally = await rebuilding.rebuild(histories(known, 0, count))
    seconds = time.monotonic() - began
    told(
        f"rebuilt in {seconds:.0f} s ({count / seconds:.0f} a second), broken off once after {half}: {dict(tally.runs)}"
    )
    began = time.monotonic()
    found = [each async for each in differences(there, again)]
    told(f"compared in {time.monotonic() - began:.0f} s: {len(found)} differences {found[:5]}")
    told(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    for each in opened:
        await each.close()
    return not found and tally.runs["before"] == half and tally.whole


async def _broken_off(rebuilding: Rebuilding, known: list[Template], count: int) -> int:
    def stop(tally: Tally) -> None:
        if tally.runs["written"] >= count // 2:
            raise InterruptedError

    with contextlib.suppress(InterruptedError):
        await rebuilding.rebuild(histories(known, 0, count), stop)
    return count // 2


def told(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--longest", type=int, default=1000, help="Only histories of so many events.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if asyncio.run(prove(Path(folder), given.cases, given.longest)) else 1)


if __name__ == "__main__":
    main()

"""The proof of erasing: ``python -m tests.ops.erasing --customers 1000``. One of them goes, on a real server.

Every customer has a row in every table and a secret of their own; ``--on-temporal`` of them have a case on a real
server, the rest a recorded history that was sealed for them. One with a running case is erased; then their secret is
looked for in every file, and all cases are replayed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from models.case import Turn
from models.errors import NotConfirmed
from ops.erasing import Erasing
from ops.replaying import Replaying
from switchboard.switchboard import Speaker
from tests.engine import temporal
from tests.engine.temporal import World, amount
from tests.ops import crowd
from tests.ops.crowd import Somebody, lives, secret_of, traces
from worker import make_current
from workflows.catalogue import MOMENTS

_AT_ONCE = 8
ANSWERS: dict[str, Any] = {"amount": amount("40"), "when": "now", "method": "pm_visa_4242", "pay": True}


async def settle(world: World, count: int) -> list[Somebody]:
    """So many customers who paid; every tenth is still at it."""
    people, room = list[Somebody](), asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> None:
        async with room:
            speaker = await world.somebody()
            turn = await _pays(world, speaker, until="method" if number % 10 == 3 else "")
            history = await world.handle(turn).fetch_history()
            people.append(await _known(world, speaker, number, history))
            if len(people) % 100 == 0:
                told(f"{len(people)} customers")

    await asyncio.gather(*(one(number) for number in range(count)))
    return people


async def _pays(world: World, speaker: Speaker, until: str) -> Turn:
    """Up to a question, or to the end; however slow this machine is."""
    turn: Turn | None = None
    while turn is None or not turn.status.closed:
        pending = turn.question if turn else None
        if turn and pending and pending.question.key == until:
            return turn
        try:
            answered = turn and pending and world.answer(speaker, turn, ANSWERS[pending.question.key])
            turn = await (answered or world.start(speaker))
        except NotConfirmed:
            turn = None
        if turn is None or not turn.pending:
            await asyncio.sleep(0.2)
    await world.handle(turn).result()
    return turn


async def _known(world: World, speaker: Speaker, number: int, history: WorkflowHistory) -> Somebody:
    assert speaker.reply_to is not None
    somebody = Somebody(speaker.customer, speaker.reply_to.value, secret_of(number), history)
    await lives(world.wiring.database, world.wiring.vault, somebody)
    return somebody


def inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def prove(folder: Path, count: int, real: int) -> bool:
    with temporal.dev_server(folder / "log", folder / "temporal.db") as address:
        await temporal.answering(address)
        async with temporal.world(address, folder / "segue.db") as world, world.worker():
            await make_current(world.wiring)
            began = time.monotonic()
            people = await settle(world, real)
            wiring = world.wiring
            people += await crowd.settle(wiring.database, wiring.vault, count - real, first=5000)
            told(f"{count} customers with a case each: {time.monotonic() - began:.0f} s")
            gone = next(somebody for somebody in people if somebody.secret == secret_of(3))
            before = traces(inside(folder), gone)
            began = time.monotonic()
            erasing = Erasing(
                world.wiring.database, world.wiring.vault, world.wiring.client, scan=(folder,), patience=10
            )
            report = await erasing.erase(gone.id, "s_proof")
            told(f"erased in {time.monotonic() - began:.1f} s: {report.model_dump_json()}")
            after = traces(inside(folder), gone)
            told(f"their marks in files before: {before}; after: {after}")
            others = [somebody for somebody in people if somebody is not gone]
            kept = sum(bool(traces([folder / "segue.db"], each)) for each in others[:20])
            results = await replayed(world, people)
            told(f"replay of all: {dict(results)}; of 20 others, {kept} are still found")
            fine = results == {"fine": count - 1, "undecodable": 1} and kept == min(20, len(others))
            return bool(before) and not after and report.clean and fine


async def replayed(world: World, people: list[Somebody]) -> Counter[str]:
    async def each() -> AsyncIterator[WorkflowHistory]:
        for somebody in people:
            yield await _still(world, somebody)

    replaying = Replaying(list(MOMENTS.values()), world.wiring.client.data_converter)
    return Counter([played.result async for played in replaying.play(each())])


async def _still(world: World, somebody: Somebody) -> WorkflowHistory:
    """As the server has it by now, if it ever had it."""
    try:
        return await world.wiring.client.get_workflow_handle(somebody.case).fetch_history()
    except RPCError:
        return somebody.history


def told(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--on-temporal", type=int, default=200)
    given = parser.parse_args()
    count = int(given.customers)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if asyncio.run(prove(Path(folder), count, min(count, given.on_temporal))) else 1)


if __name__ == "__main__":
    main()

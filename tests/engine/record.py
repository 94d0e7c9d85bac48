"""Plays ``paths.PATHS`` on a real server and keeps their histories: ``python -m tests.engine.record [moment …]``.

Without a moment it records all of them. Replaying them holds every later version of a script to what cases in flight
were promised. The payloads are kept opened, so no key is needed; the customers are made up. Run it when a moment is
new, or on purpose has changed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from switchboard.codec import SEALED, HistoryCodec
from tests.engine import temporal
from tests.engine.paths import PATHS
from tests.engine.temporal import World, amount
from worker import make_current

HISTORIES = Path(__file__).resolve().parent.parent / "histories"


async def record(moments: Collection[str]) -> None:
    """Play every path of these moments once and write its history, a folder a moment, a file a path."""
    with tempfile.TemporaryDirectory() as scratch, temporal.dev_server(Path(scratch) / "log") as address:
        await temporal.answering(address)
        database = Path(scratch) / "segue.db"
        async with temporal.world(address, database, SEGUE_BUILD="a") as world, world.worker():
            await make_current(world.wiring)
            for moment in moments:
                await _paths(world, moment)
            if "pay-bill" in moments:
                await _moved(world, HISTORIES / "pay-bill")


async def _paths(world: World, moment: str) -> None:
    folder = HISTORIES / moment
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PATHS[moment].items():
        turn = await path(world, await world.somebody())
        if turn.status.closed:
            await world.closed(turn)
        await _keep(world, turn.case, folder / f"{name}.json")


async def _moved(world: World, folder: Path) -> None:
    """A case that began on one build and ended on the next."""
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann), amount("40"), "now")
    first = (await world.handle(turn).describe()).run_id
    settings = world.wiring.settings.model_copy(update={"build": "b"})
    newer = replace(world, wiring=replace(world.wiring, settings=settings))
    async with newer.worker():
        await make_current(newer.wiring)
        while (await world.handle(turn).describe()).run_id == first:
            turn = await world.board.arrive(ann, turn.case, world.id())
            await asyncio.sleep(0.1)
        turn = await world.answers(ann, turn, "pm_visa_4242", True)
        await world.closed(turn)
    await _keep(world, turn.case, folder / "moved-1.json", run_id=first)
    await _keep(world, turn.case, folder / "moved-2.json")


async def _keep(world: World, case: str, file: Path, run_id: str | None = None) -> None:
    history = await world.wiring.client.get_workflow_handle(case, run_id=run_id).fetch_history()
    opened = await _opened(history.to_json_dict(), HistoryCodec(world.wiring.vault))
    text = json.dumps({"id": case, **opened}, separators=(",", ":"), sort_keys=True)
    await asyncio.to_thread(file.write_text, f"{text}\n", encoding="utf-8")


async def _opened(node: Any, codec: HistoryCodec) -> Any:
    """A history in Temporal's JSON form, its payloads opened, without what tells of the machine it was made on."""
    if isinstance(node, list):
        return [await _opened(item, codec) for item in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"metadata", "data"} and base64.b64decode(node["metadata"].get("encoding", "")) == SEALED:
        (payload,) = await codec.decode([node])
        return payload
    opened = {key: await _opened(value, codec) for key, value in node.items()}
    if "identity" in opened:
        opened["identity"] = "recorded"
    if "encodedAttributes" in opened:
        said = json.loads(base64.b64decode(opened["encodedAttributes"]["data"]))
        data = json.dumps(said | {"stack_trace": ""}).encode()
        opened["encodedAttributes"]["data"] = base64.b64encode(data).decode()
    return opened


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:] or PATHS))

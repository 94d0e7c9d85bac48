"""Plays the main paths of every moment on a real server and keeps their histories: ``python -m tests.engine.record``.

Replaying them holds every later version of a script to what cases in flight were promised. The payloads are kept
opened, so no key is needed; the customers are made up. Run it when a moment is new, or on purpose has changed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.case import Turn
from switchboard.codec import SEALED, HistoryCodec
from switchboard.switchboard import Speaker
from tests.engine import temporal
from tests.engine.temporal import World, amount
from worker import make_current

HISTORIES = Path(__file__).resolve().parent.parent / "histories"


async def plain(world: World, ann: Speaker) -> Turn:
    return await world.answers(ann, await world.start(ann), amount("40"), "now", "pm_visa_4242", True)


async def declined(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("84.20"), "now", "pm_mastercard_0002", True)
    return await world.answers(ann, turn, "pm_visa_4242", True)


async def later(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("25"), "later")
    return await world.answers(ann, turn, turn.pending[0].question.latest.isoformat(), "pm_visa_4242", True)  # type: ignore[union-attr]  # it is the Date


async def corrected(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("40"), "later")
    turn = await world.board.correct(ann, turn.case, world.id(), "when", "now")
    turn = await world.answers(ann, turn, "pm_visa_4242", False, "amount", amount("50"))
    turn = await world.board.correct(ann, turn.case, world.id(), "method", withdraw=True)
    return await world.answers(ann, turn, "pm_visa_4242", True)


async def cancelled(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("40"))
    await world.board.remark(ann, turn.case, world.id(), "I have changed my mind.")
    await world.board.leave(ann, turn.case, world.id())
    await world.board.arrive(ann, turn.case, world.id())
    return await world.board.cancel(ann, turn.case, world.id())


PATHS = {play.__name__: play for play in (plain, declined, later, corrected, cancelled)}


async def record(folder: Path) -> None:
    """Play every path once and write its history to ``folder``, named after it."""
    with tempfile.TemporaryDirectory() as scratch, temporal.dev_server(Path(scratch) / "log") as address:
        await temporal.answering(address)
        database = Path(scratch) / "segue.db"
        async with temporal.world(address, database, SEGUE_BUILD="a") as world, world.worker():
            await make_current(world.wiring)
            for name, play in PATHS.items():
                turn = await play(world, await world.somebody())
                await world.closed(turn)
                await _keep(world, turn.case, folder / f"{name}.json")
            await _moved(world, folder)


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
    (HISTORIES / "pay-bill").mkdir(parents=True, exist_ok=True)
    asyncio.run(record(HISTORIES / "pay-bill"))

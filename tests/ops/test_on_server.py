"""A fault put into a moment on purpose is found on sealed histories of a real server: event, step and line."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from pathlib import Path

import pytest
from temporalio.client import Client

from channels.wording.book import wording
from ops.histories import from_files, from_server, runs_on_server
from ops.replaying import Played, Replaying
from ops.report import Report
from ops.travel import Travels
from switchboard.codec import data_converter
from tests.engine.temporal import World, amount
from tests.ops.faulted import pay_bill
from tests.ops.test_replaying import READS_AGAIN, WHEN
from workflows.catalogue import MOMENTS

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORDS = wording("en", "UTC")


async def replayed(client: Client, query: str, replaying: Replaying) -> list[Played]:
    return [played async for played in replaying.play(from_server(client, query))]


async def test_a_fault_is_found_on_the_servers_histories_and_travel_shows_the_last_good_point(
    world: World, tmp_path: Path
) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann), amount("40"), "now")
    client, converter = world.wiring.client, data_converter(world.wiring.vault)
    query = f"WorkflowId = '{turn.case}'"
    while not (await client.count_workflows(query)).count:
        await asyncio.sleep(0.05)

    (fine,) = await replayed(client, query, Replaying(list(MOMENTS.values()), converter))
    assert (fine.result, fine.asks) == ("fine", ("method",))

    faulted = pay_bill(tmp_path, WHEN, READS_AGAIN)
    report = Report()
    for played in await replayed(client, query, Replaying([faulted], converter)):
        report.add(played)
    (parting,) = report.document()["partings"]
    assert (parting["moment"], parting["line"], parting["got"]) == (
        "pay-bill",
        "pay_bill.py:36",
        "activity Billing.open_bill",
    )
    assert parting["cases"][0]["case"] == turn.case

    travels = Travels([faulted], converter, partial(runs_on_server, client))
    trip = await travels.of_case(turn.case)
    apart = trip.overview().apart
    assert apart is not None
    assert apart.event == parting["cases"][0]["event"]
    good = trip.scene(trip.find(apart.last_good) or 0, WORDS, WORDS)
    assert [asked.key for asked in good.asked] == ["amount"]
    assert await travels.of_case(turn.case) is trip


async def test_exported_files_tell_the_same_and_who_was_forgotten_keeps_a_skeleton(
    world: World, tmp_path: Path
) -> None:
    ben = await world.somebody()
    turn = await world.answers(ben, await world.start(ben), amount("40"))
    client, converter = world.wiring.client, data_converter(world.wiring.vault)
    (history,) = await runs_on_server(client, turn.case)
    exported = tmp_path / "exported.json"
    exported.write_text(json.dumps(history.to_json_dict()), "utf-8")
    travels = Travels(list(MOMENTS.values()), converter, partial(runs_on_server, client))

    trip = await travels.taken(list(from_files([exported])))
    assert (trip.overview().case, trip.overview().result) == (turn.case, "fine")
    assert [asked.key for asked in trip.scene(trip.overview().opens, WORDS, WORDS).asked] == ["when"]

    await world.wiring.vault.destroy(ben.customer)
    trip = await travels.of_case(turn.case)
    assert trip.overview().result == "undecodable"
    assert any(
        event.about == "answer"
        for place in trip.overview().places
        for event in trip.scene(place.number, WORDS, WORDS).events
    )
    assert not any("amount" in text for held in await trip.payloads(1) for _, text in held.texts)

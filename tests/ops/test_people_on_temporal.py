"""On a real server: running cases end, what is erased can't be read, and the journal comes out of histories alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

from database.cases import Cases
from database.engine import Database, migrate, open_database
from database.rebuilt import Difference, counted, differences
from database.retention import sweep
from models.errors import Unknown
from models.retention import Retention
from ops.archive import Archive, gather
from ops.erasing import Erasing
from ops.farewell import farewell
from ops.rebuilding import Rebuilding, Tally, each_once, of_archive, of_server
from ops.replaying import Replaying
from tests.engine.conftest import temporal_address, world
from tests.engine.temporal import World, amount
from workflows.catalogue import MOMENTS

__all__ = ["temporal_address", "world"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
async def scratch(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'rebuilt.db'}"
    await migrate(url)
    opened = await open_database(url)
    yield opened
    await opened.close()


async def rebuilt(world: World, target: Database) -> tuple[Tally, list[Difference]]:
    wiring = world.wiring
    converter = wiring.client.data_converter
    archive = Archive(wiring.database, wiring.vault)
    rebuilding = Rebuilding(target, list(MOMENTS.values()), converter)
    tally = await rebuilding.rebuild(each_once(of_archive(archive), of_server(wiring.client)))
    return tally, [each async for each in differences(wiring.database, target)]


async def test_the_journal_comes_out_of_histories_and_the_erased_stay_erased(world: World, scratch: Database) -> None:
    ann, bob, eve = await world.somebody(), await world.somebody(), await world.somebody()
    paid = await world.answers(ann, await world.start(ann), amount("40"), "now", "pm_visa_4242", True)
    await world.closed(paid)
    again = await world.answers(ann, await world.start(ann), amount("20"))
    going = await world.answers(bob, await world.start(bob), amount("25"), "now")
    gone = await world.answers(eve, await world.start(eve), amount("30"))
    wiring = world.wiring

    tally, found = await rebuilt(world, scratch)
    assert found == []
    assert tally.runs == {"written": 4}
    assert (await counted(scratch))["journal"] >= 20

    await gather(wiring.client, Archive(wiring.database, wiring.vault))
    erasing = Erasing(wiring.database, wiring.vault, wiring.client, farewell(wiring.database, world.post))
    assert (await erasing.look(eve.customer)).cases == {gone.case: "running"}
    report = await erasing.erase(eve.customer, "s_boss", tell=True)
    assert report.cases == {gone.case: "cancelled"}
    assert report.clean
    assert [m.body for m in world.post.messages.values() if "erased" in m.body]
    assert await Cases(wiring.database).get(gone.case) is None
    skeleton = await world.handle(gone).fetch_history()
    assert len(skeleton.events) > 10
    replaying = Replaying(list(MOMENTS.values()), wiring.client.data_converter)
    assert (await replaying.one(skeleton)).result == "undecodable"
    for turn in (paid, again, going):
        assert (await replaying.one(await world.handle(turn).fetch_history())).result == "fine"
    assert (await world.handle(going).describe()).status is WorkflowExecutionStatus.RUNNING

    tally, found = await rebuilt(world, scratch)
    assert tally.runs == {"written": 3, "undecodable": 1}
    assert {each.column for each in found} == {"new"}  # a scratch of before knows what was erased since
    with pytest.raises(Unknown):
        await erasing.look("c_nobodyatallwasthere22")
    await sweep(wiring.database, Retention())
    assert await Cases(wiring.database).get(paid.case) is not None

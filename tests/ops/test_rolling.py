"""Two builds side by side, with cases open in all steps: what was foreseen happens, and nobody is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ops.rolling import (
    STAGES,
    Outcome,
    boards,
    check,
    check_files,
    deploy,
    differing,
    first_build,
    version,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def deployed(address: str, folder: Path, name: str, *stages: str, talking: int = 0) -> Outcome:
    """Cases at these steps on the old build, and then the new one."""
    async with first_build(address, folder) as old:
        riders = [await boards(old, stage) for stage in stages]
        return await deploy(old, version(name, folder), riders, talking=talking)


def kinds(outcome: Outcome) -> dict[str, str]:
    """What was foreseen, by the step that the case stood at."""
    return {rider.stage: outcome.before[rider.turn.case].kind for rider in outcome.riders}


async def test_cases_in_all_steps_move_while_people_talk(temporal_address: str, tmp_path: Path) -> None:
    outcome = await deployed(temporal_address, tmp_path, "same", *STAGES, talking=3)

    assert {one.kind for one in outcome.before.values()} == {"moves-cleanly"}
    assert {(one.build, one.by) for one in outcome.before.values()} == {("a", "worker")}
    assert (outcome.otherwise, outcome.asked_again, outcome.unfinished) == ([], [], [])
    assert len(outcome.then) == len(STAGES) - 3
    assert [(build.id, build.status) for build in outcome.builds.builds] == [("b", "current"), ("a", "draining")]
    assert sum(build.cases for build in outcome.builds.builds) > 0


async def test_a_build_that_asks_less(temporal_address: str, tmp_path: Path) -> None:
    outcome = await deployed(temporal_address, tmp_path, "removed", "amount", "day", "pay")

    assert kinds(outcome) == {"amount": "moves-cleanly", "day": "key-vanished", "pay": "key-vanished"}
    assert sorted(outcome.then.values()) == [("amount",), ("method",), ("pay",)]
    assert (outcome.otherwise, outcome.asked_again, outcome.unfinished) == ([], [], [])


async def test_a_build_that_asks_more_in_the_middle(temporal_address: str, tmp_path: Path) -> None:
    outcome = await deployed(temporal_address, tmp_path, "added", "when", "pay", "autopay")

    assert kinds(outcome) == {"when": "moves-cleanly", "pay": "asks-new", "autopay": "sealed-differs"}
    assert sorted(outcome.then.values()) == [("reminder",), ("reminder",), ("when",)]
    assert (outcome.otherwise, outcome.asked_again, outcome.unfinished) == ([], [], [])


async def test_a_build_that_calls_the_moment_otherwise(temporal_address: str, tmp_path: Path) -> None:
    outcome = await deployed(temporal_address, tmp_path, "renamed", "day", "pay", "plan", talking=1)

    assert set(kinds(outcome).values()) == {"moves-cleanly"}
    assert {one.moment for one in outcome.before.values()} == {"settle-bill"}
    assert {rider.turn.moment for rider in outcome.riders} == {"settle-bill"}
    assert (outcome.otherwise, outcome.asked_again, outcome.unfinished) == ([], [], [])


async def test_where_no_worker_answers_the_histories_tell(temporal_address: str, tmp_path: Path) -> None:
    async with first_build(temporal_address, tmp_path) as old:
        riders = [await boards(old, stage) for stage in ("method", "plan")]
    queue = old.wiring.settings.task_queue

    report = await check(old, version("added", tmp_path), f"TaskQueue = '{queue}'")

    files = await check_files(old, version("added", tmp_path), tmp_path / "files")
    found = {one.case: (one.kind, one.by, one.asks) for one in report.forecasts}
    assert differing(report, files) == []
    assert found[riders[0].turn.case] == ("asks-new", "history", ("reminder",))
    assert found[riders[1].turn.case] == ("moves-cleanly", "replay", ("plan",))

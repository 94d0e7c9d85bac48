"""Many histories in processes of their own: whatever befalls one of them, it is named and the others go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from multiprocessing import active_children

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory

from models.errors import Misconfigured
from ops.fleet import replay
from ops.histories import from_files
from ops.report import Report
from switchboard.codec import SEALED
from tests.engine.record import HISTORIES
from tests.ops.trouble import troubled, unwired


def named(case: str, *, moment: str = "pay-bill", sealed: bool = False, events: int = 1000) -> WorkflowHistory:
    (history,) = from_files([HISTORIES / "pay-bill" / "plain.json"])
    first = history.events[0].workflow_execution_started_event_attributes
    first.workflow_type.name = moment
    if sealed:
        first.input.payloads[0].CopyFrom(Payload(metadata={"encoding": SEALED, "key": b"k"}, data=b"x" * 40))
    return WorkflowHistory(f"{moment}/c_{case}/1", history.events[:events])


async def each(*histories: WorkflowHistory) -> AsyncIterator[WorkflowHistory]:
    for history in histories:
        yield history


async def test_whatever_befalls_a_history_is_named_and_the_others_are_replayed() -> None:
    histories = each(
        named("a"),
        named("hang"),
        named("b"),
        named("sealed", sealed=True),
        named("bare", events=1),
        named("crash"),
        named("strange", moment="buy-boat"),
        named("c"),
    )
    report, found = Report(), {}

    async for played in replay(histories, troubled, processes=1, patience=8):
        report.add(played)
        found[played.case.split("_")[1].split("/")[0]] = f"{played.result} {played.error}".strip()

    assert found == {
        "a": "fine",
        "hang": "broken hangs",
        "b": "fine",
        "sealed": "undecodable",
        "bare": "empty",
        "crash": "broken crashes",
        "strange": "broken no-moment",
        "c": "fine",
    }
    assert report.results == {"fine": 3, "parted": 0, "undecodable": 1, "empty": 1, "broken": 3}
    assert not report.good
    assert not active_children()


async def test_code_that_can_not_begin_says_why_and_whoever_stops_leaves_nothing_running() -> None:
    with pytest.raises(Misconfigured, match="SEGUE_MASTER_KEY"):
        async with aclosing(replay(each(named("a")), unwired, processes=1)) as playing:
            await anext(playing)

    assert not active_children()

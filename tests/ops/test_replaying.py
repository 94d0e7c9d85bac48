"""What became of a history: fine, parted at an event and a line, or nothing to replay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from models.case import Status
from ops.histories import from_files
from ops.replaying import Played, Replaying
from tests.engine.record import HISTORIES
from tests.ops.faulted import pay_bill
from workflows.catalogue import MOMENTS

BILLS = HISTORIES / "pay-bill"


def history(name: str) -> WorkflowHistory:
    (found,) = from_files([BILLS / f"{name}.json"])
    return found


async def replayed(*histories: WorkflowHistory, code: type | None = None, frames: bool = False) -> list[Played]:
    async def each() -> AsyncIterator[WorkflowHistory]:
        for one in histories:
            yield one

    workflows = [code] if code else list(MOMENTS.values())
    replaying = Replaying(workflows, pydantic_data_converter, frames=frames)
    return [played async for played in replaying.play(each())]


async def test_what_was_recorded_is_fine_and_its_journal_is_written_again() -> None:
    (played,) = await replayed(history("plain"))

    assert played.result == "fine"
    assert [row.what for page in played.pages for row in page.rows][-1] == "finished"


async def test_the_case_is_seen_after_each_of_its_workflow_tasks() -> None:
    (played,) = await replayed(history("corrected"), frames=True)

    assert [frame.event for frame in played.frames] == sorted({frame.event for frame in played.frames})
    asked = [[pending.question.key for pending in frame.state.pending] for frame in played.frames]
    assert asked[:6] == [[], ["amount"], ["when"], ["day"], ["method"], ["pay"]]
    assert played.frames[1].line == "pay_bill.py:35"
    assert played.frames[-1].state.status is Status.FINISHED


async def test_a_history_in_which_nothing_ran_is_named_and_passed_over() -> None:
    whole = history("plain")
    bare = WorkflowHistory("pay-bill/c_bare/1", whole.events[:1])

    played = await replayed(bare, whole, bare)

    assert [one.result for one in played] == ["empty", "fine", "empty"]
    assert played[0].case == "pay-bill/c_bare/1"


WHEN = "        when = await"
AMOUNT = 'amount = await self.ask(Amount("amount", most=bill.owed, suggest=[bill.owed, bill.minimum]))'
READS_AGAIN = f"        await self.do(Billing.open_bill, self.customer, name='again')\n{WHEN}"


@pytest.mark.parametrize(
    ("old", "new", "got"),
    [(WHEN, READS_AGAIN, "activity Billing.open_bill"), (AMOUNT, "amount = bill.owed", "update rejected")],
)
async def test_a_fault_is_found_with_its_event_and_its_line(tmp_path: Path, old: str, new: str, got: str) -> None:
    (played,) = await replayed(history("plain"), code=pay_bill(tmp_path, old, new))

    assert played.result == "parted"
    parting = played.parting
    assert parting is not None
    assert (parting.expected, parting.got, parting.line, parting.quiet) == (
        "local activity",
        got,
        "pay_bill.py:36",
        False,
    )
    recorded = next(event for event in history("plain").events if event.event_id == parting.event)
    assert recorded.HasField("marker_recorded_event_attributes")


async def test_what_temporal_takes_for_the_same_is_found_when_the_customer_would_notice(tmp_path: Path) -> None:
    silent = pay_bill(tmp_path, '        await self.tell("receipt", receipt)\n', "")

    (played,) = await replayed(history("plain"), code=silent)

    assert played.parting is not None
    assert played.parting.quiet
    assert "told receipt" in played.parting.expected
    assert "told nothing" in played.parting.got


async def test_a_script_that_breaks_off_tells_the_line(tmp_path: Path) -> None:
    broken = pay_bill(tmp_path, WHEN, f"        raise ValueError('x')\n{WHEN}")

    (played,) = await replayed(history("plain"), code=broken)

    assert played.parting is not None
    assert played.parting.line == "pay_bill.py:36"

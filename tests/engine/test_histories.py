"""Every recorded history replays: no change to a script or to the engine breaks the cases in flight.

Where one must, on purpose: ``python -m tests.engine.record``, and cases in flight move by worker versioning.
"""

import json
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from models.case import Closing, Opening
from models.questions import Text
from tests.engine.record import HISTORIES
from worker import sandbox
from workflows.catalogue import MOMENTS
from workflows.moment import Moment

FILES = sorted(HISTORIES.rglob("*.json"))


def load(file: Path) -> WorkflowHistory:
    recorded = json.loads(file.read_text("utf-8"))
    return WorkflowHistory.from_json(recorded.pop("id"), recorded)


def test_every_moment_has_histories() -> None:
    assert {file.parent.name for file in FILES} == set(MOMENTS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
async def test_a_recorded_history_replays(file: Path) -> None:
    replayer = Replayer(
        workflows=list(MOMENTS.values()), workflow_runner=sandbox(), data_converter=pydantic_data_converter
    )

    await replayer.replay_workflow(load(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_recorded_history_tells_nothing_of_where_it_was_made(file: Path) -> None:
    history = json.loads(file.read_text("utf-8"))
    text = json.dumps(history)

    assert "segue-sealed" not in text
    assert '"identity": "recorded"' in text
    assert not [part for part in ("/home/", "/root/", ".py") if part in text]


@workflow.defn(name="pay-bill")
class Other(Moment):
    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        await self.ask(Text("other"))


async def test_another_script_does_not_replay() -> None:
    replayer = Replayer(
        workflows=[Other], workflow_runner=UnsandboxedWorkflowRunner(), data_converter=pydantic_data_converter
    )

    with pytest.raises(NondeterminismError):
        await replayer.replay_workflow(load(HISTORIES / "pay-bill" / "plain.json"))

"""What a new build would do with open cases, foreseen from their histories in files, with nobody to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from typer.testing import CliRunner

from ops.commands.opening import Openers
from ops.commands.upgrading import add_upgrade_check
from ops.histories import from_files
from ops.upgrading import Forecast, Upgrading, in_files
from tests.engine.record import HISTORIES
from tests.ops.faulted import pay_bill
from tests.ops.rolling import METHOD
from workflows.catalogue import WORKFLOWS
from workflows.moment import Moment

BILLS = HISTORIES / "pay-bill"
TASK = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED


def open_cases(name: str) -> Iterator[WorkflowHistory]:
    """A recorded case as it was exported at each of its pauses: everything up to the next thing that happened."""
    (whole,) = from_files([BILLS / f"{name}.json"])
    began = [number for number, event in enumerate(whole.events) if event.event_type == TASK]
    for number in began[1:]:
        yield WorkflowHistory(whole.workflow_id, list(whole.events[:number]))


async def foreseen(name: str, *code: type[Moment]) -> dict[str, Forecast]:
    """By what each asks now, what would become of the case; the last where it asks the same for longer."""
    upgrading = Upgrading(code or WORKFLOWS, pydantic_data_converter)
    found = [one async for one in upgrading.check(in_files(open_cases(name)))]
    return {one.step: one for one in found if one.moves}


def kinds(found: dict[str, Forecast]) -> dict[str, list[str]]:
    return {step: [f.kind for f in one.findings if f.kind != "replay-parted"] for step, one in found.items()}


@pytest.mark.parametrize("name", ["instalments", "promised", "declined"])
async def test_the_code_they_run_on_moves_every_case_cleanly(name: str) -> None:
    found = await foreseen(name)

    assert len(found) >= 3
    assert {one.kind for one in found.values()} == {"moves-cleanly"}
    assert all(one.asks == (step,) for step, one in found.items())


async def test_a_question_added_in_the_middle_is_asked_next_and_what_was_said_stands(tmp_path: Path) -> None:
    code = pay_bill(tmp_path, METHOD, '        await self.ask(YesNo("reminder"))\n' + METHOD)

    found = await foreseen("autopay", code)

    assert {step: one.asks for step, one in found.items()} == {
        "amount": ("amount",), "when": ("when",), "method": ("reminder",), "pay": ("reminder",),
        "autopay": ("reminder",),
    }  # fmt: skip
    assert kinds(found) == {
        "amount": [], "when": [], "method": ["asks-new"], "pay": ["asks-new"],
        "autopay": ["sealed-differs", "asks-new"],
    }  # fmt: skip


async def test_a_question_that_goes_away_takes_its_answer_with_it(tmp_path: Path) -> None:
    asked = 'await self.ask(Choice("when", options=[NOW, LATER, *bill.arrangements]))'

    found = await foreseen("plain", pay_bill(tmp_path, asked, '"now"'))

    assert kinds(found) == {"amount": [], "when": ["asks-new"], "method": ["key-vanished"], "pay": ["key-vanished"]}
    assert found["method"].findings[0].key == "when"


async def test_a_key_that_changes_has_its_answer_asked_again_unless_it_says_what_it_was(tmp_path: Path) -> None:
    asked = 'Amount("amount", most=bill.owed, suggest=[bill.owed, bill.minimum])'
    changed = asked.replace('"amount"', '"sum"')

    bare = await foreseen("plain", pay_bill(tmp_path, asked, changed))
    known = await foreseen("plain", pay_bill(tmp_path, asked, f'{changed}, aka="amount"'))

    assert kinds(bare)["when"] == ["key-vanished", "asks-again"]
    assert bare["pay"].asks == ("sum",)
    assert {step: one.asks for step, one in known.items() if step != "amount"} == {
        "when": ("when",), "method": ("method",), "pay": ("pay",)
    }  # fmt: skip
    assert kinds(known)["pay"] == []


async def test_an_answer_that_no_longer_fits_is_named_with_what_does_not_do(tmp_path: Path) -> None:
    found = await foreseen("plain", pay_bill(tmp_path, "most=bill.owed", "most=bill.minimum"))

    unfit = found["pay"].findings[0]
    assert (unfit.kind, unfit.key, unfit.facts["why"]) == ("answer-unfit", "amount", "too-much")
    assert found["pay"].asks == ("amount",)


async def test_what_a_company_would_pay_for_is_worst(tmp_path: Path) -> None:
    confirm = '        await self.confirm("pay", amount=amount, day=day, method=method.label)\n'
    unasked = await foreseen("autopay", pay_bill(tmp_path, confirm, ""))
    twice = await foreseen("autopay", pay_bill(tmp_path, "payment, final=True", 'payment, name="paid", final=True'))

    assert unasked["pay"].kind == "acts"
    assert twice["autopay"].kind == "effect-again"
    assert twice["pay"].kind == "moves-cleanly"


async def test_a_script_that_breaks_off_says_where(tmp_path: Path) -> None:
    asked = 'saved=bill.methods))\n        await self.confirm("pay"'

    found = await foreseen("plain", pay_bill(tmp_path, asked, asked.replace("bill.methods", "bill.gone")))

    assert found["when"].kind == "moves-cleanly"
    stuck = found["method"].findings[0]
    assert stuck.facts["error"] == "AttributeError"
    assert stuck.facts["where"].startswith("pay_bill.py:")


async def test_a_moment_that_is_gone_is_unknown() -> None:
    (survey,) = [each for each in WORKFLOWS if each.id == "welcome"]

    (one, *_) = [f async for f in Upgrading([survey], pydantic_data_converter).check(in_files(open_cases("plain")))]

    assert (one.kind, one.moves) == ("moment-unknown", False)


def test_on_the_command_line_it_ends_with_what_it_is_told_to_fail_on(tmp_path: Path) -> None:
    for number, history in enumerate(open_cases("plain")):
        (tmp_path / f"{number}.json").write_text(history.to_json(), "utf-8")
    code = pay_bill(tmp_path, "most=bill.owed", "most=bill.minimum")

    @asynccontextmanager
    async def at_hand() -> Any:
        yield [code], pydantic_data_converter

    app = typer.Typer()
    app.callback()(lambda: None)
    add_upgrade_check(app, Openers(at_hand, at_hand))
    run = CliRunner().invoke

    hurt = run(app, ["upgrade-check", "--files", str(tmp_path), "--json"])
    mild = run(app, ["upgrade-check", "--files", str(tmp_path), "--fail-on", "stuck"])

    assert hurt.exit_code == 1
    assert json.loads(hurt.stdout)["kinds"]["answer-unfit"] == json.loads(hurt.stdout)["hurt"] > 0
    assert mild.exit_code == 0
    assert "amount does not take its answer any more (too-much)" in mild.stdout
    assert run(app, ["upgrade-check", "--fail-on", "nonsense"]).exit_code == 2

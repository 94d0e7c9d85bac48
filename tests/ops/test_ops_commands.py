"""The commands: what they say, and how they end, for a person and for a pipeline."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import typer
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from typer.testing import CliRunner, Result

from models.travel import Overview, Place
from ops.commands.opening import Opened, Openers
from ops.commands.replaying import add_replay
from ops.commands.travelling import add_travel, moved
from ops.replaying import Played, Replaying
from ops.report import Report
from tests.engine.record import HISTORIES
from tests.ops.faulted import pay_bill
from tests.ops.test_replaying import READS_AGAIN, WHEN, history
from workflows.catalogue import WORKFLOWS

PLAIN = str(HISTORIES / "pay-bill" / "plain.json")


@asynccontextmanager
async def code() -> AsyncIterator[tuple[Sequence[type], DataConverter]]:
    yield WORKFLOWS, pydantic_data_converter


def nothing() -> AbstractAsyncContextManager[Opened]:
    raise AssertionError("files need no server")


def run(*words: str) -> Result:
    app = typer.Typer()
    for add in (add_replay, add_travel):
        add(app, Openers(nothing, code))
    return CliRunner().invoke(app, words)


def test_replay_of_files_ends_well_and_tells_a_program() -> None:
    ended = run("replay", "--files", PLAIN, str(HISTORIES / "welcome" / "all.json"), "--processes", "1", "--json")

    assert ended.exit_code == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["good"], told["histories"], told["results"]["fine"]) == (True, 2, 2)
    assert told["moments"]["pay-bill"] == {"the end": {"fine": 1}}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("replay",), "Say which histories"),
        (("replay", "--files", "/nowhere.json", "--processes", "1"), "/nowhere.json: No such file"),
        (("replay", "--files", __file__, "--processes", "1"), "is no history"),
        (("travel",), "Say which case"),
        (("travel", "--file", PLAIN, "--at", "9999"), "There is no point 9999"),
    ],
)
def test_misuse_says_what_to_do(words: tuple[str, ...], says: str) -> None:
    ended = run(*words)

    assert ended.exit_code == 2
    assert says in ended.stderr
    assert ended.stdout == ""


def test_travel_shows_a_point_in_the_terminal_and_two_beside_each_other() -> None:
    ended = run("travel", "--file", PLAIN, "--at", "36")
    assert ended.exit_code == 0
    assert "Pay $40.00 now with Visa ending 4242?" in ended.stdout

    ended = run("travel", "--file", PLAIN, "--compare", "20", "26", "--json")
    assert [change["label"] for change in json.loads(ended.stdout)["changes"]][1:4] == [
        "when",
        "method",
        "payment time",
    ]


async def test_the_report_names_moment_line_event_and_what_to_look_at(tmp_path: Path) -> None:
    replaying = Replaying([pay_bill(tmp_path, WHEN, READS_AGAIN)], pydantic_data_converter)
    report = Report()
    played: list[Played] = [await replaying.one(history(name)) for name in ("plain", "later")]
    for one in played:
        report.add(one)

    told = report.document()

    (parting,) = told["partings"]
    assert (parting["moment"], parting["line"], parting["got"]) == (
        "pay-bill",
        "pay_bill.py:36",
        "activity Billing.open_bill",
    )
    assert [case["case"] for case in parting["cases"]] == [one.case for one in played]
    assert all(case["event"] for case in parting["cases"])
    assert not told["good"]


def test_keys_lead_from_point_to_point() -> None:
    at = [{"place": f"1.{n}", "number": n, "at": "2026-01-01T00:00:00Z", "standing": "good"} for n in range(4)]
    at[2]["trouble"] = "stuck"
    places = tuple(Place.model_validate(each) for each in at)
    about = {"case": "a/b/1", "moment": "a", "customer": "b", "language": "en", "zone": "UTC", "result": "fine"}
    overview = Overview.model_validate({**about, "runs": 1, "events": 9, "places": places, "opens": 3})

    walked = [0]
    for key in ("next", "last", "next", "trouble", "back", "first", "back", ""):
        walked.append(moved(overview, walked[-1], key))

    assert walked == [0, 1, 3, 3, 2, 1, 0, 0, 0]

"""What was renamed: a moment keeps its cases, links and words, a question keeps its answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.wording.book import wording
from models import renamed
from models.case import Note, Status
from models.people import Address, Assurance, Channel
from switchboard.switchboard import Switchboard
from tests.moments.routes_pay_bill import FORTY, VISA, starter
from tests.ops.faulted import pay_bill
from tests.switchboard.conftest import Town, town
from workflows.catalogue import MOMENTS
from workflows.rehearsal import Rehearsal
from workflows.renaming import formerly

__all__ = ["town"]


@pytest.fixture(autouse=True)
def once_called_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(renamed.FORMERLY, "settle-bill", "pay-bill")


async def test_whoever_asks_for_the_old_moment_gets_the_new_one(town: Town) -> None:
    board: Switchboard = town.parts.switchboard
    ann = await board.recognise(Channel.SMS, Address(kind="phone", value="+14155550111"), Assurance.POSSESSION)

    turn = await board.start(ann, "settle-bill", "r1")
    again = await board.start(ann, "pay-bill", "r2")

    assert turn.case == again.case == f"pay-bill/{ann.customer}/1"


async def test_an_open_case_of_the_old_moment_is_the_customers_and_no_second_one_begins(town: Town) -> None:
    board: Switchboard = town.parts.switchboard
    ann = await board.recognise(Channel.SMS, Address(kind="phone", value="+14155550112"), Assurance.POSSESSION)
    old = await board.cases.open(ann.customer, "settle-bill")

    held = await board._held(ann, "pay-bill")

    assert held is not None
    assert held.id == old.id


def test_people_read_the_words_of_the_new_moment() -> None:
    words = wording("en", "UTC")

    assert words.moment_name("settle-bill", "title") == words.moment_name("pay-bill", "title")
    assert words.label("settle-bill", "pay") == words.label("pay-bill", "pay")


def test_temporal_finds_the_code_under_the_old_id() -> None:
    old = formerly(MOMENTS["pay-bill"], "settle-bill")

    assert vars(old)["__temporal_workflow_definition"].name == "settle-bill"
    assert old.id == "pay-bill"


async def test_an_answer_stands_under_the_questions_new_key(tmp_path: Path) -> None:
    asked = 'Amount("amount", most=bill.owed, suggest=[bill.owed, bill.minimum])'
    code = pay_bill(tmp_path, asked, asked.replace('"amount"', '"sum"') + ', aka="amount"')
    case = Rehearsal(MOMENTS["pay-bill"], *starter())
    await case.arrive()
    await case.answer("amount", FORTY)

    case.moment = code
    await case.move()

    turn = await case.answer("when", "now")
    assert {line.key: line.value for line in turn.answers} == {"sum": FORTY, "when": "now"}
    turn = await case.correct("sum", {"amount": "50.00", "currency": "USD"})
    assert (turn.note, turn.status) == (None, Status.OPEN)
    turn = await case.answer("method", VISA)
    assert (await case.answer("pay", True)).status is Status.FINISHED
    assert turn.note is not Note.UNFIT

"""docs/report-lost-card.md does what it says: its files are put in place, played, called off and tried again."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from channels import sms
from channels.reading import Said, Understood, read
from channels.wording import book
from models.case import Status
from models.people import Channel
from tests.rules.test_moments import faults
from tests.rules.tree import ROOT, fenced, source
from workflows.rehearsal import Rehearsal

PAGE = (ROOT / "docs/report-lost-card.md").read_text("utf-8")
FILES = {mark.partition(" file=")[2]: text for mark, text in fenced(PAGE) if " file=" in mark}
[TRANSCRIPT] = [text for mark, text in fenced(PAGE) if mark == "transcript"]
MODULES = ("activities/cards.py", "simulators/cards.py", "workflows/report_lost_card.py")


def load(folder: Path, path: str, patch: pytest.MonkeyPatch) -> ModuleType:
    """A file of the page, as the module it would be."""
    name = path.removesuffix(".py").replace("/", ".")
    spec = importlib.util.spec_from_file_location(name, folder / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    patch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """The page's system, and its case beside all that there is."""
    shutil.copytree(book.FOLDER, tmp_path / "channels/wording")
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.setattr(book, "FOLDER", tmp_path / "channels/wording")
    steps, pretend, script = (load(tmp_path, path, monkeypatch) for path in MODULES)
    book._bundle.cache_clear()
    system = pretend.PretendCards(arrives=date(2026, 3, 6))
    yield system, Rehearsal(script.ReportLostCard, steps.Cards(system))
    book._bundle.cache_clear()


def test_the_page_brings_all_of_a_moment() -> None:
    assert set(FILES) == {*MODULES, "channels/wording/en/report-lost-card.ftl"}
    script = source("workflows/report_lost_card.py", FILES["workflows/report_lost_card.py"])
    assert faults(script) == []


async def test_the_conversation_goes_as_the_page_says(built: tuple[Any, Any]) -> None:
    system, case = built
    system.blocked["credit"] = "somebody else"
    words = book.Wording("en", "America/New_York")
    turn = await case.arrive(Channel.SMS)
    heard = [f"Segue: {sms.render(turn, words)}"]
    for said in re.findall(r"^Customer: (.*)$", TRANSCRIPT, re.MULTILINE):
        reading = read(turn.question.question, Said(said, "typed"), today=case.host.clock.date())
        assert isinstance(reading, Understood), (said, reading)
        turn = await case.answer(turn.question.question.key, reading.value, Channel.SMS)
        heard += [f"Customer: {said}", f"Segue: {sms.render(turn, words)}"]
    assert "\n".join(heard) == re.sub(r"\n +", "\n", TRANSCRIPT.strip())
    assert (list(system.blocked), len(system.sent)) == (["credit", "debit"], 1)


async def test_calling_it_off_unblocks_the_card(built: tuple[Any, Any]) -> None:
    system, case = built
    await case.arrive()
    await case.answer("card", "debit")
    assert list(system.blocked) == ["debit"]
    turn = await case.cancel()
    assert turn.status is Status.CANCELLED
    assert system.blocked == {}


async def test_it_was_the_other_card(built: tuple[Any, Any]) -> None:
    system, case = built
    await case.arrive()
    await case.answer("card", "debit")
    await case.correct("card", "credit")
    assert list(system.blocked) == ["credit"]


async def test_a_lost_answer_is_no_card_blocked_before(built: tuple[Any, Any]) -> None:
    system, case = built
    system.lost = 1
    await case.arrive()
    await case.answer("card", "debit")
    await case.skips(minutes=20)
    assert case.case.asking.find("day")
    assert list(system.blocked) == ["debit"]

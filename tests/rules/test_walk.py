"""docs/writing-a-moment.md does what it says: its files are put in place and its conversation is played."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fluent.syntax import FluentParser, ast as fluent

from channels import sms
from channels.reading import Said, Understood, read
from channels.wording import book
from models.people import Channel
from tests.rules.tree import ROOT, fenced
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

SCRIPT = "workflows/report_lost_card.py"
WORDING = "channels/wording/en/report-lost-card.ftl"


class Line(NamedTuple):
    """One line of a transcript: who speaks, and the words."""

    who: str
    words: str


class Walk(NamedTuple):
    """What the page builds: the files by path, and the conversation they make possible."""

    files: dict[str, str]
    transcript: list[Line]


def walk() -> Walk:
    """The page's files and transcript, exactly as printed; an indented line goes on with the one before."""
    files: dict[str, str] = {}
    lines: list[Line] = []
    for mark, text in fenced((ROOT / "docs/writing-a-moment.md").read_text("utf-8")):
        kind, _, path = mark.partition(" file=")
        if path:
            files[path] = text
        elif kind == "transcript":
            said = re.findall(r"^(Segue|Customer): (.*(?:\n +.*)*)$", text, re.MULTILINE)
            lines += [Line(who, re.sub(r"\n +", "\n", words)) for who, words in said]
    return Walk(files, lines)


def spoken(script: str) -> Iterator[tuple[str, str]]:
    """Each verb of a script that has a wording, with its key."""
    for call in ast.walk(ast.parse(script)):
        match call:
            case (
                ast.Call(func=ast.Attribute(attr="ask"), args=[ast.Call(args=[ast.Constant(value=str(key)), *_])])
                | ast.Call(func=ast.Attribute(attr="confirm" | "tell"), args=[ast.Constant(value=str(key)), *_])
            ):
                assert isinstance(call.func, ast.Attribute)
                yield call.func.attr, key


def test_the_moment_has_at_most_25_lines() -> None:
    script = walk().files[SCRIPT]
    assert len([line for line in script.splitlines() if line.strip()]) <= 25
    assert [verb for verb, _ in spoken(script)].count("ask") == 3


def test_the_page_words_all_that_is_said() -> None:
    files = walk().files
    wording = FluentParser().parse(files[WORDING])
    assert [entry.content for entry in wording.body if isinstance(entry, fluent.Junk)] == []
    ids = {entry.id.name for entry in wording.body if isinstance(entry, fluent.Message)}
    wanted = {f"report-lost-card-{'told-' if verb == 'tell' else ''}{key}" for verb, key in spoken(files[SCRIPT])}
    assert wanted <= ids


@pytest.fixture
def moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Moment]]:
    """The page's moment, with its wording beside all other wording."""
    files = walk().files
    shutil.copytree(book.FOLDER, tmp_path / "channels/wording")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.setattr(book, "FOLDER", tmp_path / "channels/wording")
    spec = importlib.util.spec_from_file_location("report_lost_card", tmp_path / SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    book._bundle.cache_clear()
    yield module.ReportLostCard
    book._bundle.cache_clear()


async def test_the_conversation_goes_as_the_page_says(moment: type[Moment]) -> None:
    words = book.Wording("en", "America/New_York")
    case = Rehearsal(moment)
    turn = await case.arrive(Channel.SMS)
    heard = [Line("Segue", sms.render(turn, words))]
    for line in walk().transcript:
        if line.who == "Customer":
            assert turn.question, "nothing is asked here"
            reading = read(turn.question.question, Said(line.words, "typed"), today=case.host.clock.date())
            assert isinstance(reading, Understood), (line.words, reading)
            turn = await case.answer(turn.question.question.key, reading.value, Channel.SMS)
            heard += [line, Line("Segue", sms.render(turn, words))]
    assert turn.status.closed
    assert heard == walk().transcript

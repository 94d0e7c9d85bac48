"""A moment reads like a conversation: straight, short, the same on every re-run, and blind to channels."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from models.people import Channel
from tests.rules.test_doors import imported
from tests.rules.tree import ROOT, Source, fenced, source, sources

VERBS = {"ask", "confirm", "reject", "each", "tell", "do", "wait_for", "verify", "hand_over", "offer"}
MAY_IMPORT = {"activities", "models", "temporalio"}
UNSTEADY_MODULES = {"asyncio", "os", "random", "secrets", "socket", "threading", "time", "uuid"}
UNSTEADY_CALLS = {"now", "utcnow", "today", "random", "randint", "choice", "shuffle", "uuid1", "uuid4", "uuid7", "time",
                  "monotonic", "sleep", "getenv"}  # fmt: skip
CHANNELS = {channel.value for channel in Channel}


def is_moment(file: Source) -> bool:
    """Whether a file of workflows/ holds a class that derives from Moment."""
    return file.path.startswith("workflows/") and any(
        isinstance(node, ast.ClassDef) and any(ast.unparse(base).split(".")[-1] == "Moment" for base in node.bases)
        for node in ast.walk(file.tree)
    )


def strays(file: Source) -> Iterator[tuple[int, str]]:
    if len(file.text.splitlines()) > 80:
        yield 81, "a script has at most 80 lines"
    for node in ast.walk(file.tree):
        match node:
            case ast.While():
                yield node.lineno, "no `while`: a re-run repeats, a script does not"
            case ast.ExceptHandler(type=None):
                yield node.lineno, "no bare `except`: stopping a script must get through"
            case ast.ExceptHandler(type=caught) if caught and "BaseException" in ast.unparse(caught):
                yield node.lineno, "no `except BaseException`: stopping a script must get through"
            case ast.Try(finalbody=[_, *_] as last) | ast.TryStar(finalbody=[_, *_] as last):
                yield from ((line, "no verbs in `finally`") for line in verbs_in(last))
            case ast.Call(func=func) if unsteady(func):
                yield node.lineno, f"{ast.unparse(func)} differs on each re-run; use self.today"


def verbs_in(body: list[ast.stmt]) -> Iterator[int]:
    for node in (inner for statement in body for inner in ast.walk(statement)):
        verb = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VERBS
        if verb or isinstance(node, ast.Await):
            assert isinstance(node, ast.expr)
            yield node.lineno


def unsteady(func: ast.expr) -> bool:
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return name in UNSTEADY_CALLS and ast.unparse(func) != "self.today"


def strange_imports(file: Source) -> Iterator[tuple[int, str]]:
    for line, module in imported(file.tree):
        top = module.partition(".")[0]
        steady = top in sys.stdlib_module_names and top not in UNSTEADY_MODULES
        if not (steady or top in MAY_IMPORT or f"{module}.".startswith("workflows.moment.")):
            yield line, f"a script does not import {module}"


def channel_names(file: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(file.tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)) | ast.alias(name=word):
                if word.lower() in CHANNELS or word in {"Channel", "channel", "channels"}:
                    yield node.lineno, f"{word!r}: a script knows no channel"


RULES = {"steady": strays, "imports": strange_imports, "blind to channels": channel_names}


def faults(file: Source) -> list[str]:
    return [f"{file.path}:{line} {why}" for rule in RULES.values() for line, why in rule(file)]


def test_there_is_a_moment() -> None:
    assert any(is_moment(file) for file in sources())


def test_every_moment_keeps_the_rules() -> None:
    assert [fault for file in sources() if is_moment(file) for fault in faults(file)] == []


def test_the_moments_of_the_pages_keep_the_rules() -> None:
    for page in (ROOT / "README.md", ROOT / "docs/writing-a-moment.md"):
        scripts = [text for mark, text in fenced(page.read_text("utf-8")) if mark.startswith("python")]
        assert any("(Moment)" in text for text in scripts), page
        assert [fault for text in scripts for fault in faults(source(page.name, text))] == []


@pytest.mark.parametrize(
    "breach",
    [
        "while True:\n    pass",
        "try:\n    pass\nexcept:\n    pass",
        "try:\n    pass\nexcept (ValueError, BaseException):\n    pass",
        "async def f(self):\n    try:\n        pass\n    finally:\n        await self.tell('receipt')",
        "workflow.now()",
        "date.today()",
        "workflow.uuid4()",
        "import random",
        "from workflows.engine import ledger",
        "from channels.wording.book import wording",
        "import httpx",
        "from models.people import Channel",
        "if way == 'sms':\n    pass",
        "\n" * 81,
    ],
)
def test_a_breach_is_seen(breach: str) -> None:
    assert faults(source("workflows/lose_thread.py", breach))


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import timedelta",
        "from workflows.moment import Moment",
        "from temporalio import workflow",
        "today = self.today('today')",
        "from activities.billing import Billing",
    ],
)
def test_what_a_script_may_do_passes(line: str) -> None:
    assert faults(source("workflows/pay_bill.py", line)) == []

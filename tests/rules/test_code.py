"""Files and functions stay short, names say what they are, and no rule is switched off without a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.rules.tree import Source, comments, source, sources

EMPTY_NAMES = {
    "common",
    "core",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "shared",
    "util",
    "utils",
}
BARE = re.compile(r"#\s*(type:\s*ignore(?!\[[\w, -]+\]\W*\w)|noqa(?!:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*\W+\w)|ruff:\s*noqa)")
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SKIPS = {"skip", "skipif", "importorskip"}


def too_long(file: Source) -> Iterator[str]:
    lines, most = len(file.text.splitlines()), 400 if file.is_test else 300
    if lines > most:
        yield f"{file.path} has {lines} lines; {most} are enough"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            span = (node.end_lineno or node.lineno) - node.lineno + 1
            if span > 40:
                yield f"{file.path}:{node.lineno} {node.name} has {span} lines; 40 are enough"


def nameless(file: Source) -> Iterator[str]:
    for part in file.path.removesuffix(".py").split("/"):
        if EMPTY_NAMES & set(part.split("_")):
            yield f"{file.path}: {part!r} says nothing about what is in it"


def without_docstring(file: Source) -> Iterator[str]:
    if not file.text.strip():
        return
    first, _, rest = (ast.get_docstring(file.tree) or "").partition("\n")
    if not first.endswith((".", "?", "!")):
        yield f"{file.path}: a module begins with one line that says what it is for"
    elif rest and not rest.startswith("\n"):
        yield f"{file.path}: the docstring's first line stands alone"


def unexplained(file: Source) -> Iterator[str]:
    if not BARE.search(file.text) and not LATER.search(file.text):
        return  # nor in any comment of it
    for remark in comments(file):
        if BARE.search(remark.text):
            yield f"{remark.where}: an opt-out names its code and gives a reason: {remark.text}"
        if LATER.search(remark.text):
            yield f"{remark.where}: do it, or leave it: {remark.text}"


def skipped(file: Source) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute) and node.attr in SKIPS and ast.unparse(node).startswith("pytest."):
            yield f"{file.path}:{node.lineno}: a test runs or goes"


RULES = {
    "files and functions are short": too_long,
    "names say something": nameless,
    "modules say what they are for": without_docstring,
    "opt-outs have codes and reasons": unexplained,
    "no test is skipped": skipped,
}


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_the_rule(rule: str) -> None:
    assert [fault for file in sources() for fault in RULES[rule](file)] == []


BROKEN = {
    "files and functions are short": ("models/a.py", "def f() -> None:\n" + "    print()\n" * 41),
    "names say something": ("models/date_utils.py", '"""Dates."""\n'),
    "modules say what they are for": ("models/a.py", "x = 1\n"),
    "opt-outs have codes and reasons": ("models/a.py", '"""A."""\nx = 1  # type: ignore[assignment]\n'),
    "no test is skipped": ("tests/a.py", '"""A."""\n@pytest.mark.skipif(True)\ndef test() -> None: ...\n'),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_sees_a_breach(rule: str) -> None:
    assert list(RULES[rule](source(*BROKEN[rule])))


@pytest.mark.parametrize("mark", ["type: ignore", "noqa", "noqa: E501", "type: ignore[misc]", "ruff: noqa: E501"])
def test_an_opt_out_without_code_or_reason_is_seen(mark: str) -> None:
    assert BARE.search(f"# {mark}")


@pytest.mark.parametrize(
    "mark",
    ["type: ignore[misc]  # the library ships no types", "noqa: BLE001 - a bug becomes stuck, never a lost case"],
)
def test_an_opt_out_with_code_and_reason_passes(mark: str) -> None:
    assert not BARE.search(f"# {mark}")


def test_the_product_comments_little() -> None:
    files = [file for file in sources() if file.is_product]
    lines = sum(1 for file in files for line in file.text.splitlines() if line.strip())
    remarks = sum(1 for file in files for line in file.text.splitlines() if line.lstrip().startswith("#"))
    assert remarks <= 0.05 * lines, f"{remarks} of {lines} lines are comments"

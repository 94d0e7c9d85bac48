"""The project's own files, as the rules read them."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = (
    "workflows",
    "activities",
    "switchboard",
    "channels",
    "insight",
    "models",
    "database",
    "gateway",
    "simulators",
)
ROOT_FILES = ("settings.py", "bootstrap.py", "doors.py", "worker.py", "server.py", "cli.py")
LEFT_OUT = {"build", "dist"}


class Source(NamedTuple):
    """One Python file: its path from the root, with ``/``, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def is_test(self) -> bool:
        return self.path.startswith("tests/")

    @property
    def is_product(self) -> bool:
        return self.path in ROOT_FILES or self.path.split("/", 1)[0] in PACKAGES


class Remark(NamedTuple):
    """One comment: where it stands and what it says."""

    where: str
    text: str


def paths(pattern: str) -> Iterator[Path]:
    """Files below the root whose name matches, without what tools leave behind."""
    for path in sorted(ROOT.rglob(pattern)):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(part.startswith(".") or part in LEFT_OUT for part in parts[:-1]):
            yield path


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the project."""
    return tuple(source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths("*.py"))


def source(path: str, text: str) -> Source:
    return Source(path, text, ast.parse(text, path))


def comments(file: Source) -> Iterator[Remark]:
    """The comments of a file; strings that look like one are none."""
    for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
        if token.type == tokenize.COMMENT:
            yield Remark(f"{file.path}:{token.start[0]}", token.string)


def pages() -> list[Path]:
    """Every Markdown page of the project."""
    return list(paths("*.md"))


def fenced(page: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a page: what stands behind the opening fence, and the block's text."""
    for match in re.finditer(r"^```([^\n]*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield match[1].strip(), match[2]


def between(page: str, name: str) -> str:
    """The text of a page between ``<!-- name -->`` and ``<!-- /name -->``."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", page, re.DOTALL)
    assert match, f"the page has no part marked {name}"
    return match[1].strip()

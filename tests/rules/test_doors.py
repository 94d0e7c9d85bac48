"""What import-linter can't see: the root files, and who reads the environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.tree import ROOT_FILES, Source, source, sources

DOORS = {
    "twilio": ("channels/providers/twilio.py",),
    "stripe": ("activities/processor_stripe.py",),
    "sendgrid": ("channels/providers/sendgrid.py",),
    "authlib": ("gateway/staff/provider.py",),
    "argon2": ("database/passwords.py",),
    "sqlalchemy": ("database/", "models/tables/", "models/columns.py"),
    "temporalio": ("workflows/", "activities/", "switchboard/", "ops/", "bench/", *ROOT_FILES),
}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "dotenv"}


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever in the file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def strangers(file: Source) -> Iterator[str]:
    for line, module in imported(file.tree):
        doors = DOORS.get(module.partition(".")[0])
        if doors is not None and not file.path.startswith(doors):
            yield f"{file.path}:{line} imports {module}, whose door is {' or '.join(doors)}"


def environment_readers(file: Source) -> Iterator[str]:
    if file.path == "settings.py":
        return
    seen = {(node.lineno, ast.unparse(node)) for node in ast.walk(file.tree) if isinstance(node, ast.Attribute)}
    for line, name in sorted(seen | set(imported(file.tree))):
        if name in ENVIRONMENT:
            yield f"{file.path}:{line} uses {name}; only settings.py reads the environment"


def test_each_library_has_its_doors() -> None:
    assert [fault for file in sources() if file.is_product for fault in strangers(file)] == []


def test_only_settings_reads_the_environment() -> None:
    assert [fault for file in sources() if file.is_product for fault in environment_readers(file)] == []


@pytest.mark.parametrize(
    "line", ["import twilio.rest", "from sqlalchemy import select", "from temporalio import client"]
)
def test_a_side_door_is_seen(line: str) -> None:
    assert list(strangers(source("gateway/app.py", line)))


@pytest.mark.parametrize("line", ["import os\nos.environ['A']", "from os import getenv", "import os\nos.getenv('A')"])
def test_a_reader_of_the_environment_is_seen(line: str) -> None:
    assert list(environment_readers(source("gateway/app.py", line)))


def test_the_engine_knows_no_temporal() -> None:
    engine = [file for file in sources() if str(file.path).startswith("workflows/engine/")]
    assert len(engine) > 5
    knowing = {str(f.path) for f in engine for _, name in imported(f.tree) if name.partition(".")[0] == "temporalio"}
    assert knowing == {"workflows/engine/temporal_host.py"}

"""What a release rests on: the changelog's form, the lock's hashes, the licence and the Makefile."""

from __future__ import annotations

import re
import subprocess
import tomllib
from datetime import date
from itertools import pairwise

import pytest

from tests.rules.tree import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def versions() -> list[tuple[tuple[int, ...], date]]:
    found = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", CHANGELOG, re.MULTILINE)
    return [(tuple(map(int, version.split("."))), date.fromisoformat(day)) for version, day in found]


def test_the_changelog_has_its_form() -> None:
    assert CHANGELOG.startswith("# Changelog\n")
    heads = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert len(heads) == len(versions()) + 1, "a version's heading is: ## [1.2.3] - 2026-01-31"
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE)) <= KINDS


def test_versions_stand_newest_first() -> None:
    assert all(newer[0] > older[0] and newer[1] >= older[1] for newer, older in pairwise(versions()))
    assert all(version <= tuple(map(int, PROJECT["version"].split("."))) for version, _ in versions())


def locked() -> dict[str, list[str]]:
    """Each library of the lock with the hashes it may have."""
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    return {re.split(r"==", block)[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in blocks}


def test_every_library_is_locked_by_its_hash() -> None:
    assert [name for name, hashes in locked().items() if not hashes] == []


def test_the_lock_names_no_index() -> None:
    assert "://" not in LOCK
    assert not re.search(r"--(index-url|extra-index-url|find-links|trusted-host)", LOCK)


@pytest.mark.parametrize("wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_what_the_project_needs_is_locked(wanted: str) -> None:
    name = re.match(r"[\w.-]+", wanted)
    assert name
    assert re.sub(r"[._]", "-", name[0].lower()) in locked()


def test_the_decision_on_libraries_names_them_all() -> None:
    table = (ROOT / "docs/decisions/0002-libraries.md").read_text("utf-8")
    listed = re.findall(
        r"^\| ([a-z][\w.-]*) \| [^|]+ \| [^|]+ \| [^|]+ \| (?:yes|no|a program) \|$", table, re.MULTILINE
    )
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert sorted(listed) == sorted(re.split(r"[^\w.-]", name)[0] for name in needed)


def test_the_licence_is_apache_2() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert PROJECT["license"] == "Apache-2.0"
    for part in (
        "Apache License",
        "Version 2.0, January 2004",
        "END OF TERMS AND CONDITIONS",
        "APPENDIX: How to apply",
    ):
        assert part in licence


def test_ci_is_a_script_that_parses() -> None:
    script = ROOT / ".ci/run"
    subprocess.run(["bash", "-n", script], check=True)
    assert "set -euo pipefail" in script.read_text("utf-8")


def test_make_says_what_it_can_do() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for target in ("run", "test", "check", "fmt", "lock"):
        assert f"make {target} " in shown.stdout

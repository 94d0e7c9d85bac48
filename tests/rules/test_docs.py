"""The pages can't rot: their trees, commands, code, links and records are held against the project itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rules.tree import PACKAGES, ROOT, between, fenced, pages

README = (ROOT / "README.md").read_text("utf-8")
TEXT = "\n".join(page.read_text("utf-8") for page in pages())
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def code(path: str) -> str:
    """A file of the project, or, with ``#Name``, the class of that name in it."""
    file, _, name = path.partition("#")
    text = (ROOT / file).read_text("utf-8")
    if not name:
        return text
    [found] = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == name]
    first = min([found.lineno, *(mark.lineno for mark in found.decorator_list)])
    return "\n".join(text.splitlines()[first - 1 : found.end_lineno]) + "\n"


def test_the_readme_shows_a_moment_as_it_is() -> None:
    shown = {mark.partition("file=")[2]: text for mark, text in fenced(README) if "file=" in mark}
    assert "workflows/pay_bill.py#PayBill" in shown
    for path, text in shown.items():
        assert text == code(path), f"README.md shows another {path} than there is"


def test_the_readme_tree_is_the_tree() -> None:
    named = [word for line in between(README, "tree").splitlines() for word in line.split("  ")[0].split()]
    missing = [word for word in named if word != "```" and not (ROOT / word).exists()]
    assert missing == []
    assert [package for package in PACKAGES if f"{package}/" not in named] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))


def test_every_make_command_named_is_there() -> None:
    assert (
        set(re.findall(r"`make ([a-z]+)", TEXT)) | set(re.findall(r"^make ([a-z]+)", TEXT, re.MULTILINE)) <= targets()
    )


def test_every_segue_command_named_is_there() -> None:
    from cli import app

    commands = set(re.findall(r"`segue ([a-z -]+?)(?: [A-Z].*?)?`", TEXT))
    results = {command: CliRunner().invoke(app, [*command.split(), "--help"]) for command in commands}
    assert {command: result.output for command, result in results.items() if result.exit_code} == {}
    assert "up" in commands


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{name_of(page)} -> {target}"
        for page in pages()
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
        if "://" not in target and not leads_somewhere(page, target)
    ]
    assert broken == []


def leads_somewhere(page: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    goal = (page.parent / file).resolve() if file else page
    if not goal.exists() or not anchor:
        return goal.exists()
    heads = re.findall(r"^#+ (.+)$", goal.read_text("utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def test_decisions_are_numbered_without_gaps() -> None:
    assert [page.name[:5] for page in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.match(rf"# {int(page.name[:4]):04}: \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Check"]


def test_every_word_of_the_design_is_in_the_glossary() -> None:
    words = set(re.findall(r"^\*\*(.+?)\*\*", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE))
    assert words >= {
        "moment", "case", "question", "answer", "revision", "turn", "notice", "ledger", "fact", "channel", "provider",
        "carrier", "company", "pass", "assurance", "claim", "timeline", "journal",
    }  # fmt: skip

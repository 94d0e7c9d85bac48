"""Every test that docs/attacks.md names is there."""

from __future__ import annotations

import re

from tests.surroundings import ROOT


def test_every_test_named_is_there() -> None:
    named = re.findall(r"`((?:tests/[\w/]+\.py)?)(?:::(\w+))?`", (ROOT / "docs" / "attacks.md").read_text("utf-8"))
    file, count = "", 0
    for path, name in named:
        file = path or file
        count += bool(name)
        assert (f"def {name}(" if name else "def test_") in (ROOT / file).read_text("utf-8"), (
            f"{file}::{name}" if name else file
        )
    assert count > 40

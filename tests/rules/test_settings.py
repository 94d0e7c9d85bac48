"""Every setting is explained in one table, and the example names nothing that is not one."""

from __future__ import annotations

import re
import subprocess
import sys

from settings import Settings
from tests.rules.tree import ROOT, between

ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| (.*) \| (.+) \|$", re.MULTILINE)
TABLE = between((ROOT / "README.md").read_text("utf-8"), "settings")


def settings() -> dict[str, str]:
    """Each setting's name in the environment and its description, in the order of settings.py."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    return {
        str(field.validation_alias or field.alias or prefix + name).upper(): str(field.description)
        for name, field in Settings.model_fields.items()
    }


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_readme_explains_every_setting() -> None:
    assert {name: meaning for name, _, meaning in ROW.findall(TABLE)} == settings()


def test_the_readme_has_the_table_that_settings_prints() -> None:
    printed = subprocess.run([sys.executable, "-m", "settings"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == TABLE


def test_the_example_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    named = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)
    assert len(named) == len(set(named))
    assert {name for name in named if not name.startswith("TEMPORAL_")} == {
        name for name in settings() if not name.startswith("TEMPORAL_")
    }

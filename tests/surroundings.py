"""What each process does before its first test, and what its tests share: an environment, a browser, a machine."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import expect

from bootstrap import settle
from switchboard.languages import warm
from tests.database.kept import db, kept_database, made_file
from tests.gateway.browser import browser
from tests.stories.world import running

__all__ = ["browser", "db", "kept_database", "made_file", "running"]

ROOT = Path(__file__).resolve().parent.parent

# Hypothesis itself picks its "ci" profile where CI is set: the same examples in every run. No profile has a deadline:
# a slow machine is not a fault.
hypothesis.settings.register_profile(
    "segue", hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()), deadline=None
)
hypothesis.settings.load_profile("segue")

# Nor is a slow page: what is waited for comes, or it does not.
expect.set_options(timeout=15_000)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of several processes each begins with its share of all tests, and then finds the others' compiled."""
    gc.disable()  # what is loaded now stays
    if hasattr(session.config, "workerinput") and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        number, of = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        for file in sorted(ROOT.glob("tests/**/test_*.py"))[number::of]:
            with contextlib.suppress(Exception):  # told when it is collected
                import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Thousands of tests and all they import: walking over them again and again took a fifth of a run."""
    gc.enable()
    settle()


def pytest_sessionfinish() -> None:
    """Pytest looks five times for what was never closed: it need not walk over all the rest each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def warmed() -> None:
    """As a server is before it takes its first message."""
    warm()


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """No setting of the developer's own machine reaches a test: real accounts stay out of reach."""
    names = [line.lstrip("# ").partition("=")[0] for line in (ROOT / ".env.example").read_text("utf-8").splitlines()]
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            if name.isupper():
                patch.delenv(name, raising=False)
        yield

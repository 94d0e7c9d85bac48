"""What every test shares: a clean environment and one way to run Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import expect

from bootstrap import settle
from switchboard.languages import warm
from tests.gateway.browser import browser

__all__ = ["browser"]

ROOT = Path(__file__).resolve().parent.parent

# Hypothesis itself picks its "ci" profile where CI is set: the same examples in every run. No profile has a deadline:
# a slow machine is not a fault.
hypothesis.settings.register_profile(
    "segue", hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()), deadline=None
)
hypothesis.settings.load_profile("segue")

# Begun first, so that no worker is left alone with them in the end: they wait for real processes, the rest computes.
LONGEST = (
    *("matrix/test_real_switches", "stories/test_second_tries", "stories/test_a_bill_is_paid"),
    *("stories/test_what_goes_wrong", "attacks/test_on_real_processes", "gateway/test_browser"),
    *("stories/", "matrix/", "gateway/test_desk_browser", "bench/test_turns", "engine/"),
)

# Nor is a slow page: what is waited for comes, or it does not.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; what runs in which process stays by file."""
    items.sort(key=lambda item: next((n for n, part in enumerate(LONGEST) if f"tests/{part}" in item.nodeid), 99))


def pytest_collection_finish() -> None:
    """Thousands of tests and all they import stay: walking over them again and again took a fifth of a run."""
    settle()


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

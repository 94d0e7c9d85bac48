"""What every test shares: a clean environment and one way to run Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import expect
from xdist.scheduler import LoadFileScheduling

from bootstrap import settle
from switchboard.languages import warm
from tests.gateway.browser import browser
from tests.stories.world import running

__all__ = ["browser", "running"]

ROOT = Path(__file__).resolve().parent.parent

# Hypothesis itself picks its "ci" profile where CI is set: the same examples in every run. No profile has a deadline:
# a slow machine is not a fault.
hypothesis.settings.register_profile(
    "segue", hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()), deadline=None
)
hypothesis.settings.load_profile("segue")

# The stories that share one machine, in two lots: every process that runs one starts a machine of its own.
ON_ONE_MACHINE = {
    "first machine": ("stories/test_second_tries", "stories/test_what_goes_wrong", "stories/test_consent"),
    "second machine": ("stories/", "matrix/test_real_switches", "attacks/test_on_real_processes"),
}
# Begun first, so that no process is left alone with them in the end: they wait for real processes, the rest computes.
ALONE = ("stories/test_one_machine",)
LONGEST = (
    *ALONE,
    "gateway/test_browser",
    "matrix/",
    "ops/test_rolling",
    "gateway/test_desk_browser",
    "bench/",
    "engine/",
)

# Nor is a slow page: what is waited for comes, or it does not.
expect.set_options(timeout=15_000)


class ByMachine(LoadFileScheduling):  # type: ignore[misc]  # xdist is not typed
    """What runs in which process: a file in one, the stories that share a machine in one, each."""

    def _split_scope(self, nodeid: str) -> str:
        return lot_of(nodeid) or str(super()._split_scope(nodeid))


def lot_of(nodeid: str) -> str | None:
    """Which machine a test shares with others, where it does."""
    if any(f"tests/{part}" in nodeid for part in ALONE):
        return None
    lots = (lot for lot, parts in ON_ONE_MACHINE.items() if any(f"tests/{part}" in nodeid for part in parts))
    return next(lots, None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByMachine:
    return ByMachine(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    lots = list(ON_ONE_MACHINE)

    def turn(item: pytest.Item) -> int:
        if lot := lot_of(item.nodeid):
            return lots.index(lot)
        return next((n for n, part in enumerate(LONGEST, len(lots)) if f"tests/{part}" in item.nodeid), 99)

    items.sort(key=turn)


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

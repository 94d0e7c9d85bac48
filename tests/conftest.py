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

# Tests that share real processes, in lots: every process of ours that runs one of a lot starts those anew. Begun
# first, so that nobody is left alone with them in the end: they wait, the rest computes.
LOTS = {
    "alone": ("stories/test_one_machine",),
    "first machine": ("stories/test_second_tries", "stories/test_what_goes_wrong", "stories/test_consent"),
    "second machine": ("stories/", "matrix/test_real_switches", "attacks/test_on_real_processes"),
    "browser": (
        *("gateway/test_browser", "gateway/test_store_line", "gateway/test_desk_"),
        *("gateway/test_ops_", "gateway/test_here"),
    ),
    "temporal": (
        *("ops/test_rolling", "ops/test_upkeep", "ops/test_on_server", "ops/test_people_on_temporal"),
        *("engine/test_temporal", "engine/test_moving", "engine/test_clock", "engine/test_orders", "bench/test_turns"),
    ),
    "whole routes": ("matrix/",),
}

# Nor is a slow page: what is waited for comes, or it does not.
expect.set_options(timeout=15_000)


def lot_of(nodeid: str) -> str | None:
    """Which lot a test is of, if of any."""
    return next((lot for lot, parts in LOTS.items() if any(f"tests/{part}" in nodeid for part in parts)), None)


class ByLot(LoadFileScheduling):  # type: ignore[misc]  # xdist is not typed
    """What runs in which process: a lot in one, any other file in one."""

    def _split_scope(self, nodeid: str) -> str:
        return lot_of(nodeid) or str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByLot:
    return ByLot(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = [*LOTS, None]
    items.sort(key=lambda item: order.index(lot_of(item.nodeid)))


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

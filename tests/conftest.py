"""How the tests are run: in which process each, and in which order."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

# Tests that share real processes, in lots: every process of ours that runs one of a lot starts those anew. A test is of
# the first lot that names it.
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
# Begun first, so that nobody is left alone with them in the end, the longest first: stories wait, the browser computes.
ORDER = ("second machine", "first machine", "browser", "alone", "temporal", "whole routes", None)


def lot_of(nodeid: str) -> str | None:
    """Which lot a test is of, if of any."""
    return next((lot for lot, parts in LOTS.items() if any(f"tests/{part}" in nodeid for part in parts)), None)


class ByLot(LoadFileScheduling):  # type: ignore[misc]  # xdist is not typed
    """What runs in which process: a lot in one, any other file in one."""

    def _split_scope(self, nodeid: str) -> str:
        return lot_of(nodeid) or str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByLot:
    return ByLot(config, log)


def pytest_configure(config: pytest.Config) -> None:
    # Who only hands the tests to other processes needs nothing of ours: those start two seconds sooner.
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        config.pluginmanager.import_plugin("tests.surroundings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: ORDER.index(lot_of(item.nodeid)))

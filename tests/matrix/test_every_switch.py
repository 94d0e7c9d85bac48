"""Any moment, at any step, from any channel to any other, goes on at that step."""

from __future__ import annotations

import pytest

from tests.matrix import grid

MOST_SHOWN = 12


@pytest.mark.parametrize("moment", grid.every_moment())
async def test_every_switch_changes_nothing(moment: str) -> None:
    found = await grid.all_cells(moment)
    assert grid.count(found) == 42 * len(found) > 0
    assert grid.wrong(found)[:MOST_SHOWN] == []

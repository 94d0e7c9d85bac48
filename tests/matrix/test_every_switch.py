"""Any moment, at any step, from any channel to any other, goes on at that step."""

from __future__ import annotations

from typing import Any

import pytest

from models.case import Turn
from models.people import Channel
from tests.matrix import grid
from workflows.rehearsal import Rehearsal

MOST_SHOWN = 12


@pytest.mark.parametrize("moment", grid.every_moment())
async def test_every_switch_changes_nothing(moment: str) -> None:
    found = await grid.all_cells(moment)
    assert grid.count(found) == 42 * len(found) > 0
    assert grid.wrong(found)[:MOST_SHOWN] == []


async def test_what_a_switch_loses_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix is only worth what it would notice: here every call loses the answer before."""
    arrive = Rehearsal.arrive

    async def forgetful(self: Rehearsal, channel: Channel = Channel.WEB, **more: Any) -> Turn:
        turn = await arrive(self, channel, **more)
        if channel is Channel.PHONE and turn.answers:
            return await self.correct(turn.answers[-1].key, channel=channel, withdraw=True)
        return turn

    monkeypatch.setattr(Rehearsal, "arrive", forgetful)
    found = await grid.all_cells("pay-bill")
    lost = {(first, then) for cells in found.values() for (first, then), what in cells.items() if what}
    assert {then for _, then in lost} == {Channel.PHONE}
    assert len(lost) == 6

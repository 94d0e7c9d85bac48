"""Two agents and the customer at one case at once, over real HTTP: a clean sequence by who had it, and nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.journal import Row
from models.people import Actor
from tests.stories.hammer import ACCEPTED, Try, hammered, lost, unlawful
from tests.stories.world import World

SECONDS, SEED = 4.0, 20


@pytest.mark.asyncio(loop_scope="session")
async def test_nothing_is_lost_and_nobody_writes_without_the_case(world: World) -> None:
    report = await hammered(world, SECONDS, SEED)
    assert report.wrong == []
    assert any(each.outcome == ACCEPTED for each in report.tries)


def row(number: int, what: str, actor: Actor | None = None, **data: object) -> Row:
    return Row.model_validate(
        {"sequence": number, "at": datetime.now(UTC), "what": what, "key": "amount", "actor": actor, "data": data}
    )


def test_what_the_hammer_looks_for_is_found() -> None:
    ten = {"amount": "10.00", "currency": "USD"}
    rows = [row(1, "claimed", Actor.AGENT, name="Ada"), row(2, "answered", Actor.AGENT, value=ten)]
    assert unlawful(rows, {"10.00": "Ada"}) == []
    assert unlawful(rows, {"10.00": "Sofia"}) == ["2: Sofia wrote, Ada had it"]
    assert unlawful([rows[1]], {}) == ["2: an agent wrote, nobody had it"]
    assert unlawful([rows[0], row(2, "answered", Actor.CUSTOMER, value=ten)], {}) != []
    ada = Try("Ada", "answer", "10.00", "n1", ACCEPTED)
    claim = Try("Ada", "claim", "", "n0", ACCEPTED)
    assert lost(rows, [claim, ada]) == []
    assert lost([rows[0]], [claim, ada]) == ["10.00 was accepted and is there 0 times"]
    assert lost(rows, [claim, Try("Ada", "answer", "10.00", "n1", "claimed")]) != []
    assert lost(rows[1:], [claim, ada]) == ["1 times claim was accepted, 0 times claimed is there"]

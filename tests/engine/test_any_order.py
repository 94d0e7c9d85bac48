"""Whatever comes in whatever order: one charge, what was accepted last, and nothing asked twice."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, example, given, settings, strategies as st

from models.case import Status
from tests.aside import run_aside
from tests.engine.player import Player, plain
from tests.engine.shop import rows

OFTEN = ["answer"] * 6 + ["correct"] * 2
ACTIONS = [
    *OFTEN, "arrive", "misunderstand", "answer_an_old_page", "withdraw", "send_again", "leave", "remark", "move",
    "lose_the_journal", "lose_a_charge", "lose_the_bank", "wait",
]  # fmt: skip
plays = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 11)), min_size=3, max_size=24)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(plays)
@example([("arrive", 0), ("answer", 2), ("answer", 0), ("answer", 1), ("lose_a_charge", 0), ("answer", 1), ("move", 0)])
@example([("arrive", 0), ("answer", 2), ("answer", 0), ("answer", 0), ("answer", 1), ("correct", 5), ("send_again", 3)])
def test_any_order_of_events_ends_in_one_charge_for_what_was_accepted_last(play: list[tuple[str, int]]) -> None:
    run_aside(_any_order(play))


async def _any_order(play: list[tuple[str, int]]) -> None:
    player = Player()
    await player.arrive(1)
    for what, n in play:
        await player.play(what, n)
    turn = await player.finish()

    assert turn.status is Status.FINISHED
    _journal_is_whole(player)
    stands = player.ledger()
    _charged_what_stands(player, stands)
    for key, value in stands.items():
        if not key.startswith("confirmed "):
            assert value == player.accepted[key]
    assert await _given_straight(stands) == (stands, _charge(player))


def _journal_is_whole(player: Player) -> None:
    told: dict[int, Any] = {}
    for page in player.case.host.pages:
        for row in page.rows:
            assert told.setdefault(row.sequence, row) == row
    journal = rows(player.case)
    assert [row.sequence for row in journal] == list(range(1, len(journal) + 1))
    asked = [(row.key, row.data["revision"]) for row in journal if row.what == "asked"]
    assert len(asked) == len(set(asked))


def _charged_what_stands(player: Player, stands: dict[str, Any]) -> None:
    assert len(player.bank.charges) == 1
    amount, method, day = _charge(player)
    assert stands["amount"] == {"amount": amount, "currency": "USD"}
    assert stands["method"] == method
    assert stands.get("day") == day
    assert (stands["when"] == "later") == (day is not None)


def _charge(player: Player) -> tuple[str, str, str | None]:
    ((payment, _),) = player.bank.charges.values()
    return str(payment.amount.amount), payment.method, payment.on.isoformat() if payment.on else None


async def _given_straight(stands: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, str, str | None]]:
    """The same answers, each given once, in order, by somebody with no doubts."""
    player = Player()
    turn = await player.arrive(1)
    while not turn.status.closed:
        key = turn.pending[0].question.key
        turn = await player._answer(key, turn.pending[0].revision, plain(stands.get(key, True)), 1)
        assert turn.note is None
    return player.ledger(), _charge(player)

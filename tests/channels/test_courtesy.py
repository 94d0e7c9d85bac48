"""When Segue may write by itself: the hours where the customer is, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from models.courtesy import Courtesy, quiet_hours

COURTESY = Courtesy()
NEW_YORK, MADRID, UTC_ZONE = "America/New_York", "Europe/Madrid", "UTC"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "when"),
    [
        ("2026-11-22 15:00", NEW_YORK, "2026-11-22 15:00"),  # 10:00 there
        ("2026-11-23 02:00", NEW_YORK, "2026-11-23 13:00"),  # 21:00 there
        ("2026-11-22 07:30", MADRID, "2026-11-22 07:30"),  # 8:30 there
        ("2026-11-22 06:30", MADRID, "2026-11-22 07:00"),  # 7:30 there
        ("2026-11-22 20:00", MADRID, "2026-11-23 07:00"),
        ("2026-11-22 19:59", MADRID, "2026-11-22 19:59"),
        ("2026-11-01 02:00", NEW_YORK, "2026-11-01 13:00"),  # the night the clocks go back
        ("2026-03-08 03:00", NEW_YORK, "2026-03-08 12:00"),  # and forward
        ("2028-02-29 23:00", UTC_ZONE, "2028-03-01 08:00"),
    ],
)
def test_what_nobody_waits_for_waits_until_morning(now: str, zone: str, when: str) -> None:
    assert COURTESY.when(at(now), zone, []) == at(when)


def test_hours_within_a_day_and_none_at_all() -> None:
    siesta = Courtesy(quiet_from=time(13), quiet_until=time(16))
    assert siesta.when(at("2026-11-22 14:00"), UTC_ZONE, []) == at("2026-11-22 16:00")
    assert siesta.when(at("2026-11-22 23:00"), UTC_ZONE, []) == at("2026-11-22 23:00")
    never = Courtesy(quiet_from=time(8), quiet_until=time(8))
    assert never.when(at("2026-11-22 03:00"), UTC_ZONE, []) == at("2026-11-22 03:00")


def test_the_fourth_in_a_day_waits_for_the_first_to_be_a_day_old() -> None:
    noon = at("2026-11-22 12:00")
    sent = [noon - timedelta(hours=hours) for hours in (3, 2, 1)]
    assert COURTESY.when(noon, UTC_ZONE, sent[1:]) == noon
    assert COURTESY.when(noon, UTC_ZONE, sent) == at("2026-11-23 09:00")
    # And one that waits already counts as well.
    assert COURTESY.when(noon, UTC_ZONE, [*sent, at("2026-11-23 09:00")]) == at("2026-11-23 10:00")


def test_hours_are_read() -> None:
    assert quiet_hours("21:00-08:00") == (time(21), time(8))
    assert quiet_hours(" ") == (time(), time())
    for nonsense in ("9-5", "21:00", "25:00-08:00", "night"):
        with pytest.raises(ValueError, match="hour"):
            quiet_hours(nonsense)

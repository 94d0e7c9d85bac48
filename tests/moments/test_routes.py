"""Every route leads through all of its questions to the end, and says what fits a text and a breath."""

from __future__ import annotations

from itertools import cycle

import pytest

from channels import phone, sms
from channels.phone import Gather, Say
from channels.sms import segments
from channels.wording import wording
from channels.wording.book import message_id
from models.case import Status, Turn
from models.people import Channel
from tests.moments import (
    routes_change_plan,
    routes_pay_bill,
    routes_resolve_billing_issue,
    routes_resolve_technical_issue,
    routes_upgrade_device,
    routes_welcome,
)
from tests.moments.played import played
from tests.moments.route import Route, short

ALL = (
    routes_upgrade_device,
    routes_change_plan,
    routes_resolve_technical_issue,
    routes_welcome,
    routes_pay_bill,
    routes_resolve_billing_issue,
)
ROUTES = [route for each in ALL for route in each.ROUTES.values()]
WORDS = wording("en", "America/New_York")
# Twenty seconds; a reference's single letters are words here, and quicker.
MOST_WORDS = 58
EACH = pytest.mark.parametrize("route", ROUTES, ids=str)


@EACH
async def test_a_route_ends(route: Route) -> None:
    run = await played(route)

    assert run.case.case.state.status is Status.FINISHED
    assert set(run.asked) | {"verify-code"} >= set(route.answers)
    assert len(run.asked) == len(set(run.asked))


@EACH
async def test_whatever_the_channels_the_outcome_is_the_same(route: Route) -> None:
    alone = await played(route)
    switching = await played(route, cycle([Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.SMS, Channel.STORE]))

    assert switching.case.case.state.status is alone.case.case.state.status
    assert await switching.effects() == await alone.effects()
    assert set(switching.told) == set(alone.told)


@EACH
async def test_every_turn_fits_two_segments_and_twenty_seconds(route: Route) -> None:
    run = await played(route)

    for turn in run.turns:
        assert segments(sms.render(turn, WORDS)) <= 2, turn.pending
        assert len(aloud(turn).split()) <= MOST_WORDS, aloud(turn)


@EACH
async def test_every_question_and_notice_has_words_of_its_own(route: Route) -> None:
    run = await played(route)
    moment, asked = route.moment.id, set(run.asked) - {"verify-code"}
    names = {message_id(f"{moment}-told", key) for key in run.told} | {f"{moment}-{key}" for key in asked}

    assert {name for name in names if not WORDS.has(name)} == set()


def aloud(turn: Turn) -> str:
    """What a caller hears before they can answer."""
    said = phone.render(turn, WORDS, action="/turn")
    return " ".join(v.text if isinstance(v, Say) else v.prompt for v in said if isinstance(v, Say | Gather))


def test_a_key_is_short_without_the_ids_of_items() -> None:
    assert short("line/42/colour") == "line-colour"
    assert short("verify/possession/code") == "verify-code"
    assert short("storage") == "storage"

"""Every route leads through all of its questions to the end, and each of them has words of its own."""

from __future__ import annotations

import pytest

from channels.wording import wording
from channels.wording.book import message_id
from models.case import Status
from models.people import Channel
from tests.matrix import grid
from tests.moments.route import Route, short

WORDS = wording("en", "America/New_York")
EACH = pytest.mark.parametrize("route", [route for each in grid.every_moment() for route in grid.routes(each)], ids=str)


@EACH
async def test_a_route_ends_and_every_question_and_notice_has_words_of_its_own(route: Route) -> None:
    outcome, asked = await grid.walked(route, Channel.WEB, Channel.WEB, None)

    assert outcome.status is Status.FINISHED
    assert set(asked) | {"verify-code"} >= set(route.answers)
    assert len(asked) == len(set(asked))
    moment = route.moment.id
    names = {message_id(f"{moment}-told", key) for key in outcome.told} | {f"{moment}-{key}" for key in asked}
    assert {name for name in names if not WORDS.has(name)} == set()


def test_a_key_is_short_without_the_ids_of_items() -> None:
    assert short("line/42/colour") == "line-colour"
    assert short("verify/possession/code") == "verify-code"
    assert short("storage") == "storage"

"""One route of every moment, wholly in Spanish: over text messages, and over the phone."""

from __future__ import annotations

from datetime import date

import pytest

from channels import sms
from channels.picks import NEW_CARD, as_shown, picks
from channels.reading import Said, Understood, read
from channels.reading.said import Way
from channels.wording.book import wording
from models.case import Status, Turn
from models.people import Channel
from tests.matrix import grid, voices

LANGUAGE = "es"
TODAY = date(2026, 3, 2)
WORDS = wording(LANGUAGE, voices.ZONE)


async def walked(moment: str, number: int, channel: Channel) -> tuple[grid.Outcome, list[Turn]]:
    """The route with every answer given in Spanish, and what was shown before each."""
    walk = grid.Walk(grid.routes(moment)[number])
    walk.language = LANGUAGE
    turn = await walk.begins(channel)
    shown: list[Turn] = []
    while not turn.status.closed:
        shown.append(turn)
        turn = await walk.answers(turn, channel)
    try:
        return await walk.outcome(turn), shown
    finally:
        await walk.case.end()


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.PHONE])
@pytest.mark.parametrize("moment", grid.every_moment())
async def test_a_route_in_spanish_ends_as_it_does_in_english(moment: str, channel: Channel) -> None:
    in_english, _ = await grid.walked(grid.routes(moment)[0], channel, channel, None)
    in_spanish, shown = await walked(moment, 0, channel)
    assert in_spanish == in_english
    assert in_spanish.status is Status.FINISHED
    assert all(sms.segments(sms.render(turn, WORDS)) <= 2 for turn in shown)


async def offered(moment: str) -> list[Turn]:
    """Every turn of every route that asks to choose between named options, once for each question."""
    found: dict[str, Turn] = {}
    for number in range(len(grid.routes(moment))):
        _, shown = await walked(moment, number, Channel.DESK)
        asked = [(one.question.question, one) for one in shown if one.question]
        found |= {question.key: one for question, one in asked if question.kind in {"choice", "payment_method", "slot"}}
    return list(found.values())


@pytest.mark.parametrize("moment", grid.every_moment())
async def test_every_option_is_understood_by_the_name_it_is_shown_with(moment: str) -> None:
    wrong = []
    for turn in await offered(moment):
        assert turn.question
        question = turn.question.question
        asked = as_shown(question, moment, WORDS)
        for words in (WORDS, WORDS.aloud):
            for pick in (pick for pick in picks(question, moment, words) if pick.value != NEW_CARD):
                way: Way = "speech" if words.formats.spoken else "typed"
                said = Said(pick.label, way)
                reading = read(asked, said, today=TODAY, language=LANGUAGE, zone=voices.ZONE)
                if reading != Understood(pick.value):
                    wrong.append(f"{question.key}: {pick.label!r} ({way}) was read as {reading}, not {pick.value}")
    assert wrong == []

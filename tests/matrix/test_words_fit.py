"""What is said on the way fits its channel: two segments of a text, twenty seconds of a call."""

from __future__ import annotations

import pytest

from channels import phone, sms
from channels.gsm import segments
from channels.phone import Gather, Say
from channels.wording.book import wording
from models.case import Turn
from models.people import Channel
from tests.matrix import grid, voices

LINK = "https://segue.example.com/c/QH3vG1mZk2n9Lr8T0aBcDe"
SEGMENTS = 2
# A calm voice says about 165 words a minute.
WORDS = 55


async def turns(moment: str) -> list[Turn]:
    """Everything shown on the way along every route."""
    shown: list[Turn] = []
    for route in grid.routes(moment):
        walk = grid.Walk(route)
        turn = await walk.begins(Channel.SMS)
        while not turn.status.closed:
            shown.append(turn)
            turn = await walk.answers(turn, Channel.SMS)
        shown.append(turn)
        await walk.case.end()
    return shown


def spoken(turn: Turn, language: str) -> str:
    words = wording(language, voices.ZONE)
    speech = phone.render(turn, words, action="/twilio/voice/turn?c=x")
    texts = [v.text if isinstance(v, Say) else v.prompt for v in speech if isinstance(v, Say | Gather)]
    return " ".join(texts)


def length(said: str) -> float:
    """In words; a spelled letter or digit takes half the time of one."""
    return sum(0.5 if len(word.strip(".,")) == 1 else 1 for word in said.split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("moment", grid.every_moment())
async def test_what_is_said_fits(moment: str, language: str) -> None:
    words = wording(language, voices.ZONE)
    for turn in await turns(moment):
        text = sms.render(turn, words, link=LINK)
        assert segments(text) <= SEGMENTS, f"{segments(text)} segments: {text}"
        said = spoken(turn, language)
        assert length(said) <= WORDS, f"{length(said)} words: {said}"

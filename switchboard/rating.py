"""A number written back to "is all well now?": how they rate us, and for which case."""

from __future__ import annotations

import re

from channels.reading import Said, mask_remark
from database.ratings import Wanted
from models.people import Channel
from switchboard.front_door import FrontDesk, words_of
from switchboard.heard import Heard
from switchboard.switchboard import Speaker

LOW = 2
LONGEST = 80
_SCORE = re.compile(r"\W*([1-5])\b(?![.,:/]?\d)")


async def rated(front: FrontDesk, speaker: Speaker, said: Said, *, busy: bool) -> Heard | None:
    """What is said to a rating; None where the words are none, or reply to what was asked since.

    ``busy``: a question of a case is open, so that only a bare number can be meant for us.
    """
    if speaker.channel is not Channel.SMS or speaker.reply_to is None or speaker.only is not None:
        return None
    score = _score(said, speaker, bare=busy)
    if score is None:
        return None
    wanted = await front.ratings.wanted(speaker.channel, speaker.reply_to)
    if wanted is None or await _overtaken(front, speaker, wanted):
        return None
    typed = _SCORE.match(said.text.strip())
    words = mask_remark(said.text.strip()[typed.end() :].strip(" .,:;-")) if typed else ""
    if not await front.ratings.rate(wanted.case, wanted.customer, score, speaker.channel, words):
        return None
    return Heard(None, greeting="rated-low" if score <= LOW else "rated")


def _score(said: Said, speaker: Speaker, *, bare: bool) -> int | None:
    text = said.text.strip().lower()
    found = _SCORE.match(text)
    if found and len(text) <= (2 if bare else LONGEST):
        return int(found[1])
    names = [name.strip() for name in words_of(speaker).say("care-numbers").lower().split(",")]
    return names.index(text) + 1 if text in names else None


async def _overtaken(front: FrontDesk, speaker: Speaker, wanted: Wanted) -> bool:
    """Whether something else was asked there after the rating."""
    last = await front.last_asked(speaker)
    return last is not None and last.at is not None and last.at > wanted.asked_at

"""What may be said to whom: of a case that is not sure of the speaker, not even that there is one."""

from __future__ import annotations

from dataclasses import replace

from models.case import Turn
from models.people import Assurance
from switchboard.heard import Heard
from switchboard.switchboard import Speaker
from workflows.engine.visitors import VERIFY

_NAMING = {"first", "resumed"}


def proof(turn: Turn | None, speaker: Speaker) -> Assurance | None:
    """How sure a case has become of a speaker who came with less: it shows its own to nobody else.

    A pass proves nothing about the number that is called from.
    """
    if turn is None or speaker.only is not None or speaker.may_see(turn):
        return None
    shown = turn.notices or turn.answers or any(not p.question.key.startswith(VERIFY) for p in turn.pending)
    return turn.floor if shown else None


def discreet(heard: Heard, speaker: Speaker) -> Heard:
    """Without the name of a case that the speaker may not know of; one that is over is not there at all."""
    if heard.proved is not None or heard.greeting.startswith("pass"):
        return heard
    if heard.turn is not None and heard.turn.status.closed and not speaker.may_see(heard.turn):
        return Heard(None, heard.reading, greeting="what-do-you-want")
    if heard.greeting in _NAMING and heard.about is not None and not speaker.may_see(heard.about):
        return replace(heard, greeting="", about=None)
    return heard

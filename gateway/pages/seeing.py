"""Which case a browser may see: the customer's own, by its session."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Depends, Request

from channels.wording.book import Wording
from database.sessions import Session
from gateway.browser import session_of
from gateway.parts import Parts, parts_of
from gateway.templating import words_for
from models.case import Turn
from models.errors import Unknown
from switchboard.switchboard import Speaker


class SignInNeeded(Exception):
    """No session, or one that is not for this case: the browser is sent to where a code can be asked for."""


@dataclass(frozen=True)
class Seen:
    """A case, who looks at it, and how it stands by the journal."""

    parts: Parts
    session: Session
    speaker: Speaker
    words: Wording
    turn: Turn

    @property
    def path(self) -> str:
        return f"/case/{self.turn.case}"

    @property
    def today(self) -> date:
        """The day it is for the customer."""
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
            return datetime.now(ZoneInfo(self.speaker.zone)).date()
        return datetime.now(ZoneInfo("UTC")).date()


async def session_needed(request: Request) -> Session:
    session = await session_of(request)
    if session is None:
        raise SignInNeeded
    return session


async def seen(
    request: Request, moment: str, customer: str, number: int, session: Annotated[Session, Depends(session_needed)]
) -> Seen:
    """The case of the address. Raises Unknown for another customer's case, as for one that is not there.

    A link opens its own case only: for another one of the customer, SignInNeeded.
    """
    parts = parts_of(request)
    if session.customer != customer:
        raise Unknown
    if session.case not in {None, f"{moment}/{customer}/{number}"}:
        raise SignInNeeded
    speaker = await parts.switchboard.speaker_of(session)
    turn = await parts.switchboard.look(f"{moment}/{customer}/{number}")
    if turn is None:
        raise Unknown
    words = words_for(request, speaker.language, speaker.zone)
    return Seen(parts=parts, session=session, speaker=speaker, words=words, turn=turn)


Case = Annotated[Seen, Depends(seen)]

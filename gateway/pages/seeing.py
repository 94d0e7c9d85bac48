"""Which case a browser may see: the customer's own, by its session."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Depends, Request

from channels import store, web
from channels.web import PageTurn
from channels.wording.book import Wording
from database.passes import digest
from database.sessions import Session
from gateway.browser import STORE, in_store, session_of, session_token
from gateway.pages.associates import SignInNeeded, associate_needed
from gateway.parts import Parts, parts_of
from gateway.templating import words_for
from models.case import Because, Turn
from models.errors import Unknown
from models.people import Channel
from switchboard.switchboard import Speaker


@dataclass(frozen=True)
class Seen:
    """A case, who looks at it, and how it stands by the journal."""

    parts: Parts
    session: Session
    speaker: Speaker
    words: Wording
    turn: Turn

    @property
    def in_store(self) -> bool:
        """Whether an associate does it for a customer who stands there."""
        return self.speaker.channel is Channel.STORE

    @property
    def path(self) -> str:
        return f"{STORE if self.in_store else ''}/case/{self.turn.case}"

    def view(self, turn: Turn, because: Because | None = None) -> PageTurn:
        render = store.render if self.in_store else web.render
        return render(turn, self.words, because=because, today=self.today)

    @property
    def today(self) -> date:
        """The day it is for the customer."""
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
            return datetime.now(ZoneInfo(self.speaker.zone)).date()
        return datetime.now(ZoneInfo("UTC")).date()


async def session_needed(request: Request) -> Session:
    """The customer's session; in a store also the associate's. Raises SignInNeeded."""
    if in_store(request):
        associate_needed(request)
    session = await session_of(request)
    if session is None:
        raise SignInNeeded
    return session


async def speaker_at(request: Request, session: Session) -> Speaker:
    """Who speaks by this session: the customer in their own browser, or through an associate in a store."""
    channel = Channel.STORE if in_store(request) else Channel.WEB
    speaker = await parts_of(request).switchboard.speaker_of(session, channel)
    return speaker_by(speaker, session, session_token(request))


def speaker_by(speaker: Speaker, session: Session, token: str) -> Speaker:
    """The speaker, told from others by the session, and kept to the one case that a pass opened."""
    return replace(speaker, visit=digest(token)[:32], only=session.case)


async def seen(
    request: Request, moment: str, customer: str, number: int, session: Annotated[Session, Depends(session_needed)]
) -> Seen:
    """The case of the address. Raises Unknown for another customer's case, as for one that is not there.

    A link opens its own case only: for another one of the customer, SignInNeeded.
    """
    parts = parts_of(request)
    if session.customer != customer and await parts.customers.owner(customer) != session.customer:
        raise Unknown
    if session.case not in {None, f"{moment}/{customer}/{number}"}:
        raise SignInNeeded
    speaker = await speaker_at(request, session)
    turn = await parts.switchboard.look(f"{moment}/{customer}/{number}")
    if turn is None:
        raise Unknown
    if not speaker.may_see(turn):
        # The journal's turn is for whoever has proved it: what this visitor may see, only the case knows.
        turn = await parts.switchboard.arrive(speaker, turn.case, f"web:look:{speaker.visit}:{turn.sequence}")
    words = words_for(request, speaker.language, speaker.zone)
    return Seen(parts=parts, session=session, speaker=speaker, words=words, turn=turn)


Case = Annotated[Seen, Depends(seen)]

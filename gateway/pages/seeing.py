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
from database.chat import ChatLine
from database.passes import digest
from database.ratings import Ratings
from database.sessions import Session
from gateway.browser import STORE, in_store, session_of, session_token
from gateway.pages.associates import SignInNeeded, associate_needed, served_here
from gateway.parts import Parts, parts_of
from gateway.templating import words_for
from models.case import Because, Status, Turn
from models.errors import Unknown
from models.people import Channel
from switchboard.switchboard import Speaker


class WentOn(Exception):
    """The case goes on in another one, and so does whoever looks at it."""

    def __init__(self, case: str) -> None:
        super().__init__("went on")
        self.case = case


@dataclass(frozen=True)
class PageChat:
    """The lines so far, ``name`` of whoever is there now, and ``over``: who was there last and has left."""

    lines: tuple[ChatLine, ...] = ()
    name: str = ""
    over: str = ""


@dataclass(frozen=True)
class Seen:
    """A case, who looks at it, and how it stands by the journal."""

    parts: Parts
    session: Session
    speaker: Speaker
    words: Wording
    turn: Turn
    chat: PageChat = PageChat()
    rating: int | None = None

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
    if in_store(request):
        await served_here(request, session)
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
    parts, case = parts_of(request), f"{moment}/{customer}/{number}"
    if not await parts.switchboard.owns(session.customer, case):
        raise Unknown
    if session.case not in {None, case} and await parts.switchboard.onward.follow(str(session.case)) != case:
        raise SignInNeeded
    speaker = await speaker_at(request, session)
    turn = await parts.switchboard.look(case)
    if turn is None:
        raise Unknown
    if turn.joined is not None and request.method == "GET":
        raise WentOn(await parts.switchboard.onward.follow(case))
    if not speaker.may_see(turn):
        # The journal's turn is for whoever has proved it: what this visitor may see, only the case knows.
        turn = await parts.switchboard.arrive(speaker, turn.case, f"web:look:{speaker.visit}:{turn.sequence}")
    words = words_for(request, speaker.language, speaker.zone)
    chat = await page_chat(parts, speaker, turn)
    done = turn.status is Status.FINISHED
    rating = await Ratings(parts.database).given(turn.case) if done else None
    return Seen(parts=parts, session=session, speaker=speaker, words=words, turn=turn, chat=chat, rating=rating)


async def page_chat(parts: Parts, speaker: Speaker, turn: Turn) -> PageChat:
    """What the page shows of the chat; nothing to whom the case does not know well enough."""
    if speaker.channel is Channel.STORE or not speaker.may_see(turn):
        return PageChat()
    lines = await parts.chats.chat.lines(turn.case)
    claim = turn.claim
    here = claim.name.split(" ")[0] if claim else ""
    last = next((line.name.split(" ")[0] for line in reversed(lines) if line.ours), "")
    return PageChat(tuple(lines), here, "" if claim else last)


Case = Annotated[Seen, Depends(seen)]

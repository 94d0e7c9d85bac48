"""A case on the desk: whose it is, who has it, and how it reads for the agent and for the customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import FormData

from channels.web import PageTurn, render as render_page
from channels.wording.book import Wording
from database.customers import Customer
from database.passes import digest
from gateway.browser import STAFF, checked_form, field as field_of, token_of
from gateway.desk.queue import Queue
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here
from gateway.templating import words_for
from models.case import Because, Claim, Turn
from models.errors import Unknown
from models.people import Actor, Address, Assurance, Channel
from models.staff import Person, Role
from switchboard.switchboard import Speaker

DESK = "/desk"
Form = Annotated[FormData, Depends(checked_form)]


@dataclass
class Room:
    """What all desks of this server share: the queue, and who looks at which case."""

    queue: Queue
    lookers: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    turnover: int = 0  # how often anybody came or went: who went and came back between two looks is news, too

    def enters(self, case: str, person: Person) -> None:
        there = self.lookers.setdefault(case, {})
        tabs = there.get(person.id, ("", 0))[1]
        there[person.id] = (person.name, tabs + 1)
        if not tabs:
            self.turnover += 1

    def leaves(self, case: str, person: Person) -> None:
        there = self.lookers.get(case, {})
        name, tabs = there.pop(person.id, ("", 0))
        if tabs > 1:
            there[person.id] = (name, tabs - 1)
        else:
            self.turnover += 1
        if not there:
            self.lookers.pop(case, None)

    def others(self, case: str, person: Person) -> list[str]:
        """The names of the colleagues who have this case open."""
        return sorted(name for id, (name, _) in self.lookers.get(case, {}).items() if id != person.id)


def room_of(request: Request) -> Room:
    """The room of this app, made for the first who comes."""
    state = request.app.state
    if not hasattr(state, "desk"):
        state.desk = Room(Queue(parts_of(request)))
    return cast("Room", state.desk)


@dataclass(frozen=True)
class DeskCase:
    """A case, the agent who looks at it, and its customer. ``words`` are the agent's, ``theirs`` the customer's."""

    parts: Parts
    person: Person
    customer: Customer
    turn: Turn
    words: Wording
    theirs: Wording
    visit: str
    in_store: bool = False

    @property
    def path(self) -> str:
        return f"{DESK}/case/{self.turn.case}"

    @property
    def claim(self) -> Claim | None:
        """Who has it, by the journal: it keeps a claim until that has ended, and does not count its renewals."""
        return self.turn.claim

    @property
    def mine(self) -> bool:
        return self.claim is not None and self.claim.holder == self.person.id

    @property
    def may_take_over(self) -> bool:
        return self.person.role is Role.SUPERVISOR

    @property
    def today(self) -> date:
        return self.words.formats.here(datetime.now(UTC)).date()

    def view(self, because: Because | None = None) -> PageTurn:
        return render_page(self.turn, self.words, because=because, channel=Channel.DESK, today=self.today)

    def agent(self, fence: int | None = None) -> Speaker:
        """Who acts here: the agent, for the customer, by the fence of the form."""
        return Speaker(
            self.customer.id,
            Channel.DESK,
            Assurance.VERIFIED,
            None,
            self.customer.language,
            self.customer.zone,
            actor=Actor.AGENT,
            visit=self.visit,
            fence=fence,
        )

    async def addresses(self) -> list[Address]:
        return await self.parts.customers.addresses(self.customer.id)


def fence_in(form: FormData) -> int | None:
    """The fence that a form was made with; None where it had none."""
    text = field_of(form, "fence", 12)
    return int(text) if text.isdecimal() else None


async def at_desk(request: Request, moment: str, customer: str, number: int) -> DeskCase:
    """The case of the address. Raises Unknown where there is none."""
    parts = parts_of(request)
    turn = await parts.switchboard.look(f"{moment}/{customer}/{number}")
    owner = await parts.customers.get(await parts.customers.owner(customer))
    if turn is None or owner is None:
        raise Unknown
    return DeskCase(
        parts=parts,
        person=here(request).person,
        customer=owner,
        turn=turn,
        words=words_for(request, None, owner.zone),
        theirs=parts.words(owner.language, owner.zone),
        visit=digest(token_of(request, STAFF))[:32],
    )


Case = Annotated[DeskCase, Depends(at_desk)]

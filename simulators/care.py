"""The pretend telecom's care desk: who is new, whose SIM card is in use, who wants bills by email, and ratings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from models.answers import Option
from models.care import Membership, Rating, Sim
from simulators.papers import Papers

WAYS = (
    Option(id="sms", label="text message", synonyms=("text", "texts", "sms")),
    Option(id="whatsapp", label="WhatsApp"),
    Option(id="email", label="email", synonyms=("mail", "e-mail")),
    Option(id="phone", label="phone call", synonyms=("phone", "call me")),
)


class CareDesk:
    """The ``CareDesk`` that Segue runs with on one machine. ``call`` is the company's own number, in E.164.

    Whoever is seen for the first time joined just now. One SIM card in three is not active, unless :meth:`set_sim` says
    otherwise.
    """

    def __init__(self, papers: Papers, call: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._papers = papers
        self._call = call
        self._clock = clock

    async def membership(self, customer: str) -> Membership:
        paper = await self._papers.put_once("member", customer, customer, {"since": self._clock().isoformat()})
        return Membership(since=datetime.fromisoformat(paper["since"]), call=self._call)

    async def has_joined(self, customer: str) -> bool:
        """Whether it is on paper already since when."""
        return await self._papers.paper("member", customer) is not None

    async def set_joined(self, customer: str, since: datetime) -> None:
        """Since when somebody is a customer, once and for all."""
        await self._papers.put_once("member", customer, customer, {"since": since.isoformat()})

    async def ways(self, customer: str) -> list[Option]:
        return list(WAYS)

    async def sim(self, customer: str) -> Sim:
        if paper := await self._papers.paper("sim", customer):
            return Sim.model_validate(paper)
        return Sim(active=hashlib.sha256(f"sim/{customer}".encode(errors="replace")).digest()[0] % 3 > 0)

    async def set_sim(self, customer: str, *, active: bool) -> None:
        await self._papers.put_once("sim", customer, customer, {})
        await self._papers.change("sim", customer, lambda _: {"active": active})

    async def send_bills_by_email(self, customer: str, wanted: bool) -> None:
        await self._papers.put_once("e-bill", customer, customer, {})
        await self._papers.change("e-bill", customer, lambda _: {"wanted": wanted})

    async def bills_by_email(self, customer: str) -> bool:
        paper = await self._papers.paper("e-bill", customer)
        return bool(paper and paper["wanted"])

    async def keep_rating(self, key: str, rating: Rating) -> None:
        id = hashlib.sha256(key.encode(errors="replace")).hexdigest()[:16]
        await self._papers.put_once("rating", id, rating.customer, rating.model_dump(mode="json"))

    async def ratings(self, customer: str) -> list[Rating]:
        """Oldest first."""
        return [Rating.model_validate(paper) for paper in await self._papers.papers("rating", customer)]

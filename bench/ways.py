"""The ways a turn is measured: each opens a case and gives it answers, one after the other."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client

from bench.caller import Caller
from bench.ground import Ground
from models.case import Answer, Arrival, Opening, Turn
from models.people import Address, Assurance, Channel, Provenance

VALUE = "An answer as long as people write them"


@dataclass
class Place:
    """A case and the question that waits in it."""

    case: str
    key: str = ""
    revision: int = 1


class Way(ABC):
    """One way to give answers. ``answer`` is what is timed; it raises when the answer was not taken."""

    name: str

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @abstractmethod
    async def open(self, questions: int) -> Place:
        """A new case of a new customer, at its first question."""

    @abstractmethod
    async def answer(self, place: Place) -> None:
        """Answer the question at ``place`` and step on to the next."""

    async def customer(self) -> str:
        number = f"+1202{secrets.randbelow(10**7):07}"
        return (await self.ground.customers.meet(Address(kind="phone", value=number))).id


class Bare(Way):
    """The hand-written workflow, over Temporal's own client."""

    name = "bare"
    moment = "bare-turns"

    @property
    def client(self) -> Client:
        return self.ground.line.client

    async def open(self, questions: int) -> Place:
        customer = await self.customer()
        opening = Opening(case=f"{self.moment}/{customer}/1", customer=customer, topic={"questions": questions})
        handle = await self.client.start_workflow(
            self.moment,
            opening,
            id=opening.case,
            task_queue=self.ground.line.task_queue,
            task_timeout=timedelta(seconds=self.ground.line.task_timeout),
        )
        by = provenance().model_dump(mode="json")
        turn = await handle.execute_update("arrive", {"id": request_id(), "by": by}, result_type=dict)
        return moved(Place(opening.case), turn)

    async def answer(self, place: Place) -> None:
        by = provenance().model_dump(mode="json")
        number = request_id()
        given = {"id": number, "by": by, "key": place.key, "revision": place.revision, "value": VALUE}
        handle = self.client.get_workflow_handle(place.case)
        moved(place, await handle.execute_update("answer", given, id=number, result_type=dict))


class Engine(Way):
    """A moment with its journal switched off, over the switchboard's line."""

    name = "engine"
    moment = "unwritten-turns"

    async def open(self, questions: int) -> Place:
        customer = await self.customer()
        opening = Opening(case=f"{self.moment}/{customer}/1", customer=customer, topic={"questions": questions})
        turn = await self.ground.line.open(opening, Arrival(id=request_id(), by=provenance()))
        return stepped(Place(opening.case), turn)

    async def answer(self, place: Place) -> None:
        given = Answer(id=request_id(), by=provenance(), key=place.key, revision=place.revision, value=VALUE)
        stepped(place, await self.ground.line.send(place.case, given))


class Journal(Engine):
    """The moment as it is."""

    name = "journal"
    moment = "turns"


class Http(Way):
    """The moment as it is, through the HTTP door."""

    name = "http"

    def __init__(self, ground: Ground, caller: Caller) -> None:
        super().__init__(ground)
        self.caller = caller

    async def open(self, questions: int) -> Place:
        customer = {"id": await self.customer()}
        body = {"customer": customer, "moment": "turns", "topic": {"questions": questions}, "channel": "web"}
        turn = await self.caller.post("/api/v1/cases", body)
        return moved(Place(turn["case"]), turn)

    async def answer(self, place: Place) -> None:
        body = {"key": place.key, "revision": place.revision, "value": VALUE, "channel": "web"}
        moved(place, await self.caller.post(f"/api/v1/cases/{place.case}/answers", body))


def provenance() -> Provenance:
    return Provenance(channel=Channel.WEB, assurance=Assurance.CLAIMED, at=datetime.now(UTC))


def request_id() -> str:
    return secrets.token_hex(16)


def moved(place: Place, turn: dict[str, Any]) -> Place:
    """The place after a turn in JSON."""
    pending = turn["pending"][0]
    return _at(place, pending["question"]["key"], pending["revision"], turn["note"])


def stepped(place: Place, turn: Turn) -> Place:
    """The place after a turn."""
    return _at(place, turn.pending[0].question.key, turn.pending[0].revision, turn.note)


def _at(place: Place, key: str, revision: int, note: str | None) -> Place:
    if note is not None or key == place.key:
        raise RuntimeError(f"an answer was not taken: {note}")
    place.key, place.revision = key, revision
    return place

"""The company's own apps: start a case, answer, correct, report, cancel, and read a customer's timeline."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator
from starlette.responses import Response

from database.customers import Customer
from gateway.idempotency import Once, caller, once
from gateway.metrics import timed
from gateway.parts import Parts, given
from gateway.problems import from_turn
from gateway.vouching import cardless, kept_out, may_report, resolved, vouch
from models.case import Event, Turn
from models.errors import Unfit, Unknown
from models.journal import Row
from models.people import Actor, Address, Assurance, Channel
from switchboard.switchboard import Speaker, visit_named

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "example": "urn:segue:problem:unfit"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "example": "unfit"},
        "detail": {"type": "string"},
        "reason": {"type": "string", "description": "Why an answer does not fit, as a stable code."},
        "facts": {"type": "object", "description": "What fills the reason, e.g. the most that is taken."},
        "turn": {"type": "object", "description": "The case as it stands, where the problem is about one."},
    },
}


def _problems(**descriptions: str) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {
        int(name.removeprefix("_")): {"description": text, "content": content} for name, text in descriptions.items()
    }


router = APIRouter(
    prefix="/api/v1",
    dependencies=[Depends(caller)],
    responses=_problems(
        _401="No good API key",
        _403="The key may not vouch for that: `verified`, `desk` and `store` are for trusted keys",
        _404="No such case, question, moment or customer",
        _409="Not taken: the problem says why, and carries the case's current turn",
        _413="More than 64 KB",
        _422="Not of this form, or not an answer this question takes",
        _503="Not confirmed in time: send the same request with the same Idempotency-Key again",
    ),
)


def storable(value: Any) -> Any:
    """Refuses what no database and no other system takes: NUL, halves of surrogate pairs, bottomless nesting."""
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode()
    except (UnicodeEncodeError, RecursionError):
        raise ValueError("not storable") from None
    if "\\u0000" in text:
        raise ValueError("not storable")
    return value


Key = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(storable)]
Value = Annotated[JsonValue, AfterValidator(storable)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class By(Body):
    """Over what the customer said it, and how sure the caller is who that was.

    Only a trusted key may say `verified`, or that the customer was at a desk or in a store.
    """

    channel: Channel = Channel.WEB
    assurance: Assurance = Assurance.CLAIMED
    fence: Annotated[int | None, Field(ge=0, description="An agent's own act, by their claim on the case.")] = None
    visit: Annotated[str, Field(max_length=200, description="The app's own session: what is proved there, holds.")] = ""


class Who(Body):
    """A customer: by id, or by exactly one address; a new address is a new customer."""

    id: str | None = Field(None, max_length=64)
    phone: str | None = Field(None, pattern=r"^\+[1-9]\d{6,14}$")
    email: str | None = Field(None, max_length=254, pattern=r"^[^@\s\x00]{1,64}@[^@\s\x00.]+(\.[^@\s\x00.]+)+$")

    @model_validator(mode="after")
    def one(self) -> Who:
        if sum(value is not None for value in (self.id, self.phone, self.email)) != 1:
            raise ValueError("give exactly one of id, phone, email")
        return self


class NewCase(By):
    customer: Who
    moment: str = Field(max_length=60, examples=["pay-bill"])
    topic: Annotated[dict[str, JsonValue], AfterValidator(storable), AfterValidator(cardless)] = {}


class NewAnswer(By):
    """``key`` and ``revision`` are those of the pending question that is answered."""

    key: Key
    revision: int = Field(ge=0)
    value: Value


class NewCorrection(By):
    """Another ``value`` for an answer that stands, or ``withdraw`` it to have it asked again."""

    key: Key
    value: Value = None
    withdraw: bool = False


class NewCall(Body):
    """``number`` is one of the customer's own; without it the one they were first known by is called."""

    number: str | None = Field(None, pattern=r"^\+[1-9]\d{6,14}$")


class NewEvent(Body):
    """What an outside system reports. ``id`` is unique at its source."""

    id: Key
    name: Key
    about: Key | None = None
    data: Annotated[Value, AfterValidator(cardless)] = None


class Happening(Row):
    """One line of a customer's timeline; ``story`` is it in plain words."""

    case: str
    story: str


Here = Annotated[Parts, Depends(given)]
Asked = Annotated[Once, Depends(once)]


@router.post("/cases", response_model=Turn, tags=["cases"])
async def start(body: NewCase, once: Asked, parts: Here) -> Response:
    """Start a moment for a customer, or resume it where it was left."""
    vouch(parts, once.name, body.channel, body.assurance)

    async def act(request_id: str) -> Response:
        speaker = await _speaker(parts, body.customer, body)
        return shown(await parts.switchboard.start(speaker, body.moment, request_id, body.topic))

    return await once.do(act)


@router.get("/cases/{case:path}", response_model=Turn, tags=["cases"])
async def look(case: str, parts: Here) -> Response:
    """How a case stands. Looking changes nothing."""
    turn = await parts.switchboard.look(case)
    if turn is None:
        raise Unknown
    return shown(turn)


@router.post("/cases/{case:path}/answers", response_model=Turn, tags=["cases"])
async def answer(case: str, body: NewAnswer, once: Asked, parts: Here) -> Response:
    """Answer exactly one question and revision."""
    vouch(parts, once.name, body.channel, body.assurance)
    await kept_out(parts, case, body.key, body.value)

    async def act(request_id: str) -> Response:
        speaker = await owner(parts, case, body)
        value = await resolved(parts.back_office, speaker.customer, body.value)
        with timed("api"):
            turn = await parts.switchboard.answer(speaker, case, request_id, body.key, body.revision, value)
        return shown(turn)

    return await once.do(act)


@router.post("/cases/{case:path}/corrections", response_model=Turn, tags=["cases"])
async def correct(case: str, body: NewCorrection, once: Asked, parts: Here) -> Response:
    """Change an earlier answer. What does not depend on it stands."""
    vouch(parts, once.name, body.channel, body.assurance)
    await kept_out(parts, case, body.key, body.value)

    async def act(request_id: str) -> Response:
        speaker = await owner(parts, case, body)
        value = await resolved(parts.back_office, speaker.customer, body.value)
        turn = await parts.switchboard.correct(speaker, case, request_id, body.key, value, body.withdraw)
        return shown(turn)

    return await once.do(act)


@router.post("/cases/{case:path}/events", response_model=Turn, tags=["cases"])
async def report(case: str, body: NewEvent, once: Asked, parts: Here) -> Response:
    """Report what happened outside: a parcel, an outage, an appointment.

    A case that waits for a person is given back by a trusted key alone: that vouches for the customer.
    """
    may_report(parts, once.name, body.name)

    async def act(_: str) -> Response:
        return shown(await parts.switchboard.report(case, Event(**body.model_dump())))

    return await once.do(act)


@router.post("/cases/{case:path}/cancel", response_model=Turn, tags=["cases"])
async def cancel(case: str, once: Asked, parts: Here, body: By | None = None) -> Response:
    """Call the case off, as the customer wants it."""
    by = body or By()
    vouch(parts, once.name, by.channel, by.assurance)

    async def act(request_id: str) -> Response:
        speaker = await owner(parts, case, by)
        return shown(await parts.switchboard.cancel(speaker, case, request_id))

    return await once.do(act)


@router.post("/cases/{case:path}/call", response_model=Turn, tags=["cases"])
async def call(case: str, once: Asked, parts: Here, body: NewCall | None = None) -> Response:
    """Call the customer about the case, now. Who does not pick up is written to."""

    async def act(_: str) -> Response:
        turn = await parts.switchboard.look(case)
        if turn is None:
            raise Unknown
        if await parts.outreach.call(case, body.number if body else None) == "nowhere":
            raise Unfit(turn.model_dump(mode="json"), reason="no-number")
        return shown(turn)

    return await once.do(act)


@router.get("/customers/{customer}/timeline", tags=["customers"])
async def timeline(
    customer: str, parts: Here, limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> dict[str, list[Happening]]:
    """What happened to a customer over all cases and channels, newest first."""
    known = await parts.customers.get(customer)
    if known is None:
        raise Unknown
    words = parts.words(known.language, known.zone)
    records = await parts.customers.records(customer)
    found = [line for record in records for line in await parts.journal.timeline(record, limit)]
    rows = sorted(found, key=lambda line: line[1].at, reverse=True)[:limit] if len(records) > 1 else found
    return {
        "timeline": [
            Happening(case=case, story=words.story(case.split("/")[0], row), **row.model_dump()) for case, row in rows
        ]
    }


def shown(turn: Turn) -> Response:
    """The turn, or the problem that its note is."""
    return from_turn(turn) or Response(turn.model_dump_json(), media_type="application/json")


async def owner(parts: Parts, case: str, by: By) -> Speaker:
    """The case's customer, speaking over the caller's app."""
    return _known(await parts.customers.of_case(case), by)


async def _speaker(parts: Parts, who: Who, by: By) -> Speaker:
    if who.id is not None:
        return _known(await parts.customers.get(who.id), by)
    address = Address(kind="phone", value=who.phone) if who.phone else Address(kind="email", value=str(who.email))
    return replace(await parts.switchboard.recognise(by.channel, address, by.assurance), visit=_visit(by))


def _visit(by: By) -> str:
    return visit_named("api", by.visit) if by.visit else ""


def _known(customer: Customer | None, by: By) -> Speaker:
    if customer is None:
        raise Unknown
    speaker = Speaker(customer.id, by.channel, by.assurance, None, customer.language, customer.zone, visit=_visit(by))
    agent = by.fence is not None and by.channel is Channel.DESK
    return replace(speaker, actor=Actor.AGENT, fence=by.fence) if agent else speaker

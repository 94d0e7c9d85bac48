"""Messages that belong to nobody yet, for the company's own apps: the list, one of them, and saying whose it is."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from channels.reading.mask import mask
from database.unplaced import Stray
from gateway.idempotency import Once, caller, once
from gateway.mailroom import Mailroom
from gateway.parts import Parts, given
from gateway.problems import problem
from gateway.webhooks.mail_desk import MailDesk
from models.errors import Forbidden, NotUnderstood, Unknown

LONGEST_SHOWN = 100_000


async def trusted(name: Annotated[str, Depends(caller)], parts: Annotated[Parts, Depends(given)]) -> str:
    """The name of a key that may vouch for customers: what others wrote is not for every app. Raises Forbidden."""
    if name not in parts.trusted_keys:
        raise Forbidden
    return name


router = APIRouter(prefix="/api/v1/unplaced", tags=["unplaced"], dependencies=[Depends(trusted)])


class StrayWithWords(Stray):
    """``raw`` is the message as it came, card numbers masked; null where it can't be opened any more."""

    raw: str | None


class Assignment(BaseModel):
    """Whose message it is."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    customer: str = Field(min_length=1, max_length=64)


async def mailroom(parts: Annotated[Parts, Depends(given)]) -> Mailroom:
    if parts.mail is None:
        raise Unknown
    return parts.mail


Room = Annotated[Mailroom, Depends(mailroom)]


@router.get("")
async def strays(room: Room, limit: Annotated[int, Query(ge=1, le=200)] = 50, assigned: bool = False) -> list[Stray]:
    """What waits for somebody, newest first; with ``assigned`` what was given to a customer already."""
    return await room.unplaced.strays(limit, assigned=assigned)


@router.get("/{id}")
async def stray(id: str, room: Room) -> StrayWithWords:
    found = await room.unplaced.stray(id)
    if found is None:
        raise Unknown
    raw = await room.unplaced.raw(id)
    shown = None if raw is None else mask(raw[:LONGEST_SHOWN].decode("utf-8", "replace"))
    return StrayWithWords(**found.model_dump(), raw=shown)


@router.post("/{id}/assignment")
async def assign(
    id: str,
    assignment: Assignment,
    request: Request,
    room: Room,
    name: Annotated[str, Depends(trusted)],
    sending: Annotated[Once, Depends(once)],
) -> Response:
    """Say whose it is, once: it is then heard as that customer's mail, and answered to an address on file."""
    desk = cast("MailDesk | None", request.app.state.mails)

    async def act(_: str) -> Response:
        found = await room.unplaced.stray(id)
        if found is None or desk is None:
            raise Unknown
        try:
            done = await desk.assign(found, assignment.customer, name)
        except NotUnderstood:
            raise HTTPException(422) from None
        if not done:
            return problem(409, "conflict", "It was assigned already.")
        after = await room.unplaced.stray(id)
        return JSONResponse(after.model_dump(mode="json") if after else {})

    return await sending.do(act)

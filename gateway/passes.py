"""Passes for the company's own apps: a code to read out, a link to send, a QR code to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from database.passcode import shown
from database.passes import CODE_LIFETIME
from gateway.idempotency import caller
from gateway.pages.slip import drawn
from gateway.parts import Parts, given
from models.errors import Finished, Unknown

LINK_LIFETIME = timedelta(days=7)

router = APIRouter(prefix="/api/v1", dependencies=[Depends(caller)])


class NewPass(BaseModel):
    """A ``code`` can be said on the phone and lasts 15 minutes, a ``link`` is for a browser and lasts a week."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: Literal["code", "link"] = "code"


class GivenPass(BaseModel):
    """``spoken`` is the code as one reads it out, ``qr`` an SVG image of the link. It can't be had a second time."""

    kind: Literal["code", "link"]
    code: str | None = None
    spoken: str | None = None
    link: str | None = None
    qr: str | None = None
    expires_at: datetime


@router.post("/cases/{case:path}/passes", tags=["cases"], status_code=201)
async def issue(case: str, parts: Annotated[Parts, Depends(given)], body: NewPass | None = None) -> GivenPass:
    """A new way back into a case, good once and for that case alone. Whoever gets it comes in as its customer."""
    record = await parts.cases.get(await parts.switchboard.onward.follow(case))
    if record is None:
        raise Unknown
    if record.status.closed:
        turn = await parts.switchboard.look(case)
        raise Finished(turn.model_dump(mode="json") if turn else None)
    if body is None or body.kind == "code":
        code = await parts.passes.issue_code(record.id, record.customer)
        return GivenPass(kind="code", code=code, spoken=shown(code), expires_at=datetime.now(UTC) + CODE_LIFETIME)
    token = await parts.passes.issue(record.id, record.customer, lifetime=LINK_LIFETIME)
    link = parts.url(f"/c/{token}")
    return GivenPass(kind="link", link=link, qr=picture(link), expires_at=datetime.now(UTC) + LINK_LIFETIME)


def picture(link: str) -> str:
    """The link's QR code as an SVG document."""
    squares, side = drawn(link)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{squares}"/></svg>'
    )

"""Who drives a case: an agent's own tool claims it, and lets go of it again."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from gateway.api import Asked, By, Here, owner, shown
from gateway.idempotency import caller
from gateway.parts import Parts
from gateway.vouching import vouch
from models.case import Turn
from models.people import Actor, Assurance, Channel
from switchboard.switchboard import Speaker

router = APIRouter(prefix="/api/v1", dependencies=[Depends(caller)])


class NewClaim(BaseModel):
    """``agent`` is who, ``name`` what colleagues read. With the ``fence`` of a claim that stands, it lasts longer.

    ``over`` takes the case from a colleague: the caller answers for that being a supervisor's word.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    agent: str = Field(min_length=1, max_length=64)
    name: str = Field(default="", max_length=80)
    seconds: float = Field(default=120, gt=0, le=3600)
    fence: int | None = Field(default=None, ge=0)
    over: bool = False


class Release(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    fence: int = Field(ge=0)


@router.post("/cases/{case:path}/claim", response_model=Turn, tags=["cases"])
async def claim(case: str, body: NewClaim, once: Asked, parts: Here) -> Response:
    """An agent drives the case from now on; what the customer answers takes it back. 409 says who has it."""
    vouch(parts, once.name, Channel.DESK, Assurance.VERIFIED)

    async def act(request_id: str) -> Response:
        agent = await _agent(parts, case, body.fence)
        turn = await parts.switchboard.claim(
            agent, case, request_id, holder=body.agent, name=body.name, seconds=body.seconds, over=body.over
        )
        return shown(turn)

    return await once.do(act)


@router.post("/cases/{case:path}/release", response_model=Turn, tags=["cases"])
async def release(case: str, body: Release, once: Asked, parts: Here) -> Response:
    """The agent lets go, and the case goes on with the customer where it is."""
    vouch(parts, once.name, Channel.DESK, Assurance.VERIFIED)

    async def act(request_id: str) -> Response:
        agent = await _agent(parts, case, body.fence)
        return shown(await parts.switchboard.release(agent, case, request_id))

    return await once.do(act)


async def _agent(parts: Parts, case: str, fence: int | None) -> Speaker:
    speaker = await owner(parts, case, By(channel=Channel.DESK, assurance=Assurance.VERIFIED))
    return replace(speaker, actor=Actor.AGENT, fence=fence)

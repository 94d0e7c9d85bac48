"""Whether this process is up, and whether what it needs is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse

from gateway.parts import Parts, given

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
PATIENCE = 2.0


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "up"}


@router.get("/readyz")
async def readyz(parts: Annotated[Parts, Depends(given)]) -> Response:
    """Database and Temporal answer; 503 names the one that does not."""
    database, temporal = await asyncio.gather(
        answers("database", parts.database.ping()), answers("temporal", parts.switchboard.ready())
    )
    body = {"database": database, "temporal": temporal}
    return JSONResponse(body, 200 if database and temporal else 503)


async def answers(name: str, look: Awaitable[object]) -> bool:
    """Whether a look-up ends in time, without error and not with False."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await look is not False
    except Exception as error:  # noqa: BLE001 - any failure means "not ready", whatever its kind
        log.warning("%s is not ready: %s", name, type(error).__name__)
        return False


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

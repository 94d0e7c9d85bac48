"""A message that did not arrive, a call that nobody took: what had to be said goes another way, whatever crashes."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from gateway.metrics import LOST
from gateway.parts import Parts
from gateway.webhooks.signature import fingerprint
from models.errors import NotConfirmed

log = logging.getLogger(__name__)
LOST_MESSAGE, MISSED_CALL = "lost", "missed"
KINDS = frozenset({LOST_MESSAGE, MISSED_CALL})


async def lost(parts: Parts, key: str) -> None:
    """A message of ours, by our own name for it, did not arrive and won't."""
    await _keep(parts, LOST_MESSAGE, f"{LOST_MESSAGE}:{key}", {"key": key})


async def missed(parts: Parts, call: str, case: str) -> None:
    """Nobody took our call about a case, or a machine did."""
    await _keep(parts, MISSED_CALL, f"{MISSED_CALL}:{call}", {"call": call, "case": case})


async def _keep(parts: Parts, kind: str, id: str, body: dict[str, str]) -> None:
    """Kept first, so that the background takes it up again should this fail half-way."""
    receipt = await parts.inbox.receive(id, kind, fingerprint(*body.values()), body)
    if not receipt.fresh:
        return
    try:
        await redo(parts, kind, id, body)
    except NotConfirmed:
        log.warning("what did not arrive waits to be sent another way")


async def redo(parts: Parts, kind: str, id: str, body: Mapping[str, str]) -> None:
    """Send it another way, once."""
    if kind == LOST_MESSAGE:
        result = await parts.outreach.instead(body["key"])
    else:
        result = await parts.outreach.missed(body["call"], body["case"])
    LOST.labels(kind, result).inc()
    await parts.inbox.done(id, result)

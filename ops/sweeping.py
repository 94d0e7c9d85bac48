"""Once a day, what is old goes."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import timedelta

from database.engine import Database
from database.retention import sweep
from models.errors import NotConfirmed
from models.retention import Retention

log = logging.getLogger("segue.ops.sweeping")
A_DAY = timedelta(days=1)


async def keep_sweeping(db: Database, rules: Retention, *, every: timedelta = A_DAY) -> None:
    """For ever; the first time within the first hour, so that servers started together don't sweep together."""
    await asyncio.sleep(random.uniform(60, min(3600, every.total_seconds())))  # noqa: S311 - spreads load, hides nothing
    while True:
        counts: dict[str, int] = {}
        try:
            await sweep(db, rules, counts.__setitem__)
        except NotConfirmed as error:
            log.warning("sweeping was broken off: %s", type(error).__name__)
        if gone := {kind: count for kind, count in counts.items() if count}:
            log.info("swept %s", gone)
        await asyncio.sleep(every.total_seconds())

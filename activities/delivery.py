"""Steps that reach a customer who is not there."""

from __future__ import annotations

from activities.outreach import Outreach
from activities.step import effect
from models.case import Reach


class Delivery:
    def __init__(self, outreach: Outreach) -> None:
        self._outreach = outreach

    @effect()
    async def reach(self, reach: Reach) -> str:
        """Send a message under its key, once; returns as :meth:`activities.outreach.Outreach.reach`."""
        return await self._outreach.reach(reach)

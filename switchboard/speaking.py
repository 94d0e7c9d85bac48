"""Who speaks, over what, and how sure we are of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from models.case import Turn
from models.people import Actor, Address, Assurance, Channel, Provenance


@dataclass(frozen=True)
class Speaker:
    """Who speaks now, over what, and how sure we are of it.

    ``visit`` tells one call, browser or address from another without naming it; ``only`` is the one case that a pass
    opened to somebody who is not known to be the customer. An agent drives a case by the ``fence`` of their claim.
    """

    customer: str
    channel: Channel
    assurance: Assurance
    reply_to: Address | None = None
    language: str = "en"
    zone: str = "America/New_York"
    actor: Actor = Actor.CUSTOMER
    visit: str = ""
    only: str | None = None
    fence: int | None = None

    def may_see(self, turn: Turn) -> bool:
        """Whether the speaker is as sure as the case has asked for; what was proved in it alone is not counted."""
        return turn.floor.rank <= self.assurance.rank

    def provenance(self) -> Provenance:
        return Provenance(
            channel=self.channel,
            actor=self.actor,
            assurance=self.assurance,
            at=datetime.now(UTC),
            visit=self.visit,
        )


def visit_named(kind: str, name: str) -> str:
    """A visit's own name, which tells nothing of the number or address behind it."""
    return hashlib.sha256(f"{kind}:{name}".encode(errors="replace")).hexdigest()[:32]

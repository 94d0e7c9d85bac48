"""On a case's page: where it went on, what it was joined with, and the way to whoever is the same person."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from database.joins import Join, Joins
from gateway.desk.seeing import DESK, DeskCase


@dataclass(frozen=True)
class Joined:
    """``to`` is the case that this one goes on in, ``of`` the joining; ``others`` those that this one took over."""

    path: str
    to: str | None
    of: Join | None
    others: tuple[tuple[str, Join], ...]


async def joined_panel(request: Request, case: DeskCase) -> Joined:
    joins = await Joins(case.parts.database).of(case.customer.id)
    standing = [join for join in joins if join.parted_at is None]
    pairs = [(join, pair) for join in standing for pair in join.pairs if not pair.apart]
    of = next((join for join, pair in pairs if pair.goes == case.turn.case), None)
    others = tuple((pair.goes, join) for join, pair in pairs if pair.stays == case.turn.case)
    to = await case.parts.switchboard.onward.follow(case.turn.case) if case.turn.joined else None
    return Joined(f"{DESK}/customer/{case.turn.case.split('/')[1]}", to, of, others)

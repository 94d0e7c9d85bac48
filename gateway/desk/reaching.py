"""Where the customer of a case is now, and over what a line of the agent's reaches them there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from activities.outreach import LANDLINE
from activities.ways import Way, Ways
from database.outbox import Outgoing
from database.whereabouts import There, Whereabouts
from gateway.desk.seeing import DeskCase
from models.journal import Row
from models.people import Actor, Address, Channel

# WhatsApp takes free words for a day after the customer's own.
WINDOW = timedelta(hours=23)


@dataclass(frozen=True)
class Reaching:
    """``over`` what a line goes, and ``to`` where; None: there is no way, ``problem`` says why.

    ``last`` is the channel they were last on, ``detour`` that they have stopped that one.
    """

    there: There
    last: Channel | None = None
    over: Channel | None = None
    to: Address | None = None
    problem: str = ""
    detour: bool = False


async def reaching(case: DeskCase, rows: list[Row], sent: list[Outgoing]) -> Reaching:
    """By the case's journal and its messages: the page if it is open, else as they last wrote, else any other way."""
    there = await Whereabouts(case.parts.database).there(case.turn.case)
    last = next((row for row in reversed(rows) if row.actor is Actor.CUSTOMER and row.channel), None)
    where = last.channel if last else None
    if there.page:
        return Reaching(there, where, Channel.WEB)
    before = await _way(case, last, sent)
    ways, closed = await Ways(case.parts.customers, case.parts.journal, case.parts.post).to(
        case.turn.case.split("/")[1], "", before
    )
    written = [way for way in ways if way.channel is not Channel.PHONE and not way.approved]
    dead = {message.to.value for message in sent if message.reason == LANDLINE}
    open_ways = [way for way in written if way.to.value not in dead]
    if not open_ways:
        problem = "landline" if written else "stopped" if closed else "nowhere"
        return Reaching(there, where, problem=problem)
    # Who is on a channel is answered there, whatever they would rather have for news.
    way = before if before in open_ways else open_ways[0]
    return Reaching(there, where, way.channel, way.to, detour=before is not None and before not in ways)


async def _way(case: DeskCase, last: Row | None, sent: list[Outgoing]) -> Way | None:
    """The way they wrote by themselves, where it can be answered."""
    channel = last.channel if last else None
    if last is None or channel is None or not channel.keeps:
        return None
    if channel is Channel.WHATSAPP and last.at < datetime.now(UTC) - WINDOW:
        channel = Channel.SMS
    kind = "email" if channel is Channel.EMAIL else "phone"
    used = [message.to for message in sent if message.channel is last.channel and message.to.kind == kind]
    known = used[-1:] or [address for address in await case.addresses() if address.kind == kind]
    return Way(channel, known[0]) if known else None

"""A few words of the team to a customer who is not on the line: over the channel they were last heard on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from activities.ways import Way, Ways
from database.customers import Customer
from database.outbox import Message
from gateway.parts import Parts
from models.people import Actor, Channel

WRITTEN = {Channel.SMS: "phone", Channel.WHATSAPP: "phone", Channel.EMAIL: "email"}
WINDOW = timedelta(hours=23)  # WhatsApp lets us write freely for a day after the customer's own words


async def tell(parts: Parts, customer: Customer, case: str, key: str, text: str) -> bool:
    """Send ``text`` once for its ``key``; False where the customer can't be written to."""
    last = await heard(parts, customer)
    open_ways, _ = await Ways(parts.customers, parts.journal, parts.post).to(customer.id, "", last)
    way = next((way for way in open_ways if way.channel is not Channel.PHONE), None)
    if way is None:
        return False
    if way.channel is Channel.EMAIL and parts.mail is not None:
        words = parts.words(customer.language, customer.zone)
        message = parts.mail.letters.plain(key=key, customer=customer.id, to=way.to, text=text, words=words)
    else:
        message = Message(key=key, case=case, customer=customer.id, channel=way.channel, to=way.to, body=text)
    await parts.post.send(message)
    return True


async def heard(parts: Parts, customer: Customer) -> Way | None:
    """How the customer wrote last; None where they never did."""
    rows = [row for _, row in await parts.journal.timeline(customer.id, 50) if row.actor is Actor.CUSTOMER]
    last = max((row for row in rows if row.channel in WRITTEN), key=lambda row: row.at, default=None)
    if last is None or last.channel is None:
        return None
    late = last.channel is Channel.WHATSAPP and last.at < datetime.now(UTC) - WINDOW
    channel = Channel.SMS if late else last.channel
    theirs = await parts.customers.addresses(customer.id)
    to = next((address for address in theirs if address.kind == WRITTEN[channel]), None)
    return Way(channel, to) if to else None


async def is_there(parts: Parts, customer: Customer, within: timedelta = timedelta(minutes=15)) -> bool:
    """Whether the customer was heard so lately that they wait for what comes."""
    rows = await parts.journal.timeline(customer.id, 50)
    return any(row.actor is Actor.CUSTOMER and row.at > datetime.now(UTC) - within for _, row in rows)

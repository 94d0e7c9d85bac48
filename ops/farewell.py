"""The last word to a customer who was erased."""

from __future__ import annotations

from collections.abc import Sequence

from channels.providers.outbox import Post
from channels.wording.book import wording
from database.customers import Customers, opaque
from database.engine import Database
from database.outbox import Message
from models.people import Address, Channel
from ops.erasing import Farewell

_GONE = {"pending", "sending", "uncertain", "failed"}


def farewell(db: Database, post: Post) -> Farewell:
    """Writes to the first number there is, else to the first email address; whether the provider has it.

    To somebody who wrote STOP nothing is written.
    """

    async def write(addresses: Sequence[Address], customer: str, key: str) -> bool:
        to = next(iter(sorted(addresses, key=lambda address: address.kind != "phone")), None)
        person = await Customers(db).get(customer)
        if to is None or person is None:
            return False
        words = wording(person.language, person.zone)
        phone = to.kind == "phone"
        message = Message(
            key=f"{key}/{opaque('m')}",
            case=None,
            customer=customer,
            channel=Channel.SMS if phone else Channel.EMAIL,
            to=to,
            body=words.say("erased-farewell", brand=words.say("page-brand")),
            extras={} if phone else {"subject": words.say("erased-farewell-subject")},
        )
        await post.send(message)
        return (await post.outbox.status_of(message.key) or "failed") not in _GONE

    return write

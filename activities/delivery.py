"""Steps that reach a customer who is not there."""

from __future__ import annotations

from datetime import timedelta

from activities.step import effect
from channels import sms
from channels.providers.outbox import Post
from channels.wording.book import Wording, wording
from database.customers import Customers
from database.outbox import Message
from database.passes import Passes
from models.case import Reach
from models.people import Address, Channel

PASS_LIFETIME = timedelta(days=7)


class Delivery:
    """``public_url`` is what links in messages begin with."""

    def __init__(self, customers: Customers, passes: Passes, post: Post, public_url: str) -> None:
        self._customers = customers
        self._passes = passes
        self._post = post
        self._public_url = public_url.rstrip("/")

    @effect()
    async def reach(self, reach: Reach) -> str:
        """Send a message under its key, once; ``sent``, ``nowhere`` without an address, ``opted-out`` after STOP."""
        to = await self._address(reach)
        if to is None:
            return "nowhere"
        if not await self._post.may(reach.channel, to):
            return "opted-out"
        message = Message(
            key=reach.key,
            case=reach.turn.case,
            customer=reach.customer,
            channel=reach.channel,
            to=to,
            body=await self._body(reach),
        )
        await self._post.send(message)
        return "sent"

    async def _address(self, reach: Reach) -> Address | None:
        if reach.reply_to is not None and reach.reply_to.kind == "phone":
            return reach.reply_to
        known = await self._customers.addresses(reach.customer)
        return next((address for address in known if address.kind == "phone"), None)

    async def _body(self, reach: Reach) -> str:
        words = wording(reach.language, reach.zone)
        turn = reach.turn
        link = None if turn.status.closed else await self._link(reach)
        if reach.kind == "notices" or turn.question is None:
            return sms.render(turn, words, link=link)
        return _invitation(reach, words, link or "")

    async def _link(self, reach: Reach) -> str:
        token = await self._passes.issue(reach.turn.case, reach.customer, lifetime=PASS_LIFETIME)
        return f"{self._public_url}/c/{token}"


def _invitation(reach: Reach, words: Wording, link: str) -> str:
    pending = reach.turn.question
    question = words.prompt(reach.turn.moment, pending, Channel.SMS) if pending else ""
    if reach.kind == "reminder":
        lead = words.say("reminder", moment=words.moment_name(reach.turn.moment), question=question)
        return f"{lead} {link}"
    return words.say("way-back", question=question, link=link)

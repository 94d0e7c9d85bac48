"""Writing and calling on our own: over the best way there is, at a decent hour, not too often, and not in vain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import JsonValue

from activities.composing import Composed, Composer, Letters
from activities.ways import Way, Ways
from channels.providers.outbox import Post
from database.calls import ABOUT, Calls
from database.cases import Cases
from database.customers import Customer, Customers
from database.engine import Database, now
from database.journal import Journal
from database.outbox import Message, Outgoing
from database.passes import Passes
from database.spoken import Question, Spoken
from models.case import Reach
from models.courtesy import DAY, Courtesy
from models.errors import Unknown
from models.people import Actor, Address, Channel

AGAIN = "/instead"
OUTSIDE_THE_WINDOW, LANDLINE = "63016", "30006"
NEVER_WAITS = {"way_back", "call-missed", "left"}  # they follow on what the customer did a moment ago


class Outreach:
    """``public_url`` is what links begin with, ``letters`` writes mails, ``clock`` gives the time, aware."""

    def __init__(
        self,
        db: Database,
        post: Post,
        public_url: str,
        courtesy: Courtesy,
        *,
        letters: Letters | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._cases, self._customers, self._journal = Cases(db), Customers(db), Journal(db)
        self._calls, self._spoken = Calls(db), Spoken(db)
        self._post = post
        self._ways = Ways(self._customers, self._journal, post)
        self._composer = Composer(Passes(db), post, public_url, letters)
        self._courtesy = courtesy
        self._clock = clock

    async def reach(self, reach: Reach) -> str:
        """Send a message under its key, once.

        ``sent`` or ``calling``, ``later`` where it waits for a better hour, ``nowhere`` without an address,
        ``opted-out`` after STOP, ``capped`` for a reminder too many, ``passed`` where there is nothing to say any more.
        """
        if not _says_something(reach):
            return "passed"
        known = await self._owner(reach.customer)
        # They may have come to speak another language since the case began.
        reach = reach.model_copy(update={"language": known.language}) if known else reach
        if reach.kind == "reminder" and await self._reminded(reach) >= self._courtesy.reminders:
            return "capped"
        return await self._by_the_best(reach, _last(reach))

    async def instead(self, key: str) -> str:
        """A message of ours did not arrive: what its step has to say goes over the next way, once.

        Returns as :meth:`reach`; ``passed`` also where it is no longer true, or the customer has answered since.
        """
        lost = await self._post.outbox.get(key)
        if lost is None or lost.case is None or lost.customer is None or key.endswith(AGAIN):
            return "nowhere"
        reach = await self._again(lost, f"{key}{AGAIN}")
        if reach is None:
            return "passed"
        return await self._by_the_best(reach, _way(lost), lost)

    async def missed(self, call: str, case: str) -> str:
        """Nobody, or a machine, took our call: the question is texted, once for a call."""
        reach = await self._of_case(case, f"call/{call}/missed", "call-missed")
        if reach is None or not _says_something(reach):
            return "passed"
        return await self._by_the_best(reach, None)

    async def call(self, case: str, number: str | None = None) -> str:
        """Call the customer about a case, now: ``calling``, or ``nowhere`` without a number.

        ``number`` (E.164) must be one of theirs. Raises Unknown for no such case, or for a number of somebody else.
        """
        turn = await self._cases.turn(case)
        record = await self._cases.get(case)
        if turn is None or record is None:
            raise Unknown
        owner = await self._customers.owner(record.customer)
        known = [a for a in await self._customers.addresses(owner) if a.kind == "phone"]
        if number is not None and number not in {address.value for address in known}:
            raise Unknown
        to = next((address for address in known if number in {None, address.value}), None)
        if to is None:
            return "nowhere"
        return await self._ring(record.customer, case, to, None)

    async def due(self, key: str) -> None:
        """Hand over what waited for its hour, if it is still true."""
        message = await self._post.outbox.get(key)
        if message is not None and message.not_before is not None and message.case is not None:
            if await self._again(message, key) is None:
                await self._post.outbox.failed(key, "passed")
                return
            await self._note(message)
        await self._post.deliver(key)
        if await self._post.outbox.status_of(key) == "failed":
            await self.instead(key)

    # -- one message ------------------------------------------------------------------------------------------

    async def _by_the_best(self, reach: Reach, last: Way | None, lost: Outgoing | None = None) -> str:
        """Over the first way that is open, and has not just failed."""
        last = last if last and await self._theirs(last.to, reach.customer) else None
        ways, closed = await self._ways.to(reach.customer, self._composer.template(reach), last)
        if lost is not None:
            ways = self._after(lost, ways, reach)
        if not _worth_a_call(reach):
            ways = [way for way in ways if way.channel is not Channel.PHONE]
        if not ways:
            return "opted-out" if closed else "nowhere"
        return await self._over(ways[0], reach)

    async def _theirs(self, to: Address, customer: str) -> bool:
        """Whether the customer is there: at an address of their own, or on a borrowed phone at this time."""
        known = await self._customers.addresses(await self._customers.owner(customer))
        return to in known or await self._there(customer)

    async def _over(self, way: Way, reach: Reach) -> str:
        """Compose for a way, and send or keep it until it may go."""
        unasked = reach.kind not in NEVER_WAITS and not await self._there(reach.customer)
        at = await self._when(reach) if unasked else None
        if way.channel is Channel.PHONE:
            return await self._ring(reach.customer, reach.turn.case, way.to, at)
        composed = await self._composer.compose(reach, way)
        prompted = unasked and not reach.key.endswith(AGAIN)
        message = _message(reach, way, composed, at, prompted=prompted)
        if at is not None:
            await self._post.outbox.put(message)
            return "later"
        if await self._post.outbox.status_of(reach.key) is None:
            await self._note(message)
        await self._post.send(message)
        if await self._post.outbox.status_of(reach.key) == "failed":
            return await self.instead(reach.key)
        return "sent"

    async def _note(self, message: Message) -> None:
        """Which question a bare number sent back would answer."""
        case, _, rest = str(message.extras.get("asked") or "").partition(" ")
        key, _, revision = rest.rpartition(" ")
        if key and message.channel in {Channel.SMS, Channel.WHATSAPP}:
            asked = Question(case=case, key=key, revision=int(revision))
            await self._spoken.asked(message.channel, message.to, asked)

    async def _ring(self, customer: str, case: str, to: Address, at: datetime | None) -> str:
        await self._calls.callback_wanted(customer, to, f"{ABOUT}{case}", at=at)
        return "calling" if at is None else "later"

    async def _when(self, reach: Reach) -> datetime | None:
        """When it may go; None: now."""
        at = self._clock()
        sent = await self._post.outbox.prompted_since(reach.customer, at - DAY)
        when = self._courtesy.when(at, reach.zone, sent)
        return when if when > at else None

    async def _there(self, customer: str) -> bool:
        """Whether the customer was heard so lately that they are up, and wait for what comes."""
        rows = await self._journal.timeline(customer, 50)
        heard = [row.at for _, row in rows if row.actor is Actor.CUSTOMER]
        return bool(heard) and max(heard) > self._clock() - self._courtesy.awake

    async def _reminded(self, reach: Reach) -> int:
        sent = await self._post.outbox.for_case(reach.turn.case)
        return sum(m.extras.get("kind") == "reminder" and m.key != reach.key and AGAIN not in m.key for m in sent)

    # -- once more, over another way --------------------------------------------------------------------------

    async def _again(self, lost: Outgoing, key: str) -> Reach | None:
        """What a message of before would say now; None where it has nothing to say any more."""
        reach = await self._of_case(str(lost.case), key, str(lost.extras.get("kind") or "asking"))
        if reach is None:
            return None
        told = lost.extras.get("told")
        numbers = told if isinstance(told, list) else []
        news = [notice for notice in reach.turn.notices if notice.number in numbers]
        asked, now_asked = lost.extras.get("asked"), self._composer.asked(reach.turn)
        if not news and (not asked or asked != now_asked):
            return None
        return reach.model_copy(update={"turn": reach.turn.model_copy(update={"notices": news})})

    async def _of_case(self, case: str, key: str, kind: str) -> Reach | None:
        """What is to be said of a case as its journal has it."""
        turn, record = await self._cases.turn(case), await self._cases.get(case)
        customer = await self._owner(record.customer) if record else None
        if turn is None or record is None or customer is None:
            return None
        silent = turn.model_copy(update={"notices": []}) if kind == "call-missed" else turn
        return Reach(
            key=key, kind=kind, customer=record.customer, language=customer.language, zone=customer.zone, turn=silent
        )

    async def _owner(self, customer: str) -> Customer | None:
        """Who a case's customer is today."""
        return await self._customers.get(await self._customers.owner(customer))

    def _after(self, lost: Outgoing, ways: list[Way], reach: Reach) -> list[Way]:
        """The ways left when one has failed: never the same again, except with approved words on WhatsApp."""
        left = [way for way in ways if (way.channel, way.to) != (lost.channel, lost.to)]
        if lost.reason == OUTSIDE_THE_WINDOW and self._post.has(self._composer.template(reach)):
            left.insert(0, Way(Channel.WHATSAPP, lost.to, approved=True))
        if lost.reason == LANDLINE and lost.to.kind == "phone":
            left.append(Way(Channel.PHONE, lost.to))
        return left


def _says_something(reach: Reach) -> bool:
    return bool(reach.turn.notices or reach.turn.question) or reach.kind in {"notices", "checking", "left"}


def _worth_a_call(reach: Reach) -> bool:
    """Whether there is something to speak about, with somebody who did not just hang up."""
    return reach.turn.question is not None and not reach.turn.status.closed and reach.kind not in NEVER_WAITS


def _last(reach: Reach) -> Way | None:
    """How the customer was last reached, as the case remembers it."""
    if reach.reply_to is None:
        return None
    if reach.reply_to.kind == "email":
        return Way(Channel.EMAIL, reach.reply_to)
    return Way(reach.channel if reach.channel is Channel.WHATSAPP else Channel.SMS, reach.reply_to)


def _way(message: Outgoing) -> Way:
    return Way(message.channel, message.to, approved=True)


def _message(reach: Reach, way: Way, composed: Composed, at: datetime | None, *, prompted: bool) -> Message:
    about: dict[str, JsonValue] = {"kind": reach.kind, "told": [notice.number for notice in reach.turn.notices]}
    return Message(
        key=reach.key,
        case=reach.turn.case,
        customer=reach.customer,
        channel=way.channel,
        to=way.to,
        body=composed.body,
        prompted=prompted,
        extras={**composed.extras, **about},
        not_before=at,
    )

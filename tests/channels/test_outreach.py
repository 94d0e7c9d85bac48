"""Writing on our own: the way the customer chose, at a decent hour, not too often, and another way when one fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from activities.outreach import Outreach
from activities.ways import PREFERENCE
from channels.providers.outbox import Post
from channels.providers.twilio import Sent, TwilioDoor
from database.calls import Calls
from database.cases import Cases
from database.consent import Consent
from database.customers import Customers
from database.engine import Database
from database.journal import Journal
from database.outbox import Message, Outbox, Outgoing
from database.spoken import Spoken
from models.case import Reach, Turn
from models.courtesy import Courtesy
from models.errors import Undelivered, Unknown
from models.journal import Page, Row
from models.ledger import Fact
from models.people import Actor, Address, Assurance, Channel
from models.questions import AnyQuestion
from simulators.carrier import Account, Handset, create_carrier, listening
from simulators.carrier.contents import content_sid
from tests.channels.turns import QUESTIONS, RECEIPT, by, turn

ACCOUNT, TOKEN, NUMBER = "AC" + "a1" * 16, "0123456789abcdef0123456789abcdef", "+18005550100"
HOME = Address(kind="phone", value="+14155550002")
MAIL = Address(kind="email", value="ada@example.com")
NOON, NIGHT = datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC)
NUMBERS = count(1000)
pytestmark = pytest.mark.asyncio(loop_scope="module")
MORNING = datetime(2026, 11, 23, 13, tzinfo=UTC)


@dataclass
class PostOffice:
    """A door for mail that keeps what it is given."""

    mails: list[tuple[str, str]] = field(default_factory=list)
    refuses: bool = False

    async def mail(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        reply_to: str | None = None,
        headers: Mapping[str, str] = {},  # only read
        custom_args: Mapping[str, str] = {},  # only read
    ) -> Sent:
        if self.refuses:
            raise Undelivered("bounced")
        self.mails.append((to, text))
        return Sent(custom_args["out"], "accepted")


@dataclass
class Office:
    """One customer with a case, whose clock the test turns."""

    db: Database
    post: Post
    outreach: Outreach
    phone: Handset
    mails: PostOffice
    customer: str
    case: str
    ada: Address
    now: datetime = NOON
    written: int = 0

    async def knows(self, *addresses: Address, prefers: str | None = None) -> None:
        for address in addresses:
            await Customers(self.db).add_address(self.customer, address)
        if prefers:
            fact = Fact(name=PREFERENCE, value=prefers, by=by(Channel.SMS))
            await self.stands(facts=[fact])

    async def stands(
        self, question: AnyQuestion | None = None, *, heard: datetime | None = None, facts: Any = (), **more: Any
    ) -> Turn:
        """How the case stands by its journal from now on."""
        self.written += 1
        it = turn(question, case=self.case, **more)
        said = by(Channel.SMS, Actor.CUSTOMER, heard or self.now)
        row = Row(
            sequence=self.written,
            at=heard or self.now,
            what="arrived" if heard else "did",
            actor=said.actor if heard else None,
        )
        page = Page(
            case=self.case, customer=self.customer, moment="pay-bill", run="r", status=it.status.value,
            sequence=self.written, turn=it.model_dump(mode="json"), rows=[row], facts=list(facts), at=self.now,
        )  # fmt: skip
        await Journal(self.db).write(page)
        return it

    async def reaches(self, kind: str, it: Turn, *, key: str = "", over: Channel = Channel.SMS, **more: Any) -> str:
        """What comes of a message that the case sends; its key is the kind unless told otherwise."""
        plain: dict[str, Any] = {"language": "en", "zone": "America/New_York", "reply_to": self.ada, "channel": over}
        return await self.outreach.reach(
            Reach(key=key or kind, kind=kind, customer=self.customer, turn=it, **(plain | more))
        )

    async def message(self, key: str) -> Outgoing:
        found = await self.post.outbox.get(key)
        assert found is not None
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def carrier() -> AsyncIterator[str]:
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks="http://127.0.0.1:9", pace=0.01, second=0.01))
    async with listening(phones) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="module")
async def office(db: Database, carrier: str) -> AsyncIterator[Office]:
    ada = Address(kind="phone", value=f"+1415555{next(NUMBERS)}")
    customer = await Customers(db).meet(ada)
    case = await Cases(db).open(customer.id, "pay-bill")
    async with Handset(carrier, ada.value, patience=3) as phone:
        door, mails = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=carrier), PostOffice()
        contents = {name: content_sid(name) for name in ("buttons-2", "reminder", "asking")}
        post = Post(Outbox(db), door, "http://127.0.0.1:9/status", Consent(db), mail=mails, contents=contents)
        made_office: Office
        outreach = Outreach(db, post, "https://x.example", Courtesy(), clock=lambda: made_office.now)
        made_office = Office(db, post, outreach, phone, mails, customer.id, case.id, ada)
        yield made_office
        door.close()


async def test_a_question_that_came_up_is_asked_where_the_customer_was(office: Office) -> None:
    it = await office.stands(QUESTIONS["choice"])
    assert await office.reaches("asking", it) == "sent"
    heard = await office.phone.hears_text("About paying your bill")
    assert "1) Now" in heard
    message = await office.message("asking")
    assert (message.channel, message.prompted, message.extras["kind"]) == (Channel.SMS, True, "asking")
    last = await Spoken(office.db).last(Channel.SMS, office.ada)
    assert last is not None
    assert (last.case, last.key, last.revision) == (office.case, "when", 3)


async def test_on_whatsapp_it_has_buttons(office: Office) -> None:
    it = await office.stands(QUESTIONS["choice"])
    await office.phone.texts("hi", channel="whatsapp")
    assert await office.reaches("asking", it, over=Channel.WHATSAPP) == "sent"
    await office.phone.hears_text("Would you like to pay now")
    [text] = await office.phone.received()
    assert [option["title"] for option in text["options"]] == ["Now", "Later"]
    tapped = await office.phone.taps("Later")
    assert (tapped["body"], tapped["webhook"]["status"]) == ("Later", 0)


@pytest.mark.parametrize(("prefers", "channel"), [("email", Channel.EMAIL), ("text", Channel.SMS)])
async def test_the_way_the_customer_chose_comes_first(office: Office, prefers: str, channel: Channel) -> None:
    await office.knows(MAIL, prefers=prefers)
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("reminder", it) == "sent"
    assert (await office.message("reminder")).channel is channel


async def test_who_chose_whatsapp_gets_approved_words_after_a_day(office: Office) -> None:
    await office.knows(prefers="whatsapp")
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("reminder", it) == "sent"
    heard = await office.phone.hears_text("You have not finished")
    assert "https://x.example/c/" in heard
    assert (await office.message("reminder")).channel is Channel.WHATSAPP


async def test_who_wants_to_be_called_is_called(office: Office) -> None:
    await office.knows(prefers="call")
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("asking", it) == "calling"
    [wanted] = await Calls(office.db).callbacks_due(5)
    assert (wanted.address, wanted.case) == (office.ada, office.case)


async def test_at_night_it_waits_until_morning_and_survives_a_restart(office: Office) -> None:
    office.now = NIGHT
    it = await office.stands(QUESTIONS["amount"], heard=NIGHT - timedelta(hours=5))
    assert await office.reaches("reminder", it) == "later"
    assert await office.reaches("reminder", it) == "later"
    await office.post.deliver("reminder")
    await office.phone.hears_no_text(within=0.1)
    kept = await office.message("reminder")
    assert (kept.status, kept.not_before) == ("pending", MORNING)


@pytest.mark.parametrize("kind", ["notices", "asking", "reminder"])
async def test_who_is_there_waits_for_nothing_even_at_night(office: Office, kind: str) -> None:
    office.now = NIGHT
    it = await office.stands(QUESTIONS["amount"], heard=NIGHT - timedelta(minutes=2), notices=[RECEIPT])
    assert await office.reaches(kind, it) == "sent"
    assert not (await office.message(kind)).prompted


async def test_who_hung_up_gets_the_way_back_at_once(office: Office) -> None:
    office.now = NIGHT
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("way_back", it) == "sent"
    await office.phone.hears_text("Go on here: https://x.example/c/")


async def test_who_just_hung_up_is_not_rung_again(office: Office) -> None:
    await office.knows(prefers="phone")
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("way_back", it) == "sent"
    assert await Calls(office.db).callbacks_due(5) == []


async def test_when_its_hour_has_come_it_goes(office: Office) -> None:
    office.now = NIGHT
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("reminder", it) == "later"
    kept = await office.message("reminder")
    due = {**kept.model_dump(exclude={"status", "reason", "put_at"}), "not_before": datetime.now(UTC), "key": "due"}
    await office.post.outbox.put(Message.model_validate(due))
    await office.outreach.due("due")
    await office.phone.hears_text("You have not finished")
    assert (await Spoken(office.db).last(Channel.SMS, office.ada)) is not None


async def test_a_call_waits_for_the_morning_too(office: Office) -> None:
    await office.knows(prefers="phone")
    office.now = NIGHT + timedelta(days=3650)  # "now" of the database is earlier
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("asking", it) == "later"
    assert await Calls(office.db).callbacks_due(5) == []


async def test_three_a_day_over_all_channels_and_two_reminders_a_case(office: Office) -> None:
    # What is put is put now, so this day is today's.
    office.now = datetime.now(UTC).replace(hour=17)
    it = await office.stands(QUESTIONS["amount"])
    for key in ("one", "two"):
        assert await office.reaches("reminder", it, key=key) in {"sent", "later"}
    assert await office.reaches("reminder", it, key="three") == "capped"
    assert await office.reaches("asking", it, key="four") in {"sent", "later"}
    assert await office.reaches("asking", it, key="five") == "later"
    waits = (await office.message("five")).not_before
    assert waits is not None
    assert waits > office.now


async def test_what_waited_is_not_sent_when_it_is_no_longer_true(office: Office) -> None:
    office.now = NIGHT
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("reminder", it) == "later"
    await office.stands(QUESTIONS["date"])
    await office.outreach.due("reminder")
    gone = await office.message("reminder")
    assert (gone.status, gone.reason) == ("failed", "passed")


async def test_a_number_that_gets_no_texts_is_written_to_by_mail(office: Office) -> None:
    await office.knows(MAIL)
    it = await office.stands(QUESTIONS["amount"])
    await office.phone.nemesis(refuse=1, refuse_code=21614)
    assert await office.reaches("asking", it) == "sent"
    assert [to for to, _ in office.mails.mails] == [MAIL.value]
    assert (await office.message("asking/instead")).channel is Channel.EMAIL


async def test_undelivered_goes_to_the_next_number_once(office: Office) -> None:
    await office.knows(HOME)
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("asking", it) == "sent"
    assert await office.outreach.instead("asking") == "sent"
    assert await office.outreach.instead("asking") == "sent"
    assert (await office.message("asking/instead")).to == HOME
    assert await office.outreach.instead("asking/instead") == "nowhere"


async def test_a_message_that_was_lost_is_not_said_again_after_the_answer(office: Office) -> None:
    await office.knows(MAIL)
    it = await office.stands(QUESTIONS["amount"])
    await office.reaches("asking", it)
    await office.stands(QUESTIONS["date"])
    assert await office.outreach.instead("asking") == "passed"
    assert office.mails.mails == []


async def test_lost_news_are_told_even_when_the_case_is_closed(office: Office) -> None:
    await office.knows(MAIL)
    it = await office.stands(notices=[RECEIPT])
    await office.reaches("notices", it)
    await office.stands(notices=[RECEIPT, RECEIPT.model_copy(update={"number": 2})])
    assert await office.outreach.instead("notices") == "sent"
    assert office.mails.mails[0][1].count("R7K2") == 1


async def test_stop_leaves_the_other_channels_and_without_any_nothing_goes(office: Office) -> None:
    it = await office.stands(QUESTIONS["amount"])
    await office.post.stopped(Channel.SMS, office.ada)
    assert await office.reaches("asking", it) == "opted-out"
    await office.knows(MAIL)
    assert await office.reaches("asking", it) == "sent"
    assert office.mails.mails


async def test_outside_the_day_whatsapp_goes_on_with_approved_words(office: Office) -> None:
    it = await office.stands(QUESTIONS["amount"])
    assert await office.reaches("asking", it, over=Channel.WHATSAPP) == "sent"
    sid = str((await office.phone.state())["texts"][0]["sid"])
    await office.post.outbox.receipt(sid, "failed", "63016")
    assert await office.outreach.instead("asking") == "sent"
    assert "About paying your bill" in await office.phone.hears_text("How much")


async def test_whom_we_must_be_sure_of_is_told_nothing_but_where_to_look(office: Office) -> None:
    it = await office.stands(QUESTIONS["amount"], notices=[RECEIPT], floor=Assurance.VERIFIED)
    assert await office.reaches("notices", it) == "sent"
    heard = await office.phone.hears_text("There is news")
    assert "R7K2" not in heard
    assert "$" not in heard


async def test_a_call_nobody_took_becomes_a_text_once(office: Office) -> None:
    await office.stands(QUESTIONS["amount"])
    assert await office.outreach.call(office.case) == "calling"
    assert await office.outreach.missed("CA1", office.case) == "sent"
    assert await office.outreach.missed("CA1", office.case) == "sent"
    await office.phone.hears_text("We tried to call you. Your bill is")
    await office.phone.hears_no_text(within=0.1)


async def test_only_the_customers_own_numbers_are_called(office: Office) -> None:
    await office.stands(QUESTIONS["amount"])
    with pytest.raises(Unknown):
        await office.outreach.call(office.case, "+14155559999")
    with pytest.raises(Unknown):
        await office.outreach.call("pay-bill/c_nobody/1")
    assert await office.outreach.call(office.case, office.ada.value) == "calling"

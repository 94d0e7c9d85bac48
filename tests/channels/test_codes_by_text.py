"""One-time codes by text: the one that was texted is the one that works, however often the step is tried."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from activities.identity import TextedCodes
from channels.providers.outbox import Post
from channels.providers.twilio import TwilioDoor
from database.codes import Codes
from database.consent import Consent
from database.customers import Customers
from database.engine import Database
from database.outbox import Outbox
from models.errors import TooManyCodes
from models.people import Address
from simulators.carrier import Account, Handset, create_carrier, listening
from tests.channels.test_post import ACCOUNT, ADA, NUMBER, TOKEN


class Ada:
    def __init__(self, texted: TextedCodes, customer: str, phone: Handset) -> None:
        self.texted = texted
        self.customer = customer
        self.phone = phone

    async def reads_a_code(self) -> str:
        found = re.search(r"\d{6}", await self.phone.hears_text("code"))
        assert found is not None
        return found[0]


@pytest.fixture
async def ada(db: Database) -> AsyncIterator[Ada]:
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks="http://127.0.0.1:9", pace=0.01, second=0.01))
    async with listening(phones) as carrier, Handset(carrier, ADA.value, patience=3) as phone:
        door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=carrier)
        post = Post(Outbox(db), door, "http://127.0.0.1:9/status", Consent(db))
        customers = Customers(db)
        customer = await customers.meet(Address(kind="phone", value=ADA.value))
        yield Ada(TextedCodes(Codes(db), customers, post), customer.id, phone)
        door.close()


async def test_a_code_whose_step_was_tried_twice_works(ada: Ada) -> None:
    assert await ada.texted.send("case/1", ada.customer) == await ada.texted.send("case/1", ada.customer) == "•••71"
    code = await ada.reads_a_code()
    await ada.phone.hears_no_text()
    assert await ada.texted.check(ada.customer, code) == "right"


async def test_a_code_that_was_taken_back_is_worthless(ada: Ada) -> None:
    await ada.texted.send("case/1", ada.customer)
    await ada.texted.void(ada.customer)
    assert await ada.texted.check(ada.customer, await ada.reads_a_code()) == "used_up"


async def test_voiding_costs_nothing_and_the_sixth_code_is_refused(ada: Ada) -> None:
    for number in range(5):
        await ada.texted.send(f"case/{number}", ada.customer)
        await ada.texted.void(ada.customer)
    with pytest.raises(TooManyCodes):
        await ada.texted.send("case/6", ada.customer)
    assert await ada.texted.send("case/4", ada.customer) == "•••71"

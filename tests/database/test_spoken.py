"""The question last texted to an address is remembered, one for each way of texting."""

from __future__ import annotations

import pytest

from database.engine import Database
from database.spoken import Question, Spoken
from models.people import Address, Channel

PHONE = Address(kind="phone", value="+12125550142")
AMOUNT = Question(case="pay-bill/c_ada/1", key="amount", revision=1)
WHEN = Question(case="pay-bill/c_ada/1", key="when", revision=2)


@pytest.fixture
def spoken(db: Database) -> Spoken:
    return Spoken(db)


async def last(spoken: Spoken, channel: Channel) -> Question | None:
    found = await spoken.last(channel, PHONE)
    assert found is None or found.at is not None
    return found and found.model_copy(update={"at": None})


async def test_the_last_question_counts(spoken: Spoken) -> None:
    assert await spoken.last(Channel.SMS, PHONE) is None
    for question in (AMOUNT, WHEN):
        await spoken.asked(Channel.SMS, PHONE, question)
        assert await last(spoken, Channel.SMS) == question


async def test_each_way_has_its_own(spoken: Spoken) -> None:
    await spoken.asked(Channel.SMS, PHONE, AMOUNT)
    await spoken.asked(Channel.WHATSAPP, PHONE, WHEN)
    assert await last(spoken, Channel.SMS) == AMOUNT
    assert await spoken.last(Channel.SMS, Address(kind="phone", value="+12125550143")) is None

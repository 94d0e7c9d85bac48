"""One person, many addresses; nobody is believed before they have shown that an address is theirs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from models.case import Answer
from models.errors import Unknown
from models.people import Address, Assurance, Channel
from switchboard.identity import Addresses
from switchboard.switchboard import visit_named
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_calls import action
from tests.switchboard.conftest import FRIEND, Town

HOME, WORK = Address(kind="phone", value=CUSTOMER), Address(kind="phone", value=FRIEND)
HOUR = timedelta(hours=1)
CAR = Address(kind="phone", value="+14155550177")
MAIL = Address(kind="email", value="ada@example.com")


def addresses(town: Town) -> Addresses:
    return Addresses(town.parts.codes, town.parts.customers, town.parts.post)


async def codes(town: Town, to: Address = HOME) -> list[str]:
    """The codes that were sent there, oldest first."""
    theirs = [body for _, address, body in await town.written() if address == to.value]
    return [found[0] for body in theirs if (found := re.findall(r"\b\d{6}\b", body))]


async def test_a_further_address_is_theirs_once_its_code_came_back(town: Town) -> None:
    customer = await town.parts.customers.meet(HOME)
    await addresses(town).claim(customer.id, CAR, "claim-1")
    assert await town.parts.customers.find(CAR) is None
    (code,) = await codes(town, CAR)
    assert await addresses(town).prove(customer.id, CAR, "000000" if code != "000000" else "1") == "wrong"
    assert await town.parts.customers.find(CAR) is None
    assert await addresses(town).prove(customer.id, CAR, code) == "right"
    assert await town.parts.customers.find(CAR) == customer


async def test_anothers_code_proves_nothing(town: Town) -> None:
    ada, eve = await town.parts.customers.meet(HOME), await town.parts.customers.meet(WORK)
    await addresses(town).claim(ada.id, CAR, "claim-1")
    (code,) = await codes(town, CAR)
    assert await addresses(town).prove(eve.id, CAR, code) != "right"


async def test_an_unknown_caller_is_joined_when_it_is_proved(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("upgrade my phone", by=FRIEND)
    ada = await town.parts.customers.meet(HOME)
    stranger = await town.parts.customers.meet(WORK)
    await addresses(town).claim(ada.id, WORK, "claim-1")
    (code,) = await codes(town, WORK)
    await addresses(town).prove(ada.id, WORK, code)
    assert await town.parts.customers.find(WORK) == ada
    assert {case.moment for case in await town.parts.switchboard.open_cases(ada.id)} == {"pay-bill", "upgrade-device"}
    assert await town.parts.switchboard.owns(ada.id, f"upgrade-device/{stranger.id}/1")
    assert not await town.parts.switchboard.owns(stranger.id, f"pay-bill/{ada.id}/1")
    # From the number they had first, they go on in what they began as a stranger.
    await town.says("blue")
    given = [request for request in town.line.sent if isinstance(request, Answer)]
    assert [request.key for request in given] == ["colour"]
    # And a second upgrade is not begun beside it.
    await town.says("I want to upgrade my phone")
    assert len(await town.parts.switchboard.open_cases(ada.id)) == 2


async def test_a_number_that_changed_hands_brings_no_past_along(town: Town) -> None:
    old = await town.parts.customers.meet(WORK)
    await town.parts.customers.add_address(old.id, MAIL)
    await town.says("pay my bill", by=FRIEND)
    new = await town.parts.customers.meet(HOME)
    await addresses(town).claim(new.id, WORK, "claim-1")
    (code,) = await codes(town, WORK)
    await addresses(town).prove(new.id, WORK, code)
    assert await town.parts.customers.find(WORK) == new
    assert await town.parts.switchboard.open_cases(new.id) == []
    assert await town.parts.customers.find(MAIL) == old


async def test_joining_is_for_ever_and_for_those_there_are(town: Town) -> None:
    customers = town.parts.customers
    ada, eve, zoe = [await customers.meet(Address(kind="phone", value=f"+1415555010{number}")) for number in (1, 2, 3)]
    await customers.join(eve.id, ada.id)
    await customers.join(zoe.id, eve.id)
    await customers.join(ada.id, ada.id)
    assert await customers.records(ada.id) == [ada.id, eve.id, zoe.id]
    assert [await customers.owner(one.id) for one in (ada, eve, zoe)] == [ada.id] * 3
    assert len(await customers.addresses(ada.id)) == 3
    with pytest.raises(Unknown):
        await customers.join("c_nobody", ada.id)
    with pytest.raises(Unknown):
        await customers.join(ada.id, "c_nobody")


async def test_every_visit_has_a_name_that_tells_nothing(town: Town) -> None:
    await town.says("pay my bill")
    await town.calls(sid="CA1")
    await town.calls(sid="CA2")
    visits = [request.by.visit for request in town.line.sent]
    assert len({*visits}) == 3
    assert all(visit and CUSTOMER not in visit for visit in visits)


async def test_a_spoofed_caller_hears_nothing_but_the_question_that_proves_them(town: Town) -> None:
    await town.says("my internet is down")
    assert await town.asks("resolve-technical-issue") == "what"
    heard = await town.calls()
    assert "code" in heard
    said = " ".join(re.findall(r"<Say[^>]*>([^<]*)", heard))
    assert said == "What is the code we sent you? Enter its 6 digits on your keypad."


async def test_a_call_stays_proved_once_its_code_was_right(town: Town) -> None:
    await town.says("my internet is down")
    heard = await town.calls()
    (code,) = await codes(town)
    heard = await town.calls(action(heard), Digits=code)
    assert "internet" in heard.lower()
    assert await town.parts.calls.assurance_of("CA" + "1".rjust(32, "0")) is Assurance.POSSESSION
    await town.calls(action(heard), SpeechResult="internet")
    given = [request for request in town.line.sent if isinstance(request, Answer)]
    assert given[-1].by.assurance is Assurance.POSSESSION
    assert given[-1].key == "what"


async def test_the_next_call_has_to_prove_it_again(town: Town) -> None:
    await town.says("my internet is down")
    heard = await town.calls(sid="CA1")
    await town.calls(action(heard), sid="CA1", Digits=(await codes(town))[0])
    heard = await town.calls(sid="CA2")
    assert "code" in heard


async def test_another_code_is_sent_to_whoever_asks_for_it(town: Town) -> None:
    await town.says("my internet is down")
    heard = await town.calls()
    assert len(await codes(town)) == 1
    heard = await town.calls(action(heard), SpeechResult="send me a new code")
    second = (await codes(town))[-1]
    assert len(await codes(town)) == 2
    assert "sent you a new code" in heard
    heard = await town.calls(action(heard), Digits=second)
    assert "internet" in heard.lower()


async def test_on_a_call_the_star_key_is_a_new_code(town: Town) -> None:
    await town.says("my internet is down")
    heard = await town.calls()
    assert "star" not in heard
    heard = await town.calls(action(heard), Digits=f"{(int((await codes(town))[0]) + 1) % 10**6:06}")
    assert "press star for a new code" in heard
    heard = await town.calls(action(heard), Digits="*")
    assert len(await codes(town)) == 2
    assert "sent you a new code" in heard
    heard = await town.calls(action(heard), Digits=(await codes(town))[-1])
    assert "internet" in heard.lower()


async def test_too_many_wrong_codes_and_the_owner_hears_of_it(town: Town) -> None:
    await town.says("my internet is down")
    heard = await town.calls()
    for _ in range(6):
        right = (await codes(town))[-1]
        wrong = f"{(int(right) + 1) % 10**6:06}"
        heard = await town.calls(action(heard), Digits=wrong)
    told = [(to, body) for key, to, body in await town.written() if key.startswith("guessed:")]
    assert [to for to, _ in told] == [CUSTOMER]
    assert "Nothing was opened" in told[0][1]
    assert "which" not in heard.lower()


async def test_a_session_is_for_the_case_it_was_opened_for(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("upgrade my phone")
    bill, phone = await town.turn("pay-bill"), await town.turn("upgrade-device")
    speaker = await town.parts.switchboard.recognise(Channel.SMS, HOME, Assurance.POSSESSION)
    token = await town.parts.sessions.open(speaker.customer, bill.case, Assurance.POSSESSION, HOUR)
    session = await town.parts.sessions.find(token)
    assert session is not None
    narrow = await town.parts.switchboard.speaker_of(session)
    assert (await town.parts.switchboard.arrive(narrow, bill.case, "a1")).case == bill.case
    for refused in (
        town.parts.switchboard.arrive(narrow, phone.case, "a2"),
        town.parts.switchboard.start(narrow, "change-plan", "a3"),
    ):
        with pytest.raises(Unknown):
            await refused
    assert visit_named("sms", CUSTOMER) != visit_named("phone", CUSTOMER)

"""A code that leads back into a case from any phone: once, soon, and into that case alone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from database.engine import now
from database.passcode import new_code, shown
from models.case import Answer
from models.people import Address, Assurance
from models.tables import PassRow, TriesRow
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_calls import action
from tests.switchboard.conftest import FRIEND, Town


async def code_for(town: Town, moment: str) -> str:
    turn = await town.turn(moment)
    return await town.parts.passes.issue_code(turn.case, turn.case.split("/")[1])


async def warnings(town: Town) -> list[tuple[str, str]]:
    return [(to, body) for key, to, body in await town.written() if key.startswith("guessed:")]


async def test_on_somebody_elses_phone_it_goes_on_where_it_was(town: Town) -> None:
    await town.says("upgrade my phone")
    code = await code_for(town, "upgrade-device")
    said = await town.says(f"my code is {shown(code)}", by=FRIEND)
    assert "You were upgrading your phone" in said
    assert "color" in said
    await town.says("blue", by=FRIEND)
    assert await town.asks("upgrade-device") == "storage"


async def test_a_call_with_a_code(town: Town) -> None:
    await town.says("upgrade my phone")
    code = await code_for(town, "upgrade-device")
    heard = await town.calls(From=FRIEND)
    heard = await town.calls(action(heard), From=FRIEND, SpeechResult=f"My code is {' '.join(code)}")
    assert "which color" in heard.lower()
    await town.calls(action(heard), From=FRIEND, SpeechResult="blue")
    assert await town.asks("upgrade-device") == "storage"
    given = [request for request in town.line.sent if isinstance(request, Answer)]
    assert given[-1].by.assurance is Assurance.POSSESSION
    # The code was no proof of the number that was called from.
    assert await town.parts.calls.assurance_of("CA" + "1".rjust(32, "0")) is Assurance.CLAIMED


async def test_it_opens_that_case_and_no_other(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("change my plan")
    await town.says(f"my code is {await code_for(town, 'change-plan')}", by=FRIEND)
    await town.says("$40.00", by=FRIEND)
    assert await town.asks("pay-bill") == "amount"
    await town.says("pay my bill", by=FRIEND)
    assert await town.asks("pay-bill") == "amount"
    assert (await town.turn("pay-bill", FRIEND)).case != (await town.turn("pay-bill")).case


async def test_it_opens_once(town: Town) -> None:
    await town.says("upgrade my phone")
    code = await code_for(town, "upgrade-device")
    await town.says(f"my code is {code}", by=FRIEND)
    assert "not valid" in await town.says(f"my code is {code}", by="+14155550188")


async def test_it_is_soon_over(town: Town) -> None:
    await town.says("upgrade my phone")
    code = await code_for(town, "upgrade-device")
    await town.parts.database.change(update(PassRow).values(expires_at=now() - timedelta(seconds=1)))
    assert "not valid" in await town.says(f"my code is {code}", by=FRIEND)


async def test_a_newer_one_takes_its_place(town: Town) -> None:
    await town.says("upgrade my phone")
    first, second = await code_for(town, "upgrade-device"), await code_for(town, "upgrade-device")
    assert "not valid" in await town.says(f"my code is {first}", by=FRIEND)
    assert "You were" in await town.says(f"my code is {second}", by=FRIEND)


async def test_one_that_was_not_heard_right_is_no_guess(town: Town) -> None:
    for _ in range(9):
        assert "send it again" in await town.says("my code is K7M4 P2HK")
    assert "What is the code" in await town.says("I have a code")
    await town.says("upgrade my phone")
    assert "You were" in await town.says(f"my code is {await code_for(town, 'upgrade-device')}")


async def test_whoever_guesses_has_to_wait_and_the_owner_hears_of_it(town: Town) -> None:
    await town.says("upgrade my phone", by=FRIEND)
    right = await code_for_friend(town)
    for number in range(4):
        heard = await town.calls(sid=f"CA{number}", From=FRIEND)
        heard = await town.calls(action(heard), sid=f"CA{number}", From=FRIEND, SpeechResult=f"code {new_code()}")
        assert "not valid" in heard
    assert await warnings(town) == []
    heard = await town.calls(sid="CA9", From=FRIEND)
    heard = await town.calls(action(heard), sid="CA9", From=FRIEND, SpeechResult=f"my code is {new_code()}")
    assert "too many wrong codes" in heard
    assert [to for to, _ in await warnings(town)] == [FRIEND]
    assert "too many wrong codes" in await town.says(f"my code is {right}", by=FRIEND)
    # Somebody else's right code still opens, and the lock does not last.
    assert "You were" in await town.says(f"my code is {right}", by=CUSTOMER)


async def code_for_friend(town: Town) -> str:
    turn = await town.turn("upgrade-device", FRIEND)
    return await town.parts.passes.issue_code(turn.case, turn.case.split("/")[1])


async def test_a_lock_ends(town: Town) -> None:
    await town.says("upgrade my phone")
    for _ in range(5):
        await town.says(f"my code is {new_code()}", by=FRIEND)
    await town.parts.database.change(update(TriesRow).values(until=now() - timedelta(seconds=1)))
    await town.parts.database.change(update(TriesRow).values(since=now() - timedelta(hours=2)))
    assert "You were" in await town.says(f"my code is {await code_for(town, 'upgrade-device')}", by=FRIEND)


async def test_a_network_and_everybody_are_counted_too(town: Town) -> None:
    await town.says("upgrade my phone")
    desk = town.parts.conversation.front.passes
    for _ in range(20):
        assert await desk.typed(new_code(), ip="203.0.113.9") is None
    code = await code_for(town, "upgrade-device")
    assert await desk.typed(code, ip="203.0.113.9") is None
    for number in range(80):
        assert await desk.typed(new_code(), ip=f"198.51.100.{number}") is None
    assert await desk.typed(code, ip="192.0.2.1") is None
    await town.parts.database.change(update(TriesRow).values(until=now() - timedelta(seconds=1)))
    given = await desk.typed(shown(code).lower(), ip="192.0.2.1")
    assert given is not None
    assert given.case.startswith("upgrade-device/")


async def test_the_visit_ends_with_the_case(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.says(f"my code is {await code_for(town, 'upgrade-device')}", by=FRIEND)
    for words in ("blue", "large", "yes"):
        await town.says(words, by=FRIEND)
    assert "What would you like" in await town.says("hi", by=FRIEND)


async def test_ones_own_code_opens_no_less(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("upgrade my phone")
    await town.says(f"my code is {await code_for(town, 'upgrade-device')}")
    await town.says("$40.00")
    assert await town.asks("pay-bill") == "when"


async def test_an_address_is_nobody_before_it_is_met(town: Town) -> None:
    assert await town.parts.customers.find(Address(kind="phone", value=FRIEND)) is None
    assert "not valid" in await town.says(f"my code is {new_code()}", by=FRIEND)


async def test_the_same_code_again_on_the_same_visit_is_no_guess(town: Town) -> None:
    await town.says("upgrade my phone")
    code = await code_for(town, "upgrade-device")
    for _ in range(7):
        assert "You were upgrading" in await town.says(f"my code is {code}", by=FRIEND)

"""Whoever calls from a customer's number is only claimed to be them, whatever happens during the call."""

from __future__ import annotations

import re

from models.people import Assurance
from tests.gateway.conftest import sid
from tests.gateway.test_calls import action
from tests.switchboard.conftest import FRIEND, Town

SECRETS = ("internet", "technical", "problem", "mended", "fixing", "solved")


async def says(town: Town, heard: str, words: str, call: str = "CA1") -> str:
    """What a caller with the customer's number hears next."""
    return await town.calls(action(heard), sid=call, SpeechResult=words)


def spoken(heard: str) -> str:
    """The words alone: the addresses that the provider asks next are heard by nobody."""
    return " ".join(re.findall(r"<Say[^>]*>(.*?)</Say>", heard)).lower()


async def codes(town: Town) -> list[str]:
    return [found[0] for _, _, body in await town.written() if (found := re.findall(r"\b\d{6}\b", body))]


async def proved(town: Town, call: str = "CA1") -> bool:
    return await town.parts.calls.assurance_of(sid(call)) is not Assurance.CLAIMED


async def test_a_case_that_ended_meanwhile_tells_them_nothing(town: Town) -> None:
    await town.says("my internet does not work")
    heard = await town.calls()
    assert "code" in heard
    await town.says("internet")
    assert [notice.key for notice in (await town.turn("resolve-technical-issue")).notices] == ["mended"]
    heard = await says(town, heard, "hello, is it done?")
    assert not any(secret in spoken(heard) for secret in SECRETS), heard


async def test_who_can_not_say_the_code_is_not_believed_when_no_more_are_sent(town: Town) -> None:
    await town.says("my internet does not work")
    heard = await town.calls()
    while "<Gather" in heard and "code" in heard:
        wrong = "111111" if (await codes(town))[-1] != "111111" else "222222"
        heard = await says(town, heard, wrong)
    assert not await proved(town)
    # And the customer, whose number it is, goes on as if nobody had called.
    said = await town.says("internet")
    assert "person" not in said, said
    assert (await town.turn("resolve-technical-issue")).status.closed


async def test_ones_own_code_opens_nobody_elses_call(town: Town) -> None:
    await town.says("upgrade my phone", by=FRIEND)
    own = await town.turn("upgrade-device", FRIEND)
    code = await town.parts.passes.issue_code(own.case, own.case.split("/")[1])
    await town.says("my internet does not work")
    heard = await says(town, await town.calls(), f"my code is {' '.join(code)}")
    assert "color" in heard
    assert not await proved(town)
    # Their own case ends, and they are again nobody but a caller from the customer's number.
    await town.says("cancel", by=FRIEND)
    assert (await town.turn("upgrade-device", FRIEND)).status.closed
    await says(town, heard, "blue")
    assert "code" in await town.calls(sid="CA1", Digits="")
    assert await town.asks("resolve-technical-issue") == "verify/possession/code"


async def test_they_do_not_hear_what_else_is_under_way(town: Town) -> None:
    await town.says("my internet does not work")
    heard = await town.calls()
    heard = await says(town, heard, "I want to pay my bill")
    assert not any(secret in spoken(heard) for secret in SECRETS), heard
    heard = await says(town, heard, "forty dollars")
    heard = await says(town, heard, "now")
    heard = await says(town, heard, "yes")
    assert not any(secret in spoken(heard) for secret in SECRETS), heard


async def test_they_can_neither_change_nor_cancel(town: Town) -> None:
    await town.says("my internet does not work")
    heard = await town.calls()
    for words in ("cancel", "cancel everything", "change the answer", "go back", "start over", "internet"):
        await says(town, heard, words)
    turn = await town.turn("resolve-technical-issue")
    assert not turn.status.closed
    assert turn.answers == []

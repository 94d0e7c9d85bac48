"""What is heard a second time, or late: the server dies before its reply, the case closes while somebody writes."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.datastructures import FormData

from activities.billing import Billing
from bootstrap import Wiring, parts_for, wire
from channels.whatsapp import Written
from gateway.parts import Parts
from gateway.webhooks.texts import TextDesk
from settings import Settings
from simulators.carrier.handset import Handset
from simulators.machine import ROOT
from tests.stories.test_what_goes_wrong import posts
from tests.stories.world import World
from worker import worker_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

TO_THE_METHOD = (("pay my bill", "How much"), ("40", "now, or on"), ("now", "How would you like to pay?"))
TO_THE_LAST = (*TO_THE_METHOD, ("1", "Pay $40"))


async def say_all(phone: Handset, steps: tuple[tuple[str, str], ...]) -> None:
    for words, reply in steps:
        await phone.texts(words)
        await phone.hears_text(reply, within=25)


@asynccontextmanager
async def wired(world: World) -> AsyncIterator[Wiring]:
    """The parts of one more server, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEMPORAL_ADDRESS", world.machine.environment["TEMPORAL_ADDRESS"])
        async with wire(Settings.model_validate(dict(world.machine.environment))) as wiring:
            yield wiring


@asynccontextmanager
async def own_worker(world: World, wiring: Wiring) -> AsyncIterator[Any]:
    """The company behind a worker in this process, in place of the one outside."""
    world.machine.kill("worker")
    try:
        async with worker_for(wiring):
            await asyncio.sleep(1.5)
            yield wiring.company
    finally:
        await world.machine.start_worker()


class Dying(TextDesk):
    """Is ended after the case has answered and before anything is said."""

    async def compose(self, *given: Any) -> Written:
        raise ConnectionError("killed")


async def dies_and_comes_back(parts: Parts, number: str, words: str) -> None:
    sid = f"SM{secrets.token_hex(16)}"
    form = {"MessageSid": sid, "From": number, "To": parts.number, "Body": words, "NumMedia": "0"}
    await Dying(parts).receive(FormData(form))
    waiting = await parts.inbox.unfinished(timedelta(seconds=-5), 100)
    (body,) = (each.body for each in waiting if each.id == sid)
    await TextDesk(parts).handle(sid, body)


AGAIN = {
    "yes": (TO_THE_LAST, "Thank you"),
    "cancel": (TO_THE_LAST, "Cancelled"),
    "1": (TO_THE_METHOD, "Pay $40"),
    "pay my bill": ((), "How much"),
}


@pytest.mark.parametrize("words", AGAIN)
async def test_words_taken_before_the_server_died_are_answered_all_the_same(world: World, words: str) -> None:
    steps, reply = AGAIN[words]
    async with wired(world) as wiring, Handset(world.carrier, world.number()) as phone:
        await say_all(phone, steps)
        before = len(await phone.received())
        await dies_and_comes_back(parts_for(wiring), phone.number, words)
        heard = await phone.hears_text("")
        assert reply in heard
        assert "Sorry" not in heard
        assert len(await phone.received()) == before + 1
    assert await world.payments(phone.number) == (words == "yes")


async def test_the_receipt_comes_though_the_server_is_killed_during_the_payment(world: World) -> None:
    async with Handset(world.carrier, world.number()) as phone:
        await say_all(phone, TO_THE_LAST)
        before = len(await phone.received())
        yes = asyncio.create_task(phone.texts("yes"))
        while not await world.payments(phone.number):
            await asyncio.sleep(0.001)
        world.machine.kill("server")
        await asyncio.gather(yes, return_exceptions=True)
        port = world.machine.ports.server
        await world.machine._start("server", sys.executable, str(ROOT / "server.py"), "--port", str(port))
        await world.machine._answers("server", port)
        assert "Thank you" in await phone.hears_text("Thank you", within=40)
        assert not [t["body"] for t in (await phone.received())[before:] if "did not get" in t["body"]]
    assert await world.payments(phone.number) == 1


def slowed(company: Any) -> Any:
    """Payments take 4 s from now on; returns what takes them at once again."""
    charge = company.charge

    async def slow(*given: Any) -> Any:
        await asyncio.sleep(4)
        return await charge(*given)

    company.charge = slow
    return charge


async def test_the_receipt_comes_though_the_customer_writes_during_a_slow_payment(world: World) -> None:
    async with wired(world) as wiring, own_worker(world, wiring) as company:
        async with Handset(world.carrier, world.number()) as phone:
            await say_all(phone, TO_THE_LAST)
            charge = slowed(company)
            for words in ("yes", "change the amount", "never mind", "no"):
                await phone.texts(words)
            assert "Thank you" in await phone.hears_text("Thank you", within=15)
            company.charge = charge
        assert await world.payments(phone.number) == 1


async def test_the_receipt_comes_with_the_text_that_finds_an_uncertain_payment_settled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    step: Any = Billing.take_payment
    monkeypatch.setattr(step, "__segue_step__", replace(step.__segue_step__, timeout=3, budget=4))
    async with wired(world) as wiring, own_worker(world, wiring) as company:
        async with Handset(world.carrier, world.number()) as phone:
            await say_all(phone, TO_THE_LAST)
            charge, receipt_for = company.charge, company.receipt_for

            async def lost(*given: Any) -> Any:
                await charge(*given)
                raise ConnectionError("lost")

            async def away(*given: Any) -> Any:
                raise ConnectionError("away")

            company.charge, company.receipt_for = lost, away
            await phone.texts("yes")
            await asyncio.sleep(7)
            before = len(await phone.received())
            company.charge, company.receipt_for = charge, receipt_for
            await phone.texts("any news")
            assert "Thank you" in await phone.hears_text("Thank you", within=15)
            assert len(await phone.received()) == before + 1
        assert await world.payments(phone.number) == 1


async def test_a_caller_hears_the_receipt_of_a_slow_payment(world: World) -> None:
    async with wired(world) as wiring, own_worker(world, wiring) as company:
        async with Handset(world.carrier, world.number()) as phone:
            await say_all(phone, TO_THE_LAST)
            charge = slowed(company)
            call = await phone.calls()
            heard = await call.says("yes")
            company.charge = charge
            assert "Thank you" in heard
            await call.hangs_up()
        assert await world.payments(phone.number) == 1


async def test_words_that_arrive_after_the_hang_up_move_the_way_back_on(world: World) -> None:
    async with Handset(world.carrier, world.number()) as phone:
        await say_all(phone, TO_THE_METHOD[:1])
        call = await phone.calls()
        await call.says("say that again")
        await call.hangs_up()
        await phone.hears_text("How much would you like to pay? Go on here", within=15)
        (*_, turn) = [each for each in await phone.deliveries() if "voice/turn" in each["url"]]
        address = turn["url"].removeprefix(world.site).replace("n=1", "n=7")
        late = await posts(world, address, {**turn["form"], "SpeechResult": "forty dollars"})
        assert late.status_code == 200
        way_back = await phone.hears_text("Go on here", within=15)
        assert "now, or on a later day?" in way_back

"""The whole journey: begun by text, gone on by phone, finished on the web; nothing asked twice, one charge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Between = Callable[[], Awaitable[None]]


async def journey(customer: Customer, between: Between) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await between()
    await customer.texts("$61.37")
    await customer.hears("now, or on a later day?")
    await between()
    call = await customer.calls()
    assert "now, or on a later day?" in call.heard
    assert "How much" not in call.heard
    await between()
    assert "How would you like to pay?" in await call.says("uh now please")
    await between()
    await call.hangs_up()
    await customer.hears("How would you like to pay?")
    await between()
    await customer.opens_the_texted_link()
    await customer.sees("How would you like to pay?")
    await customer.sees("$61.37")
    await between()
    await customer.taps("Change")
    await customer.sees("How much would you like to pay?")
    await customer.page.locator("input[name=value]").fill("72.18")
    await customer.page.keyboard.press("Enter")
    await between()
    await customer.sees("How would you like to pay?")
    await customer.chooses("Visa ending 4242")
    await between()
    await customer.sees("$72.18")
    await customer.taps("Yes")
    await customer.sees("Thank you")
    await customer.hears("$72.18")


async def nothing_was_asked_twice_and_paid_once(world: World, customer: Customer) -> None:
    rows = await world.story(customer.phone.number)
    asked = Counter((row.key, row.data.get("revision")) for row in rows if row.what == "asked")
    assert set(asked.values()) == {1}
    assert [row.key for row in rows if row.what == "asked"] == ["amount", "when", "method", "amount", "pay"]
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert await world.payments(customer.phone.number) == 1
    assert await customer.faults() == []


async def test_by_text_by_phone_and_on_the_web(world: World, customer: Customer) -> None:
    async def nothing() -> None: ...

    await journey(customer, nothing)
    await nothing_was_asked_twice_and_paid_once(world, customer)


async def test_with_the_worker_killed_between_any_two_steps(world: World, customer: Customer) -> None:
    async def kill() -> None:
        world.machine.kill("worker")
        await world.machine.start_worker()

    await journey(customer, kill)
    await nothing_was_asked_twice_and_paid_once(world, customer)


async def test_with_temporal_restarted_on_the_way(world: World, customer: Customer) -> None:
    step = 0

    async def restart() -> None:
        nonlocal step
        step += 1
        if step in (2, 5):
            world.machine.kill("temporal")
            await world.machine.start_temporal()

    await journey(customer, restart)
    await nothing_was_asked_twice_and_paid_once(world, customer)


async def test_with_nothing_kept_in_the_workers_memory(world: World, customer: Customer) -> None:
    async def nothing() -> None: ...

    remembering = world.machine.environment
    world.machine.kill("worker")
    world.machine.environment = {**remembering, "SEGUE_CASES_IN_MEMORY": "0"}
    await world.machine.start_worker()
    try:
        await journey(customer, nothing)
    finally:
        world.machine.kill("worker")
        world.machine.environment = remembering
        await world.machine.start_worker()
    await nothing_was_asked_twice_and_paid_once(world, customer)


async def test_nobody_reads_a_customer_in_temporal_or_the_logs(world: World, customer: Customer) -> None:
    async def nothing() -> None: ...

    await journey(customer, nothing)
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await customer.texts("I am Josephine Quillfeather, write to josephine@quill.example")
    await customer.hears("")
    secrets = [
        "Josephine",
        "Quillfeather",
        "quill.example",
        "61.37",
        "72.18",
        "Visa ending",
        customer.phone.number,
        customer.phone.number[2:],
        "uh now please",
    ]
    files = list(world.machine.data.glob("temporal.db*"))
    files += [world.machine.data / "log" / f"{name}.log" for name in ("server", "worker", "temporal")]
    assert len(files) >= 4
    for file in files:
        content = file.read_bytes()
        found = [secret for secret in secrets if secret.encode() in content]
        assert found == [], f"{file.name} shows {found}"

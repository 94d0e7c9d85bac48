"""By commands alone, on a machine at work: what is there of somebody, a copy of it, and then nothing."""

from __future__ import annotations

import asyncio
import getpass
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from database.audit import Audit
from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def runs(world: World, *words: str) -> Result:
    """``segue`` with these words, where the machine's own settings are."""
    environ = dict(world.machine.environment)
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, words, env=environ))


async def test_a_copy_and_then_nothing(world: World, customer: Customer, tmp_path: Path) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much")
    await customer.texts("$40")
    await customer.hears("now, or on")
    id = await world.known(customer.phone.number)
    assert id

    copied = await runs(world, "export", id, "--to", str(tmp_path), "--why", "she asked for it")
    assert copied.exit_code == 0, copied.output
    assert customer.phone.number in (tmp_path / "person.html").read_text("utf-8")
    assert json.loads((tmp_path / "person.json").read_text("utf-8"))

    looked = await runs(world, "erase", id, "--dry-run")
    assert "pay-bill" in looked.output
    named = await runs(world, "erase", id, "--why", f"{customer.phone.number} wants it")
    assert (named.exit_code, "without their name" in named.output) == (2, True)
    assert await world.known(customer.phone.number) == id, "nothing was done yet"

    files = [f"--scan={file}" for file in world.machine.data.glob("temporal.db*")]
    gone = await runs(world, "erase", id, "--tell", "--why", "ticket 2031", *files)
    assert gone.exit_code == 0, gone.output
    assert await world.known(customer.phone.number) is None
    deeds = [deed async for deed in Audit(world.database).deeds(customer=id)]
    assert {(deed.staff, deed.note) for deed in deeds if deed.what == "erase"} == {
        (f"cli:{getpass.getuser()}", "ticket 2031")
    }
    again = await runs(world, "export", id)
    assert again.exit_code == 2
    assert "were erased" in again.output


async def test_an_export_is_noted(world: World, customer: Customer, tmp_path: Path) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much")
    id = await world.known(customer.phone.number)
    assert id
    assert (await runs(world, "export", id, "--to", str(tmp_path), "--why", "she asked")).exit_code == 0
    deeds = [deed async for deed in Audit(world.database).deeds(customer=id)]
    assert [deed.note for deed in deeds if deed.what == "export"] == ["she asked"]


async def test_the_journal_is_what_the_histories_say(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much")
    for _ in range(5):
        checked = await runs(world, "ops", "rebuild", "--check", "--json")
        if checked.exit_code == 0:
            break
        await asyncio.sleep(1)  # somebody is still on the line, and was heard while it was compared
    assert (checked.exit_code, json.loads(checked.stdout)["differences"]) == (0, []), checked.output
    swept = await runs(world, "ops", "sweep")
    assert (swept.exit_code, swept.output.strip()) == (0, "Nothing was old enough to go.")

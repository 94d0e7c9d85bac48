"""One machine: stopped and started again, and what it says when it can't start."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from models.errors import Misconfigured
from settings import environment
from simulators.carrier.handset import Handset
from simulators.machine import Machine, Ports, temporal_binary
from tests.stories import world as stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


def machine(folder: Path) -> Machine:
    return Machine(data=folder, environment=environment(), ports=Ports(*stage.free_ports(4)))


@asynccontextmanager
async def up(folder: Path) -> AsyncIterator[Ports]:
    """As ``segue up`` starts it: a process of its own, which one signal stops with everything in it."""
    ports = Ports(*stage.free_ports(4))
    code = (
        "import asyncio; from pathlib import Path; from settings import environment;"
        "from simulators.machine import Machine, Ports;"
        f"asyncio.run(Machine(Path({str(folder)!r}), environment(), {ports}).run(print))"
    )
    env = {**environment(), "PYTHONPATH": str(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    while b"Ctrl-C" not in await asyncio.wait_for(process.stdout.readline(), 60):
        pass
    yield ports
    os.kill(process.pid, signal.SIGTERM)
    await asyncio.wait_for(process.wait(), 30)
    ports.check({"the server": ports.server, "the carrier": ports.carrier, "Temporal": ports.temporal})


async def test_one_signal_stops_everything_and_the_next_start_goes_on_where_this_one_ended(tmp_path: Path) -> None:
    async with up(tmp_path) as ports, Handset(f"http://127.0.0.1:{ports.carrier}", "+14155550199") as phone:
        await phone.texts("pay my bill")
        await phone.hears_text("How much would you like to pay?")
    async with stage.world(tmp_path) as after, Handset(after.carrier, "+14155550199") as phone:
        await phone.texts("44")
        await phone.hears_text("now, or on a later day?")
        assert [row.what for row in await after.story("+14155550199")].count("asked") == 2


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    here = machine(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", here.ports.carrier))
        taken.listen()
        with pytest.raises(Misconfigured, match=rf"Port {here.ports.carrier} \(the carrier\) is in use"):
            await here.start()
    await here.stop()


async def test_a_missing_program_is_named() -> None:
    with pytest.raises(Misconfigured, match=r"`temporal-of-yesterday` is missing"):
        temporal_binary("temporal-of-yesterday")


async def test_a_broken_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "segue.db").write_bytes(b"this is not a database, however long one looks at it" * 100)
    here = machine(tmp_path)
    with pytest.raises(Misconfigured, match="can't be used as an SQLite database"):
        await here.start()
    await here.stop()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="can't be made"):
        await machine(tmp_path / "file" / "data").start()

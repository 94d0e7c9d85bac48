"""Where it is measured: a machine of its own in a temporary folder, with the bench's worker and server on it."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.client import Client

from database.customers import Customers
from database.engine import open_database
from database.vault import Vault
from settings import Settings, environment
from simulators.machine import Machine, Ports, own_secrets
from switchboard.codec import data_converter
from switchboard.line import Line

# The developer's own accounts and addresses stay out of it.
_OURS = ("TEMPORAL_", "SEGUE_", "TWILIO_", "SENDGRID_", "DATABASE_URL")
_NO_ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "0" * 32}


@dataclass(frozen=True)
class Ground:
    """What whoever asks needs: the line to Temporal, the customers, the server's port and a key to its API."""

    line: Line
    customers: Customers
    port: int
    api_key: str


class BenchMachine(Machine):
    """The machine with the bench's moments on its worker and server, and without a carrier."""

    async def start_parts(self) -> None:
        """Start all parts and return once they answer."""
        self._prepare()
        await self.start_temporal()
        await self._start("worker", sys.executable, "-m", "bench.worker")
        await self._start("server", sys.executable, "-m", "bench.server", "--port", str(self.ports.server))
        await self._answers("server", self.ports.server)
        await self._file_says("worker", "is current")


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """A machine that is up; stopped and thrown away afterwards."""
    with TemporaryDirectory(prefix="segue-bench-") as folder:
        machine = BenchMachine(data=Path(folder), environment=_environment(), ports=free_ports(), carrier=False)
        try:
            await machine.start_parts()
            async with _reached(machine) as reached:
                yield reached
        finally:
            await machine.stop()


def _environment() -> Mapping[str, str]:
    return {name: value for name, value in environment().items() if not name.startswith(_OURS)} | _NO_ACCOUNT


@asynccontextmanager
async def _reached(machine: Machine) -> AsyncIterator[Ground]:
    settings = Settings(_env_file=None, **machine.environment)  # type: ignore[call-arg, arg-type]  # by its aliases
    database = await open_database(settings.database_url)
    try:
        converter = data_converter(Vault(database, settings.key()))
        client = await Client.connect(machine.environment["TEMPORAL_ADDRESS"], data_converter=converter)
        api_key = own_secrets(machine.data)["api_key"]
        yield Ground(Line(client), Customers(database), machine.ports.server, api_key)
    finally:
        await database.close()


def free_ports() -> Ports:
    """Ports that nobody listens on now."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(4)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        server, carrier, temporal, pages = (probe.getsockname()[1] for probe in probes)
    return Ports(server=server, carrier=carrier, temporal=temporal, pages=pages)

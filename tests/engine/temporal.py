"""A real Temporal server, a worker in this process, and customers who text."""

from __future__ import annotations

import asyncio
import base64
import itertools
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHandle
from temporalio.worker import Worker

from bootstrap import Wiring, wire
from channels.providers.outbox import Post
from database.company import CompanyBooks
from database.journal import Journal
from database.outbox import Message
from models.case import Turn
from models.journal import Row
from models.people import Address, Assurance, Channel
from settings import Settings
from simulators.machine import TEMPORAL_SETTINGS, temporal_binary
from switchboard.line import Line
from switchboard.switchboard import Speaker, Switchboard
from tests.engine.survey import Survey
from worker import worker_for
from workflows import catalogue

MOMENTS = {**catalogue.MOMENTS, "survey": Survey}
_numbers = itertools.count(1)


class Kept(Post):
    """Sends nothing and keeps what would have been sent."""

    def __init__(self, post: Post) -> None:
        self.__dict__.update(post.__dict__)
        self.messages: dict[str, Message] = {}

    async def send(self, message: Message) -> None:
        self.messages.setdefault(message.key, message)

    async def may(self, channel: Channel, address: Address) -> bool:
        return True


@dataclass(frozen=True)
class World:
    """Everything that is wired, with ``SMS`` as the way to speak: what is told there needs no copy."""

    wiring: Wiring
    board: Switchboard
    post: Kept
    requests: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def somebody(self) -> Speaker:
        """A customer nobody has met."""
        address = Address(kind="phone", value=f"+1415555{next(_numbers):04}")
        return await self.board.recognise(Channel.SMS, address, Assurance.POSSESSION)

    def id(self) -> str:
        return f"r{next(self.requests)}"

    async def start(self, speaker: Speaker, moment: str = "pay-bill") -> Turn:
        return await self.board.start(speaker, moment, self.id())

    async def answer(self, speaker: Speaker, turn: Turn, value: Any) -> Turn:
        """Answer what the turn asks."""
        pending = turn.pending[0]
        return await self.board.answer(speaker, turn.case, self.id(), pending.question.key, pending.revision, value)

    async def answers(self, speaker: Speaker, turn: Turn, *values: Any) -> Turn:
        for value in values:
            turn = await self.answer(speaker, turn, value)
            assert turn.note is None, (turn.note, turn.because)
        return turn

    def handle(self, turn: Turn) -> WorkflowHandle[Any, Any]:
        return self.wiring.client.get_workflow_handle(turn.case)

    async def rows(self, turn: Turn) -> list[Row]:
        return await Journal(self.wiring.database).rows(turn.case)

    async def payments(self, speaker: Speaker) -> int:
        return len(await CompanyBooks(self.wiring.database).payments(speaker.customer))

    async def closed(self, turn: Turn) -> Any:
        """How the case ended, once it has."""
        return await asyncio.wait_for(self.handle(turn).result(), 10)

    def worker(self, **more: Any) -> Worker:
        return worker_for(self.wiring, workflows=tuple(MOMENTS.values()), **more)


def amount(text: str) -> dict[str, str]:
    return {"amount": text, "currency": "USD"}


@contextmanager
def dev_server(log: Path, file: Path | None = None) -> Iterator[str]:
    """Temporal's development server, in memory or in a file; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        temporal_binary(), "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--headless",
        "--log-level", "error", *(("--db-filename", str(file)) if file else ()), *TEMPORAL_SETTINGS,
    ]  # fmt: skip
    with log.open("wb") as out, subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as server:
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


async def answering(address: str) -> None:
    """Return once somebody listens there."""
    host, _, port = address.partition(":")
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise TimeoutError(address)


@asynccontextmanager
async def world(address: str, database: Path, *, search_attributes: bool = True, **more: Any) -> AsyncIterator[World]:
    """Everything wired to the server there; ``more`` are settings. No worker yet."""
    given = {
        "SEGUE_MASTER_KEY": base64.b64encode(b"k" * 32).decode(),
        "DATABASE_URL": f"sqlite:///{database}",
        "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TWILIO_AUTH_TOKEN": "t",
        "SEGUE_CARRIER_URL": "http://127.0.0.1:9",
    }
    # Not from the environment: a developer's own .env stays out.
    settings = Settings.model_validate(given | more)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEMPORAL_ADDRESS", address)
        async with wire(settings) as wired:
            post = Kept(wired.post)
            wiring = replace(wired, post=post)
            line = Line(wiring.client, settings.task_queue, deadline=10.0, search_attributes=search_attributes)
            board = replace(wiring.switchboard(line), moments=frozenset(MOMENTS))
            yield World(wiring, board, post)

"""One server and one worker for all tests of a session that need them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.engine import temporal
from tests.engine.temporal import World
from worker import make_current


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def temporal_address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A development server's address."""
    with temporal.dev_server(tmp_path_factory.mktemp("temporal") / "log") as address:
        await temporal.answering(address)
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(temporal_address: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Everything wired, with a worker that runs as in life: sandboxed, versioned, current."""
    database = tmp_path_factory.mktemp("world") / "segue.db"
    async with temporal.world(temporal_address, database) as wired, wired.worker():
        await make_current(wired.wiring)
        yield wired

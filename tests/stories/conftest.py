"""One machine for all stories of a session."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.stories import world as stage
from tests.stories.world import Customer, World


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with stage.world(tmp_path_factory.mktemp("segue")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def customer(world: World, browser: Browser) -> AsyncIterator[Customer]:
    async with stage.customer(world, browser) as person:
        yield person

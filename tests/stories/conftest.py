"""A customer of the machine that all stories of a session share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.stories import world as stage
from tests.stories.world import Customer, World


@pytest.fixture
def world(running: World) -> World:
    return running


@pytest_asyncio.fixture(loop_scope="session")
async def customer(world: World, browser: Browser) -> AsyncIterator[Customer]:
    async with stage.customer(world, browser) as person:
        yield person

"""A carrier, a company and the real client, anew for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulators.carrier import Account, Handset, create_carrier, listening
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN, Listener, World


class Door(FastAPI):
    """An address that stays while what stands behind it changes: opening and closing one takes uvicorn 0.3 s."""

    behind: FastAPI

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
        else:
            await self.behind(scope, receive, send)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def doors() -> AsyncIterator[dict[str, Door]]:
    company, carrier = Door(), Door()
    async with listening(company) as company_url, listening(carrier) as carrier_url:
        yield {company_url: company, carrier_url: carrier}


@pytest.fixture
def account() -> Account:
    """What a module may override: the company's address is filled in once it is known."""
    return Account(ACCOUNT, TOKEN, NUMBER, webhooks="", pace=0.01, second=0.01)


@pytest_asyncio.fixture(loop_scope="session")
async def world(account: Account, doors: dict[str, Door]) -> AsyncIterator[World]:
    (company_url, company), (carrier_url, carrier) = doors.items()
    listener, transport = Listener(), TwilioHttpClient(timeout=5)
    app = create_carrier(replace(account, webhooks=company_url))
    company.behind, carrier.behind = listener.app, app
    client = Client(ACCOUNT, TOKEN, http_client=transport)
    client.api.base_url = carrier_url
    async with app.router.lifespan_context(app), Handset(carrier_url, CUSTOMER, patience=3) as phone:
        yield World(carrier_url, company_url, listener, client, phone)
    transport.session.close()

"""Signing in by OpenID Connect, at a real provider that runs beside the tests."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlalchemy import select, update

from database.engine import Database
from gateway.app import create_app
from gateway.staff.provider import Provider
from models.staff import Role
from models.tables import SignInRow
from tests.gateway.browser import free_port
from tests.gateway.conftest import PUBLIC, World, made_parts
from tests.staff.colleague import Colleague, asks_as

ROLES = {"care-leads": Role.SUPERVISOR, "care": Role.AGENT}
BACK = f"{PUBLIC}/staff/provider/back"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def issuer() -> AsyncIterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    url = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(100):
            try:
                await client.get(f"{url}/.well-known/openid-configuration")
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
        people = {"ada": ["care-leads", "runners"], "ben": "care", "eve": [], "bob": ["admin"]}
        for subject, roles in people.items():
            claims = {"name": subject.title(), "roles": roles, "team": "east"}
            assert (await client.put(f"{url}/users/{subject}", json=claims)).is_success
    yield url
    process.kill()
    await process.wait()


@pytest.fixture
async def world(db: Database, issuer: str) -> AsyncIterator[World]:
    parts = replace(made_parts(db), provider=Provider(issuer, "segue", "a-secret", roles=ROLES))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(parts)), base_url=PUBLIC) as client:
        yield World(parts, client)
    parts.door.close()


async def consents(leaving: str, subject: str) -> str:
    """What a person does at the provider's own page; where it sends the browser, as a path here."""
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(leaving, data={"sub": subject})
    sent = urlsplit(answer.headers["location"])
    assert f"{sent.scheme}://{sent.netloc}{sent.path}" == BACK
    return f"{sent.path}?{sent.query}"


async def leaves(world: World, back: str = "/staff/people") -> str:
    answer = await world.client.get("/staff/provider", params={"back": back})
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_a_provider_lets_somebody_in_with_the_role_it_says(world: World) -> None:
    page = await world.client.get(await consents(await leaves(world), "ada"))
    assert 'content="0; url=/staff/people"' in page.text
    (ada,) = await world.parts.staff.people()
    assert (ada.name, ada.role, ada.team, ada.local) == ("Ada", Role.SUPERVISOR, "east", False)
    assert (await world.client.get("/staff/people")).status_code == 200
    (session,) = await world.parts.staff_sessions.of(ada.id)
    assert session.way == "provider"


async def test_state_nonce_and_pkce_are_sent_and_the_verifier_stays_here(world: World) -> None:
    sent = {name: values[0] for name, values in parse_qs(urlsplit(await leaves(world)).query).items()}
    (kept,) = await world.parts.database.rows(select(SignInRow.nonce, SignInRow.verifier))
    assert sent["code_challenge"] == create_s256_code_challenge(kept.verifier)
    assert (sent["code_challenge_method"], sent["nonce"]) == ("S256", kept.nonce)
    assert (sent["response_type"], sent["redirect_uri"]) == ("code", BACK)
    assert len(sent["state"]) > 40


async def test_an_answer_counts_once_and_in_the_browser_that_asked(world: World) -> None:
    answer = await consents(await leaves(world), "ada")
    elsewhere = httpx.AsyncClient(transport=world.client._transport, base_url=PUBLIC)
    assert (await elsewhere.get(answer)).status_code == 403
    assert (await world.client.get(answer)).status_code == 200
    assert (await world.client.get(answer)).status_code == 403


async def test_another_nonce_is_somebody_elses_token(world: World) -> None:
    answer = await consents(await leaves(world), "ada")
    await world.parts.database.change(update(SignInRow).values(nonce="another"))
    assert (await world.client.get(answer)).status_code == 403


async def test_a_code_that_was_never_given_opens_nothing(world: World) -> None:
    state = parse_qs(urlsplit(await leaves(world)).query)["state"][0]
    assert (await world.client.get(f"/staff/provider/back?code=guessed&state={state}")).status_code == 403
    assert (await world.client.get("/staff/provider/back?error=access_denied&state=x")).status_code == 403


@pytest.mark.parametrize("subject", ["eve", "bob"])
async def test_who_has_no_role_of_ours_is_refused(world: World, subject: str) -> None:
    assert (await world.client.get(await consents(await leaves(world), subject))).status_code == 403
    assert await world.parts.staff.people() == []


async def test_a_closed_account_stays_closed_whatever_the_provider_says(world: World) -> None:
    await world.client.get(await consents(await leaves(world), "ben"))
    (ben,) = await world.parts.staff.people()
    assert ben.role is Role.AGENT
    await world.parts.staff.close(ben.id)
    assert (await world.client.get(await consents(await leaves(world), "ben"))).status_code == 403


async def test_an_account_of_the_provider_has_no_password_here(world: World) -> None:
    await world.client.get(await consents(await leaves(world), "ben"))
    (ben,) = await world.parts.staff.people()
    assert await world.parts.staff.by_password(ben.sign_in, "") is None
    admin = await Colleague.who_is(world, Role.ADMIN)
    assert (await asks_as(world, admin.person, "POST", f"/staff/people/{ben.id}/password")).status_code == 404


async def test_a_token_for_another_client_is_not_for_us(world: World, issuer: str) -> None:
    other = replace(world.parts, provider=Provider(issuer, "other", "", roles=ROLES))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(create_app(other)), base_url=PUBLIC)
    answer = await consents(str((await client.get("/staff/provider")).headers["location"]), "ada")
    assert other.provider
    other.provider.client_id = "segue"
    assert (await client.get(answer)).status_code == 403


async def test_a_provider_that_is_away_is_said_so(db: Database) -> None:
    parts = replace(made_parts(db), provider=Provider("http://127.0.0.1:9", "segue", ""))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(parts)), base_url=PUBLIC) as client:
        answer = await client.get("/staff/provider")
    parts.door.close()
    assert answer.status_code == 503
    assert "does not answer right now" in answer.text

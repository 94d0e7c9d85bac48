"""Signing in by name and password, what a session lasts, and how it ends."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update

from database.engine import now
from database.passwords import hashed, matches, new_password
from database.staff_sessions import IDLE, LONGEST
from gateway.staff.entry import WRONG, safe_back
from models.staff import Role
from models.tables import StaffSessionRow
from tests.gateway.conftest import World
from tests.staff.colleague import OURS, PASSWORD, Colleague, asks_as


@pytest.fixture
async def ada(world: World) -> Colleague:
    return await Colleague.who_is(world, Role.AGENT)


async def test_a_name_and_a_password_open_the_staff_page(ada: Colleague) -> None:
    assert not await ada.is_in()
    await ada.signs_in()
    assert ada.heading == "Hello, Agent"


async def test_the_cookie_is_strict_and_for_this_host_alone(ada: Colleague) -> None:
    await ada.opens("/staff/sign-in")
    form = ada.form("/staff/sign-in", name=ada.person.sign_in, password=PASSWORD)
    answer = await ada.client.post("/staff/sign-in", data=form, headers=OURS)
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-segue-staff=")]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert answer.headers["cache-control"] == "no-store"


async def test_nothing_tells_a_wrong_password_from_a_name_nobody_has(ada: Colleague) -> None:
    known = await ada.signs_in(password="a-guess")
    unknown = await ada.signs_in(name="nobody", password="a-guess")
    assert known.status_code == unknown.status_code == 403
    assert ada.person.sign_in not in known.text
    for _ in range(WRONG.most):
        known, unknown = await ada.signs_in(password="x"), await ada.signs_in(name="nobody", password="x")
    assert known.status_code == unknown.status_code == 429


async def test_a_name_nobody_has_takes_as_long() -> None:
    async def took(kept: str | None) -> float:
        began = time.perf_counter()
        assert not await matches(kept, "a-guess")
        return time.perf_counter() - began

    kept = await hashed("something-else")
    theirs, nobodys = [min([await took(each) for _ in range(4)]) for each in (kept, None)]
    assert 0.4 < nobodys / theirs < 2.5


async def test_after_five_wrong_ones_even_the_right_one_waits(ada: Colleague) -> None:
    for _ in range(WRONG.most):
        assert (await ada.signs_in(password="a-guess")).status_code == 403
    assert (await ada.signs_in()).status_code == 429
    assert not await ada.is_in()


async def test_of_many_guesses_at_one_time_no_more_than_five_are_looked_at(ada: Colleague) -> None:
    await ada.opens("/staff/sign-in")
    form = ada.form("/staff/sign-in", name=ada.person.sign_in, password="a-guess")
    sent = [ada.client.post("/staff/sign-in", data=form, headers=OURS) for _ in range(12)]
    statuses = [answer.status_code for answer in await asyncio.gather(*sent)]
    assert 1 <= statuses.count(403) <= WRONG.most
    assert statuses.count(403) + statuses.count(429) == 12


async def test_a_right_one_forgets_the_wrong_ones(ada: Colleague) -> None:
    for _ in range(3):
        for _ in range(WRONG.most - 2):
            await ada.signs_in(password="a-guess")
        await ada.signs_in()
    assert await ada.is_in()


async def test_each_sign_in_is_a_new_session_and_ends_the_one_before(ada: Colleague) -> None:
    await ada.signs_in()
    first = ada.token
    await ada.signs_in()
    assert ada.token != first
    assert await ada.world.parts.staff_sessions.find(first) is None
    assert len(await ada.world.parts.staff_sessions.of(ada.person.id)) == 1


@pytest.mark.parametrize(
    "aged", [{"seen_at": now() - IDLE}, {"expires_at": now() - timedelta(seconds=1)}], ids=["unused", "old"]
)
async def test_a_session_is_over_when_unused_or_old(ada: Colleague, aged: dict[str, object]) -> None:
    await ada.signs_in()
    (session,) = await ada.world.parts.staff_sessions.of(ada.person.id)
    assert session.expires_at - session.began_at == LONGEST == timedelta(hours=12)
    assert timedelta(minutes=30) == IDLE
    await ada.world.parts.database.change(update(StaffSessionRow).values(**aged))
    assert not await ada.is_in()


async def test_a_page_that_fetches_itself_keeps_nobody_signed_in(ada: Colleague) -> None:
    await ada.signs_in()
    before = now() - timedelta(minutes=20)
    await ada.world.parts.database.change(update(StaffSessionRow).values(seen_at=before))
    await ada.client.get("/staff", headers={"X-Fragment": "1"})
    assert (await ada.world.parts.staff_sessions.of(ada.person.id))[0].seen_at == before
    await ada.client.get("/staff")
    assert (await ada.world.parts.staff_sessions.of(ada.person.id))[0].seen_at > before


async def test_signing_out_ends_it_at_the_server(ada: Colleague) -> None:
    await ada.signs_in()
    token = ada.token
    await ada.sends("/staff/sign-out")
    ada.client.cookies.set("__Host-segue-staff", token)
    assert not await ada.is_in()


async def test_the_own_page_lists_sessions_and_ends_them(world: World, ada: Colleague) -> None:
    elsewhere = await Colleague.who_is(world, Role.AGENT)
    await elsewhere.signs_in()
    page = await ada.signs_in()
    assert page.text.count("/end") == 2
    sessions = await world.parts.staff_sessions.of(ada.person.id)
    other = next(s for s in sessions if s.began_at == min(each.began_at for each in sessions))
    await ada.sends(f"/sessions/{other.id}/end")
    assert (await ada.is_in(), await elsewhere.is_in()) == (True, False)


async def test_nobody_ends_the_session_of_another_by_its_id(world: World, ada: Colleague) -> None:
    await ada.signs_in()
    (session,) = await world.parts.staff_sessions.of(ada.person.id)
    other = await Colleague.who_is(world, Role.AGENT, "west")
    await asks_as(world, other.person, "POST", f"/staff/sessions/{session.id}/end")
    assert await ada.is_in()


@pytest.mark.parametrize("change", ["role", "close", "password", "sign-out"])
async def test_whatever_an_admin_changes_ends_their_sessions(world: World, ada: Colleague, change: str) -> None:
    await ada.signs_in()
    admin = await Colleague.who_is(world, Role.ADMIN, "west")
    await admin.signs_in()
    await admin.opens(f"/staff/people/{ada.person.id}")
    fields = {"role": "ops", "team": "west"} if change == "role" else {}
    form = admin.form(f"/staff/people/{ada.person.id}/{change}", **fields)
    await admin.sends(f"/staff/people/{ada.person.id}/{change}", form=form)
    assert admin.page.status_code == 200
    assert not await ada.is_in()
    assert (await ada.signs_in()).status_code == (403 if change in {"close", "password"} else 200)


async def test_a_new_password_is_made_here_and_shown_once(ada: Colleague) -> None:
    await ada.signs_in()
    assert (await ada.sends("/staff/password", password="a-guess")).status_code == 422
    page = await ada.sends("/staff/password", password=PASSWORD)
    password = page.text.split("<code>")[1].split("</code>")[0]
    assert not await ada.is_in()
    assert (await ada.signs_in()).status_code == 403
    await ada.signs_in(password=password)
    assert await ada.is_in()
    assert len({new_password() for _ in range(50)}) == 50
    assert len(password.replace("-", "")) == 20


async def test_an_admin_adds_a_person_who_then_signs_in(world: World) -> None:
    admin = await Colleague.who_is(world, Role.ADMIN)
    await admin.signs_in()
    await admin.opens("/staff/people")
    page = await admin.sends("/staff/people", name="Olu", sign_in="Olu ", role="ops", team="night")
    password = page.text.split("<code>")[1].split("</code>")[0]
    olu = await Colleague.who_is(world, Role.OPS, name="olu")
    assert (olu.person.name, olu.person.team) == ("Olu", "night")
    await olu.signs_in(password=password)
    assert await olu.is_in()
    await admin.opens("/staff/people")
    assert (await admin.sends("/staff/people", name="Olu", sign_in="OLU", role="ops")).status_code == 409


async def test_no_admin_takes_their_own_role_away(world: World) -> None:
    admin = await Colleague.who_is(world, Role.ADMIN)
    for change in ("role", "close", "password"):
        path = f"/staff/people/{admin.person.id}/{change}"
        assert (await asks_as(world, admin.person, "POST", path)).status_code in {403, 404}
    assert await world.parts.staff.get(admin.person.id) == admin.person


async def test_a_desk_and_a_tablet_are_two_sessions(ada: Colleague) -> None:
    await ada.signs_in()
    ada.client.cookies.set("__Host-segue-tablet", "")
    assert 'name="password"' in (await ada.opens("/store")).text


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/account", "/staffx", ""]
)
def test_nobody_is_led_astray_after_signing_in(back: str) -> None:
    assert safe_back(back) == "/staff"


async def test_after_signing_in_one_is_where_one_wanted_to_be(world: World) -> None:
    admin = await Colleague.who_is(world, Role.ADMIN)
    await admin.opens("/staff/people")
    assert "back=%2Fstaff%2Fpeople" in str(admin.page.url)
    page: httpx.Response = await admin.sends("/staff/sign-in", name=admin.person.sign_in, password=PASSWORD)
    assert page.url.path == "/staff/people"

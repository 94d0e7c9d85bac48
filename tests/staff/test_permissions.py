"""Every address of staff, with every role, for people of its own team and of another: exactly what the page says."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from gateway.staff.permissions import PLACES, SAFE, Reach, in_place, need_of, table
from gateway.staff.routes import staff_routes
from models.staff import Person, Role
from tests.gateway.conftest import World
from tests.staff.colleague import OURS, asks_as, proof
from tests.staff.table import PAGE

ROUTES = sorted(set(staff_routes()))
CHANGING = [(method, path) for method, path in ROUTES if method not in SAFE]
GUARDED = [(method, path) for method, path in ROUTES if (need := need_of(method, path)) and not need.everybody]
FILLED = {"customer": "c_nobody", "moment": "pay-bill", "number": "1", "session": "ss_nobody"}


def address(path: str, target: Person) -> str:
    known = FILLED | {"person": target.id}
    return re.sub(r"{(\w+)(:\w+)?}", lambda part: known.get(part.group(1), "nothing"), path)


def was_sent_to_sign_in(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/staff/sign-in?")


async def person(world: World, role: Role, team: str, name: str) -> Person:
    return await world.parts.staff.ensure(name, name, role, team)


def test_the_page_is_what_is_declared() -> None:
    assert PAGE.read_text("utf-8") == table(ROUTES), "write it anew: python -m tests.staff.table"


def test_every_address_of_the_app_that_is_staffs_stands_behind_the_guard(world: World) -> None:
    app = world.client._transport.app  # type: ignore[attr-defined]  # httpx's ASGI transport
    documented = {path for path in app.openapi()["paths"] if in_place(path)}
    assert documented == set()
    assert {path.split("/")[1] for _, path in ROUTES} <= {place.strip("/") for place in PLACES}


def test_what_is_not_declared_opens_to_nobody() -> None:
    assert need_of("GET", "/staff/something-new") is None
    with pytest.raises(ValueError, match="not declared"):
        table([("POST", "/staff/something-new")])


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_exactly_where_the_table_says(world: World, role: Role) -> None:
    me = await person(world, role, "east", "me")
    targets = {team: await person(world, Role.AGENT, team, f"of-{team}") for team in ("east", "west")}
    wrong = []
    for method, path in ROUTES:
        need = need_of(method, path)
        assert need is not None
        for team, target in targets.items():
            if team == "west" and "{person}" not in path:
                continue  # it names nobody, of no team
            answer = await asks_as(world, me, method, address(path, target))
            reach = need.reach(role)
            if need.everybody:
                right = answer.status_code < 500
            elif reach is None:
                right = answer.status_code == 403
            elif reach is Reach.TEAM and "{person}" in path:
                right = (answer.status_code == 404) is (team == "west") and answer.status_code != 403
            else:
                right = answer.status_code != 403 and not was_sent_to_sign_in(answer)
            if not right:
                wrong.append(f"{role} {method} {path} of {team}: {answer.status_code}, declared {reach}")
    assert wrong == []


def test_no_customer_is_shown_at_the_desk_without_a_reason() -> None:
    shown = [(method, path) for method, path in ROUTES if path.startswith("/desk/") and "{customer}" in path]
    assert len(shown) > 10
    assert [line for line in shown if not (need := need_of(*line)) or not need.reason] == []


async def test_without_a_reason_every_address_of_a_customer_asks_why(world: World) -> None:
    me = await person(world, Role.AGENT, "east", "me")
    for method, path in ROUTES:
        need = need_of(method, path)
        if need is not None and need.reason and Role.AGENT in need.roles:
            answer = await asks_as(world, me, method, address(path, me))
            to = answer.headers.get("location", "")
            assert answer.status_code == 401 or to.startswith(("/desk/why?", "/staff/customers?")), (method, path)


async def test_a_supervisors_list_is_their_team(world: World) -> None:
    me = await person(world, Role.SUPERVISOR, "east", "me")
    await person(world, Role.AGENT, "east", "of-east")
    await person(world, Role.AGENT, "west", "of-west")
    mine = (await asks_as(world, me, "GET", "/staff/people")).text
    everybody = (await asks_as(world, await person(world, Role.ADMIN, "west", "all"), "GET", "/staff/people")).text
    assert ("of-east" in mine, "of-west" in mine) == (True, False)
    assert ("of-east" in everybody, "of-west" in everybody) == (True, True)


async def test_nobody_gets_anywhere_unsigned(world: World) -> None:
    target = await person(world, Role.AGENT, "east", "target")
    for method, path in GUARDED:
        answer = await world.client.request(method, address(path, target), headers=OURS)
        assert answer.status_code in {303, 401}, (method, path)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith(("/staff/sign-in", "/store"))


async def test_nothing_changes_without_the_proof_of_our_own_page(world: World) -> None:
    target, wrong = await person(world, Role.AGENT, "east", "target"), []
    everybody = {role: await person(world, role, "east", role.value) for role in Role}
    for method, path in CHANGING:
        need = need_of(method, path)
        me, place = everybody[next(iter(need.roles if need else {}), Role.ADMIN)], address(path, target)
        other = await world.parts.staff_sessions.open(me, "password", "another browser")
        tries: list[dict[str, Any]] = [{"data": given} for given in ({}, {"csrf": ""}, {"csrf": proof(other)})]
        tries += [{"headers": {"Sec-Fetch-Site": site}} for site in ("cross-site", "same-site")]
        taken = [given for given in tries if (await asks_as(world, me, method, place, **given)).status_code != 403]
        wrong += [(method, path, given) for given in taken]
    assert wrong == []
    assert await world.parts.staff.get(target.id) == target

"""Ops' page of a person's data: a copy, and erasing in two steps."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from database.erasure import Erasures
from database.vault import Vault
from gateway.ops.protocols import Ops
from models.staff import Role
from ops.persons import Persons
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_desk import Agent, agent
from tests.switchboard.conftest import Town, town

__all__ = ["town"]


async def peopled(town: Town) -> tuple[Town, str]:
    """A town whose ops can see to people, and the id of one who has a case."""
    await town.says("pay my bill")
    vault = Vault(town.parts.database, bytes(32))
    people = Persons(town.parts.database, vault, None, None)
    town.parts = replace(town.parts, ops=Ops(people=people))
    return town, (await town.turn("pay-bill")).case.split("/")[1]


def filled(who: Agent, place: str, form: dict[str, str]) -> dict[str, str]:
    return who.form(f"{place}/erase") | form


async def test_a_person_is_erased_by_an_admin_who_says_why_and_types_who(town: Town) -> None:
    town, customer = await peopled(town)
    boss = await agent(town, "Bo", Role.ADMIN)
    place = f"/ops/people/{customer}"

    assert "nobody with this id" in (await boss.opens("/ops/people?id=c_x")).text
    page = await boss.opens(f"/ops/people?id=pay-bill/{customer}/1")
    assert page.url.path == place
    assert "Erase for good" in page.text
    for form, said in (
        ({"reason": "", "typed": customer}, "Say why"),
        ({"reason": f"asked, {CUSTOMER}", "typed": customer}, "names the person"),
        ({"reason": "ticket 2031", "typed": "c_other"}, "not the id"),
    ):
        page = await boss.sends(f"{place}/erase", filled(boss, place, form))
        assert (page.status_code, said in page.text) == (422, True), said
    assert await town.parts.customers.get(customer) is not None

    page = await boss.sends(f"{place}/erase", filled(boss, place, {"reason": "ticket 2031", "typed": customer}))

    assert "nothing is left" in page.text
    assert "Erase for good" not in page.text
    assert await town.parts.customers.get(customer) is None
    [done] = await Erasures(town.parts.database, Vault(town.parts.database, bytes(32))).done()
    assert done.clean
    deeds = [deed async for deed in town.parts.audit.deeds(customer=customer)]
    assert [deed.note for deed in deeds if deed.what == "erase"] == ["ticket 2031"]
    assert "Erased lately" in (await boss.opens("/ops/people")).text


async def test_ops_may_give_a_copy_but_not_erase(town: Town, tmp_path: Path) -> None:
    town, customer = await peopled(town)
    ops = await agent(town, "Olga", Role.OPS)
    place = f"/ops/people/{customer}"

    assert "Only an admin" in (await ops.opens(place)).text
    form = ops.form(f"{place}/export") | {"reason": "ticket 2032", "typed": customer}
    refused = await ops.client.post(
        f"{place}/erase", data=form, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    )
    assert refused.status_code == 403
    copy = await ops.sends(f"{place}/export", form)

    assert copy.headers["content-type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(copy.content)).namelist()
    assert {"person.json", "person.html"} <= set(names)
    assert [deed.note async for deed in town.parts.audit.deeds(customer=customer) if deed.what == "export"] == [
        "ticket 2032"
    ]

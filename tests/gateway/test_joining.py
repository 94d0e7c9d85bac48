"""At the desk: two records are compared, joined and parted; and messages that are nobody's find their customer."""

from __future__ import annotations

import re

import httpx

from channels.wording.book import wording
from gateway.desk.joining import given
from models.staff import Role
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_desk import Agent, agent, at
from tests.switchboard.conftest import FRIEND, Town, town
from tests.switchboard.test_joining import both_pay, who

__all__ = ["town"]
SURE = {"sure-one": "1", "sure-other": "1"}


async def compares(town: Town, name: str = "Ann", role: Role = Role.AGENT) -> Agent:
    """From a case in hand to the two side by side."""
    mine, _ = await both_pay(town)
    ann = await at(town, mine.case, name, role)
    await ann.sends("/claim")
    assert "Same person as" in ann.page.text
    await ann.opens(f"/desk/customer/{await who(town, CUSTOMER)}/join")
    await ann.sends("/join/find", typed=FRIEND)
    assert "1 other customer found" in ann.page.text
    await ann.opens(f"/desk/customer/{await who(town, CUSTOMER)}/join/{await who(town, FRIEND)}")
    return ann


async def joins(ann: Agent, other: str, reason: str, sure: dict[str, str] = SURE) -> httpx.Response:
    form = f"/join/{other}"
    return await ann.sends(form, ann.form(form, reason=reason) | sure)


async def test_two_are_compared_joined_and_parted_again(town: Town) -> None:
    ann = await compares(town)
    page = ann.page.text
    assert ann.heading == "Are these one person?"
    assert "•••71" in page
    assert CUSTOMER not in page
    assert FRIEND not in page
    assert "Two open cases become one." in page
    assert "The one that is with one of us stays." in page
    one, other = await who(town, CUSTOMER), await who(town, FRIEND)
    await joins(ann, other, "called from both numbers")
    assert ann.heading == "They are one person now"
    assert await who(town, FRIEND) == one
    await ann.sends("/part", reason="they were two after all")
    assert ann.heading == "They are two people again"
    assert await who(town, FRIEND) == other
    deeds = [(deed.what, deed.customer) async for deed in town.parts.audit.deeds()]
    assert {("joined", one), ("joined", other), ("parted", one), ("parted", other)} <= set(deeds)
    assert ("compared", other) in deeds


async def test_a_join_needs_a_reason_and_both_made_sure(town: Town) -> None:
    ann = await compares(town)
    other = await who(town, FRIEND)
    assert (await joins(ann, other, "")).status_code == 422
    assert "please say why" in ann.page.text
    assert (await joins(ann, other, "called from both", {"sure-one": "1"})).status_code == 422
    assert "make sure of both" in ann.page.text
    assert await who(town, FRIEND) == other


async def test_agents_undo_their_own_and_supervisors_anybodys(town: Town) -> None:
    ann = await compares(town)
    other = await who(town, FRIEND)
    await joins(ann, other, "called from both numbers")
    path = ann.page.url.path
    bob, sue = await agent(town, "Bob"), await agent(town, "Sue", Role.SUPERVISOR)
    await bob.opens(path)
    assert "Only Ann or a supervisor can undo this." in bob.page.text
    form = ann.form("/part", reason="a slip") | {"csrf": re.findall(r'name="csrf" value="([^"]+)"', bob.page.text)[0]}
    sent = await bob.client.post(f"{path}/part", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 403
    await sue.opens(path)
    await sue.sends("/part", reason="they are brothers")
    assert sue.heading == "They are two people again"
    assert "Undone by Sue" in sue.page.text


async def test_a_joined_case_says_where_it_went_on(town: Town) -> None:
    ann = await compares(town)
    theirs = (await town.turn("pay-bill", FRIEND)).case
    await joins(ann, await who(town, FRIEND), "called from both numbers")
    await ann.opens(f"/desk/case/{theirs}")
    assert "This case went on in another one." in ann.page.text
    assert "It went on in the other one." in ann.page.text
    assert "Goes on in another case" in ann.page.text


def test_a_reason_that_was_tapped_to_look_is_no_proof_that_they_are_one() -> None:
    words = wording("en", "UTC")
    assert given(words, words.say("desk-why-asked")) == ""
    assert given(words, "Same ID card on both") == "Same ID card on both"

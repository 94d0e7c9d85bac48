"""What is tried against the desk, and against what it opens to customers: chats, bookings, ratings, joined records."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx

from database.bookings import Bookings
from database.wrap_ups import WrapUps
from gateway.limits import Limit
from models.bookings import Kind
from models.people import Channel
from models.staff import Role
from tests.attacks.test_markup import HOSTILE
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_desk import Agent, agent, at, driving, fails_twice
from tests.gateway.test_desk_chat import chatting, quiet_carrier
from tests.gateway.test_desk_doings import paying
from tests.gateway.test_here import available, person
from tests.gateway.test_joining import SURE
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import FRIEND, Town, town
from tests.switchboard.test_joining import both_pay, who

__all__ = ["quiet_carrier", "town"]
OURS = {"Sec-Fetch-Site": "same-origin"}


def proof(here: Agent) -> str:
    """What a form of this agent's own page would bring along."""
    return str(re.findall(r'name="csrf" value="([^"]+)"', here.page.text)[0])


async def posts(here: Agent, path: str, **fields: str) -> httpx.Response:
    """A form that no page of theirs had, by somebody who is signed in."""
    return await here.client.post(path, data=fields | {"csrf": proof(here), "nonce": "n1"}, headers=OURS)


def full(limit: Limit) -> None:
    limit.most = 0


async def test_records_are_not_joined_past_the_question_why(town: Town) -> None:
    mine, _ = await both_pay(town)
    ann = await at(town, mine.case)
    await ann.sends("/claim")
    one, other = await who(town, CUSTOMER), await who(town, FRIEND)
    answer = await posts(ann, f"/desk/customer/{one}/join/{other}", reason="because", **SURE)
    assert answer.headers["location"].startswith("/desk/why")
    assert await who(town, FRIEND) == other


async def test_what_was_put_before_a_colleague_stays_theirs(town: Town) -> None:
    case = await fails_twice(town)
    _, ann = await available(town)
    bob = await agent(town, "Bob")
    await town.parts.pops.pop(ann.id, "call", case=case, customer=case.split("/")[1], once="a-call")
    (pop,) = await town.parts.pops.waiting(ann.id)
    for deed in ("open", "later"):
        answer = await posts(bob, f"/desk/pops/{pop.id}/{deed}")
        assert answer.headers["location"] == "/desk"
    assert [each.id for each in await town.parts.pops.waiting(ann.id)] == [pop.id]


async def test_a_colleagues_wrap_up_is_not_ones_own(town: Town) -> None:
    case = await fails_twice(town)
    ann = await driving(town, case)
    await ann.sends("/release")
    (waiting,) = await WrapUps(town.parts.database).of((await person(town, "Ann")).id)
    bob = await agent(town, "Bob")
    await posts(bob, "/desk/wrap-ups", id=waiting.id, ending="follow-up", note="not mine")
    assert await WrapUps(town.parts.database).last(case) is None


async def test_an_agent_does_not_take_over_or_give_beyond_by_a_form_of_their_own(town: Town) -> None:
    case = await fails_twice(town)
    await driving(town, case)
    bob = await at(town, case, "Bob")
    assert (await posts(bob, f"/desk/case/{case}/claim", over="1")).status_code == 409
    carl = await person(town, "Ann")
    moved = await posts(bob, f"/desk/case/{case}/hand-over", to=f"person:{carl.id}", why="other", next_step="x")
    assert moved.status_code in {409, 422}
    much = {"gift": "credit", "amount": "100000", "beyond": "1", "why": "because I can"}
    assert (await posts(bob, f"/desk/case/{case}/goodwill", **much)).status_code == 422
    assert (await bob.client.get("/desk/team", headers=OURS)).status_code in {403, 404}
    turn = await town.turn("pay-bill")
    assert turn.claim is not None
    assert turn.claim.name == "Ann"


async def test_markup_in_a_chat_stays_words_on_both_sides(town: Town) -> None:
    ann = await chatting(town, HOSTILE)
    await town.says(HOSTILE)
    await ann.opens(ann.page.url.path)
    visitor = Visitor(town)
    await visitor.signs_in()
    await visitor.opens(f"/case/{(await town.turn('pay-bill')).case}")
    for page in (ann.page.text, visitor.page.text):
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in re.findall(r"alert\(2\)&gt;[^<]{0,40}", page)[0]


async def invitation(town: Town) -> str:
    case, books = await paying(town), Bookings(town.parts.database, 3)
    return await books.invite(Kind.CALL, "", customer=case.split("/")[1], case=case, lifetime=timedelta(days=1))


async def test_a_link_to_book_opens_one_booking_for_forms_of_its_own_page(town: Town) -> None:
    path = f"/book/{await invitation(town)}"
    page = (await town.client.get(path)).text
    slot = re.findall(r'name="slot" value="([^"]+)"', page)[0]
    form = {"slot": slot, "nonce": "n1", "csrf": re.findall(r'name="csrf" value="([^"]+)"', page)[0]}
    for wrong, headers in ((form | {"csrf": "x"}, OURS), (form, {"Sec-Fetch-Site": "cross-site"})):
        assert (await town.client.post(path, data=wrong, headers=headers)).status_code == 403
        assert (await town.client.post(f"{path}/cancel", data=wrong, headers=headers)).status_code == 403
    assert (await town.client.post(path, data=form, headers=OURS)).status_code == 303
    assert (await town.client.get(f"{path[:-1]}!")).status_code == 404


async def test_too_often_is_refused(town: Town) -> None:
    """Texts by changing a booking for ever, guessed links, and customers looked up by the hundred."""
    path, sue = f"/book/{await invitation(town)}", await agent(town, "Sue", Role.SUPERVISOR)
    limits = sue.client._transport.app.state.limits  # type: ignore[attr-defined] # the agent's own door
    for limit in (limits.bookings, limits.tries, limits.searches):
        full(limit)
    page = (await sue.client.get(path)).text
    fields = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("csrf", "slot")}
    assert (await sue.client.post(path, data=fields | {"nonce": "n1"}, headers=OURS)).status_code == 429
    assert (await sue.client.get("/book/somebody-elses")).status_code == 429
    assert (await posts(sue, "/desk/find", typed="Smith")).status_code == 429


async def test_a_flood_of_lines_is_stopped_and_what_was_typed_stands(town: Town) -> None:
    await chatting(town)
    visitor = Visitor(town)
    await visitor.signs_in()
    await visitor.opens(f"/case/{(await town.turn('pay-bill')).case}")
    town.client._transport.app.state.limits.lines.most = 1  # type: ignore[attr-defined] # the customer's own door
    await visitor.sends("/say", text="one")
    page = await visitor.sends("/say", text="two")
    assert page.status_code == 429
    assert "two" in page.text
    lines = await town.parts.chats.chat.lines((await town.turn("pay-bill")).case)
    assert [line.text for line in lines if line.channel is Channel.WEB] == ["one"]

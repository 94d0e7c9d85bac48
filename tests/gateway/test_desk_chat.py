"""The chat in a case: what agent and customer write to each other, over what, and what Segue says meanwhile."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from channels.letters import Letters
from database.pops import Pop
from database.whereabouts import Whereabouts
from gateway.browser import STAFF
from models.case import Reach
from models.errors import NotConfirmed
from models.people import Address, Channel
from tests.gateway.test_desk import Agent, agent
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import Town, town
from tests.switchboard.line import PlayedLine

__all__ = ["town"]
CARD = "4242 4242 4242 4242"


@pytest.fixture(autouse=True)
def quiet_carrier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked to send: what would have gone out is looked at in the outbox."""
    monkeypatch.setattr("channels.providers.outbox.Post.deliver", lambda *_: _nothing())


async def _nothing() -> None:
    return None


async def at(town: Town, name: str = "Ann Lee") -> Agent:
    """One of the team with the bill's case open, for a reason."""
    here = await agent(town, name)
    session = await town.parts.staff_sessions.find(here.client.cookies[f"__Host-{STAFF}"])
    assert session is not None
    case = (await town.turn("pay-bill")).case
    await town.parts.staff_sessions.break_glass(session.id, case.split("/")[1], "they asked for it")
    await here.opens(f"/desk/case/{case}")
    return here


async def driving(town: Town, name: str = "Ann Lee") -> Agent:
    here = await at(town, name)
    await here.sends("/claim")
    return here


async def chatting(town: Town, first: str = "Hello, let me look.") -> Agent:
    """A customer who is paying a bill, and Ann, who has written to them."""
    await town.says("pay my bill")
    ann = await driving(town)
    await ann.sends("/chat", text=first)
    return ann


async def sent(town: Town) -> list[str]:
    return [body for key, _, body in await town.written() if key.startswith("chat:")]


async def lines(town: Town) -> list[tuple[str, str]]:
    kept = await town.parts.chats.chat.lines((await town.turn("pay-bill")).case)
    return [(line.actor.value, line.text) for line in kept]


async def pops(town: Town) -> list[Pop]:
    claim = (await town.turn("pay-bill")).claim
    assert claim is not None
    return await town.parts.chats.pops.waiting(claim.holder)


async def said_by_itself(town: Town, case: str) -> Reach:
    """What the case sends on its own, once its journal is written."""
    async with asyncio.timeout(4):
        while not (sent := [call for call in town.line.cases[case].host.calls if call.name == "Delivery.reach"]):
            await asyncio.sleep(0.02)
    (call,) = sent
    assert isinstance(call.argument, Reach)
    return call.argument


def box(here: Visitor) -> str:
    found = re.search(r"<textarea[^>]*data-chat-text[^>]*>(.*?)</textarea>", here.page.text, re.DOTALL)
    return found.group(1) if found else ""


async def test_an_agent_writes_by_text_and_the_first_line_says_with_whom(town: Town) -> None:
    ann = await chatting(town)
    await ann.sends("/chat", text=f"It is done. {CARD}")
    begins, second = await sent(town)
    assert begins == (
        "You are now writing with Ann. Just reply here. To go on without Ann, reply GO ON ALONE.\n"
        "Ann: Hello, let me look."
    )
    assert second.startswith("Ann: It is done.")
    assert CARD not in second + ann.page.text
    assert "Goes by text to" in ann.page.text
    assert "on its way" in ann.page.text
    assert 'Ann Lee wrote: "Hello, let me look."' in ann.page.text.replace("&#34;", '"')


async def test_what_the_customer_writes_goes_to_the_agent_and_segue_is_silent(town: Town) -> None:
    ann = await chatting(town)
    before = len(await town.written())
    assert await town.says("40") == ""
    assert await town.says("I am not sure, is that right?") == ""
    assert len(await town.written()) == before
    assert (await lines(town))[1:] == [("customer", "40"), ("customer", "I am not sure, is that right?")]
    assert await town.asks("pay-bill") == "amount"
    assert [(pop.kind, pop.case) for pop in await pops(town)] == [("chat", (await town.turn("pay-bill")).case)]
    page = await ann.opens(ann.page.url.path.removesuffix("/chat"))
    assert "I am not sure, is that right?" in page.text


async def test_the_same_text_five_times_is_one_line(town: Town) -> None:
    await chatting(town)
    for _ in range(5):
        await town.texts("hello?", "SM77")
    assert (await lines(town))[1:] == [("customer", "hello?")]


@pytest.mark.parametrize("words", ["go on alone", "Back to the bot please"])
async def test_the_customer_goes_on_alone(town: Town, words: str) -> None:
    await chatting(town)
    reply = await town.says(words)
    assert "on without a person" in reply
    assert "How much" in reply
    assert (await town.turn("pay-bill")).claim is None
    await town.says("40")
    assert await town.asks("pay-bill") == "when"


async def test_claimed_and_no_chat_an_answer_is_an_answer(town: Town) -> None:
    await town.says("pay my bill")
    await driving(town)
    assert "now, or on a later day" in await town.says("40")
    assert (await town.turn("pay-bill")).claim is None


async def test_claimed_and_no_chat_anything_else_is_passed_on_and_said_once(town: Town) -> None:
    await town.says("pay my bill")
    await driving(town)
    assert (await town.says("purple elephants")).startswith("Ann has your message")
    assert await town.says("I want to talk to a person") == ""
    assert await lines(town) == [("customer", "purple elephants"), ("customer", "I want to talk to a person")]
    assert (await town.turn("pay-bill")).claim is not None
    assert len(await pops(town)) == 1


async def test_who_wrote_stop_is_not_written_to_and_the_words_stay_in_the_box(town: Town) -> None:
    ann = await chatting(town)
    await town.says("STOP")
    await ann.sends("/chat", text="Are you still there?")
    assert ann.page.status_code == 422
    assert "They wrote STOP" in ann.said
    assert box(ann) == "Are you still there?"
    assert len(await sent(town)) == 1


async def test_a_stale_tab_writes_nothing_and_keeps_its_words(town: Town) -> None:
    ann = await chatting(town)
    stale = ann.form("/chat", text="From an old tab")
    await town.says("go on alone")
    await ann.sends("/chat", stale)
    assert ann.page.status_code == 409
    assert "not in your hands any more" in ann.said
    assert box(ann) == "From an old tab"
    assert len(await lines(town)) == 1


async def test_nothing_is_lost_while_the_case_cannot_be_reached(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await chatting(town)
    form = ann.form("/chat", text="One moment")

    async def away(*_: object) -> None:
        raise NotConfirmed

    with monkeypatch.context() as patched:
        patched.setattr(PlayedLine, "send", away)
        await ann.sends("/chat", form)
        assert ann.page.status_code == 503
        assert box(ann) == "One moment"
        await town.texts("and mine?", "SM88")
    again = ann.form("/chat", text="One moment")
    assert again["nonce"] == form["nonce"]
    await ann.sends("/chat", again)
    for waiting in await town.parts.inbox.unfinished(timedelta(seconds=-5), 9):
        if waiting.kind == "message":
            await town.texts(waiting.body["Body"], "SM88")
    assert sorted(await lines(town)) == [
        ("agent", "Hello, let me look."), ("agent", "One moment"), ("customer", "and mine?"),
    ]  # fmt: skip


async def on_the_page(town: Town) -> Visitor:
    """The customer with the page of their case before them, by a link."""
    case = (await town.turn("pay-bill")).case
    here = Visitor(town)
    await here.opens(f"/c/{await town.parts.passes.issue(case, case.split('/')[1], lifetime=timedelta(hours=1))}")
    if "/c/" in str(here.page.url):
        await here.sends(here.page.url.path)
    return here


async def test_on_the_page_both_sides_are_seen_and_nothing_is_texted(town: Town) -> None:
    await town.says("pay my bill")
    page = await on_the_page(town)
    ann = await driving(town)
    case = (await town.turn("pay-bill")).case
    await Whereabouts(town.parts.database).page_open(case, "a visit")
    await ann.opens(f"/desk/case/{case}")
    assert "They have this page open" in ann.page.text
    await ann.sends("/chat", text="I can see it, too.")
    assert await sent(town) == []
    assert "shown on their page" in ann.page.text
    await page.opens(f"/case/{case}")
    assert "Ann is here with you" in page.page.text
    assert "I can see it, too." in page.page.text
    await page.sends("/say", text=f"<b>thanks</b> {CARD}")
    assert "&lt;b&gt;thanks" in page.page.text
    assert CARD not in page.page.text
    await page.sends("/alone")
    assert "Ann has left the chat" in page.page.text
    assert (await town.turn("pay-bill")).claim is None


async def test_a_file_in_the_chat_is_a_line_and_is_kept(town: Town) -> None:
    await town.says("pay my bill")
    page, ann = await on_the_page(town), await driving(town)
    case = (await town.turn("pay-bill")).case
    await page.opens(f"/case/{case}")
    await page.sends_file("bill.png", b"\x89PNG\r\n\x1a\n the bill", action="/say/file")
    (line,) = await town.parts.chats.chat.lines(case)
    assert [file.name for file in line.files] == ["bill.png"]
    await ann.opens(f"/desk/case/{case}")
    assert f"/desk/case/{case}/files/{line.files[0].id}" in ann.page.text
    assert "The customer sent: bill.png" in ann.page.text


async def test_what_a_customer_types_when_the_agent_has_gone_comes_back_to_them(town: Town) -> None:
    await town.says("pay my bill")
    page, ann = await on_the_page(town), await driving(town)
    await page.opens(f"/case/{(await town.turn('pay-bill')).case}")
    form = page.form("/say", text="Are you there?")
    await ann.sends("/release")
    await page.sends("/say", form)
    assert page.page.status_code == 409
    assert box(page) == "Are you there?"


async def test_the_customer_is_told_when_the_agent_leaves_and_what_is_next(town: Town) -> None:
    ann = await chatting(town)
    await ann.sends("/release", ask="1")
    case = (await town.turn("pay-bill")).case
    goodbye = await said_by_itself(town, case)
    assert (goodbye.kind, goodbye.channel) == ("left", Channel.SMS)
    assert await town.parts.outreach.reach(goodbye) == "sent"
    body = (await town.written())[-1][2]
    assert body.startswith("We have left the chat. You can go on from here:")
    assert "How much" in body
    assert "Ann Lee left the chat." in ann.page.text


async def test_a_lease_that_ends_says_goodbye_as_well(town: Town) -> None:
    await chatting(town)
    case = (await town.turn("pay-bill")).case
    await town.line.cases[case].skips(seconds=200)
    assert (await said_by_itself(town, case)).kind == "left"
    assert "now, or on a later day" in await town.says("40")


async def test_who_wrote_to_somebody_who_is_gone_stands_in_the_queue(town: Town) -> None:
    ann = await chatting(town)
    await town.says("are you still there?")
    case, said = (await town.turn("pay-bill")).case, "Wrote to us, and nobody answered."
    await town.line.cases[case].skips(seconds=200)
    assert (await said_by_itself(town, case)).kind == "left"
    assert said in (await (await agent(town, "Bob")).opens("/desk")).text
    await town.says("40")
    assert said not in (await (await agent(town, "Cem")).opens("/desk")).text
    assert ann.page is not None


async def test_on_a_hand_over_the_page_says_who_goes_on(town: Town) -> None:
    ann, bob = await chatting(town), await agent(town, "Bob Ray")
    visitor = Visitor(town)
    await visitor.signs_in()
    case = (await town.turn("pay-bill")).case
    await visitor.opens(f"/case/{case}")
    await visitor.sends("/say", text="I am on the page now")
    texts = len(await town.written())
    there = next(each for each in await town.parts.staff.people() if each.name == "Bob Ray")
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/hand-over", to=f"person:{there.id}", why="skill", next_step="close it")
    assert "Bob Ray goes on with you from here" in (await visitor.opens(f"/case/{case}")).text
    assert len(await town.written()) == texts
    assert bob.page is not None


async def test_what_they_see_is_the_last_word_in_their_language(town: Town) -> None:
    await town.says("quiero pagar mi factura")
    ann = await at(town)
    seen = re.search(r'<section class="card flat seen".*?</section>', ann.page.text, re.DOTALL)
    assert seen
    assert "by text" in seen.group()
    assert "esponda con otro monto" in seen.group()


async def test_a_mail_goes_to_the_case_and_its_reply_to_the_chat(town: Town) -> None:
    letters = Letters(b"secret", "reply.example", "https://segue.example")
    message = letters.plain(
        key="k", customer="c_x", to=Address(kind="email", value="a@example.com"), text="hello",
        words=town.parts.words("en", "UTC"), case="pay-bill/c_x/1",
    )  # fmt: skip
    token = letters.token_of([str(message.extras["reply_to"])])
    assert token is not None
    assert letters.case_of(token, "c_x", {"pay-bill"}) == "pay-bill/c_x/1"
    assert token.asks("")

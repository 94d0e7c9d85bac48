"""The customer in a browser: getting in, answering once, changing one's mind, and nobody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from gateway.headers import policy
from models.questions import Method
from tests.gateway.conftest import CUSTOMER, PUBLIC, World
from tests.gateway.visitor import Visitor


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)


async def test_a_customer_pays_in_the_browser(visitor: Visitor) -> None:
    await visitor.signs_in()
    assert visitor.heading == "Your bill is $84.20. How much would you like to pay?"
    await visitor.sends("/answer", value="40")
    assert "now, or on a later day" in visitor.heading
    await visitor.sends("/answer", value="now")
    await visitor.sends("/answer", value="pm_visa_4242")
    assert visitor.heading == "Pay $40.00 now with Visa ending 4242?"
    await visitor.sends("/answer", value="yes")
    assert "K7Q4XN" in visitor.page.text
    assert '/answer"' not in visitor.page.text


async def test_what_was_said_by_text_stands_on_the_page(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill", "SM1")
    await world.texts("40", "SM2")
    await visitor.signs_in()
    assert "by text" in visitor.page.text
    assert "$40.00" in visitor.page.text
    assert "now, or on a later day" in visitor.heading


async def test_a_wrong_answer_comes_back_with_the_reason(visitor: Visitor) -> None:
    await visitor.signs_in()
    page = await visitor.sends("/answer", value="900")
    assert page.status_code == 422
    assert "the most is $84.20" in page.text
    assert 'value="900"' in page.text


async def test_who_asks_for_a_call_on_the_page_is_called(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    page = await visitor.sends("/answer", value="call me please")
    assert "we are calling you now" in page.text
    (call,) = await world.parts.calls.callbacks_due(9)
    assert call.address.value == CUSTOMER
    assert str(call.case).startswith("pay-bill/")


async def test_sending_a_form_twice_is_one_answer(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    before, form = visitor.page, visitor.form("/answer", value="40")
    for _ in range(2):
        visitor.page = before
        page = await visitor.sends("/answer", form)
        assert page.status_code == 200
        assert "already answered" not in page.text
    assert [what for what, _ in world.switchboard.requests].count("answer") == 1


async def test_an_old_page_is_told_so(visitor: Visitor) -> None:
    await visitor.signs_in()
    old = visitor.page
    await visitor.sends("/answer", value="40")
    visitor.page = old
    page = await visitor.sends("/answer", form=visitor.form("/answer", value="50") | {"nonce": "another"})
    assert "already answered" in page.text


async def test_changing_an_answer_asks_only_for_that(visitor: Visitor) -> None:
    await visitor.signs_in()
    await visitor.sends("/answer", value="40")
    await visitor.sends("/answer", value="now")
    await visitor.sends("/correct")
    assert "How much would you like to pay?" in visitor.heading
    await visitor.sends("/answer", value="50")
    assert visitor.heading == "How would you like to pay?"


async def test_unconfirmed_keeps_the_form_and_its_nonce(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    form = visitor.form("/answer", value="40")
    world.switchboard.away = True
    page = await visitor.sends("/answer", form)
    assert page.status_code == 503
    assert page.headers["retry-after"]
    assert 'value="40"' in page.text
    assert visitor.form("/answer")["nonce"] == form["nonce"]
    world.switchboard.away = False
    await visitor.sends("/answer", form)
    assert "now, or on a later day" in visitor.heading


async def test_saving_for_later_and_coming_back(visitor: Visitor) -> None:
    await visitor.signs_in()
    await visitor.sends("/leave")
    assert visitor.heading == "Your place is kept"
    await visitor.opens("/")
    assert "Under way" in visitor.page.text


async def test_calling_it_off(visitor: Visitor) -> None:
    await visitor.signs_in()
    await visitor.sends("/cancel")
    assert "Cancelled" in visitor.heading


async def test_a_new_card_becomes_a_token(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    await visitor.sends("/answer", value="40")
    await visitor.sends("/answer", value="now")
    await visitor.sends("/answer", value="new")
    assert visitor.heading == "Add a card"
    page = await visitor.sends("/new-card", card="4242 4242 4242 4241", expiry="12/30")
    assert (page.status_code, "4241" in page.text) == (422, False)
    await visitor.sends("/new-card", card="4242 4242 4242 4242", expiry="12/30")
    (play,) = world.switchboard.plays.values()
    assert Method.model_validate(play.answers["method"].value).token.startswith("new_")
    assert "4242424242424242" not in str(play.answers).replace(" ", "")


async def test_a_link_is_used_by_its_button_only_and_once(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill")
    (play_id,) = world.switchboard.plays
    customer = world.switchboard.plays[play_id].customer
    token = await world.parts.passes.issue(play_id, customer, lifetime=timedelta(hours=1))
    for _ in range(3):
        assert (await visitor.opens(f"/c/{token}")).status_code == 200
    await visitor.sends(f"/c/{token}")
    assert "How much would you like to pay?" in visitor.heading
    assert (await visitor.opens(f"/c/{token}")).status_code == 410
    assert visitor.heading == "That link is no longer valid"
    await world.sent()
    await visitor.sends("/again")
    (message,) = await world.sent()
    assert (message.to.value, f"{PUBLIC}/c/" in message.body) == (CUSTOMER, True)
    assert token not in message.body


async def test_an_unknown_link_texts_nobody(world: World, visitor: Visitor) -> None:
    await visitor.opens("/c/never-issued")
    assert "a new link is on its way" in (await visitor.sends("/again")).text
    assert await world.sent() == []


async def test_a_code_is_good_only_in_the_browser_that_asked(world: World, visitor: Visitor) -> None:
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    code, mine = await visitor.code(), visitor.form("/code")
    world.client.cookies.clear()
    await visitor.opens("/resume")
    await visitor.sends("/resume", number="+14155550199")
    page = await visitor.sends("/code", form=visitor.form("/code", code=code) | {"number": mine["number"]})
    assert page.status_code == 422


async def test_five_wrong_codes_use_it_up(visitor: Visitor) -> None:
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    right = await visitor.code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert (await visitor.sends("/code", code=wrong)).status_code == 422
    page = await visitor.sends("/code", code=right)
    assert (page.status_code, "no longer valid" in page.text) == (422, True)


async def test_and_the_number_they_were_for_hears_of_it(world: World, visitor: Visitor) -> None:
    await world.texts("hello")
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    wrong = f"{(int(await visitor.code()) + 1) % 10**6:06}"
    for _ in range(6):
        await visitor.sends("/code", code=wrong)
    told = [message for message in await world.sent() if message.key.startswith("guessed:")]
    assert [(message.to.value, "Nothing was opened" in message.body) for message in told] == [(CUSTOMER, True)]


async def test_a_sixth_code_in_an_hour_is_not_sent(visitor: Visitor) -> None:
    for _ in range(5):
        await visitor.opens("/resume")
        assert (await visitor.sends("/resume", number=CUSTOMER)).status_code == 200
    await visitor.opens("/resume")
    assert (await visitor.sends("/resume", number=CUSTOMER)).status_code == 429


async def test_nobody_sees_another_customers_case(world: World, visitor: Visitor) -> None:
    await visitor.signs_in(number="+14155550111")
    (theirs,) = world.switchboard.plays
    await visitor.opens("/")
    await visitor.sends("/sign-out")
    assert str((await visitor.opens(f"/case/{theirs}")).url).endswith("/resume")
    await visitor.signs_in(number="+14155550122")
    assert (await visitor.opens(f"/case/{theirs}")).status_code == 404


FORGED = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://segue.example.evil.example"},
]


@pytest.mark.parametrize("headers", FORGED)
async def test_a_form_from_elsewhere_is_refused(world: World, visitor: Visitor, headers: dict[str, str]) -> None:
    await visitor.signs_in()
    form, (case,) = visitor.form("/answer", value="40"), world.switchboard.plays
    answer = await world.client.post(f"/case/{case}/answer", data=form, headers=headers)
    assert answer.status_code == 403
    assert world.switchboard.plays[case].answers == {}


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
async def test_a_form_without_our_token_is_refused(world: World, visitor: Visitor, token: str) -> None:
    await visitor.signs_in()
    page = await visitor.sends("/answer", form=visitor.form("/answer", value="40") | {"csrf": token})
    assert page.status_code == 403
    assert "open too long" in page.text


async def test_another_visitors_token_is_refused(world: World, visitor: Visitor) -> None:
    await visitor.opens("/resume")
    theirs = visitor.form("/resume")["csrf"]
    world.client.cookies.clear()
    await visitor.opens("/resume")
    page = await visitor.sends("/resume", form={"csrf": theirs, "number": CUSTOMER})
    assert page.status_code == 403


async def test_every_page_carries_safe_headers(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    for path in ("/", "/resume", "/m/pay-bill", "/c/x", str(visitor.page.url), "/nowhere", "/docs"):
        headers = (await world.client.get(path)).headers
        assert headers["content-security-policy"] == policy(framed=False)
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert path == "/docs" or headers["cache-control"] == "no-store"


async def test_cookies_are_locked_to_this_host(world: World, visitor: Visitor) -> None:
    await visitor.opens("/m/pay-bill")
    answer = await world.client.post(
        "/m/pay-bill", data=visitor.form("/m/pay-bill", number=CUSTOMER), headers={"Origin": PUBLIC}
    )
    visitor.page = answer
    form = visitor.form("/code", code=await visitor.code())
    answer = await world.client.post("/m/pay-bill/code", data=form)
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-segue=")
    assert all(word in cookie for word in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"))


async def test_no_text_is_written_twice_into_one_page(visitor: Visitor) -> None:
    page = await visitor.signs_in()
    fragment = await visitor.client.get(str(page.url), headers={"X-Fragment": "case"})
    assert "<html" not in fragment.text
    assert 'id="case"' in fragment.text


async def test_words_on_a_page_are_escaped(visitor: Visitor) -> None:
    await visitor.signs_in()
    page = await visitor.sends("/answer", value='"><script>alert(1)</script>')
    assert "<script>alert" not in page.text


async def test_the_page_hears_of_a_move(world: World) -> None:
    watcher = (app := world.client._transport.app).state.watcher  # type: ignore[attr-defined]  # the app under test
    assert app.state.parts is world.parts
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    running = asyncio.create_task(watcher.run())
    async with asyncio.timeout(3), watcher.watch(case, 0) as queue:
        first = await queue.get()
        await world.texts("40", "SM2")
        assert await queue.get() > first
    running.cancel()


async def test_without_a_carrier_there_is_no_stage(world: World) -> None:
    assert (await world.client.get("/stage")).status_code == 404

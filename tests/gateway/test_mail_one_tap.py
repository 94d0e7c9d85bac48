"""One-tap answers: opening one does nothing, its button answers once, and a used one opens nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from channels.letters import OneTap
from tests.gateway.conftest import PUBLIC
from tests.gateway.mailing import Mailing, mailing

__all__ = ["mailing"]


def taps(mailing: Mailing) -> list[str]:
    """The one-tap addresses of the last mail, without their host."""
    html = str(mailing.got[-1].extras["html"])
    return [urlsplit(link).path for link in re.findall(r'href="([^"]+/a/[^"]+)"', html)]


async def press(mailing: Mailing, path: str, to: str | None = None) -> httpx.Response:
    """Open the page and press its button."""
    shown = await mailing.client.get(path)
    csrf = re.search(r'name="csrf" value="([^"]+)"', shown.text)
    assert csrf, shown.text
    form = {"csrf": csrf.group(1)}
    return await mailing.client.post(to or path, data=form, headers={"Origin": PUBLIC})


async def test_one_tap_answers_after_a_second_look(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    _, minimum = taps(mailing)
    page = await mailing.client.get(minimum)
    assert page.status_code == 200
    assert "$25.00" in page.text
    answer = await press(mailing, minimum)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/case/pay-bill/")
    (play,) = mailing.switchboard.plays.values()
    assert play.answers["amount"].value == {"amount": "25.00", "currency": "USD"}
    assert play.answers["amount"].by.channel == "email"


async def test_a_scanner_that_opens_every_link_answers_nothing(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    before = list(mailing.switchboard.requests)
    for path in taps(mailing):
        for _ in range(3):
            assert (await mailing.client.get(path)).status_code == 200
        await mailing.client.head(path)
        assert (await mailing.client.post(path)).status_code == 403
    assert mailing.switchboard.requests == before


async def test_a_used_link_opens_nothing_for_anybody(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    full, minimum = taps(mailing)
    shown = await mailing.client.get(full)
    csrf = re.search(r'name="csrf" value="([^"]+)"', shown.text)
    assert csrf
    await press(mailing, full)
    mailing.client.cookies.delete("__Host-segue")
    for path in (full, minimum):
        answer = await mailing.client.post(path, data={"csrf": csrf.group(1)}, headers={"Origin": PUBLIC})
        assert answer.status_code == 410
        assert "__Host-segue=" not in answer.headers.get("set-cookie", "")
        page = await mailing.client.get(path)
        assert page.status_code == 410
        assert "already answered" in page.text


async def test_an_old_link_leads_to_the_current_question_by_mail(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    old = taps(mailing)[0]
    await mailing.writes("40")
    answer = await press(mailing, old, f"{old}/again")
    assert "mailed you the current question" in answer.text
    mailing.got += await mailing.sent()
    assert mailing.got[-1].key.startswith("again:")
    assert taps(mailing) != [old]
    await press(mailing, old, f"{old}/again")
    assert await mailing.sent() == []


async def test_a_link_that_is_not_ours_or_too_old_says_so(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    good = taps(mailing)[0]
    letters = mailing.mailroom.letters
    tapped = letters.tapped(good.removeprefix("/a/"))
    assert tapped is not None
    old = letters.tap_url(tapped, "84.20", now=datetime.now(UTC) - timedelta(days=30)).removeprefix(PUBLIC)
    for path in (good[:-1], good[:-3] + "AAA", old, "/a/x", "/a/x.y", "/a/" + "é" * 20, good.replace(".", "")):
        assert (await mailing.client.get(path)).status_code == 410, path


async def test_a_link_does_not_answer_for_another_case(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    tapped = mailing.mailroom.letters.tapped(taps(mailing)[0].removeprefix("/a/"))
    assert tapped is not None
    for field in ("customer", "case", "key"):
        other = OneTap(**{**tapped.__dict__, field: "x"})
        path = mailing.mailroom.letters.tap_url(other, "84.20").removeprefix(PUBLIC)
        assert (await mailing.client.get(path)).status_code in {410, 200}
        if field != "customer":
            assert (await mailing.client.get(path)).status_code == 410


@pytest.mark.parametrize("value", ["84.21", "1", "", "<script>"])
async def test_only_what_was_offered_can_be_tapped(mailing: Mailing, value: str) -> None:
    await mailing.writes("pay my bill")
    letters = mailing.mailroom.letters
    tapped = letters.tapped(taps(mailing)[0].removeprefix("/a/"))
    assert tapped is not None
    path = letters.tap_url(tapped, value).removeprefix(PUBLIC)
    assert (await mailing.client.get(path)).status_code == 410

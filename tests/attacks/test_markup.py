"""Markup and line breaks in whatever a customer writes: shown as text, in a mail, on a page, to those who look on."""

from __future__ import annotations

import pytest

from models.questions import Text
from tests.gateway import pretend
from tests.gateway.conftest import API_KEY, CUSTOMER, World
from tests.gateway.mailing import DOMAIN, Mailing
from tests.gateway.visitor import Visitor
from workflows.engine.view import plainly

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}{%x%}</textarea>\u202egnp.exe"


def harmless(text: str) -> bool:
    return "<script>alert" not in text and "<img src=x" not in text and "{{" not in text.replace("{{7*7}}", "")


@pytest.fixture
def words_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretend, "QUESTIONS", [Text("symptom"), Text("details")])


@pytest.mark.usefixtures("words_wanted")
async def test_on_every_page_of_the_case(world: World) -> None:
    visitor = Visitor(world)
    await visitor.signs_in()
    pages = [await visitor.sends("/answer", value=HOSTILE)]
    pages += [await visitor.opens(path) for path in ("/", "/account", "/resume?left=1")]
    assert "&lt;script&gt;alert(1)" in pages[0].text
    for page in pages:
        assert harmless(page.text)
        assert "49" not in page.text.partition("{{7*7}}")[0][-20:]


@pytest.mark.usefixtures("words_wanted")
async def test_the_api_sends_it_as_data(world: World) -> None:
    await world.texts("pay my bill")
    await world.texts(HOSTILE, "SM2")
    headers = {"Authorization": f"Bearer {API_KEY}"}
    customer = next(iter(world.switchboard.plays)).split("/")[1]
    answer = await world.client.get(f"/api/v1/customers/{customer}/timeline", headers=headers)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>alert(1)</script>" in answer.json()["timeline"][0]["story"]


@pytest.mark.parametrize(
    "place", ["/m/<script>", "/c/<script>alert(1)</script>", "/a/<script>.x", "/store/<b>", "/<b>"]
)
async def test_no_page_repeats_an_address(world: World, place: str) -> None:
    page = await world.client.get(place)
    assert page.status_code in {404, 410}
    assert harmless(page.text)
    assert "<b>" not in page.text


@pytest.mark.usefixtures("words_wanted")
async def test_in_the_mail_that_comes_back(mailing: Mailing) -> None:
    await mailing.writes("pay my bill", subject=f"{HOSTILE}", sender=f'"{HOSTILE}" <jane@home.example>')
    await mailing.writes(HOSTILE)
    for letter in mailing.got:
        assert harmless(str(letter.extras["html"]))
        assert "<script>alert(1)" not in str(letter.extras["html"])


@pytest.mark.parametrize(
    "subject", ["a\r\nBcc: eve@x.example", "a\nX: y", "a\x0bb\x85c\u2028d", "=?utf-8?q?a=0AX:_y?="]
)
async def test_no_line_breaks_in_what_becomes_a_header(mailing: Mailing, subject: str) -> None:
    hostile = "Message-ID: <a@b\r\n Bcc: eve@x.example>\nReferences: <c@d>\x0b<e@f>\nIn-Reply-To: <x\ny@z>"
    await mailing.writes("pay my bill", subject=subject, headers=hostile, sender='"a\\r\\nBcc: e" <jane@home.example>')
    (letter,) = mailing.got
    headers = letter.extras["headers"]
    assert isinstance(headers, dict)
    for value in (letter.extras["subject"], letter.extras["reply_to"], *headers.values()):
        assert str(value).isprintable()
        assert "bcc:" not in str(value).lower() or value == letter.extras["subject"]
    assert letter.to.value == "jane@home.example"
    assert str(letter.extras["reply_to"]).endswith(DOMAIN)


async def test_a_name_like_a_file_of_ours_is_a_name(world: World) -> None:
    """Nothing a text says names a file, a template or a message of ours."""
    for number, words in enumerate(
        ("../../etc/passwd", "{greeting}", "{ $amount }", "${jndi:ldap://x}", "'; DROP TABLE x")
    ):
        assert (await world.texts(words, f"SM{number}", From=f"+1415555{number:04}")).status_code == 200
    for message in await world.sent():
        assert "root:" not in message.body
        assert "{" not in message.body
    assert CUSTOMER not in str(await world.sent())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[click](http://evil.example)", r"\[click\](http:\//evil.example)"),
        ("![](http://evil.example/seen.png)", r"\!\[\](http:\//evil.example/seen.png)"),
        ("<b>www.evil.example\n\n# title", r"\<b\>www\.evil.example \# title"),
        ({"amount": "41.00", "currency": "USD"}, "41.00 USD"),
    ],
)
def test_on_temporals_own_pages(written: object, shown: str) -> None:
    """They show Markdown: a link or an image in it would lead, or tell, somewhere else."""
    assert plainly(written) == shown

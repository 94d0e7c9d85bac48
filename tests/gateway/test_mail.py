"""Mail comes in: kept, read as it was written, answered once by mail, never refused."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from database.engine import Database
from gateway.callbacks import Callbacks
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.mail_desk import MailDesk
from gateway.webhooks.texts import TextDesk
from models.people import Address, Channel
from tests.gateway.mailing import DOMAIN, JANE, Mailing, mailed, mailing

__all__ = ["mailing"]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30_000)


async def test_a_customer_pays_by_mail(mailing: Mailing) -> None:
    assert await mailing.writes("I want to pay my bill") == 200
    assert "How much would you like to pay" in await mailing.hears()
    await mailing.writes("40 dollars please\n\nThanks,\nJane\n\nOn Monday, Segue wrote:\n> 1) $84.20\n> 2) $25.00")
    assert "$40.00" in await mailing.hears()
    await mailing.writes("1")
    assert "would you like to pay" in await mailing.hears()
    await mailing.writes("the visa")
    assert "Visa ending 4242" in await mailing.hears()
    await mailing.writes("yes")
    assert "K7Q4XN" in await mailing.hears()
    assert [note for note in mailing.got if note.channel != "email"] == []


async def test_who_begins_in_another_language_is_answered_in_it(mailing: Mailing) -> None:
    await mailing.writes("quiero pagar mi factura")
    assert "¿Cuánto" in await mailing.hears()
    assert "We need" not in await mailing.hears()


async def test_who_asks_for_a_call_by_mail_is_called_where_there_is_a_number(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    await mailing.writes("call me please")
    assert "no phone number" in await mailing.hears()
    assert await mailing.parts.calls.callbacks_due(9) == []
    known = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    assert known is not None
    await mailing.parts.customers.add_address(known.id, Address(kind="phone", value="+14155550117"))
    await mailing.writes("call me please")
    assert "we are calling you now" in await mailing.hears()
    (call,) = await mailing.parts.calls.callbacks_due(9)
    assert call.address.value == "+14155550117"


async def test_the_answer_is_in_the_same_thread(mailing: Mailing) -> None:
    await mailing.writes(
        "pay my bill", subject="My bill\r\nBcc: everybody@example.com", message_id="<one@home.example>"
    )
    extras = mailing.got[-1].extras
    assert extras["subject"] == "Re: My bill Bcc: everybody@example.com"
    headers = extras["headers"]
    assert isinstance(headers, dict)
    assert headers["In-Reply-To"] == "<one@home.example>"
    assert headers["Auto-Submitted"] == "auto-replied"
    assert str(extras["reply_to"]).endswith(f"@{DOMAIN}")
    assert len(str(extras["reply_to"]).partition("@")[0]) <= 64


async def test_the_same_mail_twice_at_once_is_one(mailing: Mailing) -> None:
    both = await asyncio.gather(*(mailing.writes("pay my bill", message_id="<twice@home.example>") for _ in range(3)))
    assert both == [200, 200, 200]
    assert len(mailing.got) == 1
    assert await mailing.strays() == []


async def test_a_late_reply_answers_nothing_newer(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    first = mailing.got[-1]
    await mailing.writes("40")
    assert "When" in await mailing.hears() or "now" in await mailing.hears()
    await mailing.writes("1", to=str(first.extras["reply_to"]))
    assert "already answered" in await mailing.hears()


async def test_without_its_address_the_mail_replied_to_counts(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    headers = mailing.got[-1].extras["headers"]
    assert isinstance(headers, dict)
    await mailing.writes("40")
    await mailing.writes("1", to=f"hello@{DOMAIN}", headers=f"In-Reply-To: {headers['Message-ID']}\n")
    assert "already answered" in await mailing.hears()


async def test_html_alone_is_read(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    html = "<style>p{}</style><script>alert(1)</script><p>40&nbsp;dollars</p><div class='gmail_quote'>$84.20</div>"
    await mailing.writes(None, html=html)
    assert "$40.00" in await mailing.hears()


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("Zahlen: “42,50 €”".encode("windows-1252"), "windows-1252"),
        ("pay my bill €".encode("windows-1252"), "iso-8859-1"),
        ("払う".encode("shift_jis"), "shift_jis"),
        (b"\xff\xfe\x00pay", "no-such-charset"),
        (b"pay +2D8- \xff", "utf-7"),
        (b"pay \xff" + b"-" * 100_000, "punycode"),
        (b"p\x00a\x00y\x00\xff\xd8", "utf-16-le"),
    ],
)
async def test_every_charset_is_survived(mailing: Mailing, raw: bytes, label: str) -> None:
    assert await mailing.writes(raw, charsets={"text": label}) == 200
    assert mailing.got


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "X-Autoreply: yes",
        "Precedence: bulk",
        "List-Id: <news.example>",
        "Content-Type: multipart/report; report-type=delivery-status",
    ],
)
async def test_nobody_answers_a_machine(mailing: Mailing, header: str) -> None:
    await mailing.writes("pay my bill", headers=header + "\n")
    assert mailing.got == []
    assert await mailing.strays() == []
    assert mailing.switchboard.requests == []


@pytest.mark.parametrize("subject", ["Automatic reply: my bill", "Out of Office", "Abwesenheitsnotiz: weg"])
async def test_an_absence_is_no_answer(mailing: Mailing, subject: str) -> None:
    await mailing.writes("pay my bill", subject=subject)
    assert mailing.got == []


async def test_a_bounce_is_no_answer(mailing: Mailing) -> None:
    await mailing.writes("pay my bill", envelope_from="")
    await mailing.writes("pay my bill", sender="MAILER-DAEMON@home.example")
    assert mailing.got == []


async def test_a_picture_is_kept_as_the_customers(mailing: Mailing) -> None:
    await mailing.writes("pay my bill", files=[("../../etc/passwd\x00.png", PNG), ("virus.exe", b"MZ" + bytes(100))])
    assert "pictures and PDF" in await mailing.hears()
    customer = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    assert customer is not None
    (case,) = await mailing.parts.cases.open_for(customer.id)
    kept = await mailing.parts.attachments.of_case(case.id)
    assert "/" not in "".join(file.name for file in kept)


async def test_who_stopped_and_writes_again_is_answered(mailing: Mailing) -> None:
    await mailing.writes("STOP")
    await mailing.writes("pay my bill", to=f"hello@{DOMAIN}")
    assert "How much" in await mailing.hears()


async def test_stop_is_heard_in_a_mail(mailing: Mailing) -> None:
    await mailing.writes("STOP")
    assert "no more mail" in await mailing.hears()
    assert not await mailing.parts.post.may(Channel.EMAIL, Address(kind="email", value=JANE))


async def test_while_temporal_is_away_a_mail_waits_and_says_so(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    mailing.switchboard.away = True
    assert await mailing.writes("40") == 200
    assert "not lost" in await mailing.hears()
    (waiting,) = await mailing.parts.inbox.unfinished(timedelta(0), 10)
    mailing.switchboard.away = False
    parts = mailing.parts
    desk = MailDesk(parts, mailing.mailroom)
    callbacks = Callbacks(parts, TextDesk(parts), CallDesk(parts), mails=desk)
    await callbacks._retry(waiting)
    mailing.got += await mailing.sent()
    assert "$40.00" in await mailing.hears()
    assert await mailing.parts.inbox.unfinished(timedelta(0), 10) == []


@pytest.mark.parametrize("body", [b"", b"no form", b"--x\r\nContent-Dis", b"--x--\r\n", b"\x00" * 5000])
async def test_what_is_no_form_is_kept_for_a_person(mailing: Mailing, body: bytes) -> None:
    for kind in (
        "multipart/form-data; boundary=x",
        "text/plain",
        "multipart/form-data",
        "",
        "multipart/form-data; boundary=é",
    ):
        answer = await mailing.client.post("/sendgrid/inbound", content=body, headers={b"Content-Type": kind.encode()})
        assert answer.status_code == 200
    assert {stray.reason for stray in await mailing.strays()} <= {"unreadable", "no-sender"}
    assert len(await mailing.strays()) >= 4


@pytest.mark.parametrize("path", ["/sendgrid/inbound", "/sendgrid/inbound/", "/sendgrid/inbound/anything/else"])
async def test_no_address_redirects(mailing: Mailing, path: str) -> None:
    assert await mailing.writes("pay my bill", path=path) == 200


async def test_without_a_mailroom_a_mail_comes_again(mailing: Mailing) -> None:
    room = mailing.client._transport.app.state.parts  # type: ignore[attr-defined]  # httpx names it so
    object.__setattr__(room, "mail", None)
    assert await mailing.writes("pay my bill") == 503


async def test_the_secret_is_in_the_path_or_the_password(db: Database) -> None:
    async with mailed(db, secret="open-sesame") as mailing:
        assert await mailing.writes("pay my bill") == 503
        assert await mailing.writes("pay my bill", path="/sendgrid/inbound/wrong") == 503
        assert mailing.got == []
        assert await mailing.writes("pay my bill", path="/sendgrid/inbound/open-sesame") == 200
        basic = {"Authorization": "Basic c2VndWU6b3Blbi1zZXNhbWU="}
        assert await mailing.writes("40", extra=basic) == 200
        assert "$40.00" in await mailing.hears()


async def test_unsigned_mail_is_not_taken_where_it_must_be_signed(db: Database) -> None:
    async with mailed(db, signed=True) as mailing:
        assert await mailing.writes("pay my bill") == 503
        assert mailing.got == []


async def test_metadata_that_is_no_json_is_survived(mailing: Mailing) -> None:
    bad = {"envelope": "{{{", "charsets": "[" * 5000, "from": JANE, "text": "pay my bill", "dkim": "}" * 9999}
    answer = await mailing.client.post("/sendgrid/inbound", files=[(n, (None, v.encode())) for n, v in bad.items()])
    assert answer.status_code == 200
    assert json.dumps([stray.reason for stray in await mailing.strays()]) == '["not-proved"]'


async def test_a_mail_without_words_says_it_in_its_subject(mailing: Mailing) -> None:
    await mailing.writes("", subject="I want to pay my bill")
    assert "How much would you like to pay" in await mailing.hears()
    await mailing.writes("", subject="Re: 40")
    assert "empty" in await mailing.hears()


async def test_a_bug_leaves_a_mail_for_a_person(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    await mailing.writes("pay my bill")

    async def broken(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr(mailing.switchboard, "answer", broken)
    assert await mailing.writes("40") == 200
    assert [stray.reason for stray in await mailing.strays()] == ["failed"]

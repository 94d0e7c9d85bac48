"""What somebody with bad intent, or a broken machine, may write: nothing opens, nothing breaks, nothing is lost."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from models.people import Address
from models.tables import UnplacedRow
from tests.gateway.mailing import API_KEY, DOMAIN, JANE, Mailing, mailing

__all__ = ["mailing"]
EVE = "eve@elsewhere.example"


async def test_another_customers_reply_address_opens_nothing(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    address = str(mailing.got[-1].extras["reply_to"])
    await mailing.writes("pay my bill", sender=EVE, to=f"hello@{DOMAIN}")
    before = len(mailing.got)
    assert await mailing.writes("40", sender=EVE, to=address) == 200
    assert len(mailing.got) == before
    (stray,) = await mailing.strays()
    assert (stray.reason, stray.sender) == ("wrong-token", EVE)


async def test_a_stranger_with_a_reply_address_is_not_even_met(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    await mailing.writes("40", sender=EVE)
    assert await mailing.parts.customers.find(Address(kind="email", value=EVE)) is None
    assert len(mailing.got) == 1


@pytest.mark.parametrize(
    "forged", ["reply+aaaa", "reply+" + "a" * 34, "reply+../../etc", "reply+int_42.7f3c9a", "REPLY+x"]
)
async def test_a_forged_reply_address_is_not_placed(mailing: Mailing, forged: str) -> None:
    await mailing.writes("pay my bill")
    before = len(mailing.got)
    assert await mailing.writes("40", to=f"{forged}@{DOMAIN}") == 200
    assert len(mailing.got) == before
    assert [stray.reason for stray in await mailing.strays()] == ["wrong-token"]


async def test_every_changed_letter_of_a_reply_address_breaks_it(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    letters, address = mailing.mailroom.letters, str(mailing.got[-1].extras["reply_to"])
    customer = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    assert customer is not None
    local = address.partition("@")[0]
    token = letters.token_of([address.upper()])
    assert token is not None
    assert letters.holds(token, customer.id)
    for at in range(len("reply+"), len(local)):
        other = "b" if local[at] != "b" else "q"
        changed = letters.token_of([f"{local[:at]}{other}{local[at + 1 :]}@{DOMAIN}"])
        # The last of 34 letters carries spare bits only.
        assert changed is None or changed == token or not letters.holds(changed, customer.id)


@pytest.mark.parametrize(
    "how",
    [
        {"spf": "fail", "dkim": "none"},
        {"spf": "softfail", "dkim": "{@home.example : fail}"},
        {"spf": "pass", "dkim": "{@elsewhere.example : pass}", "envelope_from": EVE},
        {"spf": "none", "dkim": "{@nothome.example : pass, @xhome.example : pass}"},
        {"spf": "pass", "dkim": "", "envelope_from": "jane@home.example.elsewhere.example"},
    ],
)
async def test_a_spoofed_sender_opens_nothing_and_learns_nothing(mailing: Mailing, how: dict[str, Any]) -> None:
    await mailing.writes("pay my bill")
    asked = list(mailing.switchboard.requests)
    assert await mailing.writes("40", **how) == 200
    assert mailing.switchboard.requests == asked
    assert [stray.reason for stray in await mailing.strays()] == ["not-proved"]
    said = await mailing.hears()
    assert "could not confirm" in said
    assert "bill" not in said
    assert "$" not in said


async def test_a_spoofed_sender_cannot_make_us_write_to_their_victim_again_and_again(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    for _ in range(4):
        await mailing.writes("40", spf="fail", dkim="")
    assert len(mailing.got) == 2


async def test_a_spoofed_stranger_is_not_met(mailing: Mailing) -> None:
    await mailing.writes("pay my bill", spf="fail", dkim="")
    assert mailing.got == []
    assert await mailing.parts.customers.find(Address(kind="email", value=JANE)) is None


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (f'"{JANE}" <{EVE}>, {JANE}', ""),
        (JANE, f"From: {EVE}\n"),
        ("", ""),
        ("undisclosed-recipients:;", ""),
        ("jane@home.example\r\nBcc: a@b.example", ""),
    ],
)
async def test_a_mail_of_no_one_sender_is_nobodys(mailing: Mailing, sender: str, headers: str) -> None:
    assert await mailing.writes("pay my bill", sender=sender, headers=headers) == 200
    assert mailing.got == []
    assert {stray.reason for stray in await mailing.strays()} <= {"no-sender", "not-proved"}


async def test_the_name_beside_an_address_is_nobody(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    await mailing.writes("pay my bill", sender=f'"{JANE}" <{EVE}>', to=f"hello@{DOMAIN}")
    assert mailing.got[-1].to.value == EVE


async def test_ten_thousand_lines_are_survived(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    began = time.monotonic()
    assert await mailing.writes("\n".join(f"line {n} of my long story" for n in range(10_000))) == 200
    assert time.monotonic() - began < 3
    assert "too long" in await mailing.hears()
    await mailing.writes("40\n" + "\n".join(["> quoted"] * 10_000))
    assert "$40.00" in await mailing.hears()


async def test_a_zip_bomb_stays_shut(mailing: Mailing) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb", bytes(50_000_000))
    assert (
        await mailing.writes("pay my bill", files=[("photo.png", packed.getvalue()), ("x.zip", packed.getvalue())])
        == 200
    )
    assert "pictures and PDF" in await mailing.hears()


async def test_more_than_a_mail_can_be_is_kept_in_part(mailing: Mailing) -> None:
    assert await mailing.writes("pay my bill", files=[("big.png", bytes(33 * 1024 * 1024))]) == 200
    (stray,) = await mailing.strays()
    assert stray.reason == "too-large"
    assert mailing.got == []


async def test_thirty_megabytes_are_taken(mailing: Mailing) -> None:
    assert (
        await mailing.writes("pay my bill", files=[("big.png", b"\x89PNG\r\n\x1a\n" + bytes(29 * 1024 * 1024))]) == 200
    )
    assert "10 MB" in await mailing.hears()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\x00b.png",
        "\u202egnp.exe",
        "x" * 5000,
        "C:\\autoexec.bat",
        "",
        "..",
        "a;b=c.png",
        'q".png',
    ],
)
async def test_hostile_file_names_are_survived(mailing: Mailing, name: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(30_000)
    assert await mailing.writes("pay my bill", files=[(name, picture)]) == 200
    assert mailing.got


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


async def test_markup_in_a_mail_is_words_in_ours(mailing: Mailing) -> None:
    await mailing.writes(f"pay my bill {SCRIPT}", subject=SCRIPT)
    await mailing.writes(SCRIPT, subject=SCRIPT)
    for letter in mailing.got:
        html = str(letter.extras["html"])
        assert "<script" not in html
        assert "onerror" not in html or "&lt;img" in html


async def test_a_card_number_is_in_no_list(mailing: Mailing) -> None:
    await mailing.writes("pay 4242 4242 4242 4242", subject="card 4242424242424242", spf="fail", dkim="")
    (stray,) = await mailing.strays()
    assert "4242424242424242" not in stray.subject
    shown = (await mailing.api("GET", f"/unplaced/{stray.id}")).json()
    assert "4242 4242 4242" not in shown["raw"]


# -- the list of what nobody was found for --------------------------------------------------------------------


async def test_a_person_says_whose_a_mail_is(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    customer = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    assert customer is not None
    await mailing.writes("40", sender="jane@work.example")
    listed = (await mailing.api("GET", "/unplaced")).json()
    assert [(one["reason"], one["sender"]) for one in listed] == [("wrong-token", "jane@work.example")]
    path = f"/unplaced/{listed[0]['id']}"
    assert "40" in (await mailing.api("GET", path)).json()["raw"]
    answer = await mailing.api("POST", f"{path}/assignment", customer=customer.id)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["customer"], answer.json()["assigned_by"]) == (customer.id, "counter")
    mailing.got += await mailing.sent()
    assert mailing.got[-1].to.value == JANE  # on file; whoever wrote from elsewhere may be anybody
    assert "$40.00" in await mailing.hears()
    assert (await mailing.api("GET", "/unplaced")).json() == []
    again = await mailing.api("POST", f"{path}/assignment", customer=customer.id)
    assert again.status_code == 409
    assert len((await mailing.api("GET", "/unplaced?assigned=true")).json()) == 1


async def test_an_assigned_mail_can_no_longer_be_read_once_its_customer_is_erased(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    customer = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    assert customer is not None
    await mailing.writes("40", sender="jane@work.example")
    (stray,) = await mailing.strays()
    await mailing.api("POST", f"/unplaced/{stray.id}/assignment", customer=customer.id)
    await mailing.mailroom.unplaced._vault.destroy(customer.id)
    assert await mailing.mailroom.unplaced.raw(stray.id) is None


async def test_only_a_trusted_key_sees_what_others_wrote(mailing: Mailing) -> None:
    await mailing.writes("hello", spf="fail", dkim="")
    (stray,) = await mailing.strays()
    for method, path, body in (
        ("GET", "/unplaced", {}),
        ("GET", f"/unplaced/{stray.id}", {}),
        ("POST", f"/unplaced/{stray.id}/assignment", {"customer": "c_x"}),
    ):
        assert (await mailing.api(method, path, key=API_KEY, **body)).status_code == 403
        assert (await mailing.api(method, path, key="none", **body)).status_code == 401
    assert (await mailing.api("POST", f"/unplaced/{stray.id}/assignment", customer="c_x")).status_code == 404
    assert (await mailing.api("GET", "/unplaced/m_none")).status_code == 404


async def test_what_is_kept_is_sealed(mailing: Mailing) -> None:
    await mailing.writes("my secret words", spf="fail", dkim="")
    (stray,) = await mailing.strays()
    unplaced = mailing.mailroom.unplaced
    assert b"my secret words" in (await unplaced.raw(stray.id) or b"")
    (row,) = await unplaced._db.rows(select(UnplacedRow.raw))
    assert b"secret" not in row.raw

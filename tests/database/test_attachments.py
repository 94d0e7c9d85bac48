"""Files that customers send: sealed, known by their content, under a name that does no harm."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database.attachments import LARGEST, Attachments, recognised, safe_name
from database.engine import Database
from database.vault import Vault
from models.errors import NotUnderstood, Unknown
from models.tables import AttachmentRow

PNG = b"\x89PNG\r\n\x1a\n" + b"a secret picture" * 20
HEIC = b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + bytes(40)
AVIF = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + bytes(40)


@pytest.fixture
def vault(db: Database) -> Vault:
    return Vault(db, bytes(range(32)))


@pytest.fixture
def attachments(db: Database, vault: Vault) -> Attachments:
    return Attachments(db, vault)


async def test_what_is_kept_is_given_back_to_its_customer_only(attachments: Attachments) -> None:
    kept = await attachments.keep("c_ada", "pay-bill/c_ada/1", "bill.png", "image/png", PNG)
    assert (kept.name, kept.type, kept.size) == ("bill.png", "image/png", len(PNG))
    assert await attachments.open(kept.id, "c_ada") == (kept, PNG)
    assert await attachments.open(kept.id, "c_eve") is None
    assert await attachments.open("f_nothing", "c_ada") is None
    assert await attachments.of_case("pay-bill/c_ada/1") == [kept]


async def test_nothing_of_it_can_be_read_in_the_database(attachments: Attachments, db: Database) -> None:
    await attachments.keep("c_ada", None, "bill.png", "image/png", PNG)
    [row] = await db.rows(select(AttachmentRow.content))
    assert b"secret" not in row.content


async def test_an_erased_customer_has_no_files(attachments: Attachments, vault: Vault) -> None:
    kept = await attachments.keep("c_ada", None, "bill.png", "image/png", PNG)
    await vault.destroy("c_ada")
    assert await attachments.open(kept.id, "c_ada") is None
    with pytest.raises(Unknown):
        await attachments.keep("c_ada", None, "bill.png", "image/png", PNG)


async def test_the_same_source_is_kept_once(attachments: Attachments, db: Database) -> None:
    first = await attachments.keep("c_ada", None, "a.png", "image/png", PNG, once="MM1/0")
    assert await attachments.keep("c_ada", None, "a.png", "image/png", PNG, once="MM1/0") == first
    assert await attachments.keep("c_eve", None, "a.png", "image/png", PNG, once="MM1/0") != first
    assert len(await db.rows(select(AttachmentRow.id))) == 2


async def test_nobody_fills_the_shelves(attachments: Attachments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("database.attachments.MOST_A_DAY", 2)
    for number in (1, 2, 2):
        await attachments.keep("c_ada", None, "a.png", "image/png", PNG, once=f"MM1/{number}")
    with pytest.raises(NotUnderstood, match="file-too-many"):
        await attachments.keep("c_ada", None, "a.png", "image/png", PNG)
    await attachments.keep("c_eve", None, "a.png", "image/png", PNG)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"GIF89a" + bytes(20), "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (HEIC, "image/heic"),
        (b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_pictures_and_pdf_are_known_by_their_content(content: bytes, kind: str) -> None:
    assert recognised(content) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file-empty"),
        (b"%PDF-" + bytes(LARGEST), "file-too-big"),
        (b"PK\x03\x04 a zip that says it is a picture", "file-type"),
        (b"<html>%PDF-1.7 <script>", "file-type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "file-type"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "file-type"),
        (AVIF, "file-type"),
        (b"MZ", "file-type"),
    ],
)
async def test_anything_else_is_not_taken(attachments: Attachments, content: bytes, reason: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        await attachments.keep("c_ada", None, "photo.png", "image/png", content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\bill.PDF", "bill.pdf"),
        ("/etc/", "etc.pdf"),
        ("bill\u202efdp.exe", "billfdp.exe.pdf"),
        ("bi\x00ll\r\n.pdf", "bi ll.pdf"),
        ("\u2066..pdf", "pdf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ('<img src=x onerror="1">.pdf', "_img src=x onerror=_1_.pdf"),
        ("%00.pdf", "_00.pdf"),
        ("", "file.pdf"),
        ("\ud800", "file.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("Rechnung März 2026.pdf", "Rechnung März 2026.pdf"),
        ("x" * 400 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names_do_no_harm(hostile: str, safe: str) -> None:
    assert safe_name(hostile, "application/pdf") == safe

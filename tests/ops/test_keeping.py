"""What is kept of people: given to them, rebuilt, wrapped anew, and let go when it is old."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from channels.letters import Letters
from channels.wording.book import wording
from cli import app
from database.belonging import THEIRS
from database.customers import Customers
from database.engine import Database, migrate, now, open_database
from database.exports import OMITTED
from database.indexing import Words
from database.journal import Journal
from database.rebuilt import Difference, Rebuilt, differences
from database.retention import RULES, sweep
from database.sought import Sought
from database.vault import Vault
from models import tables as t
from models.errors import Misconfigured, Unknown
from models.retention import Retention, table
from ops.exporting import Exporting
from ops.rotation import rotate
from settings import Settings
from tests.ops.crowd import settle
from tests.ops.rebuilding import prove

OLD, NEW = bytes(32), bytes(range(32))
DOCS = Path(__file__).resolve().parents[2] / "docs"


async def test_a_person_gets_all_of_it(db: Database, tmp_path: Path) -> None:
    vault = Vault(db, OLD)
    ana, bob = await settle(db, vault, 2)
    await Customers(db).speaks(ana.id, "es")

    export = await Exporting(db, vault).export(ana.id)
    written = export.write(tmp_path / "out")

    assert {table.__tablename__ for table in THEIRS.keys() - OMITTED.keys()} <= export.told["kept"].keys() | {"rebuilt"}
    told = json.loads((tmp_path / "out" / "person.json").read_text("utf-8"))
    assert told["customer"]["name"] == f"Ana {ana.secret.title()}"
    assert told["chats"][0]["text"] == f"My cat is called {ana.secret}."
    assert [line["says"] for line in told["cases"][0]["timeline"]]
    assert {file.name for file in written} == {"person.json", "person.html", f"1-{ana.secret}.png"}
    page = (tmp_path / "out" / "person.html").read_text("utf-8")
    assert "<h1>Sus datos</h1>" in page
    assert f"My cat is called {ana.secret}." in page
    assert bob.secret not in json.dumps(told) + page
    assert not (tmp_path / "out" / "person.json").stat().st_mode & 0o077
    with pytest.raises(Unknown):
        await Exporting(db, vault).export("c_nobody22")


async def test_keys_are_wrapped_anew_and_both_open_meanwhile(db: Database) -> None:
    before = Vault(db, OLD)
    keys = {name: await before.key_of(name) for name in ("c_ann", "c_bob", "c_eve")}
    await before.destroy("c_eve")
    [ana] = await settle(db, before, 1)
    both = Vault(db, NEW, OLD)
    assert (await both.key_of("c_ann")).secret == keys["c_ann"].secret
    last, seen, wrapped = await both.rewrap(limit=1)
    assert (bool(last), seen, wrapped) == (True, 1, 1)  # and there it was broken off

    told: list[str] = []
    assert await rotate(db, both, Words.under(NEW), lambda *each: told.append(each[0])) >= 2
    assert await rotate(db, both, Words.under(NEW), lambda *_: None) == 0

    after = Vault(db, NEW)
    assert (await after.key_of("c_bob")).secret == keys["c_bob"].secret
    with pytest.raises(Unknown):
        await after.key_of("c_eve")
    with pytest.raises(Misconfigured):
        await Vault(db, OLD).key_of("c_bob")
    assert (await Sought(db, Words.under(NEW)).find(ana.secret)).count == 1
    assert {"keys", "names"} <= set(told)


def test_addresses_of_before_are_taken_after_a_rotation() -> None:
    before, after = (
        Letters(b"a" * 32, "x.example", "https://x"),
        Letters(b"b" * 32, "x.example", "https://x", older=[b"a" * 32]),
    )
    address = f"reply+{before._token('pay-bill/c_a/1', 'amount', 1, 'c_a')}@x.example"
    token = after.token_of([address])
    assert token is not None
    assert after.holds(token, "c_a")
    assert not Letters(b"b" * 32, "x.example", "https://x").holds(token, "c_a")


def test_the_master_key_may_be_two() -> None:
    both = ", ".join(base64.b64encode(key).decode() for key in (NEW, OLD))
    settings = Settings.model_validate({"SEGUE_MASTER_KEY": both, "SEGUE_KEEP": "calls=9, archives=off"})
    assert settings.master_keys() == [NEW, OLD]
    assert settings.key() == NEW
    assert (settings.retention().calls, settings.retention().archives) == (9, None)
    for wrong in ("calls", "nothing=3", "calls=0", "audit=30", "calls=x"):
        with pytest.raises(Misconfigured):
            Retention.parse(wrong)


def test_the_page_says_how_long() -> None:
    assert table() in (DOCS / "retention.md").read_text("utf-8")
    assert list(RULES) == list(Retention.model_fields)


async def test_what_is_old_goes_and_open_cases_stay(db: Database) -> None:
    ann, bob = await settle(db, Vault(db, OLD), 2)
    long_ago = now() - timedelta(days=4000)
    await db.change(update(t.CaseRow).values(touched_at=long_ago))
    await db.change(update(t.CaseRow).where(t.CaseRow.id == bob.case).values(status="parked", open=True))
    for table_, column in ((t.CallRow, "started_at"), (t.OutboxRow, "changed_at"), (t.AttachmentRow, "at")):
        await db.change(update(table_).values({column: long_ago}))
    counts: dict[str, int] = {}

    await sweep(db, Retention.parse("calls=off"), counts.__setitem__)

    assert set(counts) == set(RULES) - {"calls"}
    assert await Journal(db).rows(ann.case) == []
    assert await Journal(db).rows(bob.case)
    kept = {row.id: row for row in await db.rows(select(t.CaseRow.id, t.CaseRow.turn, t.CaseRow.status))}
    assert (kept[ann.case].turn, kept[ann.case].status) == (None, "finished")
    assert kept[bob.case].turn is not None
    left_of: dict[type[t.Table], int] = {t.CallRow: 2, t.OutboxRow: 0, t.AttachmentRow: 1, t.CustomerRow: 2}
    for each, left in left_of.items():
        assert (await db.rows(select(func.count()).select_from(each)))[0][0] == left


async def test_a_rebuilt_journal_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    assert await prove(tmp_path, 24, 55)


async def test_what_differs_is_named_row_by_row(db: Database, tmp_path: Path) -> None:
    [ana] = await settle(db, Vault(db, OLD), 1)
    await Rebuilt(db).over()
    url = f"sqlite:///{tmp_path / 'other.db'}"
    await migrate(url)
    other = await open_database(url)
    found = [each async for each in differences(db, other)]
    assert Difference(table="journal", key=(ana.case, "1"), column="missing") in found
    await other.close()


def test_commands_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEGUE_MASTER_KEY", base64.b64encode(NEW).decode())
    one_key = CliRunner().invoke(app, ["ops", "rotate-key"])
    assert one_key.exit_code == 2
    assert "the new one and the old one" in one_key.output
    both = CliRunner().invoke(app, ["ops", "rebuild", "--archive", "--query", "x"])
    assert both.exit_code == 2
    assert "from once" in both.output
    missing = CliRunner().invoke(app, ["erase", "c_x", "--scan", "/nowhere"])
    assert missing.exit_code == 2


def test_the_last_word_fits_a_text() -> None:
    for language in ("en", "es"):
        words = wording(language, "UTC")
        assert len(words.say("erased-farewell", brand=words.say("page-brand"))) <= 306

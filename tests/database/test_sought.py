"""The search: whoever is meant, by whatever they can tell."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event

from database.cases import Cases
from database.company import CompanyBooks
from database.customers import Customers
from database.engine import Database
from database.indexing import Words
from database.journal import Journal
from database.rebuilding import rebuild
from database.sought import Sighting, Sought
from database.vault import Vault
from models.case import Status
from models.journal import Page, Row
from models.people import Address
from models.search import Kind
from models.tables import SoughtNameRow, SoughtPaperRow

KEY = b"a key of the tests, and no other"
THEN = datetime(2031, 5, 6, 12, tzinfo=UTC)


class Desk:
    """Somebody who looks, and those who are looked for."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.customers, self.cases = Customers(db), Cases(db)
        self.journal = Journal(db, Words(KEY))
        self.sought = Sought(db, Words(KEY))
        self.met = 0

    async def meets(self, name: str | None, phone: str = "", email: str = "") -> str:
        self.met += 1
        someone = await self.customers.meet(Address(kind="phone", value=phone or f"+1212555{self.met:04}"))
        if name:
            await self.customers.named(someone.id, name)
        if email:
            await self.customers.add_address(someone.id, Address(kind="email", value=email))
        return someone.id

    async def case(self, customer: str, *said: str, status: Status = Status.OPEN, days: int = 0) -> str:
        """A case in which this was written, touched some days after the others."""
        opened = await self.cases.open(customer, "pay-bill")
        at = THEN + timedelta(days=days)
        rows = [Row(sequence=n, at=at, what="remarked", data={"text": text}) for n, text in enumerate(said, 1)]
        given: dict[str, Any] = {"case": opened.id, "customer": customer, "moment": "pay-bill", "run": "r", "turn": {}}
        await self.journal.write(Page(**given, step=None, status=status, sequence=len(said) + 1, rows=rows, at=at))
        return opened.id

    async def finds(self, typed: str, **page: int) -> tuple[Sighting, ...]:
        return (await self.sought.find(typed, **page)).people

    async def names(self, typed: str, **page: int) -> list[str | None]:
        return [each.customer.name for each in await self.finds(typed, **page)]


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


def marked(found: Sighting) -> list[str]:
    return [piece for why in found.whys for piece, hit in why.shown if hit]


async def test_any_word_of_a_name_however_it_is_written(desk: Desk) -> None:
    await desk.meets("José García-López O'Brien")
    await desk.meets("Joan Smith")
    for typed in ("jose", "JOSÉ", "garcia", "García-Lo", "lopez jose", "obri", "O’Brien", "brien", "jo ga"):
        assert await desk.names(typed) == ["José García-López O'Brien"], typed


async def test_what_was_found_is_marked(desk: Desk) -> None:
    await desk.meets("José García", "+14155552671", "jose@example.com")
    (found,) = await desk.finds("garcia")
    assert marked(found) == ["García"]
    assert not found.only
    (found,) = await desk.finds("jos")
    assert {why.kind for why in found.whys} == {Kind.NAME, Kind.BEGINNING}


async def test_names_of_all_writings(desk: Desk) -> None:
    for name in ("Łukasz Ørsted", "Straße", "Ni\u0303a", "Åsa", "王小明", "محمد علي", "Nguyễn Thị"):
        await desk.meets(name)
        for typed in (name, name.upper(), name.split()[-1]):
            assert await desk.names(typed) == [name], typed


async def test_without_accents(desk: Desk) -> None:
    for name, typed in (("Łukasz", "lukasz"), ("Ørsted", "orsted"), ("Weiß", "weiss"), ("Nguyễn", "nguyen")):
        await desk.meets(name)
        assert await desk.names(typed) == [name]


async def test_a_new_name_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    ada = await desk.meets("Ada Byron")
    await desk.customers.named(ada, "Ada Lovelace")
    assert await desk.names("byron") == []
    assert await desk.names("love") == ["Ada Lovelace"]


async def test_a_number_in_any_usual_writing(desk: Desk) -> None:
    await desk.meets("Jane", "+14155552671")
    await desk.meets("Joe", "+14155552672")
    for typed in ("+14155552671", "(415) 555-2671", "415.555.2671", "001 415 555 2671", "5552671"):
        (found,) = await desk.finds(typed)
        assert (found.customer.name, found.only) == ("Jane", True), typed


async def test_the_last_digits(desk: Desk) -> None:
    await desk.meets("Jane", "+14155552671")
    await desk.meets("Joan", "+14155562671")
    assert sorted(map(str, await desk.names("2671"))) == ["Jane", "Joan"]
    (found,) = await desk.finds("52671")
    assert (found.customer.name, found.only, found.whys[0].kind) == ("Jane", False, Kind.ENDING)
    assert await desk.names("671") == []


async def test_an_email_and_its_beginning(desk: Desk) -> None:
    await desk.meets("Jane", email="jane.d_e%@example.com")
    await desk.meets("Joan", email="jane.dee@example.com")
    assert [(each.customer.name, each.only) for each in await desk.finds("JANE.D_E%@example.com")] == [("Jane", True)]
    assert await desk.names("jane.d_e") == ["Jane"]
    assert sorted(map(str, await desk.names("jane.d"))) == ["Jane", "Joan"]


async def test_cases_records_and_addresses_of_our_pages(desk: Desk) -> None:
    jane = await desk.meets("Jane")
    case = await desk.case(jane)
    for typed in (case, jane, f"https://segue.example/desk/case/{case}", f"/desk/customer/{jane}"):
        (found,) = await desk.finds(typed)
        assert (found.customer.id, found.only, [c.id for c in found.cases]) == (jane, True, [case])


async def test_the_companys_papers(desk: Desk) -> None:
    jane = await desk.meets("Jane")
    body = {"ticket": {"reference": "7KQ2MHAC"}}
    await CompanyBooks(desk.db).put_once("ticket", "ticket_12", jane, body)
    await CompanyBooks(desk.db).put_once("ticket", "ticket_12", jane, body)
    for typed in ("7KQ2MHAC", "7kq2 mhac", "7KQ2-MHAC", "ticket_12", "TICKET_12"):
        (found,) = await desk.finds(typed)
        assert (found.customer.name, found.whys[0].paper, found.only) == ("Jane", "ticket", True), typed


async def test_what_was_written_whole_words_and_their_forms(desk: Desk) -> None:
    jane = await desk.meets("Jane")
    case = await desk.case(jane, "She wants a REFUND for the second router.", "Señora called again")
    for typed in ("refund", "refunded router", "refunds", "senora"):
        (found,) = await desk.finds(typed)
        assert (found.whys[0].kind, found.whys[0].case) == (Kind.TEXT, case)
    assert marked((await desk.finds("refunded router"))[0]) == ["REFUND", "router"]
    assert await desk.finds("refund again") == ()
    assert await desk.finds("ref") == ()


async def test_words_that_somebody_wrote_are_not_readable_in_what_is_searched(desk: Desk) -> None:
    await desk.case(await desk.meets("Jane"), "bankruptcy")
    assert len(await desk.finds("bankruptcy")) == 1
    other = Sought(desk.db, Words(b"another key, of somebody else's."))
    assert (await other.find("bankruptcy")).people == ()


async def test_a_page_written_twice_is_found_once(desk: Desk) -> None:
    jane = await desk.meets("Jane")
    await desk.case(jane, "the router hums")
    await desk.case(jane, "the router hums")
    (found,) = await desk.finds("hums")
    assert len(found.whys) == 1


async def test_who_has_an_open_case_comes_first_then_who_was_here_last(desk: Desk) -> None:
    for name, days, status in (("Ann Old", 1, "finished"), ("Ann New", 9, "finished"), ("Ann Open", 0, "open")):
        await desk.case(await desk.meets(name), "about ann", status=Status(status), days=days)
    await desk.meets("Ann Never")
    await desk.case(await desk.meets("Bea"), "ann told her", days=12)
    assert await desk.names("ann") == ["Ann Open", "Ann New", "Ann Old", "Ann Never", "Bea"]
    assert await desk.names("ann", limit=2, after=2) == ["Ann Old", "Ann Never"]
    assert (await desk.sought.find("ann", limit=2)).count == 5


async def test_a_number_goes_before_a_name_and_a_name_before_a_text(desk: Desk) -> None:
    jane = await desk.meets("Acfgh Doe")
    await desk.case(jane, "nothing")
    joe = await desk.meets("Joe")
    await CompanyBooks(desk.db).put_once("order", "ACFGH", joe, {})
    assert await desk.names("acfgh") == ["Joe", "Acfgh Doe"]


async def test_several_records_of_one_person_are_one(desk: Desk) -> None:
    known, unknown = await desk.meets("Jane Doe", "+14155550101"), await desk.meets("J. D.", "+14155550102")
    case = await desk.case(unknown, "about the roof")
    await desk.customers.join(unknown, known)
    for typed in ("jane", "0102", "0101", "roof", case):
        (found,) = await desk.finds(typed)
        assert (found.customer.id, [c.id for c in found.cases]) == (known, [case])


async def test_nobody_who_was_erased(desk: Desk) -> None:
    jane = await desk.meets("Jane Doe", "+14155550101", "jane@example.com")
    case = await desk.case(jane, "about the roof", status=Status.FINISHED)
    await CompanyBooks(desk.db).put_once("order", "7KQ2MHAC", jane, {"reference": "7KQ2MHAC"})
    everything = ("jane", "0101", "jane@example.com", "roof", case, jane, "7KQ2MHAC")
    assert [len(await desk.finds(typed)) for typed in everything] == [1] * len(everything)
    await Vault(desk.db, bytes(32)).destroy(jane)
    assert [len(await desk.finds(typed)) for typed in everything] == [0] * len(everything)


HOSTILE: list[Any] = [
    "", " ", "%", "_", "%%%", "____", "'", "';--", '"', "\\", "\0", "\ud800", "a\0b", "😀", "😀" * 300, "\u202e\u200f",
    "مرحبا " * 50, "a" * 10_000, "1" * 10_000, "@", "@@@", "@" * 300, "-", "c_", "pay-bill/c_a/1", "0000", "+", "()",
    "' OR 1=1 --", "a" * 100 + "%", "x & y | !z :*", "\N{COMBINING ACUTE ACCENT}" * 200, "a b c d e f g h i j k",
]  # fmt: skip


async def test_whatever_is_typed_finds_nobody_by_chance(desk: Desk) -> None:
    await desk.case(await desk.meets("Jane Doe", "+14155550101", "jane@example.com"), "about the roof")
    started = time.perf_counter()
    for typed in HOSTILE:
        assert await desk.finds(typed) == (), typed[:20]
    assert time.perf_counter() - started < 2


async def test_a_search_asks_the_database_seldom_whatever_is_typed(desk: Desk) -> None:
    for n in range(12):
        await desk.case(await desk.meets(f"Jane Doe{n}", email=f"jane{n}@example.com"), "jane says the roof leaks")
    asked = list[str]()

    def noted(*given: Any) -> None:
        asked.append(given[2])

    event.listen(Engine, "before_cursor_execute", noted)
    for typed, most in (("jane", 5), ("jane doe", 6), ("roof leaks", 6), ("0003", 4), ("jane1@ex", 4), ("nobody", 1)):
        asked.clear()
        await desk.finds(typed)
        assert 0 < len(asked) <= most, (typed, asked)
    event.remove(Engine, "before_cursor_execute", noted)


async def test_all_of_it_can_be_made_anew(desk: Desk) -> None:
    jane, gone = await desk.meets("Jane Doe"), await desk.meets("Joe Gone")
    case = await desk.case(jane, "about the roof")
    await CompanyBooks(desk.db).put_once("order", "7KQ2MHAC", jane, {"reference": "7KQ2MHAC"})
    await Vault(desk.db, bytes(32)).destroy(gone)
    desk.sought = Sought(desk.db, Words(b"the key that comes after the one"))
    assert await desk.finds("roof") == ()
    for table in (SoughtNameRow, SoughtPaperRow):
        await desk.db.change(delete(table))
    read: dict[str, int] = {}
    for _ in range(2):
        await rebuild(desk.db, Words(b"the key that comes after the one"), read.__setitem__)
    for typed in ("jane", "7kq2mhac", "roof", case):
        assert await desk.names(typed) == ["Jane Doe"]
    assert await desk.finds("gone") == ()
    assert read == {"names": 1, "papers": 1, "journal": 1}

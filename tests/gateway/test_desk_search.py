"""The desk's search: one box, results by customer, what was recognised marked, and what is noted of it."""

from __future__ import annotations

import re

from models.people import Address, Assurance, Channel
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_desk import HOSTILE, Agent, agent
from tests.switchboard.conftest import FRIEND, Town, town

__all__ = ["town"]


async def known(town: Town, name: str, number: str = CUSTOMER) -> str:
    """A customer with a name, and with an open case in which something was said."""
    await town.says("pay my bill", by=number)
    case = (await town.turn("pay-bill", number)).case
    await town.parts.customers.named(case.split("/")[1], name)
    return case


def marks(ann: Agent) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", ann.page.text)


async def test_results_by_customer_with_what_was_recognised(town: Town) -> None:
    one, other = await known(town, "José García"), await known(town, "Garcia Lorca", FRIEND)
    ann = await agent(town)
    await ann.sends("/find", typed="garcia")
    assert ann.heading == "2 customers found"
    assert sorted(marks(ann)) == ["Garcia", "García"]
    assert all(f'href="/desk/case/{case}"' in ann.page.text for case in (one, other))
    assert 'value="garcia"' in ann.page.text
    await ann.sends("/find", typed=CUSTOMER[-4:])
    assert marks(ann) == [CUSTOMER[-4:]]
    assert CUSTOMER not in ann.page.text


async def test_a_note_is_found_and_quoted_where_it_stands(town: Town) -> None:
    case = await known(town, "Jane Doe")
    ann = await agent(town)
    address = Address(kind="phone", value=CUSTOMER)
    speaker = await town.parts.switchboard.recognise(Channel.SMS, address, Assurance.POSSESSION)
    await town.parts.switchboard.remark(speaker, case, "r1", f"The basement is flooded again. {HOSTILE}")
    await ann.sends("/find", typed="Flooded basements")
    assert marks(ann) == ["basement", "flooded"]
    assert f'href="/desk/case/{case}"' in ann.page.text
    assert "<script>alert" not in ann.page.text


async def test_a_search_is_noted_by_what_and_never_with_its_words(town: Town) -> None:
    await known(town, "Jane Doe")
    ann = await agent(town)
    await ann.sends("/find", typed="jane")
    deeds = [deed async for deed in town.parts.audit.deeds()]
    assert [deed.note for deed in deeds if deed.what == "searched"] == ["by=name found=1"]
    assert [(deed.note, bool(deed.customer)) for deed in deeds if deed.what == "found"] == [("by=name", True)]
    assert "jane" not in " ".join(str(deed.note) + deed.what for deed in deeds).lower()
    assert "jane" not in str(ann.page.url)


async def test_many_are_shown_page_by_page(town: Town) -> None:
    customers = town.parts.customers
    for number in range(13):
        someone = await customers.meet(Address(kind="phone", value=f"+1415555{number:04}"))
        await customers.named(someone.id, f"Ann Number{number:02}")
    ann = await agent(town)
    await ann.sends("/find", typed="ann")
    first = set(re.findall(r"Number\d\d", ann.page.text))
    assert (ann.heading, len(first)) == ("13 customers found", 10)
    more = {"typed": "ann", "after": "10"}
    await ann.sends("/find", ann.form("/find") | more)
    rest = set(re.findall(r"Number\d\d", ann.page.text))
    assert (len(rest), first & rest) == (3, set())
    assert "From 11 of 13" in ann.page.text


async def test_whatever_is_typed_the_page_says_nobody(town: Town) -> None:
    await known(town, "Jane Doe")
    ann = await agent(town)
    for typed in ("%", "_", "' OR 1=1 --", "x" * 10_000, "😀", "\u202eabc", "\0", HOSTILE, "٠١٢٣", "²³¹¹"):
        await ann.sends("/find", ann.form("/find") | {"typed": typed, "after": "-1"})
        assert (ann.page.status_code, ann.heading) == (200, "Nobody found"), typed
        assert "<script>alert" not in ann.page.text

"""What goes wrong in a real conversation is in the journal, and the desk sees it at its next look."""

from __future__ import annotations

from database.journal import Journal
from insight.reading import Friction
from insight.signals import Name, Signal
from models.journal import Row
from models.people import Address
from tests.gateway.conftest import CUSTOMER
from tests.switchboard.conftest import Town


async def looked_at(town: Town) -> list[tuple[Signal, list[Row]]]:
    """The signals, each with the rows that show it."""
    database = town.parts.database
    customer = await town.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert customer is not None
    found = []
    judged = await Friction(Journal(database)).of([customer.id])
    for signal in judged.signals:
        rows = {row.sequence: row for row in judged.cases[signal.case]}
        found.append((signal, [rows[sequence] for sequence in signal.rows]))
    return found


async def test_two_texts_that_nobody_understands(town: Town) -> None:
    await town.says("I want to pay my bill")
    await town.says("the usual")
    assert await looked_at(town) == []
    await town.says("you know what I mean")

    [(signal, rows)] = await looked_at(town)
    assert signal.name is Name.UNREADABLE
    assert [row.data["text"] for row in rows] == ["the usual", "you know what I mean"]


async def test_a_person_is_wanted(town: Town) -> None:
    await town.says("I want to pay my bill")
    await town.says("agent")

    [(signal, [row])] = await looked_at(town)
    assert signal.name is Name.PERSON
    assert row.data == {"text": "agent", "why": "person"}


async def test_anger_in_the_words_that_begin_something_else_is_seen(town: Town) -> None:
    await town.says("I want to pay my bill")
    await town.says("I am really angry, this is the third time!! my internet does not work and nobody helps")

    signals = [(signal.name, str(row.data["text"])[:19]) for signal, (row, *_) in await looked_at(town)]
    assert signals == [(Name.WORDING, "I am really angry, ")]


async def test_a_proof_on_every_visit_and_a_hello_are_nothing_to_be_sore_about(town: Town) -> None:
    await town.says("I want to pay my bill")
    await town.says("hello")
    await town.says("hello")

    assert await looked_at(town) == []
    turn = await town.turn("pay-bill")
    assert turn.question is not None
    assert turn.question.unclear == 0

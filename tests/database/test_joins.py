"""Two records joined and parted again: ledger, story, passes and reply addresses are what they were."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from channels.letters import Letters
from database.cases import Cases
from database.customers import Customers
from database.engine import Database
from database.joins import Join, Joins
from database.journal import Journal
from database.passes import Passes
from models.case import Status
from models.ledger import Fact
from models.people import Actor, Address, Assurance, Channel
from switchboard.joining import Registry, Wish
from switchboard.line import Line
from switchboard.switchboard import Speaker, Switchboard
from tests.switchboard.line import MOMENTS, PlayedLine

LETTERS = Letters(b"a secret", "reply.example", "https://segue.example")
ANSWERS: dict[str, list[tuple[str, list[Any]]]] = {
    "pay-bill": [("amount", ["40.00", "84.20", "25.00"]), ("when", ["now", "later"])],
    "upgrade-device": [("colour", ["blue", "red"]), ("storage", ["small", "large"])],
    "change-plan": [("plan", ["basic", "unlimited"])],
}
OF_THE_JOINING = {"went_on", "joined_by", "brought", "parted_from", "came_back", "asked", "withdrawn"}
ON_ONE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
channels = st.sampled_from([Channel.SMS, Channel.WEB, Channel.WHATSAPP])
cases = st.dictionaries(
    st.sampled_from(sorted(ANSWERS)), st.lists(st.tuples(st.integers(0, 2), channels), max_size=3), max_size=3
)
facts = st.dictionaries(st.sampled_from(["email", "zip"]), st.sampled_from(["a", "b"]), max_size=2)


@dataclass(repr=False)
class House:
    """A switchboard over cases that are played here."""

    db: Database
    board: Switchboard
    line: PlayedLine
    met: int = 0
    passes: dict[str, str] = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        return Registry(self.board, Joins(self.db))

    async def somebody(self, begun: dict[str, list[tuple[int, Channel]]], known: dict[str, str]) -> str:
        """A new customer with these cases begun, facts learned and a pass to each case."""
        self.met += 1
        address = Address(kind="phone", value=f"+1415555{self.met:04d}")
        speaker = await self.board.recognise(Channel.SMS, address, Assurance.POSSESSION)
        for name, value in sorted(known.items()):
            await self.board.journal.learn(speaker.customer, Fact(name=name, value=value, by=speaker.provenance()))
        for moment, answers in sorted(begun.items()):
            case = (await self.board.start(speaker, moment, f"{self.met}{moment}")).case
            for number, ((key, values), (which, channel)) in enumerate(zip(ANSWERS[moment], answers, strict=False)):
                await self.answers(speaker, case, key, values[which % len(values)], channel, f"{case}{number}")
            token = await Passes(self.db).issue(case, speaker.customer, lifetime=timedelta(days=1))
            self.passes[token] = case
        return speaker.customer

    async def answers(self, speaker: Speaker, case: str, key: str, value: Any, channel: Channel, id: str) -> None:
        turn = await self.board.look(case)
        assert turn is not None
        revision = next(p.revision for p in turn.pending if p.question.key == key)
        given = {"amount": value, "currency": "USD"} if key == "amount" else value
        by = Speaker(speaker.customer, channel, Assurance.POSSESSION, speaker.reply_to)
        assert (await self.board.answer(by, case, id, key, revision, given)).note is None

    async def state(self, *customers: str) -> dict[str, Any]:
        """Everything that is to be the same before and after."""
        return {customer: await self._of(customer) for customer in customers}

    async def _of(self, customer: str) -> dict[str, Any]:
        board = self.board
        theirs = [case for case in self.line.cases if case.split("/")[1] == customer]
        return {
            "records": await board.customers.records(customer),
            "person": await board.customers.get(customer),
            "addresses": await board.customers.addresses(customer),
            "facts": await board.journal.facts(customer),
            "open": sorted(case.id for case in await board.cases.open_for(customer)),
            "cases": {case: await self._case(case) for case in theirs},
            "passes": {token: await Passes(self.db).look(token) for token, of in self.passes.items() if of in theirs},
        }

    async def _case(self, case: str) -> dict[str, Any]:
        turn = await self.board.look(case)
        assert turn is not None
        record, key = case.split("/")[1], turn.question.question.key if turn.question else ""
        to = LETTERS._token(case, key, 1, record)
        token = LETTERS.token_of([f"reply+{to}@reply.example"])
        assert token is None or LETTERS.holds(token, record)
        return {
            "ledger": [entry.model_dump() for entry in self.line.cases[case].case.state.ledger],
            "status": turn.status,
            "asks": [pending.question for pending in turn.pending],
            "answers": [line.model_copy(update={"revision": 0}) for line in turn.answers],
            "story": list(await self._told(case)),
            "token": to,
        }

    async def _told(self, case: str) -> list[tuple[str, str | None, Any]]:
        rows = await self.board.journal.rows(case)
        return [(row.what, row.key, row.data) for row in rows if row.what not in OF_THE_JOINING]

    async def join(self, one: str, other: str, **more: Any) -> Join:
        join = await self.registry.join(one, other, Wish("s_ann", "Ann", "one person", "Jane", "es", **more))
        assert join is not None
        assert not join.due
        return join


@pytest.fixture
async def house(db: Database) -> AsyncIterator[House]:
    line = PlayedLine(Journal(db), [])
    moments = frozenset(kind.id for kind in MOMENTS)
    board = Switchboard(cast(Line, line), Cases(db), Customers(db), Journal(db), moments)
    yield House(db, board, line)
    await line.end()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases, cases, facts, facts, st.sets(st.sampled_from(["email", "zip"])))
async def test_a_round_trip_leaves_nothing_behind(
    house: House, mine: Any, others: Any, knew: dict[str, str], known: dict[str, str], older: set[str]
) -> None:
    one, other = await house.somebody(mine, knew), await house.somebody(others, known)
    before = await house.state(one, other)
    join = await house.join(one, other, older=frozenset(older))
    open_now = await house.board.open_cases(other)
    assert {case.moment for case in open_now} == mine.keys() | others.keys()
    assert len(open_now) == len(mine.keys() | others.keys())
    assert await house.registry.part(join.id, "Ann", "two people after all")
    assert await house.state(one, other) == before
    assert not await house.registry.part(join.id, "Ann", "once more")


@ON_ONE
async def test_what_happened_since_stays_where_it_happened(house: House) -> None:
    one = await house.somebody({"upgrade-device": [(0, Channel.SMS)]}, {})
    other = await house.somebody({"upgrade-device": []}, {})
    join = await house.join(one, other)
    (case,) = await house.board.open_cases(one)
    speaker = Speaker(await house.board.customers.owner(other), Channel.WEB, Assurance.POSSESSION)
    await house.answers(speaker, case.id, "storage", "large", Channel.WEB, "since")
    since = await house.registry.since((await Joins(house.db).of(one))[0])
    assert since.moved == {case.id: 1}
    assert await house.registry.part(join.id, "Ann", "two people")
    turn = await house.board.look(case.id)
    assert turn is not None
    assert [line.value for line in turn.answers] == ["blue", "large"]
    held = await house.board.look(join.pairs[0].goes)
    assert held is not None
    assert held.status is not Status.JOINED


@ON_ONE
async def test_the_later_and_as_sure_answer_counts_and_gives_way_again(house: House) -> None:
    one = await house.somebody({"upgrade-device": [(0, Channel.SMS), (0, Channel.SMS)]}, {})
    other = await house.somebody({"upgrade-device": [(1, Channel.WEB)]}, {})
    join = await house.join(one, other)
    (pair,) = join.pairs
    turn = await house.board.look(pair.stays)
    assert turn is not None
    assert [(line.value, line.by.channel) for line in turn.answers] == [("red", "web"), ("small", "sms")]
    assert turn.answers[0].from_case == pair.goes
    assert await house.registry.part(join.id, "Ann", "two people")
    turn = await house.board.look(pair.stays)
    assert turn is not None
    assert [line.value for line in turn.answers] == ["blue", "small"]


@ON_ONE
async def test_an_agents_case_is_not_taken_from_under_them(house: House) -> None:
    one = await house.somebody({"pay-bill": []}, {})
    other = await house.somebody({"pay-bill": []}, {})
    (case,) = await house.board.open_cases(other)
    bob = Speaker(other, Channel.DESK, Assurance.VERIFIED, actor=Actor.AGENT)
    await house.board.claim(bob, case.id, "claim", holder="s_bob", name="Bob", seconds=60)
    assert (await house.registry.preview(one, other, "s_ann")).held == ("Bob",)
    assert await house.registry.join(one, other, Wish("s_ann", "Ann", "one", None, "en")) is None
    assert await house.board.customers.owner(other) == other


@ON_ONE
async def test_an_older_fact_that_was_chosen_counts(house: House) -> None:
    one, other = await house.somebody({}, {"email": "old"}), await house.somebody({}, {"email": "new"})
    preview = await house.registry.preview(one, other, "s_ann")
    (fact,) = preview.facts
    assert fact.newest == "other"
    join = await house.join(one, other, older=frozenset({"email"}))
    side = await house.registry.side(other)
    assert side.facts["email"].value == "old"
    assert await house.registry.part(join.id, "Ann", "two people")
    assert [fact.value for fact in await house.board.journal.facts(one)] == ["old"]


@ON_ONE
async def test_after_thirty_days_it_stands(house: House) -> None:
    one, other = await house.somebody({"pay-bill": []}, {}), await house.somebody({"pay-bill": []}, {})
    join = await house.join(one, other)
    (pair,) = join.pairs
    played = house.line.cases[pair.goes]
    await played.skips(days=31)
    turn = await house.board.look(pair.goes)
    assert turn is not None
    assert (turn.status, turn.joined) == (Status.JOINED, pair.stays)
    assert played.case.state.status.closed
    rows = [row.what for row in await house.board.journal.rows(pair.goes)]
    assert rows[-1] == "closed_for_good"
    assert "reminded" not in rows
    person = Speaker(await house.board.customers.owner(other), Channel.WEB, Assurance.POSSESSION)
    again = await house.board.arrive(person, pair.goes, "late")
    assert again.case == pair.stays

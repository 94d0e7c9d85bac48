"""Travel: what was at every point of a case, what differs between two, and where the code has moved on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from channels.wording.book import wording
from models.errors import NotUnderstood, Unknown
from models.travel import Scene
from ops.histories import from_files, from_json
from ops.travel import Travels, Trip
from switchboard.codec import SEALED
from tests.engine.record import HISTORIES
from tests.ops.faulted import pay_bill
from tests.ops.long import long_case
from workflows.catalogue import MOMENTS

WORDS = wording("en", "America/New_York")
METHOD = 'method = await self.ask(PaymentMethod("method", saved=bill.methods))\n        await'


def of(*names: str, moment: str = "pay-bill") -> list[WorkflowHistory]:
    return list(from_files([HISTORIES / moment / f"{name}.json" for name in names]))


async def taken(histories: Sequence[WorkflowHistory], *code: type) -> Trip:
    async def nowhere(case: str) -> list[WorkflowHistory]:
        raise Unknown

    return await Travels(code or list(MOMENTS.values()), pydantic_data_converter, nowhere).taken(histories)


def at(trip: Trip, place: str) -> Scene:
    number = trip.find(place)
    assert number is not None
    return trip.scene(number, WORDS, WORDS)


async def test_a_point_shows_what_was_asked_known_and_told_and_the_events() -> None:
    trip = await taken(of("plain"))

    scene = at(trip, "36")

    assert [asked.key for asked in scene.asked] == ["pay"]
    assert scene.message == "Pay $40.00 now with Visa ending 4242?\nReply YES, or NO to change something."
    assert [(held.label, held.value) for held in scene.held][1:] == [
        ("amount", "$40.00"),
        ("payment time", "Now"),
        ("payment method", "Visa ending 4242"),
    ]
    assert [sentence.text for sentence in scene.sentences] == [
        "The customer (by text) gave the payment method: Visa ending 4242.",
        "Segue asked for the payment.",
    ]
    assert [(event.id, event.about) for event in scene.events][3:] == [(34, "answer"), (35, "Journal.write"), (36, "")]
    assert next(line.text.strip() for line in scene.code if line.here).startswith('await self.confirm("pay"')


async def test_what_the_customer_was_told_tells_its_ways() -> None:
    trip = await taken(of("plain"))
    overview = trip.overview()

    scene = trip.scene(overview.opens, WORDS, WORDS)

    assert overview.opens == len(overview.places) - 1
    assert scene.status == "done"
    assert [(told.key, told.ways) for told in scene.told] == [("receipt", ("sms",))]
    assert [told.key for told in at(trip, "36").told] == []


async def test_two_points_are_held_beside_each_other() -> None:
    trip = await taken(of("corrected"))

    changes = trip.changes(trip.find("26") or 0, trip.find("32") or 0, WORDS, WORDS)

    assert [(each.what, each.label) for each in changes] == [
        ("line", ""),
        ("asked", "day"),
        ("answer", "payment time"),
        ("asked", "method"),
    ]
    assert (changes[2].was[:5], changes[2].now[:3]) == ("Later", "Now")


async def test_all_runs_of_a_case_are_one_travel_in_their_order() -> None:
    trip = await taken(of("moved-2", "moved-1"))

    overview = trip.overview()

    assert (overview.runs, overview.result, overview.missing) == (2, "fine", False)
    assert [place.place.partition(".")[0] for place in overview.places] == sorted(
        place.place.partition(".")[0] for place in overview.places
    )
    assert [asked.key for asked in at(trip, overview.places[-3].place).asked] == ["pay"]
    assert (await taken(of("moved-2"))).overview().missing


async def test_histories_of_two_cases_are_no_travel() -> None:
    with pytest.raises(NotUnderstood):
        await taken(of("plain", "later"))


async def test_where_code_has_moved_on_the_last_good_point_is_told(tmp_path: Path) -> None:
    again = METHOD.replace("await", "await self.do(Billing.open_bill, self.customer, name='x')\n        await", 2)
    again = again.replace(
        "method = await self.do(Billing.open_bill, self.customer, name='x')\n        await", "method = await", 1
    )
    trip = await taken(of("plain"), pay_bill(tmp_path, METHOD, again))

    overview = trip.overview()

    assert overview.apart is not None
    assert (overview.apart.event, overview.apart.got, overview.apart.line) == (
        35,
        "activity Billing.open_bill",
        "pay_bill.py:57",
    )
    assert (overview.apart.last_good, overview.places[overview.opens].place) == ("1.26", overview.apart.place)
    assert [asked.key for asked in at(trip, overview.apart.last_good).asked] == ["method"]
    assert at(trip, overview.apart.place).place.standing == "apart"
    assert [place.standing for place in overview.places[-2:]] == ["beyond", "beyond"]
    assert at(trip, "41").asked == ()


async def test_a_quiet_parting_leads_to_the_answer_that_differs(tmp_path: Path) -> None:
    trip = await taken(of("plain"), pay_bill(tmp_path, '        await self.tell("receipt", receipt)\n', ""))

    apart = trip.overview().apart

    assert apart is not None
    assert apart.quiet
    assert "told receipt" in apart.expected
    assert at(trip, apart.last_good).line == "pay_bill.py:59"


async def test_what_nobody_can_open_shows_its_bare_events() -> None:
    (history,) = of("plain")
    sealed = Payload(metadata={"encoding": SEALED, "key": b"k_gone"}, data=b"x" * 40)
    first = history.events[0].workflow_execution_started_event_attributes
    first.input.payloads[0].CopyFrom(sealed)

    trip = await taken([history])

    overview = trip.overview()
    assert overview.result == "undecodable"
    assert {place.standing for place in overview.places} == {"sealed"}
    assert at(trip, "36").events[3].about == "answer"


async def test_payloads_are_opened_only_when_asked_for() -> None:
    trip = await taken(of("plain"))
    number = trip.find("34") or 0

    assert "pm_visa" not in trip.scene(number, WORDS, WORDS).model_dump_json()
    held = {payloads.event: dict(payloads.texts) for payloads in await trip.payloads(number)}

    assert '"pm_visa_4242"' in "".join(held[34].values())


async def test_a_case_of_a_thousand_events_opens_at_once_and_steps_faster_than_one_sees() -> None:
    began = time.process_time()
    trip = await taken([long_case(1000)])
    opened = time.process_time() - began
    overview = trip.overview()
    steps = []
    for number in range(0, len(overview.places), 8):
        began = time.process_time()
        trip.scene(number, WORDS, WORDS)
        steps.append(time.process_time() - began)

    assert (overview.result, overview.events >= 1000) == ("fine", True)
    assert opened <= 2
    assert max(steps) <= 0.05
    assert at(trip, str(overview.events)).sentences[0].text.startswith("The customer (by text) also said")


async def test_an_upload_is_for_whoever_brought_it_and_must_be_a_history() -> None:
    async def nowhere(case: str) -> list[WorkflowHistory]:
        raise Unknown

    travels = Travels(list(MOMENTS.values()), pydantic_data_converter, nowhere)
    key = await travels.of_files({"plain": (HISTORIES / "pay-bill" / "plain.json").read_bytes()}, "p_ann")

    assert travels.of_upload(key, "p_ann") is not None
    assert travels.of_upload(key, "p_bob") is None
    for content in (b"{}", b"\xff\xfe", b'{"events": 3}', b'{"events": []}', b"[]"):
        with pytest.raises(NotUnderstood):
            await travels.of_files({"x": content}, "p_ann")
    with pytest.raises(Unknown):
        await travels.of_case("pay-bill/c_none/1")


def test_a_history_tells_its_case_or_is_named_after_its_file() -> None:
    text = (HISTORIES / "pay-bill" / "plain.json").read_text("utf-8")
    assert from_json(text).workflow_id.startswith("pay-bill/c_")

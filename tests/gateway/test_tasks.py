"""A caller waits in TaskRouter's queue: who is reserved hears who it is, presses a key, and has the case."""

from __future__ import annotations

import json

import httpx
import pytest

from simulators.carrier import signature
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, PUBLIC, TOKEN
from tests.gateway.test_through import ANN, Leg, Line, address, attends, in_mid_bill, let_go, story
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
WORKFLOW, RESERVED = "WW" + "1" * 32, "WR" + "2" * 32
WORKER = {"contact_uri": ANN, "skills": ["bills"]}


@pytest.fixture(autouse=True)
def task_router(town: Town) -> None:
    object.__setattr__(town.parts, "task_router", WORKFLOW)  # frozen for everybody but a test


class Queued(Line):
    """A caller in the queue, and TaskRouter with somebody for them."""

    async def reserves(self, worker: object = WORKER, reservation: str = RESERVED, **more: str) -> httpx.Response:
        """The assignment callback, as TaskRouter sends it."""
        task = json.loads(self.queue.partition("<Task")[2].partition(">")[2].partition("</Task>")[0])
        form = {
            "Timestamp": "1790000000", "AccountSid": ACCOUNT, "WorkspaceSid": "WS" + "3" * 32,
            "WorkflowSid": WORKFLOW, "TaskQueueSid": "WQ" + "4" * 32, "WorkerSid": "WK" + "5" * 32,
            "WorkerAttributes": json.dumps(worker), "TaskSid": "WT" + "6" * 32, "TaskAge": "3", "TaskPriority": "0",
            "TaskAttributes": json.dumps(task | {"call_sid": self.sid, "from": CUSTOMER, "to": NUMBER}),
            "ReservationSid": reservation,
        } | more  # fmt: skip
        return await self.posts("/twilio/tasks/assigned", form)

    async def posts(self, path: str, form: dict[str, str], token: str = TOKEN) -> httpx.Response:
        signed = {"X-Twilio-Signature": signature(token, PUBLIC + path, form)}
        return await self.town.client.post(path, data=form, headers=signed)

    async def rings_at(self) -> Leg:
        told = (await self.reserves()).json()
        leg = Leg.__new__(Leg)
        leg.line, leg.sid, leg.heard = self, "CA7", ""
        leg.form = {"CallSid": "CA7", "From": NUMBER, "To": told["to"], "Direction": "outbound-api"}
        leg.whisper = str(told["url"]).removeprefix(PUBLIC)
        return leg

    async def ends(self, result: str, **more: str) -> str:
        return await self.asks(address(self.queue, "action"), QueueResult=result, QueueTime="20", **more)

    queue = ""

    async def wants_a_person(self) -> str:
        self.queue = await super().wants_a_person()
        return self.queue


async def test_reserved_told_and_bridged(town: Town) -> None:
    case, ann, line = await in_mid_bill(town), await attends(town, "Ann Lee", ANN), Queued(town)
    await line.wants_a_person()
    assert f'workflowSid="{WORKFLOW}"' in line.heard
    task = line.heard.partition("<Task")[2].partition("</Task>")[0]
    assert set(json.loads(task.partition(">")[2])) == {"interaction_id"}
    answer = await line.reserves()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {
        "instruction": "call", "to": ANN, "from": NUMBER, "timeout": 20,
        "url": f"{PUBLIC}/twilio/voice/whisper?t={RESERVED}",
    }  # fmt: skip
    leg = await line.rings_at()
    assert "A customer is on the line. Pay your bill." in await leg.picks_up()
    assert f'<Dial><Queue reservationSid="{RESERVED}" /></Dial>' in await leg.presses("1")
    (pop,) = await town.parts.pops.waiting(ann.id)
    assert (pop.kind, pop.case) == ("call", case)
    assert "Ann Lee took the call." in await story(town, case)
    assert "Ann is looking after this" in await line.ends("bridged")


async def test_the_caller_who_stays_hears_the_question_once_it_is_let_go(town: Town) -> None:
    case, _, line = await in_mid_bill(town), await attends(town, "Ann", ANN), Queued(town)
    await line.wants_a_person()
    leg = await line.rings_at()
    await leg.picks_up()
    await leg.presses("1")
    await let_go(town, case)
    assert "k=when" in await line.ends("bridged")


async def test_who_does_not_press_is_not_asked_again_but_the_next_is(town: Town) -> None:
    await in_mid_bill(town)
    ann, line = await attends(town, "Ann", ANN), Queued(town)
    await line.wants_a_person()
    leg = await line.rings_at()
    await leg.picks_up()
    await leg.presses("")
    assert "<Hangup" in await leg.presses("")
    other = await line.reserves({"contact_uri": "+14155550609"}, "WR" + "9" * 32)
    assert other.json()["to"] == "+14155550609"
    assert await town.parts.pops.waiting(ann.id) == []


async def test_without_a_telephone_they_are_connected_at_once(town: Town) -> None:
    await in_mid_bill(town)
    line = Queued(town)
    await line.wants_a_person()
    answer = await line.reserves({"contact_uri": "client:ann"})
    assert answer.json() == {"instruction": "dequeue", "from": NUMBER, "timeout": 20}
    assert "k=when" in await line.ends("bridged")


async def test_waiting_with_a_place_and_a_way_out(town: Town) -> None:
    await in_mid_bill(town)
    line = Queued(town)
    await line.wants_a_person()
    heard = await line.asks(address(line.queue, "waitUrl"), QueuePosition="2", AvgQueueTime="170")
    assert "You are number 2 in line. It takes about 3 minutes. Press 1, and we call you back." in heard
    assert "<Pause" in await line.asks(address(heard, "action"), QueuePosition="1", AvgQueueTime="0")
    assert "<Leave" in await line.asks(address(heard, "action"), Digits="1")
    assert "will call you back" in await line.ends("leave")
    assert len(await town.parts.calls.people_waiting(9)) == 1


async def test_a_caller_who_hangs_up_is_nobodys_call(town: Town) -> None:
    await in_mid_bill(town)
    ann, line = await attends(town, "Ann", ANN), Queued(town)
    await line.wants_a_person()
    leg = await line.rings_at()
    await leg.picks_up()
    assert "<Say" not in await line.ends("hangup", CallStatus="completed")
    assert "hung up" in await leg.presses("1")
    assert await town.parts.pops.waiting(ann.id) == []
    assert (await line.reserves()).json() == {}


async def test_everything_five_times_changes_nothing_more(town: Town) -> None:
    case, _, line = await in_mid_bill(town), await attends(town, "Ann", ANN), Queued(town)
    await line.wants_a_person()
    assert len({(await line.reserves()).text for _ in range(5)}) == 1
    leg = await line.rings_at()
    assert len({await leg.picks_up() for _ in range(5)}) == 1
    assert len({await leg.presses("1") for _ in range(5)}) == 1
    assert (await story(town, case)).count("Ann took the call.") == 1


async def test_nothing_happens_without_a_signature_or_for_another_account(town: Town) -> None:
    await in_mid_bill(town)
    line = Queued(town)
    await line.wants_a_person()
    for wrong in ({"AccountSid": "AC" + "9" * 32}, {"ReservationSid": "WRx"}, {"WorkflowSid": ""}):
        assert (await line.reserves(**wrong)).status_code == 403
    form = {"AccountSid": ACCOUNT, "ReservationSid": RESERVED}
    assert (await line.posts("/twilio/tasks/assigned", form, "f" * 32)).status_code == 403
    assert (await town.provider("/twilio/tasks/wait", {"CallSid": "CA1"}, token="f" * 32)).status_code == 403
    another = await line.reserves(WorkflowSid="WW" + "9" * 32)
    assert another.json()["instruction"] == "dequeue"

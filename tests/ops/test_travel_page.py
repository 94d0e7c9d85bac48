"""The page of travel: every point by a link, one part at a time for its script, and whoever looks is noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from gateway.app import create_app
from gateway.browser import STAFF
from gateway.ops.protocols import Ops, Replays
from models.errors import Unknown
from models.replays import Run
from models.staff import Role
from ops.histories import from_files
from ops.replaying import Replaying
from ops.report import Report
from ops.travel import Travels
from tests.engine.record import HISTORIES
from tests.gateway.conftest import PUBLIC, World, world
from tests.gateway.visitor import Visitor
from tests.ops.faulted import pay_bill
from tests.ops.test_replaying import READS_AGAIN, WHEN
from workflows.catalogue import MOMENTS

__all__ = ["world"]
FILE = HISTORIES / "pay-bill" / "plain.json"
(PLAIN,) = from_files([FILE])
AT = f"/ops/travel/{PLAIN.workflow_id}"
PART = {"X-Part": "travel"}


async def engineer(world: World, *code: type, role: Role = Role.OPS, replays: Replays | None = None) -> Visitor:
    """Somebody of ops, where the server has one case; what else they ask for it has not."""

    async def runs(case: str) -> Sequence[WorkflowHistory]:
        if case != PLAIN.workflow_id:
            raise Unknown
        return [PLAIN]

    travels = Travels(code or list(MOMENTS.values()), pydantic_data_converter, runs)
    parts = replace(world.parts, ops=Ops(travels=travels, replays=replays))
    person = await parts.staff.ensure(f"{role.value}@ops", "Olga", role, "north")
    token = await parts.staff_sessions.open(person, "password", "a browser")
    here = Visitor(world)
    transport = httpx.ASGITransport(create_app(parts))
    here.client = httpx.AsyncClient(transport=transport, base_url=PUBLIC, cookies={f"__Host-{STAFF}": token})
    return here


async def test_a_point_is_shown_and_the_next_is_a_link_away(world: World) -> None:
    olga = await engineer(world)

    await olga.opens(f"{AT}?at=20")
    assert "Would you like to pay now, or on a later day?" in olga.page.text
    assert "gave the amount: $40.00" in olga.page.text
    assert "pm_visa" not in olga.page.text

    (following,) = re.findall(r'href="([^"]*)" data-step="next"', olga.page.text)
    part = await olga.client.get(AT + following, headers=PART)
    assert "How would you like to pay?" in part.text
    assert "<html" not in part.text
    assert part.headers["Vary"] == "x-part"


async def test_two_points_are_compared_and_an_event_is_found(world: World) -> None:
    olga = await engineer(world)

    await olga.opens(f"{AT}?at=27&with=1.20")

    assert "Compare" in olga.page.text
    assert "Would you like to pay now" in olga.page.text
    assert "<td>How would you like to pay?</td>" in olga.page.text
    assert "Nothing differs" in (await olga.opens(f"{AT}?at=1.20&with=1.20")).text


async def test_where_the_two_part_it_opens_there_and_leads_to_the_last_good_point(world: World, tmp_path: Path) -> None:
    olga = await engineer(world, pay_bill(tmp_path, WHEN, READS_AGAIN))

    page = (await olga.opens(AT)).text

    assert "the history and the code here part" in page
    assert "activity Billing.open_bill" in page
    assert "not what the customer saw" in page
    (good,) = re.findall(r'href="([^"]*)" data-step="good"', page)
    assert "How much would you like to pay?" in (await olga.opens(AT + good.replace("&amp;", "&"))).text


async def test_whoever_looks_is_noted_and_once_more_for_what_the_events_hold(world: World) -> None:
    olga = await engineer(world)

    await olga.opens(AT)
    await olga.opens(f"{AT}/payloads?at=34")

    assert "pm_visa_4242" in olga.page.text
    customer = PLAIN.workflow_id.split("/")[1]
    noted = [deed async for deed in world.parts.audit.deeds(customer=customer)]
    assert [(deed.what, deed.case) for deed in noted] == [
        ("GET /ops/travel/{moment}/{customer}/{number:int}", PLAIN.workflow_id),
        ("GET /ops/travel/{moment}/{customer}/{number:int}/payloads", PLAIN.workflow_id),
    ]


async def test_a_file_is_travelled_by_whoever_brought_it(world: World) -> None:
    olga = await engineer(world)
    await olga.opens("/ops/travel")

    await olga.sends_file("plain.json", FILE.read_bytes(), "application/json", action="/ops/travel/file")
    assert "Point 7 of 7" in olga.page.text
    assert "/ops/travel/file/" in str(olga.page.url)

    await olga.opens("/ops/travel")
    await olga.sends_file("x.json", b"{}", "application/json", action="/ops/travel/file")
    assert "no exported history" in olga.page.text
    assert "not here any more" in (await olga.opens("/ops/travel/file/none")).text


async def test_what_is_not_there_says_so_and_agents_do_not_get_in(world: World) -> None:
    olga = await engineer(world)

    assert (await olga.opens("/ops/travel/pay-bill/c_none/1")).status_code == 404
    assert "There is no history of that case" in olga.page.text
    assert (await olga.opens(f"/ops/travel?case=x {PLAIN.workflow_id} y")).status_code == 200
    assert "Point 7 of 7" in olga.page.text
    assert (await (await engineer(world, role=Role.AGENT)).opens(AT)).status_code == 403


class Told:
    """A replay that has ended, as the page gets it."""

    def __init__(self, run: Run | None) -> None:
        self.last, self.asked = run, ""

    def start(self, query: str, by: str) -> bool:
        self.asked = f"{query} {by}"
        return True

    def stop(self) -> None:
        self.asked = "stop"


async def test_a_replay_is_started_from_its_page_and_its_findings_lead_to_travel(world: World, tmp_path: Path) -> None:
    replaying = Replaying([pay_bill(tmp_path, WHEN, READS_AGAIN)], pydantic_data_converter)
    report, when = Report(), datetime(2026, 3, 1, tzinfo=UTC)
    report.add(await replaying.one(PLAIN))
    run = Run("open", "Bob", when, total=1, done=1, wrong=1, ended=when, found=report.document(1))
    replays = Told(run)
    olga = await engineer(world, replays=replays)

    page = (await olga.opens("/ops/replays")).text
    assert "One is not fine." in page
    assert f'href="{AT}"' in page
    assert "activity Billing.open_bill" in page

    await olga.sends("/ops/replays", which="open", query="")
    assert replays.asked == "open Olga"
    replays.last = Run("open", "Olga", when, total=9, done=3)
    await olga.opens("/ops/replays")
    assert "3 of 9 histories." in olga.page.text
    await olga.sends("/ops/replays/stop")
    assert replays.asked == "stop"

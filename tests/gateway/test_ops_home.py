"""Ops: health at one look, cases on their way, and the audit to read."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client import generate_latest
from sqlalchemy import update

from database.census import Group, Path
from database.engine import now
from gateway.ops.flow import flows
from gateway.ops.health import events, sampler_of
from gateway.pace import Pace
from gateway.pages.live import Watcher
from gateway.sampling import Sampler
from models.staff import Role
from models.tables import CaseRow
from switchboard.measures import Laps
from tests.gateway.test_desk import Agent, agent, driving, fails_twice
from tests.switchboard.conftest import FRIEND, Town, town

__all__ = ["town"]


async def ops(town: Town, path: str = "/ops", role: Role = Role.OPS) -> Agent:
    here = await agent(town, f"O{role.value}", role)
    await here.opens(path)
    return here


async def waits_for_a_person(town: Town) -> str:
    """A case that only a person moves on, for half an hour now."""
    case, since = await fails_twice(town), now() - timedelta(minutes=31)
    await town.parts.database.change(update(CaseRow).values(touched_at=since, status="with_a_person"))
    return case


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def test_a_calm_day_is_said_at_one_look(town: Town) -> None:
    olga = await ops(town)
    said = plain(olga.page.text)
    assert "All is well" in said
    assert "Workers seen 1 fine" in said
    assert "Waits longest for us nobody fine" in said
    assert "No case is open" in said


async def test_who_waits_for_us_and_how_long_comes_first(town: Town) -> None:
    await waits_for_a_person(town)
    said = plain((await ops(town)).page.text)
    assert "Needs you now" in said
    assert "Waits longest for us 31 min needs you" in said
    assert "Cases for a person 31 min 1" in said


async def test_cases_are_shown_at_the_steps_where_they_stand(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("the minimum")
    await town.says("pay my bill", by=FRIEND)
    page = (await ops(town)).page.text
    (table,) = re.findall(r"<table class=\"sheet\">(?:(?!</table>).)*Here now.*?</table>", page, re.DOTALL)
    rows = [plain(row).strip() for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)]
    assert [row.split(" ")[:3] for row in rows][1:] == [["Amount", "2", "1"], ["Payment", "time", "1"]]
    assert 'class="node step held"' in page


async def test_only_those_who_keep_it_running_get_there(town: Town) -> None:
    assert (await ops(town, role=Role.AGENT)).page.status_code == 403
    olga = await ops(town)
    assert 'href="/ops/audit"' not in olga.page.text
    assert (await olga.opens("/ops/audit")).status_code == 403
    assert "Your role does not open this page" in olga.page.text
    assert 'href="/ops"' in (await olga.opens("/staff")).text


async def test_an_admin_reads_the_audit_and_sifts_it(town: Town) -> None:
    case = await fails_twice(town)
    await driving(town, case)
    adam = await ops(town, "/ops/audit", Role.ADMIN)
    assert "POST /desk/case/{moment}/{customer}/{number:int}/claim" in adam.page.text
    assert "Ann" in plain(adam.page.text)
    await adam.opens("/ops/audit?who=nobody")
    assert "Nothing like that was done." in adam.page.text
    await adam.opens(f"/ops/audit?what=claim&customer={case.split('/')[1]}")
    assert len(re.findall(r"<tr><td><time", adam.page.text)) == 1
    assert "Last done by staff" in (await adam.opens("/ops")).text


async def test_the_stream_tells_when_something_moved_and_when_the_session_is_over(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.ops.health.TICK", 0.01)
    monkeypatch.setattr("gateway.ops.health.BEAT", 0.03)
    monkeypatch.setattr("gateway.sampling.WATCHED", 0.0)
    olga = await ops(town)
    app = SimpleNamespace(state=SimpleNamespace(parts=town.parts, sampler=Sampler(town.parts)))
    url = SimpleNamespace(path="/ops/live")
    request: Any = SimpleNamespace(app=app, cookies=dict(olga.client.cookies), url=url)
    stream = events(request, Watcher(town.parts.cases), "a holder")
    first = await anext(stream)
    await town.says("pay my bill")
    assert [first["event"], (await anext(stream))["event"]] == ["moved", "moved"]
    assert sampler_of(request).census is not None
    await town.parts.staff_sessions.end((await town.parts.staff.people())[0].id)
    assert (await anext(stream))["event"] == "over"


async def test_figures_for_the_monitoring_name_nobody(town: Town) -> None:
    case = await waits_for_a_person(town)
    await driving(town, case)
    await town.says("the minimum")
    await town.parts.database.change(update(CaseRow).values(status="with_a_person"))
    await Sampler(town.parts).look()
    told = generate_latest().decode()
    assert 'segue_cases_open{moment="pay-bill",status="with_a_person"} 1.0' in told
    assert 'segue_queue_depth{kind="person"} 1.0' in told
    assert 'segue_reached{part="database"} 1.0' in told
    assert "segue_workers_seen 1.0" in told
    assert 'segue_stage_seconds_count{channel="sms",stage="answered"}' in told
    assert "segue_lease_refusals_total" in told
    ours = re.findall(r"^segue.*{(.*)}", told, re.MULTILINE)
    assert not [labels for labels in ours if re.search(r"c_|\+1|@", labels)]


def test_the_stages_of_a_turn_add_up_to_the_whole_of_it() -> None:
    laps = Laps(began=1.0, read_from=1.25, asked=1.5, answered=3.5)
    assert laps.stages(4.0) == {"received": 0.25, "read": 0.25, "answered": 2.0, "rendered": 0.5}
    assert Laps(began=1.0, read_from=1.0).stages(2.0) == {"received": 0, "read": 1.0, "answered": 0, "rendered": 0}


def test_an_hour_of_turns_is_kept_a_minute_at_a_time() -> None:
    clock = [0.0]
    pace = Pace(lambda: clock[0])
    for seconds in range(0, 7200, 30):
        clock[0] = float(seconds)
        pace.took("sms", {"read": 0.1, "answered": seconds / 7200})
    hour = pace.hour()
    assert ([point.count for point in hour], len(hour)) == ([2] * 60, 60)
    assert pace.over_the_hour()[2] == 120
    assert pace.stages()["read"] == pytest.approx(0.1)


def test_ways_that_part_and_meet_again_are_drawn_once() -> None:
    ways = [("amount", "when", "method"), ("amount", "when", "parts", "method"), ("amount",)]
    paths = [Path(case=f"pay-bill/c/{n}", moment="pay-bill", status="finished" if n < 2 else "open", steps=steps)
             for n, steps in enumerate(ways)]  # fmt: skip
    here = Group(moment="pay-bill", status="open", step="amount", count=1, oldest=now())
    (flow,) = flows(paths, [here])
    columns = {node.name: node.column for node in flow.nodes}
    assert columns == {"begun": 0, "amount": 1, "when": 2, "parts": 3, "method": 4, "done": 5}
    counts = {(band.source, band.target): band.count for band in flow.bands}
    assert counts["amount", "when"] == 2
    assert counts["when", "parts"] == counts["when", "method"] == 1
    assert flow.to("done") == 2
    assert flow.waiting == 1

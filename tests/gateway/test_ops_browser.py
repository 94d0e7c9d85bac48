"""Ops in a real Chromium: health at one look, moving by itself, and the audit."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import insert

from database.engine import now
from gateway.pace import PACE, Minute
from models.staff import Role
from models.tables import CaseRow, JournalRow
from tests.gateway.browser import barriers, window
from tests.gateway.test_desk_browser import desk, looked_at, shot, signed_in, waits
from tests.switchboard.conftest import Town

__all__ = ["desk"]
pytestmark = pytest.mark.asyncio(loop_scope="session")
WAYS = {
    "pay-bill": (("amount", "when", "method", "pay"), ("amount", "when", "parts", "method", "plan"),
                 ("amount", "when", "promised", "promise"), ("amount", "when", "day", "method", "pay")),
    "upgrade-device": (("device", "colour", "storage", "plan", "delivery", "code", "order"),
                       ("device", "trade-in", "plan", "delivery", "code", "order")),
    "resolve-technical-issue": (("what", "check", "visit"), ("what", "check")),
}  # fmt: skip


async def a_busy_day(desk: Town, many: int = 120) -> None:
    """Cases at all steps, made up, and an hour of turns."""
    chance, here = random.Random(5), now()
    cases, rows = [], []
    for number in range(many):
        moment = chance.choices(list(WAYS), (6, 3, 2))[0]
        way = chance.choice(WAYS[moment])
        far = chance.randint(1, len(way))
        over = "finished" if far == len(way) and chance.random() < 0.8 else ""
        status = over or chance.choices(["open", "parked", "with_a_person", "stuck", "cancelled"], (8, 3, 2, 1, 2))[0]
        customer, at = f"c_{number:016x}", here - timedelta(minutes=chance.randint(1, 25))
        case = {"id": f"{moment}/{customer}/1", "customer": customer, "moment": moment, "number": 1,
                "open": status not in {"finished", "cancelled"}, "status": status, "step": way[far - 1],
                "sequence": far, "turn": None, "opened_at": at, "touched_at": at}  # fmt: skip
        cases.append(case)
        rows += [{"case_id": case["id"], "sequence": n, "customer": customer, "at": at, "what": "asked", "key": key,
                  "data": {}, "run": "r"} for n, key in enumerate(way[:far], start=1)]  # fmt: skip
    await desk.parts.database.change(insert(CaseRow).values(cases))
    await desk.parts.database.change(insert(JournalRow).values(rows))
    for ago in range(58, 0, -1):
        turns = [chance.lognormvariate(-3.4, 0.5) for _ in range(chance.randint(0, 9))]
        minute = Minute(int(here.timestamp() // 60) - ago, count=len(turns), stages={"read": sum(turns) * 0.3})
        minute.turns.extend(turns)
        PACE._minutes.append(minute)


async def test_health_at_one_look_and_the_audit(browser: Browser, desk: Town) -> None:
    await a_busy_day(desk)
    async with window(browser, desk.parts.public_url) as ops:
        page = ops.page
        await page.context.add_cookies([await signed_in(desk, "Adam", Role.ADMIN)])
        await page.goto("/ops")
        flow = page.get_by_role("article", name="Pay your bill")
        await expect(flow).to_be_visible()
        await expect(page.get_by_role("status").first).to_contain_text("Needs you now")
        await looked_at(page, "ops-home")
        before = await flow.get_by_text("at a question").text_content()
        await flow.get_by_text("As a table").click()
        await waits(desk, "+14155550191", "Jane Doe")
        await expect(flow.get_by_text("at a question")).not_to_have_text(before or "")
        await expect(flow.get_by_role("table")).to_be_visible()
        await page.goto("/ops/audit")
        await expect(page.get_by_role("heading", name="Audit")).to_be_visible()
        await looked_at(page, "ops-audit")
        await page.goto("/ops/codec")
        await page.get_by_role("button", name="Make a token").click()
        await expect(page.get_by_role("status")).to_contain_text("Shown this once")
        await shot(page, "ops-codec")
        assert await barriers(page) == []
        assert ops.complaints == []
    PACE._minutes.clear()

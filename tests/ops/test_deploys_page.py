"""The page of deploys: builds side by side, and which open cases the next build would hurt, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from temporalio.contrib.pydantic import pydantic_data_converter

from channels.wording.book import wording
from database.checks import Check, Checks
from database.engine import now
from gateway.ops.deploys import MILD
from gateway.ops.protocols import Ops
from models.deploys import Build, Deployed
from models.errors import NotConfirmed
from models.staff import Role
from ops.findings import HURTS, KINDS
from ops.upgrading import Report, Upgrading, in_files
from tests.gateway.test_desk import Agent, agent
from tests.ops.faulted import pay_bill
from tests.ops.test_upgrading import open_cases
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
SIDE_BY_SIDE = (
    Build(id="2026.3", status="current", since=now(), cases=12),
    Build(id="2026.2", status="draining", since=now(), cases=3),
    Build(id="2026.1", status="drained", since=now()),
)


class Known:
    """What Temporal would say of the builds; the checks are real."""

    def __init__(self, kept: Checks, *, away: bool = False) -> None:
        self._kept, self._away = kept, away

    async def deployed(self) -> Deployed:
        if self._away:
            raise NotConfirmed
        return Deployed(builds=SIDE_BY_SIDE, running=15)

    async def checks(self) -> list[Check]:
        return await self._kept.last()


async def foreseen(town: Town, folder: Path) -> None:
    """An upgrade-check with a fault put into PayBill on purpose."""
    report = Report()
    code = pay_bill(folder, "most=bill.owed", "most=bill.minimum")
    async for forecast in Upgrading([code], pydantic_data_converter).check(in_files(open_cases("plain"))):
        report.add(forecast)
    await Checks(town.parts.database).keep(report.document(HURTS))


async def olga(town: Town, *, away: bool = False) -> Agent:
    known = Known(Checks(town.parts.database), away=away)
    town.parts = replace(town.parts, ops=Ops(deploys=known))
    return await agent(town, "Olga", Role.OPS)


def said(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|[\u2068\u2069]", " ", page))


async def test_builds_say_what_to_do_with_their_workers(town: Town) -> None:
    page = said((await (await olga(town)).opens("/ops/deploys")).text)

    assert re.search(r"2026\.3 current 12 .* New cases start here", page)
    assert re.search(r"2026\.2 draining 3 .* Keep its workers", page)
    assert re.search(r"2026\.1 drained 0 .* its workers may stop", page)
    assert "Nothing was foreseen yet" in page


async def test_the_last_upgrade_check_names_the_cases_that_it_would_hurt(town: Town, tmp_path: Path) -> None:
    await foreseen(town, tmp_path)
    here = await olga(town)

    page = said((await here.opens("/ops/deploys")).text)
    (check,) = await Checks(town.parts.database).last()
    sifted = said((await here.opens(f"/ops/deploys?check={check.id}&kind=key-vanished")).text)

    assert f"{check.hurt} of {check.cases} open cases would be hurt" in page
    assert "answer no longer fits The answer to amount does not do any more, so it is asked again." in page
    assert "All of them go on where they stand." in sifted


async def test_while_temporal_is_away_what_was_foreseen_is_still_there(town: Town, tmp_path: Path) -> None:
    await foreseen(town, tmp_path)

    page = said((await (await olga(town, away=True)).opens("/ops/deploys")).text)

    assert "Temporal does not answer" in page
    assert "would be hurt" in page


def test_every_kind_has_its_words() -> None:
    words = wording("en", "UTC")
    assert all(words.say(f"ops-deploys-kind-{kind}") for kind in KINDS)
    assert set(MILD) == set(KINDS) - set(HURTS)

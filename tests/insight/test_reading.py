"""Signals as the desk gets them: written by cases, read from a real journal."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from database.engine import Database
from database.journal import Journal
from insight.reading import Friction
from insight.signals import Name
from models.case import Status, Turn
from models.journal import Page, Row
from tests.insight.transcripts import AT, cases, span


def friction(db: Database, at: datetime) -> Friction:
    return Friction(Journal(db), clock=lambda: at)


async def write(db: Database, story: dict[str, list[Row]], customer: str = "c_ana") -> None:
    for name, rows in story.items():
        moment, _, number = name.split("/")
        case, last = f"{moment}/{customer}/{number}", rows[-1]
        closed = Status(last.what) if last.what in {"finished", "cancelled", "expired"} else Status.OPEN
        turn = Turn(case=case, moment=moment, status=closed, sequence=last.sequence).model_dump(mode="json")
        fields = {"run": "r", "status": closed, "sequence": last.sequence, "turn": turn, "rows": rows, "at": last.at}
        await Journal(db).write(Page.model_validate({"case": case, "customer": customer, "moment": moment, **fields}))


SORE = ("0m arrived @sms", "0m asked amount", "1m unclear @sms: the usual", "2m unclear @sms: you know")
FINE = ("0m arrived @sms", "0m asked amount", "1m answered amount @sms: 40", "1m asked method")


async def test_what_a_case_wrote_is_found_by_the_next_look(db: Database) -> None:
    await write(db, cases(*SORE))
    await write(db, cases(*FINE), "c_ben")
    look = friction(db, AT + span("3m"))

    [signal] = (await look.of(["c_ana"])).signals
    assert (signal.name, signal.case, signal.rows) == (Name.UNREADABLE, "pay_bill/c_ana/1", (3, 4))
    assert (await look.of(["c_ben"])).signals == ()
    assert (await look.of(["c_nobody"])).cases == {}


async def test_all_records_of_one_person_are_judged_together(db: Database) -> None:
    moments = ["resolve-technical-issue"]
    await write(db, cases("0m arrived @sms", "2m finished", moments=moments), "c_old")
    await write(db, cases("2d arrived @web", "2d asked what", moments=moments))
    look = friction(db, AT + span("3d"))
    assert (await look.of(["c_ana"])).signals == ()
    [signal] = (await look.of(["c_ana", "c_old"])).signals
    assert (signal.name, signal.earlier) == (Name.REPEAT, "resolve-technical-issue/c_old/1")


async def test_a_story_is_read_whole_however_long_ago_it_began(db: Database) -> None:
    story = cases("0m arrived @phone", "0m asked amount", "20d arrived @phone", "20d left @phone")
    await write(db, story)
    [signal] = (await friction(db, AT + span("20d") + timedelta(minutes=9)).of(["c_ana"])).signals
    assert (signal.name, signal.rows) == (Name.DROPPED_CALL, (2, 4))


async def test_a_second_contact_is_seen_over_two_cases(db: Database) -> None:
    moments = ["resolve_technical_issue"] * 2
    await write(db, cases("0m arrived @sms", "2m finished", "2d #2 arrived @web", "2d #2 asked what", moments=moments))
    [signal] = (await friction(db, AT + span("3d")).of(["c_ana"])).signals
    assert (signal.name, signal.earlier) == (Name.REPEAT, "resolve_technical_issue/c_ana/1")


async def test_two_hundred_customers_are_looked_at_within_the_promise_of_ten_seconds(db: Database) -> None:
    for number in range(200):
        await write(db, cases(*(SORE if number % 10 == 0 else FINE)), f"c_{number:03}")
    began, look = time.perf_counter(), friction(db, AT + span("3m"))
    judged = [await look.of([f"c_{number:03}"]) for number in range(200)]
    assert sum(bool(each.signals) for each in judged) == 20
    assert time.perf_counter() - began < 5

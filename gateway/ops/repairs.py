"""Repairs: chosen, tried out, done in the background, watched, stopped."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, Request
from pydantic import ValidationError
from sse_starlette import EventSourceResponse
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from channels.wording.book import Wording
from database.passes import digest
from database.repairs import Repairs
from gateway.browser import checked_form, field, staff_token
from gateway.ops.stuck import upkeep_of
from gateway.pages.live import Watcher
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import NotConfirmed, Unknown
from models.upkeep import Action, Job, Order, Verdict

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
MOST, RATES = 1000, (6, 60, 300)
_CASE = re.compile(r"[a-z0-9-]{1,60}/c_[\w-]{1,60}/[0-9]{1,9}")


@dataclass(frozen=True)
class Asked:
    """A repair as it was filled in. ``error`` is a code of wording; ``order`` is there where there is none."""

    cases: tuple[str, ...] = ()
    action: str = "retry"
    key: str = ""
    value: str = ""
    place: str = ""
    word: bool = True
    why: str = ""
    rate: int = 60
    error: str = ""
    order: Order | None = None


@router.get("/repairs")
async def repairs(request: Request) -> Response:
    found = await Repairs(parts_of(request).database).jobs()
    return page(request, "ops/repairs.html", words_for(request), jobs=found)


@router.get("/repairs/new")
async def new(request: Request, kind: str = "", action: str = "") -> Response:
    """For the cases named (``case``, any number of them), or for all that are stuck by a ``kind``."""
    found = await upkeep_of(request).stuck()
    named = [case for case in request.query_params.getlist("case") if _CASE.fullmatch(case)]
    cases = named or [each.case for each in found if kind and each.kind == kind]
    about = next((each for each in found if each.case in cases), None)
    suggested = about.suggests if about and about.suggests else "retry"
    chosen = action if action in get_args(Action) else suggested
    key = about.key if about and about.kind in {"away", "uncertain", "retrying"} else ""
    return await _form(request, Asked(tuple(cases[:MOST]), chosen, key))


@router.post("/repairs/try")
async def try_out(request: Request, form: Form) -> Response:
    """What it would do: nothing is changed."""
    asked = _asked(form)
    if asked.order is None or field(form, "again", 5):
        return await _form(request, asked)
    verdicts = await upkeep_of(request).try_out(asked.order, asked.cases)
    return await _form(request, asked, verdicts)


@router.post("/repairs")
async def begin(request: Request, form: Form) -> Response:
    """Do it to all that were chosen; what can't be is left alone, and says why."""
    asked = _asked(form)
    if asked.order is None:
        return await _form(request, asked)
    job = await upkeep_of(request).begin(asked.order, asked.cases, here(request).person, asked.rate)
    return RedirectResponse(f"/ops/repairs/{job}", 303)


@router.get("/repairs/{job}")
async def watch(request: Request, job: str) -> Response:
    """How far it is, and what came of each case."""
    books = Repairs(parts_of(request).database)
    verdicts = await books.verdicts(job)
    words = words_for(request)
    return page(
        request, "ops/repair_job.html", words, job=await _job(request, job), verdicts=verdicts, told=told,
    )  # fmt: skip


@router.post("/repairs/{job}/stop")
async def stop(request: Request, job: str, form: Form) -> Response:
    await upkeep_of(request).stop(job)
    return RedirectResponse(f"/ops/repairs/{job}", 303)


@router.post("/repairs/{job}/go-on")
async def go_on(request: Request, job: str, form: Form) -> Response:
    await upkeep_of(request).go_on(job, here(request).person)
    return RedirectResponse(f"/ops/repairs/{job}", 303)


@router.get("/repairs/{job}/live")
async def live(request: Request, job: str) -> Response:
    """Server-sent events: ``moved`` whenever another case is done."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        return Response(status_code=406)
    await _job(request, job)
    watcher, holder = cast("Watcher", request.app.state.watcher), f"ops:{digest(staff_token(request))}"
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    return EventSourceResponse(_moves(request, job, watcher, holder), ping=20, headers={"Cache-Control": "no-store"})


async def _moves(request: Request, job: str, watcher: Watcher, holder: str) -> AsyncIterator[dict[str, str]]:
    known, parts = "", parts_of(request)
    async with watcher.held(holder):
        while True:
            try:
                if await parts.staff_sessions.find(staff_token(request), active=False) is None:
                    yield {"event": "over", "data": ""}
                    return
                seen = await _job(request, job)
                mark = hashlib.sha256(f"{seen.state} {seen.counts} {seen.idle}".encode()).hexdigest()[:12]
                if mark != known:
                    known = mark
                    yield {"event": "moved", "data": mark}
            except NotConfirmed:
                yield {"event": "away", "data": ""}
            await asyncio.sleep(1)


async def _job(request: Request, job: str) -> Job:
    found = await Repairs(parts_of(request).database).jobs(only=[job[:64]])
    if not found:
        raise Unknown
    return found[0]


async def _form(request: Request, asked: Asked, verdicts: Sequence[Verdict] | None = None) -> Response:
    alone = asked.cases[0] if len(asked.cases) == 1 else None
    points = await upkeep_of(request).points(alone) if alone and verdicts is None else []
    shape = upkeep_of(request).shape(asked.cases[0], asked.key) if asked.cases and asked.key else ""
    return page(
        request, "ops/repair.html", words_for(request), 422 if asked.error else 200, asked=asked, verdicts=verdicts,
        actions=get_args(Action), rates=RATES, points=points, told=told, most=MOST, shape=shape,
        can=sum(verdict.outcome == "waiting" for verdict in verdicts or ()),
    )  # fmt: skip


def _asked(form: FormData) -> Asked:
    """What was filled in, with the first thing that is wrong with it."""
    action, rate = field(form, "action", 20), field(form, "rate", 5)
    asked = Asked(
        cases=tuple(dict.fromkeys(_CASE.findall(field(form, "cases", 65_000)))),
        action=action if action in get_args(Action) else "retry",
        key=field(form, "key", 120).strip(),
        value=field(form, "value", 4000),
        place=field(form, "place", 20).strip(),
        word=bool(field(form, "word", 5)),
        why=field(form, "why", 500).strip(),
        rate=int(rate) if rate in map(str, RATES) else 60,
    )
    if not asked.cases or len(asked.cases) > MOST:
        return replace(asked, error="ops-repair-many" if asked.cases else "ops-repair-none")
    given = {"action": asked.action, "key": asked.key, "place": asked.place, "word": asked.word, "why": asked.why}
    try:
        value = json.loads(asked.value) if asked.action == "skip" else None
        return replace(asked, order=Order.model_validate(given | {"value": value}))
    except ValidationError:
        return replace(asked, error="ops-repair-why-short")
    except ValueError:
        return replace(asked, error="ops-repair-value-wrong")


def told(words: Wording, verdict: Verdict) -> str:
    """What a repair would do, or did, in words."""
    name = f"ops-repaired-{verdict.told}"
    about = verdict.about or None
    return words.say(name if words.has(name) else "ops-repaired-other", about=about or verdict.told)

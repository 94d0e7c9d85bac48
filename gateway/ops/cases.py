"""All cases, by anything: from the journal, so that they are there long after Temporal has forgotten them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from database.cases import CaseRecord
from database.overseeing import PAGE, Oversight
from gateway.desk.showing import since
from gateway.parts import Parts, parts_of
from gateway.staff.looking import found as somebody
from gateway.templating import page, words_for
from models.case import Status
from models.upkeep import Wanted

router = APIRouter(include_in_schema=False)
SINCE = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}
NOBODY = "c_nobody"


@router.get("/cases")
async def cases(
    request: Request, moment: str = "", status: str = "", step: str = "", customer: str = "", text: str = "",
    before: str = "",
) -> Response:  # fmt: skip
    """``status`` is one of them, or ``any-open`` for all that are not closed; ``before`` goes on behind a page."""
    parts, asked = parts_of(request), request.query_params.get("since", "")
    wanted = Wanted(
        moment=moment[:60],
        statuses=(Status(status),) if status in set(Status) else (),
        step=step[:80],
        customers=await _records(parts, customer.strip()[:254]),
        text=text.strip()[:100],
        since=datetime.now(UTC) - SINCE[asked] if asked in SINCE else None,
        open_only=status == "any-open",
        before=_place(before),
    )
    books = Oversight(parts.database)
    found = await books.found(wanted, PAGE + 1)
    narrowed = {"moment": moment, "status": status, "step": step, "customer": customer, "text": text, "since": asked}
    query = {name: value for name, value in narrowed.items() if value}
    return page(
        request, "ops/cases.html", words_for(request), cases=found[:PAGE], narrowed=narrowed, since=since,
        moments=sorted(parts.switchboard.moments), statuses=list(Status), steps=await _steps(books, moment),
        sinces=list(SINCE), older=_older(found, query), newest=urlencode(query) if before else None,
        total=sum((await books.counts(wanted.model_copy(update={"before": None}))).values()),
        travels=parts.ops is not None and parts.ops.travels is not None,
    )  # fmt: skip


async def _records(parts: Parts, typed: str) -> tuple[str, ...]:
    """All records of the customer typed: an id, a number or a mail address; one that nobody has for an unknown one."""
    if not typed:
        return ()
    known = await somebody(parts, typed)
    return tuple(await parts.customers.records(await parts.customers.owner(known))) if known else (NOBODY,)


async def _steps(books: Oversight, moment: str) -> list[str]:
    return sorted({step for of, step in await books.steps() if moment in {"", of}})


def _older(found: Sequence[CaseRecord], query: dict[str, str]) -> str | None:
    if len(found) <= PAGE:
        return None
    last = found[PAGE - 1]
    return urlencode({**query, "before": f"{last.touched_at.isoformat()} {last.id}"})


def _place(before: str) -> tuple[datetime, str] | None:
    at, _, id = before[:200].partition(" ")
    with suppress(ValueError):
        moment = datetime.fromisoformat(at)
        return (moment, id) if moment.tzinfo and id else None
    return None

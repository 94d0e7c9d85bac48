"""What can't go on, why, and what to think of first."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.wording.book import Wording
from database.overseeing import Oversight
from gateway.desk.showing import since
from gateway.parts import parts_of
from gateway.templating import page, words_for
from models.errors import Unknown
from models.journal import Row
from models.upkeep import Kind, StuckCase, Upkeep

router = APIRouter(include_in_schema=False)
SHOWN = 200
HALTS = ("stuck", "uncertain")


@router.get("/stuck")
async def stuck(request: Request, kind: str = "", moment: str = "") -> Response:
    """Longest first; of one kind or moment, where given."""
    parts, words = parts_of(request), words_for(request)
    found = await upkeep_of(request).stuck()
    kinds = Counter(each.kind for each in found)
    wanted = [each for each in found if kind in {"", each.kind} and moment in {"", each.moment}]
    shown = wanted[:SHOWN]
    heard = await Oversight(parts.database).last({each.case for each in shown}, ["told", "asked", *HALTS])
    return page(
        request, "ops/stuck.html", words, found=shown, total=len(wanted), all=len(found), kind=kind, moment=moment,
        kinds=[(name, kinds[name]) for name in get_args(Kind) if kinds[name]], since=since,
        heard={case: _heard(words, case, row) for case, row in heard.items()}, means=means,
        at={case: row.at for case, row in heard.items()},
    )  # fmt: skip


def upkeep_of(request: Request) -> Upkeep:
    """Raises Unknown where nothing is wired to look after cases with."""
    ops = parts_of(request).ops
    if ops is None or ops.upkeep is None:
        raise Unknown
    return ops.upkeep


def means(words: Wording, each: StuckCase) -> str:
    """What it means and what to do, in words."""
    return words.say(f"ops-stuck-means-{each.kind}", error=each.error or "–", where=each.where or "–")


def _heard(words: Wording, case: str, row: Row) -> str:
    if row.what in HALTS:
        return words.say(f"state-{row.what}")
    return words.story(case.partition("/")[0], row)

"""Deploys: the builds side by side with the cases that each still serves, and what was foreseen of the next one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.ops.protocols import Deploys
from gateway.parts import parts_of
from gateway.templating import page, words_for
from models.deploys import Deployed
from models.errors import NotConfirmed, Unknown

router = APIRouter(include_in_schema=False)
SHOWN = 100
# As ops.findings has them, worst first; what is not hurt says so by its colour.
MILD = ("asks-new", "reads-anew", "replay-parted", "moves-cleanly")
_STATES = {"current": "good", "ramping": "busy", "draining": "busy"}


@router.get("/deploys")
async def deploys(request: Request, check: str = "", kind: str = "") -> Response:
    """The builds, and the last upgrade-check or the one that is named; of its list, the cases of a kind."""
    source, words = deploys_of(request), words_for(request)
    checks = await source.checks()
    try:
        deployed, away = await source.deployed(), False
    except NotConfirmed:
        deployed, away = Deployed(), True
    chosen = next((each for each in checks if each.id == check), checks[0] if checks else None)
    listed = [_listed(each) for each in chosen.report["forecasts"] if _of(each, kind)] if chosen else []
    return page(
        request, "ops/deploys.html", words, deployed=deployed, away=away, states=_STATES, checks=checks, chosen=chosen,
        kind=kind, listed=listed[:SHOWN], more=max(0, len(listed) - SHOWN), mild=MILD, steps=_steps(chosen),
    )  # fmt: skip


def deploys_of(request: Request) -> Deploys:
    ops = parts_of(request).ops
    if ops is None or ops.deploys is None:
        raise Unknown
    return ops.deploys


def _of(forecast: dict[str, Any], kind: str) -> bool:
    return not kind or kind in {finding["kind"] for finding in forecast.get("findings", ())}


def _listed(forecast: dict[str, Any]) -> dict[str, Any]:
    """A forecast with everything a sentence may need."""
    blank = dict.fromkeys(("step", "error", "where", "asks", "why", "options", "answered", "instead", "line"), "")
    asks = ", ".join(forecast.get("asks", ())) or "–"
    findings = [
        {"kind": finding["kind"], **blank, "asks": asks, "key": finding.get("key", ""), **_told(finding)}
        for finding in forecast.get("findings", ())
    ]
    return {"step": "", "build": "", "moves": True, **forecast, "asks": asks, "findings": findings}


def _told(finding: dict[str, Any]) -> dict[str, str]:
    return {name: fact for name, fact in finding.get("facts", {}).items() if name != "kind"}


def _steps(chosen: Any) -> list[dict[str, Any]]:
    """Where the cases stood, with how many of each kind."""
    steps = chosen.report["steps"] if chosen else []
    return [{**each, "total": sum(Counter(each["cases"]).values())} for each in steps]

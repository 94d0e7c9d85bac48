"""What stands on a case's page beside the question, the answers and the story: one part each, in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request

from gateway.desk.care_panel import care_panel
from gateway.desk.chat_panel import chat_panel
from gateway.desk.doings_panel import booking_panel, goodwill_panel, handed_panel, passing_panel, wrap_up_panel
from gateway.desk.joined_panel import joined_panel
from gateway.desk.live_view import seen_panel
from gateway.desk.seeing import DeskCase

# What a part's template gets as ``panel``; None: only its place is there, for when it is needed on an open page.
Panel = Callable[[Request, DeskCase], Awaitable[object | None]]

TOP: tuple[tuple[str, Panel], ...] = (("care", care_panel), ("handed", handed_panel), ("wrap_up", wrap_up_panel))
MAIN: tuple[tuple[str, Panel], ...] = (("chat", chat_panel),)
SIDE: tuple[tuple[str, Panel], ...] = (
    ("seen", seen_panel),
    ("booking", booking_panel),
    ("passing", passing_panel),
    ("goodwill", goodwill_panel),
    ("joined", joined_panel),
)
STORY: tuple[tuple[str, Panel], ...] = ()


@dataclass(frozen=True)
class Panels:
    """The parts of the page, each by the name of its template in ``desk/panels``."""

    top: list[tuple[str, object | None]]
    main: list[tuple[str, object | None]]
    side: list[tuple[str, object | None]]
    story: list[tuple[str, object | None]]


async def panels_of(request: Request, case: DeskCase) -> Panels:
    return Panels(*[await _shown(request, case, place) for place in (TOP, MAIN, SIDE, STORY)])


async def _shown(
    request: Request, case: DeskCase, place: tuple[tuple[str, Panel], ...]
) -> list[tuple[str, object | None]]:
    return [(name, await panel(request, case)) for name, panel in place]

"""What a store prints for the way home: a link as a QR code, and a code to say on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import segno
from fastapi import Request

from database.passcode import shown
from database.passes import CODE_LIFETIME
from gateway.pages.seeing import Seen
from gateway.parts import parts_of

LINK_LIFETIME = timedelta(hours=24)
BORDER = 2


@dataclass(frozen=True)
class Slip:
    """``squares`` are the dark modules of the QR code as one SVG path, in a field of ``side`` by ``side``.

    The code is good for so many ``minutes``, since it could be guessed; the QR code ``until`` then.
    """

    code: str
    squares: str
    side: int
    minutes: int
    until: datetime


async def slip_of(request: Request, case: Seen) -> Slip:
    """Two new passes of the case: whichever is used first makes the other one void."""
    parts = parts_of(request)
    link = await parts.passes.issue(case.turn.case, case.session.customer, lifetime=LINK_LIFETIME)
    code = await parts.passes.issue_code(case.turn.case, case.session.customer)
    squares, side = drawn(parts.url(f"/c/{link}"))
    minutes = int(CODE_LIFETIME.total_seconds() // 60)
    return Slip(shown(code), squares, side, minutes, datetime.now(UTC) + LINK_LIFETIME)


def drawn(text: str) -> tuple[str, int]:
    """A QR code as an SVG path and the length of its side, with the quiet border around it."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=BORDER)]
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return "".join(squares), len(rows)

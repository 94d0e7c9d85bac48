"""The picture of how long turns took over the last hour: lines and their scale, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.pace import MINUTES, Point

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 190, 52, 24, 10
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


@dataclass(frozen=True)
class Chart:
    """``p50`` and ``p95`` are the paths of two lines; ``bars`` how many turns each minute had (x, y, height)."""

    p50: str
    p95: str
    bars: list[tuple[float, float, float]]
    dots: list[tuple[float, float, float]]
    rungs: list[tuple[float, float]]
    marks: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def chart(points: Sequence[Point]) -> Chart:
    """Minutes without a turn break the lines; a lone minute is a dot."""
    most = max((point.p95 for point in points if point.p95), default=0.05)
    top = next((step for step in STEPS if step >= most), most)
    busiest = max([1, *(point.count for point in points)])
    bars = []
    for point in points:
        if point.count:
            tall = 34 * point.count / busiest
            bars.append((round(_x(point) - 3, 1), round(HEIGHT - BOTTOM - tall, 1), round(tall, 1)))
    return Chart(
        p50=_line(points, top, "p50"),
        p95=_line(points, top, "p95"),
        bars=bars,
        dots=[(_x(p), _y(p.p50, top), _y(p.p95, top)) for p in points if p.p50 is not None and p.p95 is not None],
        rungs=[(_y(top * part, top), top * part) for part in (0.0, 0.5, 1.0)],
        marks=[(_x(Point(ago, 0, None, None)), ago) for ago in (45, 30, 15, 0)],
    )


def _x(point: Point) -> float:
    return round(LEFT + (WIDTH - LEFT - 8) * (MINUTES - 1 - point.ago) / (MINUTES - 1), 1)


def _y(seconds: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(1.0, seconds / top), 1)


def _line(points: Sequence[Point], top: float, which: str) -> str:
    pieces, drawing = [], False
    for point in points:
        value: float | None = getattr(point, which)
        if value is not None:
            pieces.append(f"{'L' if drawing else 'M'}{_x(point)} {_y(value, top)}")
        drawing = value is not None
    return "".join(pieces)

"""The picture of cases on their way through a moment's steps: where everything stands on it, in pixels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from database.census import Group, Path
from models.case import Status

BEGUN = "begun"
ENDS = ("done", "ended", "person", "stuck")
BAR, TALL, LEAST, ROOM = 10, 104, 5, 38
NARROWEST, WIDEST, ROW = 112, 160, 1040  # pixels of a column, and of all of them where they fit on a desk
LEFT, TOP, LABEL = 8, 18, 132


@dataclass
class Node:
    """A step of a moment, or one of its ends. ``reached``: cases within a day; ``waiting``: those there now."""

    name: str
    column: int = 0
    reached: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    x: float = 0.0
    y: float = 0.0
    height: float = 0.0

    @property
    def end(self) -> bool:
        return self.name in ENDS

    @property
    def step(self) -> bool:
        return not self.end and self.name != BEGUN


@dataclass(frozen=True)
class Band:
    """So many went from one to the next: a curve, and how wide it is."""

    source: str
    target: str
    count: int
    curve: str
    width: float


@dataclass
class Flow:
    moment: str
    nodes: list[Node] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    width: int = 0
    height: int = 0
    cases: int = 0

    @property
    def waiting(self) -> int:
        return sum(node.waiting for node in self.nodes if node.step)

    def to(self, end: str) -> int:
        return next((node.reached for node in self.nodes if node.name == end), 0)


def end_of(status: str) -> str | None:
    """Where a case has ended up, by its status; None while it is on its way."""
    ends = {
        Status.FINISHED.value: "done",
        Status.WITH_A_PERSON.value: "person",
        Status.STUCK.value: "stuck",
        Status.UNCERTAIN.value: "stuck",
    }
    return ends.get(status) or ("ended" if Status(status).closed else None)


def flows(paths: Iterable[Path], standing: Iterable[Group]) -> list[Flow]:
    """One picture a moment, the one with the most cases first."""
    ways: defaultdict[str, list[Path]] = defaultdict(list)
    groups: defaultdict[str, list[Group]] = defaultdict(list)
    for path in paths:
        ways[path.moment].append(path)
    for group in standing:
        groups[group.moment].append(group)
    found = [_flow(moment, ways[moment], groups[moment]) for moment in sorted({*ways, *groups})]
    return sorted(found, key=lambda flow: -flow.cases)


def _flow(moment: str, paths: Sequence[Path], standing: Sequence[Group]) -> Flow:
    trails = [_trail(path) for path in paths]
    nodes: dict[str, Node] = {}
    for trail in trails:
        for name in trail:
            nodes.setdefault(name, Node(name)).reached += 1
    _stand(nodes, standing)
    went = Counter((a, b) for trail in trails for a, b in pairwise(trail))
    _columns(nodes, _order(nodes, trails), went)
    flow = Flow(moment, cases=max(len(paths), sum(group.count for group in standing)))
    flow.nodes = sorted(nodes.values(), key=lambda node: (node.column, node.y))
    _place(flow, went)
    return flow


def _trail(path: Path) -> list[str]:
    end = end_of(path.status)
    return [BEGUN, *path.steps, *([end] if end else [])]


def _stand(nodes: dict[str, Node], standing: Sequence[Group]) -> None:
    """Who stands where now, also those who have stood there for days."""
    for group in standing:
        name = end_of(group.status) or group.step or BEGUN
        node = nodes.setdefault(name, Node(name))
        node.waiting += group.count
        node.reached = max(node.reached, node.waiting)
        node.oldest = min(filter(None, (node.oldest, group.oldest)))


def _order(nodes: dict[str, Node], trails: Sequence[Sequence[str]]) -> dict[str, float]:
    """How far along each is: where it stands in the ways that lead over it, on average."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for trail in trails:
        for place, name in enumerate(trail):
            places[name].append(place)
    ranks = {name: sum(places[name]) / len(places[name]) if places[name] else 1.0 for name in nodes}
    return ranks | {name: 1000.0 for name in nodes if name in ENDS} | {BEGUN: -1.0}


def _columns(nodes: dict[str, Node], ranks: dict[str, float], went: Counter[tuple[str, str]]) -> None:
    for name in sorted(nodes, key=lambda name: ranks[name]):
        before = [nodes[a].column + 1 for a, b in went if b == name and ranks[a] < ranks[name]]
        nodes[name].column = max(before, default=0 if name == BEGUN else 1)
    last = max((node.column for node in nodes.values() if not node.end), default=0) + 1
    for node in nodes.values():
        node.column = last if node.end else node.column


def _place(flow: Flow, went: Counter[tuple[str, str]]) -> None:
    columns: defaultdict[int, list[Node]] = defaultdict(list)
    for node in flow.nodes:
        columns[node.column].append(node)
    scale = TALL / max([1, *(sum(node.reached for node in column) for column in columns.values())])
    step = max(NARROWEST, min(WIDEST, ROW // max(1, *columns))) if columns else WIDEST
    for number, column in columns.items():
        column.sort(key=lambda node: ENDS.index(node.name) if node.end else -node.reached)
        y = float(TOP)
        for node in column:
            node.x, node.y = LEFT + number * step, y
            node.height = max(LEAST, node.reached * scale)
            y += max(node.height + 14, ROOM)
        flow.height = max(flow.height, int(y))
    flow.width = LEFT + max(columns, default=0) * step + BAR + LABEL
    flow.bands = _bands({node.name: node for node in flow.nodes}, went, scale)


def _bands(nodes: dict[str, Node], went: Counter[tuple[str, str]], scale: float) -> list[Band]:
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    found = []
    for (a, b), count in sorted(went.items(), key=lambda item: (nodes[item[0][0]].y, nodes[item[0][1]].y)):
        source, target, width = nodes[a], nodes[b], max(1.0, count * scale)
        if target.column <= source.column:
            continue
        x1, x2 = source.x + BAR, target.x
        y1 = source.y + out[a] * scale + width / 2
        y2 = target.y + into[b] * scale + width / 2
        middle = (x1 + x2) / 2
        curve = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        found.append(Band(a, b, count, curve, round(width, 1)))
        out[a] += count
        into[b] += count
    return found

"""What a replay of many histories found, by moment and step, for a person and for a program."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ops.replaying import Played

RESULTS = ("fine", "parted", "undecodable", "empty", "broken")
_NAMED = 5  # cases shown by name under each finding; ``--json`` has all
_MEANS = {
    "hangs": "kept its process busy for too long",
    "crashes": "ended its process",
    "no-moment": "is of a moment that the code at hand does not have",
}
Kind = tuple[str, str, str, str, bool]


@dataclass
class Report:
    """Filled history by history; it keeps what is not fine, and counts the rest."""

    total: int = 0
    wrong: int = 0
    steps: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    partings: dict[Kind, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    others: list[dict[str, Any]] = field(default_factory=list)

    def add(self, played: Played) -> None:
        self.total += 1
        self.wrong += not played.good
        self.steps[played.moment or "?", step_of(played)][played.result] += 1
        about = {"case": played.case, "run": played.run, "events": played.events}
        if played.parting is not None:
            parting = played.parting
            kind = (played.moment, parting.line, parting.expected, parting.got, parting.quiet)
            self.partings[kind].append(about | {"event": parting.event, "asks": list(parting.asks)})
        elif played.result != "fine":
            self.others.append(about | {"result": played.result, "error": played.error})

    @property
    def results(self) -> dict[str, int]:
        counted: Counter[str] = sum(self.steps.values(), Counter())
        return {result: counted[result] for result in RESULTS}

    @property
    def good(self) -> bool:
        """Whether all are fine, or had nothing to replay."""
        return not self.wrong

    def document(self, seconds: float = 0.0) -> dict[str, Any]:
        """All of it as JSON."""
        moments: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
        for (moment, step), counted in sorted(self.steps.items()):
            moments[moment][step] = {result: counted[result] for result in RESULTS if counted[result]}
        return {
            "good": self.good,
            "histories": self.total,
            "seconds": round(seconds, 2),
            "results": self.results,
            "moments": moments,
            "partings": [
                {"moment": moment, "line": line, "expected": expected, "got": got, "quiet": quiet, "cases": cases}
                for (moment, line, expected, got, quiet), cases in self._worst
            ],
            "others": self.others,
        }

    @property
    def _worst(self) -> list[tuple[Kind, list[dict[str, Any]]]]:
        return sorted(self.partings.items(), key=lambda found: -len(found[1]))

    def shown(self, seconds: float) -> RenderableType:
        """All of it for a terminal: the table, then each finding with what to look at."""
        findings = [_parted(kind, cases) for kind, cases in self._worst]
        lost = [one for one in self.others if one["result"] != "empty"]
        findings += [_lost(one) for one in lost[:20]]
        if len(lost) > 20:
            findings.append(Text(f"… and {len(lost) - 20} more; --json names them all.", style="dim"))
        rate = f" in {seconds:.1f} s, {self.total / seconds:.0f} a second" if seconds and self.total else ""
        word = Text("All fine." if self.good else "Not everything is fine.", style="bold green" if self.good else "red")
        return Group(_table(self), *findings, Text(f"{self.total:,} histories{rate}. ") + word)


def step_of(played: Played) -> str:
    """The step a case stands at: what it asks, or else the line of its script, or its end."""
    at = played.parting
    asks, line = (at.asks, at.line) if at else (played.asks, played.line)
    return asks[0] if asks else line or ("the end" if played.result == "fine" else "–")


def _table(report: Report) -> Table:
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, head in enumerate(("moment", "stands at", *RESULTS)):
        rows.add_column(
            head, justify="right" if number > 1 else "left", style="dim" if number == 1 else "", no_wrap=True
        )
    before = ""
    for (moment, step), counted in sorted(report.steps.items()):
        cells = [str(counted[result] or "") for result in RESULTS]
        styled = [Text(cell, style="red" if n in {1, 2, 4} else "") for n, cell in enumerate(cells)]
        rows.add_row("" if moment == before else moment, step, *styled)
        before = moment
    return rows


def _parted(kind: Kind, cases: list[dict[str, Any]]) -> Text:
    moment, line, expected, got, quiet = kind
    text = Text(f"\n{moment} parts at {line or 'an unknown line'}", style="red")
    text.append(f"  {len(cases)} {'history' if len(cases) == 1 else 'histories'}", style="dim")
    text.append("\n  quietly: Temporal sees no difference, the customer does" if quiet else "", style="yellow")
    text.append(f"\n  the history has  {expected}\n  the code does    {got}\n", style="default")
    for case in cases[:_NAMED]:
        asks = f", asking {', '.join(case['asks'])}" if case["asks"] else ""
        text.append(f"  {case['case']}  event {case['event']} of {case['events']}{asks}\n", style="dim")
    if len(cases) > _NAMED:
        text.append(f"  … and {len(cases) - _NAMED} more\n", style="dim")
    text.append(f"  look: segue ops travel {cases[0]['case']}\n", style="cyan")
    return text


def _lost(one: dict[str, Any]) -> Text:
    means = {"undecodable": "can't be opened: its customer's key is gone, or it is another machine's"}
    said = means.get(one["result"]) or _MEANS.get(one["error"]) or f"broke off: {one['error']}"
    return Text(f"{one['case']} {said}.", style="red")

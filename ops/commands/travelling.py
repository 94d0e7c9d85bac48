"""``segue ops travel``: a case at any point of its history, in the terminal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from channels.wording.book import Wording, wording
from models.errors import Misconfigured, NotUnderstood, Unknown
from models.travel import Change, Overview, Scene
from ops.archive import Archive, all_runs
from ops.commands.opening import Openers, refuse
from ops.histories import from_files
from ops.scenes import plain
from ops.travel import Travels, Trip

_ARROWS = {"\x1b[c": "next", "\x1b[d": "back", "\x1b[h": "first", "\x1b[f": "last"}
KEYS = _ARROWS | {"n": "next", "b": "back", "t": "trouble", "q": "quit"}


def add_travel(app: typer.Typer, openers: Openers) -> None:
    @app.command("travel")
    def command(
        case: Annotated[str, typer.Argument(help="moment/customer/number; not needed with --file.")] = "",
        file: Annotated[list[Path] | None, typer.Option(help="An exported history; once for each run.")] = None,
        at: Annotated[
            str, typer.Option(help="An event of the last run, or run.event. Else: where it went wrong.")
        ] = "",
        compare: Annotated[tuple[str, str], typer.Option(help="Two points: what differs.")] = ("", ""),
        language: Annotated[str, typer.Option(help="The language of the story.")] = "en",
        as_json: Annotated[
            bool, typer.Option("--json", help="The point (or all, without --at) for a program.")
        ] = False,
    ) -> None:
        """Show a case as it was after any event. Arrow keys step, t goes to the next trouble, q ends.

        Ends with 0, or with 1 where the code at hand would not do what was done.
        """
        if bool(case) == bool(file):
            refuse("Say which case: segue ops travel pay-bill/c_…/1, or --file HISTORY.json; one of the two.")
        try:
            trip = asyncio.run(_taken(openers, case, file or []))
        except Unknown:
            refuse(f"Temporal has no history of {case}. Is its id right? It may also be past its retention.")
        except (Misconfigured, NotUnderstood, RPCError, OSError) as error:
            refuse(str(error) or type(error).__name__)
        view = View(trip, language)
        if as_json:
            typer.echo(json.dumps(view.document(at, compare), indent=2, ensure_ascii=False))
        elif compare[0]:
            Console(highlight=False).print(view.compared(*compare))
        else:
            step_through(view, view.number(at))
        raise typer.Exit(0 if trip.overview().result in {"fine", "empty"} else 1)


async def _taken(openers: Openers, case: str, files: Sequence[Path]) -> Trip:
    async with openers.code() as (workflows, converter):
        histories: Sequence[WorkflowHistory] = list(from_files(files))
        if files and not histories:
            raise NotUnderstood("There is no history in these files")

        async def runs(of: str) -> Sequence[WorkflowHistory]:
            async with openers.everything() as opened:
                return await all_runs(opened.client, Archive(opened.database, opened.vault), of)

        travels = Travels(workflows, converter, runs)
        return await (travels.taken(histories) if files else travels.of_case(case))


class View:
    """A trip in words, for a terminal and for a program."""

    def __init__(self, trip: Trip, language: str) -> None:
        self.trip, self.overview = trip, trip.overview()
        self._words = wording(language, self.overview.zone)
        self._theirs = wording(self.overview.language, self.overview.zone)

    @property
    def words(self) -> Wording:
        return self._words

    def number(self, at: str) -> int:
        found = self.trip.find(at) if at else self.overview.opens
        if found is None:
            refuse(f"There is no point {at}: events go from 1 to {self.overview.events}, or say run.event.")
        return found

    def scene(self, number: int) -> Scene:
        return self.trip.scene(number, self._words, self._theirs)

    def changes(self, first: str, second: str) -> list[Change]:
        return self.trip.changes(self.number(first), self.number(second), self._words, self._theirs)

    def document(self, at: str, compare: tuple[str, str]) -> dict[str, object]:
        """The overview, with one point, all of them, or what differs between two."""
        found: dict[str, object] = self.overview.model_dump(mode="json")
        if compare[0]:
            return found | {"changes": [change.model_dump() for change in self.changes(*compare)]}
        numbers = [self.number(at)] if at else range(len(self.overview.places))
        return found | {"points": [self.scene(number).model_dump(mode="json") for number in numbers]}

    def compared(self, first: str, second: str) -> RenderableType:
        rows = Table(box=None, padding=(0, 2, 0, 0), title=f"{first} → {second}", title_justify="left")
        for head in ("", "was", "is"):
            rows.add_column(head, overflow="fold")
        for change in self.changes(first, second):
            rows.add_row(f"{change.what} {change.label}".strip(), change.was or "–", change.now or "–")
        return rows if rows.row_count else Text("Nothing differs.")

    def shown(self, number: int) -> RenderableType:
        """One point."""
        scene, overview = self.scene(number), self.overview
        place = scene.place
        head = Text(f"{overview.case}  {number + 1} of {len(overview.places)}  ", style="bold")
        head.append(
            f"run {scene.run}, event {scene.event}  {place.at:%Y-%m-%d %H:%M:%S} UTC  {scene.status}", style="dim"
        )
        head.append(f"  {place.trouble}" if place.trouble else "", style="red")
        asked = [f"{each.text}  [{each.key}]\n  {', '.join(each.options)}".rstrip() for each in scene.asked]
        parts: list[RenderableType] = [head, *_verdict(overview, scene)]
        if scene.channel:
            parts.append(_panel(f"asked ({scene.channel})", asked or [scene.message]))
            parts.append(_panel("knew", [_row(each.label, each.value, each.how) for each in scene.held]))
            told = [_row(each.text, " ".join(each.ways) or "not sent yet", "new" * each.fresh) for each in scene.told]
            parts.append(_panel("had been told", told))
            parts.append(_panel("happened here", [each.text for each in scene.sentences]))
            parts.append(
                _panel(scene.line or "script", [_code(each.number, each.text, here=each.here) for each in scene.code])
            )
        parts.append(_panel("events", plain(scene.events)))
        return Group(*parts)


def _verdict(overview: Overview, scene: Scene) -> list[RenderableType]:
    apart = overview.apart
    if apart is None:
        said = {"fine": "", "empty": "Nothing has run in this case yet."}.get(
            overview.result, f"{overview.result} {overview.error}: what can be seen is shown."
        )
        return [Text(said, style="red")] if said else []
    how = "answers otherwise (quietly: Temporal sees no difference)" if apart.quiet else "parts"
    text = Text(f"At event {apart.event} the code {how}, at {apart.line or 'an unknown line'}.\n", style="red")
    text.append(f"  the history has  {apart.expected}\n  the code does    {apart.got}\n", style="default")
    text.append(f"  last good point  {apart.last_good or 'none'}", style="green")
    if scene.place.standing == "apart":
        text.append("\nThis is what the code does here, not what the customer saw.", style="yellow")
    elif scene.place.standing == "beyond":
        text.append("\nBehind the parting only the events are known.", style="yellow")
    return [text]


def _row(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)


def _code(number: int, text: str, *, here: bool) -> str:
    return f"{'▶' if here else ' '} {number:>4}  {text}"


def _panel(title: str, lines: Sequence[str]) -> Panel:
    return Panel(Text("\n".join(lines) or "–"), title=title, title_align="left", border_style="dim", padding=(0, 1))


def step_through(view: View, number: int) -> None:
    """Show a point; where somebody sits at the terminal, step from it by keys."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.print(view.shown(number))
        return
    key = ""
    while key != "quit":
        console.clear()
        console.print(view.shown(number))
        console.print(Text("← → step   Home End   t next trouble   q quit", style="dim"))
        try:
            key = KEYS.get(_pressed(), "")
        except (KeyboardInterrupt, EOFError):
            return
        number = moved(view.overview, number, key)


def _pressed() -> str:
    # The terminal sends an arrow as three characters, at once.
    first = typer.getchar()
    return first.lower().replace("\x1bo", "\x1b[")


def moved(overview: Overview, number: int, key: str) -> int:
    """Where a key leads to."""
    last = len(overview.places) - 1
    troubles = [place.number for place in overview.places if place.trouble]
    following = [each for each in troubles if each > number] or troubles or [number]
    steps = {"next": min(number + 1, last), "back": max(number - 1, 0), "first": 0, "last": last}
    return steps.get(key, following[0] if key == "trouble" else number)

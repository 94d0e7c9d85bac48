"""``segue ops repair``: retry, skip, reset or terminate one case or many, with a dry run, a rate and a way to stop."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from models.upkeep import Action, Job, Order, Verdict
from ops.commands.looking import opened_for, table, told
from ops.commands.opening import FOUND, Opened, Openers, operator, refuse
from ops.upkeep import Upkeep, upkeep
from workflows.catalogue import WORKFLOWS

_RATE = re.compile(r"(\d{1,5})(?:/([sm]))?")
_SENTENCES = {
    "ok": "can be done",
    "closed": "is closed already",
    "gone": "is not there, or nothing runs for it",
    "joined": "goes on in another case",
    "not-broken": "nothing is broken, and no step waits for another try",
    "no-such-step": "the case is at no step of that name",
    "step-done": "that step is done already",
    "value": "the value does not fit what the step brings",
    "effects": "a step took effect behind that point",
    "effect-uncertain": "a step may have taken effect: retry or skip it first",
    "no-point": "there is no such point at which it was at rest and well",
    "moved-on": "it went on meanwhile",
    "no-answer": "it did not answer",
}
Cases = Annotated[list[str] | None, typer.Argument(help="moment/customer/number, any number of them.")]
Query = Annotated[str, typer.Option(help="Temporal's: SegueMoment = 'pay-bill' AND ExecutionStatus = 'Running'.")]
Stuck = Annotated[str, typer.Option(help="All that are stuck for this reason: bug, away, uncertain, …")]
Why = Annotated[str, typer.Option(help="Kept for good in the audit, with your name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")]
Rate = Annotated[str, typer.Option(help="At most so many: 5/s, 60/m.")]
Yes = Annotated[bool, typer.Option("--yes", help="Don't ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="One document for a program.")]


def add_repair(app: typer.Typer, openers: Openers) -> None:
    """Put the repairs into the app."""
    repair = typer.Typer(help="Repair stuck cases. Every repair is noted in the audit, with who and why.")
    app.add_typer(repair, name="repair", no_args_is_help=True)
    _add_tries(repair, openers)
    _add_last_resorts(repair, openers)
    _add_jobs(repair, openers)


def _add_tries(repair: typer.Typer, openers: Openers) -> None:
    @repair.command("retry")
    def retry(
        cases: Cases = None, query: Query = "", stuck: Stuck = "", why: Why = "", dry_run: DryRun = False,
        rate: Rate = "5/s", yes: Yes = False, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        """Have what broke, or waits for its next try, tried now."""
        carry_out(openers, ordered("retry", why), Chosen(cases, query, stuck), dry_run, rate, yes, as_json)

    @repair.command("skip")
    def skip(
        step: Annotated[str, typer.Option(help="The step's key, as `segue ops stuck` shows it.")],
        value: Annotated[str, typer.Option(help="What it should have brought, as JSON.")],
        cases: Cases = None, query: Query = "", stuck: Stuck = "", why: Why = "", dry_run: DryRun = False,
        rate: Rate = "5/s", yes: Yes = False, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        """Count a step as done, with a result that you supply; it has to fit the step's type."""
        try:
            given = json.loads(value)
        except ValueError:
            refuse("The value is not JSON. Text goes in double quotes: --value '\"R-1\"'.")
        order = ordered("skip", why, key=step, value=given)
        carry_out(openers, order, Chosen(cases, query, stuck), dry_run, rate, yes, as_json)


def _add_last_resorts(repair: typer.Typer, openers: Openers) -> None:
    @repair.command("reset")
    def reset(
        cases: Cases = None,
        to: Annotated[str, typer.Option(help="A point as travel names it: run.event. Else the last good one.")] = "",
        query: Query = "", stuck: Stuck = "", why: Why = "", dry_run: DryRun = False,
        rate: Rate = "1/s", yes: Yes = False, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        """Put a case back to an earlier point; what was told is not told again, what took effect can't be passed."""
        order = ordered("reset", why, place=to)
        carry_out(openers, order, Chosen(cases, query, stuck), dry_run, rate, yes, as_json)

    @repair.command("terminate")
    def terminate(
        cases: Cases = None,
        word: Annotated[bool, typer.Option(help="Tell the customer.")] = True,
        query: Query = "", stuck: Stuck = "", why: Why = "", dry_run: DryRun = False,
        rate: Rate = "1/s", yes: Yes = False, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        """End a case where it is, with word to the customer, who can begin anew. What was done stands."""
        order = ordered("terminate", why, word=word)
        carry_out(openers, order, Chosen(cases, query, stuck), dry_run, rate, yes, as_json)


def _add_jobs(repair: typer.Typer, openers: Openers) -> None:
    @repair.command("jobs")
    def jobs(as_json: AsJson = False) -> None:
        """The repairs there were, newest first."""

        async def run(opened: Opened) -> list[Job]:
            return await _keeping(opened).repairs.jobs()

        found = opened_for(openers, run)
        if as_json:
            typer.echo(json.dumps([job.model_dump(mode="json") for job in found], indent=2))
            return
        rows = [
            (j.id, j.action, j.state, f"{j.counts.get('done', 0)}/{j.total}", j.name, told(j.made_at)) for j in found
        ]
        table(("id", "action", "state", "done", "who", "since"), rows)

    @repair.command("stop")
    def stop(job: Annotated[str, typer.Argument(help="As `segue ops repair jobs` names it.")]) -> None:
        """Have nothing more begun of a repair, whichever process does it."""

        async def run(opened: Opened) -> bool:
            keeping = _keeping(opened)
            await keeping.stop(job)
            return bool(await keeping.repairs.jobs(only=[job]))

        if not opened_for(openers, run):
            refuse(f"There is no repair {job}. `segue ops repair jobs` lists them.")
        typer.echo("It begins nothing more.")


class Chosen:
    """Which cases: named, found by a query, or stuck for a reason."""

    def __init__(self, cases: list[str] | None, query: str, stuck: str) -> None:
        self.named, self.query, self.stuck = cases or [], query, stuck
        if sum(map(bool, (self.named, query, stuck))) != 1:
            refuse(
                "Say which cases: their ids, --query \"SegueMoment = 'pay-bill'\", or --stuck away; one of the three."
            )

    async def ids(self, opened: Opened, keeping: Upkeep) -> list[str]:
        if self.query:
            return list(dict.fromkeys([each.id async for each in opened.client.list_workflows(self.query)]))
        if self.stuck:
            return [each.case for each in await keeping.finder.find() if each.kind == self.stuck]
        return list(dict.fromkeys(self.named))


def ordered(action: Action, why: str, **more: Any) -> Order:
    """The order; ends with a sentence where it says too little."""
    try:
        return Order(action=action, why=why.strip(), **more)
    except ValidationError:
        refuse('Say why: --why "the company was away, ticket 4711" (5 to 500 characters). It is kept with your name.')


def carry_out(
    openers: Openers, order: Order, chosen: Chosen, dry_run: bool, rate: str, yes: bool, as_json: bool
) -> None:
    """Try it out, ask, do it. Ends with 0, or 1 where a case was left alone."""
    a_minute = per_minute(rate)
    if not (yes or dry_run) and not sys.stdin.isatty():
        refuse("Nobody is there to ask: add --dry-run to see what it would do, or --yes to do it.")

    async def run(opened: Opened) -> list[Verdict]:
        keeping = _keeping(opened)
        cases = await chosen.ids(opened, keeping)
        if dry_run or not yes:
            verdicts = await keeping.try_out(order, cases)
            if dry_run:
                return verdicts
            _print(verdicts)
            if not await asyncio.to_thread(typer.confirm, f"Do it ({order.action}) to {len(cases)} of them?"):
                raise typer.Exit(FOUND)
        return await _done(keeping, order, cases, a_minute)

    verdicts = opened_for(openers, run)
    if as_json:
        typer.echo(json.dumps([verdict.model_dump(mode="json") for verdict in verdicts], indent=2))
    else:
        _print(verdicts)
    raise typer.Exit(FOUND if any(v.outcome in {"refused", "failed"} for v in verdicts) else 0)


async def _done(keeping: Upkeep, order: Order, cases: Sequence[str], rate: int) -> list[Verdict]:
    """With a bar; Ctrl-C begins nothing more."""
    me = operator()
    job = await keeping.repairs.make(order, cases, me, rate)
    running = asyncio.create_task(keeping.run(job, order, me, rate))
    loop, stops = asyncio.get_running_loop(), set[asyncio.Task[None]]()
    with suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGINT, lambda: stops.add(asyncio.create_task(keeping.stop(job))))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("Repairing", total=len(cases))
        while not running.done():
            (state,) = await keeping.repairs.jobs(only=[job])
            bar.update(shown, completed=state.total - state.counts.get("waiting", 0))
            await asyncio.wait([running], timeout=0.3)
    await running
    return await keeping.repairs.verdicts(job, limit=len(cases) + 1)


def per_minute(rate: str) -> int:
    found = _RATE.fullmatch(rate.strip())
    if not found or int(found.group(1)) == 0:
        refuse(f"{rate} is no rate: say 5/s or 60/m.")
    return int(found.group(1)) * (1 if found.group(2) == "m" else 60)


def _keeping(opened: Opened) -> Upkeep:
    return upkeep(opened.client, opened.database, opened.vault, opened.line(), opened.outreach(), WORKFLOWS)


def _print(verdicts: Sequence[Verdict]) -> None:
    if not verdicts:
        typer.echo("No case is like that.", err=True)
        return
    rows = [
        (each.case, each.outcome, f"{_SENTENCES.get(each.told, each.told)} {each.about}".strip()) for each in verdicts
    ]
    table(("case", "outcome", "what"), rows)

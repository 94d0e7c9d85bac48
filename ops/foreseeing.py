"""What a moment's code would make of a case that moves to it, without doing anything: its first pause, played alone."""

from __future__ import annotations

import ast
import asyncio
import inspect
import sys
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from models.case import CaseState, Opening, Pending, Turn
from models.journal import Row
from models.ledger import Done
from models.standing import Standing
from workflows.engine.case import Case
from workflows.engine.host import Call, Performed
from workflows.engine.ledger import fingerprint
from workflows.moment import Moment
from workflows.rehearsal_host import RehearsalHost


@dataclass
class Onlooker(RehearsalHost):
    """Performs nothing. What was read before reads the same again; at any other step the script waits for ever.

    ``again`` are the names of what was read again, ``would`` the steps that it waits at, each with whether it only
    reads.
    """

    known: dict[str, Done] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    would: list[tuple[Call, bool]] = field(default_factory=list)
    case: Case | None = None

    async def perform(self, call: Call) -> Performed:
        key = call.id.rpartition("/")[0]
        if call.name != "Delivery.reach":  # messages are no part of the script
            flight = self.case.steps.in_flight.get(key) if self.case else None
            done, reads = self.known.get(key), flight is not None and flight.reads
            if done is not None and reads and done.digest == fingerprint(call.argument):
                self.again.append(call.name)
                self.kick()
                return Performed(value=done.value, refusal=done.refusal)
            self.would.append((call, reads))
        never: asyncio.Future[Performed] = asyncio.get_running_loop().create_future()
        return await never


@dataclass
class Foreseen:
    """The case at the first pause under the new code.

    ``before`` is what it carried, ``error`` the kind and place of what stops the script, ``would`` the steps it would
    begin there and ``again`` what it would only read once more.
    """

    standing: Standing
    before: CaseState
    after: CaseState
    turn: Turn
    touched: frozenset[str]
    would: list[tuple[Call, bool]]
    again: list[str]
    error: str = ""
    where: str = ""

    @property
    def pending(self) -> list[Pending]:
        return self.after.pending


def foresee(moment: type[Moment], standing: Standing, at: datetime) -> Foreseen:
    """Play the case's carried state by this code, at that time, to the first pause. Blocks for some milliseconds.

    The state is copied through its JSON as a new run would get it: raises pydantic's ValidationError where the models
    do not take it any more.
    """
    opening = Opening.model_validate_json(standing.opening.model_dump_json())
    return asyncio.run(_foreseen(moment, opening, standing, at))


async def _foreseen(moment: type[Moment], opening: Opening, standing: Standing, at: datetime) -> Foreseen:
    before = opening.state or CaseState(facts=list(opening.facts))
    before = before.model_copy(deep=True)
    known = {entry.key: entry for entry in before.ledger if isinstance(entry, Done)}
    script = moment(opening)
    case = script._case  # noqa: SLF001 - ops look into a case as nobody else does
    host = Onlooker([], at, known=known, case=case)
    case.host = host
    playing = asyncio.create_task(case.play())
    await host.quiet()
    error, where = _stopped(case, host.pages[-1].rows if host.pages else [])
    if playing.done() and (failed := playing.exception()) is not None:
        error, where = type(failed).__name__, ""
    # As it is now: the tasks that end with this loop take back what they wait for.
    after = case.state.model_copy(update={"ledger": list(case.state.ledger)})
    touched = frozenset(case.touched)
    return Foreseen(standing, before, after, case.turn(since=0), touched, host.would, host.again, error, where)


def _stopped(case: Case, written: list[Row]) -> tuple[str, str]:
    if case.state.broken_at is None:
        return "", ""
    rows = [*written, *case.state.unwritten]
    row = next((row for row in reversed(rows) if row.what == "stuck"), None)
    return (str(row.data.get("error", "")), str(row.data.get("where", ""))) if row else ("Broken", "")


def named(moment: type[Moment], key: str) -> bool:
    """Whether the script still names a question or a step of that key, wherever it would come to it."""
    last = key.rpartition("/")[2]
    owner, _, step = last.rpartition(".")
    files = frozenset(cls.__module__ for cls in moment.__mro__ if issubclass(cls, Moment))
    return (step if owner else last) in _words(files)[bool(owner)]


@cache
def _words(files: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What these modules, of a moment's classes, could make a question's key of, and what a step's."""
    texts: set[str] = set()
    names: set[str] = set()
    for file in files:
        tree = ast.parse(inspect.getsource(sys.modules[file]))
        elsewhere = {id(argument) for node in ast.walk(tree) for argument in _refers(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in elsewhere:
                texts.add(node.value)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
    return frozenset(texts), frozenset(names)


def _refers(node: ast.AST) -> list[ast.expr]:
    """What names a question that is asked elsewhere, or is called otherwise now."""
    if not isinstance(node, ast.Call):
        return []
    first = node.args[:1] if getattr(node.func, "attr", "") == "reject" else []
    return first + [keyword.value for keyword in node.keywords if keyword.arg in {"aka", "because"}]

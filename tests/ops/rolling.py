"""A rolling deploy with open cases in all steps: ``python -m tests.ops.rolling --cases 200 --version added``.

Two builds run side by side. What upgrade-check says beforehand is held against what then happens to every case, and
nobody is asked again what they have answered.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import UnsandboxedWorkflowRunner

import worker
from database.company import CompanyBooks
from models import renamed
from models.billing import Bill
from models.case import Status, Turn
from models.deploys import Deployed
from models.errors import NotConfirmed
from models.money import Money
from ops.deploys import Deploys
from ops.findings import HURTS
from ops.histories import from_files
from ops.upgrading import Forecast, Report, Upgrading, in_files, open_on
from switchboard.switchboard import Speaker
from tests.engine import temporal
from tests.engine.paths import LONG_AGO
from tests.engine.temporal import World, amount
from tests.moments.route import first
from tests.ops.faulted import changed, pay_bill
from workflows.catalogue import MOMENTS
from workflows.renaming import formerly

VISA = "pm_visa_4242"
SMALL, LARGE = "84.20", "240"
# The steps of paying a bill: what is owed, and what has been answered on the way there.
STAGES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "amount": (SMALL, ()),
    "when": (SMALL, (amount("40"),)),
    "day": (SMALL, (amount("40"), "later")),
    "method": (SMALL, (amount("40"), "now")),
    "method, on a later day": (SMALL, (amount("40"), "later", first)),
    "pay": (SMALL, (amount("40"), "now", VISA)),
    "method again, declined": (SMALL, (amount("84.20"), "now", "pm_mastercard_0002", True)),
    "parts": (LARGE, (amount("200"), "instalments")),
    "method, in instalments": (LARGE, (amount("200"), "instalments", "4")),
    "plan": (LARGE, (amount("200"), "instalments", "4", VISA)),
    "promised": (LARGE, (amount("40"), "promise")),
    "promise": (LARGE, (amount("40"), "promise", first)),
    "autopay": (SMALL, (amount("59.20"), "now", VISA, True)),
}
ANSWERS: dict[str, Any] = {
    "amount": amount("25"), "when": "now", "day": first, "method": VISA, "pay": True, "parts": "4", "plan": True,
    "promised": first, "promise": True, "autopay": True, "reminder": True,
}  # fmt: skip


@dataclass(frozen=True)
class Version:
    """The code of a new build; ``formerly``: which moments have another id in it."""

    workflows: tuple[type, ...]
    formerly: dict[str, str] = field(default_factory=dict)


METHOD = (
    '        method = await self.ask(PaymentMethod("method", saved=bill.methods))\n        await self.confirm("pay"'
)


def version(name: str, folder: Path) -> Version:
    """A new build in which PayBill is the ``same``, has a question ``removed`` or ``added``, takes less than it did
    (``faulted``), or is ``renamed``.
    """
    if name == "same":
        return Version((MOMENTS["pay-bill"],))
    if name == "removed":
        asked = 'await self.ask(Choice("when", options=[NOW, LATER, *bill.arrangements]))'
        return Version((pay_bill(folder, asked, '"now"'),))
    if name == "faulted":
        return Version((pay_bill(folder, "most=bill.owed", "most=bill.minimum"),))
    if name == "added":
        return Version((pay_bill(folder, METHOD, '        await self.ask(YesNo("reminder"))\n' + METHOD),))
    code = changed(folder, ('name="pay-bill"', 'name="settle-bill"'), ("class PayBill", "class SettleBill"))
    return Version((code, formerly(code, "pay-bill")), {"pay-bill": "settle-bill"})


@dataclass
class Rider:
    """Somebody whose case is open while the new build comes."""

    speaker: Speaker
    stage: str
    turn: Turn
    answered: Counter[str] = field(default_factory=Counter)
    again: list[str] = field(default_factory=list)

    async def goes_on(self, world: World, *, steps: int = 20, pause: float = 0) -> None:
        """Answer what is asked, as the switchboard takes it, up to the end, ``pause`` seconds after it was asked."""
        for _ in range(steps):
            if self.turn.status.closed or not self.turn.pending:
                return
            await asyncio.sleep(pause)
            pending = self.turn.pending[0]
            key = pending.question.key
            given = ANSWERS[key]
            if self.answered[key] and pending.because is None:
                self.again.append(key)
            value = given(pending) if callable(given) else given
            with contextlib.suppress(NotConfirmed):
                # Between two questions, or between two runs, it is looked at again.
                turn = await world.answer(self.speaker, self.turn, value)
                self.answered[key] += turn.note is None
                self.turn = turn
            while not self.turn.status.closed and (self.turn.working or self.turn.note is not None):
                await asyncio.sleep(0.05)
                await self.comes_back(world)

    async def comes_back(self, world: World) -> None:
        """Look at the case again, as often as it takes."""
        while True:
            with contextlib.suppress(NotConfirmed):
                self.turn = await world.board.arrive(self.speaker, self.turn.case, world.id())
                return


async def boards(world: World, stage: str) -> Rider:
    """A case that stands at that step."""
    owed, answers = STAGES[stage]
    ann = await world.somebody()
    if owed == LARGE:
        bill = Bill(id=f"b_{ann.customer}", label="July", owed=Money.of(LARGE), minimum=Money.of("25"), due=LONG_AGO)
        await CompanyBooks(world.wiring.database).add_bill(ann.customer, bill)
    if stage == "autopay":
        before = await world.answers(ann, await world.start(ann), amount("25"), "now", VISA, True)
        await world.closed(before)
    rider = Rider(ann, stage, await world.start(ann))
    for answer in answers:
        given = answer(rider.turn.pending[0]) if callable(answer) else answer
        rider.turn = await world.answers(ann, rider.turn, given)
    rider.answered.update(line.key for line in rider.turn.answers)
    rider.answered["pay"] = int(stage == "autopay")
    return rider


@dataclass
class Outcome:
    """``before`` is what was foreseen of each case, ``then`` what it asked on the new build, ``builds`` what Temporal
    said of both as the new one became current.
    """

    riders: list[Rider]
    before: dict[str, Forecast]
    then: dict[str, tuple[str, ...]]
    builds: Deployed = field(default_factory=Deployed)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def otherwise(self) -> list[str]:
        """Cases that did not do what was foreseen."""
        return [case for case, asked in self.then.items() if asked != self.before[case].asks]

    @property
    def asked_again(self) -> list[str]:
        return [f"{rider.turn.case} {key}" for rider in self.riders for key in rider.again]

    @property
    def unfinished(self) -> list[str]:
        return [f"{r.turn.case} {r.turn.status}" for r in self.riders if r.turn.status is not Status.FINISHED]


async def check(world: World, code: Version, query: str = "") -> Report:
    """What upgrade-check says of all cases that are open on the server."""
    report, client = Report(), world.wiring.client
    async for forecast in Upgrading(code.workflows, client.data_converter, client).check(open_on(client, query)):
        report.add(forecast)
    return report


async def check_files(world: World, code: Version, folder: Path) -> Report:
    """The same of their histories, exported to files there, with no worker to ask."""
    report, client = Report(), world.wiring.client
    async for history, _ in open_on(client, f"TaskQueue = '{world.wiring.settings.task_queue}'"):
        _export(history, folder)
    async for forecast in Upgrading(code.workflows, client.data_converter).check(in_files(from_files([folder]))):
        report.add(forecast)
    return report


def _export(history: WorkflowHistory, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{history.workflow_id.replace('/', '-')}.json").write_text(history.to_json(), "utf-8")


def differing(server: Report, files: Report) -> list[str]:
    """Cases of which files tell otherwise than the server: what is found, or what would be asked."""
    told = {one.case: (one.kind, one.asks) for one in files.forecasts}
    return [one.case for one in server.forecasts if told.get(one.case) != (one.kind, one.asks)]


@contextlib.contextmanager
def called(ids: dict[str, str]) -> Iterator[None]:
    """What moments are called while the new build runs."""
    with pytest.MonkeyPatch.context() as patch:
        for old, new in ids.items():
            patch.setitem(renamed.FORMERLY, old, new)
        yield


@contextlib.asynccontextmanager
async def first_build(address: str, folder: Path) -> AsyncIterator[World]:
    """A world with a deployment and a queue of its own, whose build ``a`` is current."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "DEPLOYMENT", folder.name)
        given: dict[str, Any] = {"SEGUE_TASK_QUEUE": folder.name, "SEGUE_BUILD": "a"}
        async with temporal.world(address, folder / "segue.db", **given) as old, old.worker():
            await worker.make_current(old.wiring)
            yield old


async def deploy(old: World, code: Version, riders: Sequence[Rider], *, talking: int) -> Outcome:
    """Bring up build ``b`` beside ``a``, make it current with some of the riders ``talking`` all the while, and have
    everybody come to their end.
    """
    queue, took, at = old.wiring.settings.task_queue, {}, time.perf_counter()
    with called(code.formerly):
        report = await check(old, code, f"TaskQueue = '{queue}'")
        took["upgrade-check"] = time.perf_counter() - at
        settings = old.wiring.settings.model_copy(update={"build": "b"})
        board = replace(old.board, moments=old.board.moments | set(code.formerly.values()))
        new = replace(old, wiring=replace(old.wiring, settings=settings), board=board)
        outcome = Outcome(list(riders), {one.case: one for one in report.forecasts}, {}, seconds=took)
        few = asyncio.Semaphore(8)
        traffic = asyncio.gather(*(_talks(new, rider, few) for rider in riders[:talking]))
        runner = UnsandboxedWorkflowRunner()
        async with worker.worker_for(new.wiring, workflows=code.workflows, runner=runner):
            await worker.make_current(new.wiring)
            client, at = new.wiring.client, time.perf_counter()
            outcome.builds = await Deploys(client, new.wiring.database, old.wiring.settings.task_queue).deployed()
            await asyncio.gather(*(_moves(new, rider, outcome, few) for rider in riders[talking:]))
            await traffic
            took["moving"] = time.perf_counter() - at
    return outcome


async def _talks(world: World, rider: Rider, few: asyncio.Semaphore) -> None:
    async with few:
        await rider.goes_on(world, pause=0.2)


async def _moves(world: World, rider: Rider, outcome: Outcome, few: asyncio.Semaphore) -> None:
    """Come back until the case is on the new build, note what it asks there, and go on to the end."""
    async with few:
        for _ in range(200):
            await rider.comes_back(world)
            if await build_of(world, rider.turn) == "b":
                break
            await asyncio.sleep(0.05)
        else:
            raise AssertionError(f"{rider.turn.case} never came to the new build")
        await rider.comes_back(world)
        outcome.then[rider.turn.case] = tuple(pending.question.key for pending in rider.turn.pending)
        await rider.goes_on(world)


async def build_of(world: World, turn: Turn) -> str:
    """The build a case is pinned to."""
    info = (await world.handle(turn).describe()).raw_description.workflow_execution_info
    return info.versioning_info.deployment_version.build_id


async def main(cases: int, name: str) -> None:
    with tempfile.TemporaryDirectory() as scratch, temporal.dev_server(Path(scratch) / "log") as address:
        await temporal.answering(address)
        folder = Path(scratch) / "rolling"
        folder.mkdir()
        code = version(name, folder)
        async with first_build(address, folder) as old:
            few = asyncio.Semaphore(8)

            async def one(stage: str) -> Rider:
                async with few:
                    return await boards(old, stage)

            at = time.perf_counter()
            riders = await asyncio.gather(*(one(stage) for stage in islice(cycle(STAGES), cases)))
            print(f"{cases} cases open on build a after {time.perf_counter() - at:.1f} s", flush=True)  # noqa: T201 - a command
            with called(code.formerly):
                queue = old.wiring.settings.task_queue
                server, files = (
                    await check(old, code, f"TaskQueue = '{queue}'"),
                    await check_files(old, code, folder / "files"),
                )
            outcome = await deploy(old, code, riders, talking=cases // 4)
    print(f"hurt by the server's word: {len(server.hurt(HURTS))}, by files: {len(files.hurt(HURTS))}")  # noqa: T201 - a command
    print(f"files tell otherwise of: {differing(server, files) or 'none'}")  # noqa: T201 - a command
    _tell(outcome)


def _tell(outcome: Outcome) -> None:
    kinds = Counter(one.kind for one in outcome.before.values())
    lines = [
        f"foreseen: {dict(kinds)}",
        f"compared on the new build: {len(outcome.then)}, not as foreseen: {outcome.otherwise or 'none'}",
        f"asked again: {outcome.asked_again or 'nothing'}",
        f"not finished: {outcome.unfinished or 'none'}",
        f"seconds: { {name: round(took, 1) for name, took in outcome.seconds.items()} }",
    ]
    print("\n".join(lines))  # noqa: T201 - a command


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--version", choices=("same", "removed", "added", "faulted", "renamed"), default="added")
    given = parser.parse_args()
    asyncio.run(main(given.cases, given.version))

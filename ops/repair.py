"""What can be done about a stuck case: try it again, skip a step, put it back, or end it with word to the customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetActivityRequest
from temporalio.client import Client, WorkflowExecutionDescription
from temporalio.service import RPCError, RPCStatusCode

from database.cases import CaseRecord
from database.engine import Database
from database.overseeing import Oversight
from models.case import Status
from models.errors import NotAsked, NotConfirmed, NotUnderstood, Refused
from models.people import Actor, Channel, Provenance
from models.requests import Repairing
from models.upkeep import Order, Verdict
from ops.ending import Ending
from ops.resetting import Resetting
from ops.results import Results
from ops.stuck import Finder
from switchboard.line import Line

_NO_ANSWER = "no-answer"


class Repair:
    """Repairs one case at a time. What a case does not take is a verdict, never an error."""

    def __init__(
        self, client: Client, line: Line, db: Database, resetting: Resetting, ending: Ending, results: Results
    ) -> None:
        self._client, self._line = client, line
        self._books, self._finder = Oversight(db), Finder(db, client)
        self.resetting, self._ending, self.results = resetting, ending, results

    async def try_out(self, order: Order, cases: Sequence[str]) -> list[Verdict]:
        """What the order would do to each; nothing is changed. The case itself looks at a value once more."""
        known = await self._books.get(cases)
        return [await self._tried(order, case, known.get(case)) for case in dict.fromkeys(cases)]

    async def do(self, order: Order, case: str, once: str, name: str) -> Verdict:
        """Do it. The same ``once`` is done once, however often it is given."""
        record = (await self._books.get([case])).get(case)
        if refusal := self._closed(order, record):
            return Verdict(case=case, outcome="refused", told=refusal)
        try:
            return await self._done(order, case, once, name)
        except NotUnderstood as misfit:
            return Verdict(case=case, outcome="refused", told=misfit.reason)
        except Refused as refused:
            return Verdict(case=case, outcome="refused", told=refused.reason or refused.code)
        except (NotConfirmed, TimeoutError):
            return Verdict(case=case, outcome="failed", told=_NO_ANSWER)
        except RPCError as error:
            return Verdict(case=case, outcome="failed", told=_NO_ANSWER, about=error.status.name)

    async def _tried(self, order: Order, case: str, record: CaseRecord | None) -> Verdict:
        refusal, about = self._closed(order, record), ""
        if not refusal and order.action in {"retry", "skip"}:
            refusal, about = await self._halted(case, record)
            if not refusal and order.action == "skip" and not self.results.fits(case, order.key, order.value):
                refusal, about = "value", ""
        elif not refusal and order.action == "reset":
            try:
                plan = await self.resetting.plan(case, order.place, "", order.why)
                about = f"{plan.place} {' '.join(plan.asks)}".strip()
            except NotUnderstood as misfit:
                refusal = misfit.reason
        elif not refusal:
            about = " ".join(await self._books.effects(case))
        return Verdict(case=case, outcome="refused" if refusal else "waiting", told=refusal or "ok", about=about)

    def _closed(self, order: Order, record: CaseRecord | None) -> str:
        if record is None:
            return "gone"
        if record.status is Status.JOINED:
            return "joined"
        return "closed" if record.status.closed and order.action != "terminate" else ""

    async def _halted(self, case: str, record: CaseRecord | None) -> tuple[str, str]:
        """Whether there is something to try again."""
        if record is not None and record.status in {Status.STUCK, Status.UNCERTAIN}:
            return "", ""
        seen = await self._finder.underway(case)
        if seen is None:
            return "gone", ""
        trying = max(seen.attempts, seen.task_attempts)
        return ("", f"{seen.key} {seen.attempts}".strip()) if trying > 1 else ("not-broken", "")

    async def _done(self, order: Order, case: str, once: str, name: str) -> Verdict:
        if order.action == "retry":
            return await self._retry(order, case, once, name)
        if order.action == "skip":
            await self._line.send(case, self._request(order, once, name))
            return Verdict(case=case, outcome="done", told="skipped", about=order.key)
        if order.action == "reset":
            plan = await self.resetting.plan(case, order.place, name, order.why)
            await self.resetting.do(plan)
            return Verdict(case=case, outcome="done", told="reset", about=plan.place)
        return await self._ending.end(case, name, order.why, word=order.word)

    async def _retry(self, order: Order, case: str, once: str, name: str) -> Verdict:
        """Have a step that waits for its next try make it now, or a case that broke play on."""
        hurried = await self._hurry(case)
        try:
            turn = await self._line.send(case, self._request(order, once, name))
        except NotAsked:
            if not hurried:
                raise
            return Verdict(case=case, outcome="done", told="hurried")
        told = "working" if turn.working else "still-broken" if _broken(turn.status) else "went-on"
        return Verdict(case=case, outcome="failed" if told == "still-broken" else "done", told=told)

    async def _hurry(self, case: str) -> bool:
        try:
            seen = await self._client.get_workflow_handle(case).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise NotUnderstood("gone") from None
            raise
        waiting = [pending for pending in seen.raw_description.pending_activities if pending.attempt > 1]
        for pending in waiting:
            await self._client.workflow_service.reset_activity(_reset(self._client, seen, pending.activity_id))
        return bool(waiting)

    def _request(self, order: Order, once: str, name: str) -> Repairing:
        by = Provenance(channel=Channel.DESK, actor=Actor.SEGUE, at=datetime.now(UTC))
        what, given = ("supply", order.value) if order.action == "skip" else ("retry", None)
        return Repairing.model_validate(
            {"id": f"repair/{once}"[:200], "by": by, "what": what, "key": order.key, "value": given, "name": name,
             "why": order.why}
        )  # fmt: skip


def _broken(status: Status) -> bool:
    return status in {Status.STUCK, Status.UNCERTAIN}


def _reset(client: Client, seen: WorkflowExecutionDescription, activity: str) -> ResetActivityRequest:
    execution = WorkflowExecution(workflow_id=seen.id, run_id=seen.run_id)
    return ResetActivityRequest(namespace=client.namespace, execution=execution, identity="segue ops", id=activity)

"""What a case has come to, out of its history alone: for code that can't replay it, and with no worker to ask."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from activities.step import StepSpec
from models.case import Answer, Arrival, Asked, CaseState, Event, Opening, Presence, Status, Turn
from models.ledger import Answered, Confirmed, Dated, Done, Known, Told
from models.questions import Confirm
from models.standing import Standing
from workflows.engine.ledger import Ledger, fingerprint

_UNKNOWN_UNDO = "?"
_REACH = "Delivery.reach"


async def gathered(history: WorkflowHistory, converter: DataConverter) -> Standing:
    """The case as its history tells of it: answers and questions from what customers were answered, steps from theirs.

    Raises what the codec raises where it can't be opened, and pydantic's ValidationError where the models do not take
    what is in it.
    """
    gathering: _Gathering | None = None
    for event in history.events:
        if event.HasField("workflow_execution_started_event_attributes"):
            (given,) = await _opened(event.workflow_execution_started_event_attributes.input.payloads, converter)
            gathering = _Gathering(Opening.model_validate(given), event.event_time.ToDatetime(UTC))
        elif gathering is not None:
            await _take(gathering, event, converter)
    assert gathering is not None, "whoever asks has seen that it began"  # noqa: S101 - a type fact
    return gathering.standing()


async def _take(gathering: _Gathering, event: HistoryEvent, converter: DataConverter) -> None:
    at = event.event_time.ToDatetime(UTC)
    if event.HasField("activity_task_scheduled_event_attributes"):
        step = event.activity_task_scheduled_event_attributes
        given = await _opened(step.input.payloads, converter)
        gathering.begun[event.event_id] = step.activity_type.name, step.activity_id, given[0] if given else None
    elif event.HasField("activity_task_completed_event_attributes"):
        done = event.activity_task_completed_event_attributes
        values = await _opened(done.result.payloads, converter)
        gathering.done(done.scheduled_event_id, values[0] if values else None, None, at)
    elif event.HasField("activity_task_failed_event_attributes"):
        failed = event.activity_task_failed_event_attributes
        info = failed.failure.application_failure_info
        if info.type == "Refusal":
            (known,) = await _opened(info.details.payloads, converter)
            gathering.done(failed.scheduled_event_id, None, Known.model_validate(known), at)
    elif event.HasField("workflow_execution_update_accepted_event_attributes"):
        asked = event.workflow_execution_update_accepted_event_attributes.accepted_request
        (request,) = await _opened(asked.input.args.payloads, converter)
        gathering.asked[asked.meta.update_id] = asked.input.name, request
    elif event.HasField("workflow_execution_update_completed_event_attributes"):
        told = event.workflow_execution_update_completed_event_attributes
        if not told.outcome.HasField("success"):
            gathering.asked.pop(told.meta.update_id, None)
        else:
            (turn,) = await _opened(told.outcome.success.payloads, converter)
            gathering.answered(told.meta.update_id, Turn.model_validate(turn))


async def _opened(payloads: Iterable[Payload], converter: DataConverter) -> list[Any]:
    given = list(payloads)
    if converter.payload_codec is not None and given:
        given = list(await converter.payload_codec.decode(given))
    return [json.loads(payload.data) if payload.data else None for payload in given]


class _Gathering:
    def __init__(self, opening: Opening, began: datetime) -> None:
        self.opening = opening
        self.state = opening.state or CaseState(facts=list(opening.facts))
        self.ledger = Ledger(self.state.ledger)
        self.begun: dict[int, tuple[str, str, Any]] = {}
        self.asked: dict[str, tuple[str, Any]] = {}
        self.turn: Turn | None = None
        self.lines: set[str] = set()
        day = began.astimezone(ZoneInfo(opening.zone)).date()
        if self.ledger.find(Dated, "today") is None:
            self.ledger.put(Dated(key="today", value=day))

    def standing(self) -> Standing:
        steps = {entry.key for entry in self.ledger.all(Done)} | {entry.key for entry in self.ledger.all(Confirmed)}
        opening = self.opening.model_copy(update={"state": self.state})
        # A step that was begun and has not ended stays under way.
        return Standing(
            opening=opening, touched=tuple(sorted(self.lines | steps)), rests=not self._under_way, exact=False
        )

    @property
    def _under_way(self) -> bool:
        return bool(self.asked) or any(not _only_reads(name) for name, _, _ in self.begun.values() if name != _REACH)

    def done(self, scheduled: int, value: Any, refusal: Known | None, at: datetime) -> None:
        name, id, argument = self.begun.pop(scheduled, ("", "", None))
        key, _, attempt = id.rpartition("/")
        if name in {"", _REACH}:
            return
        if key.startswith("undo:"):
            if (entry := self.ledger.find(Done, key.removeprefix("undo:"))) is not None:
                self.ledger.drop(entry)
            return
        reads = _only_reads(name)
        entry = Done(
            key=key, digest=fingerprint(argument), attempt=int(attempt), value=value, refusal=refusal, reads=reads,
            undo=None if reads else _UNKNOWN_UNDO, at=at,
        )  # fmt: skip
        self.ledger.put(entry)
        if not reads:
            self.state.attempts[key] = entry.attempt + (refusal is not None)

    def answered(self, update: str, turn: Turn) -> None:
        name, request = self.asked.pop(update, ("", None))
        self._said(name, request, turn)
        if turn.floor.rank > self.state.floor.rank:
            self.state.floor = turn.floor
        if self.lines and not turn.answers and turn.pending and turn.pending[0].question.key.startswith("verify/"):
            return  # withheld from whoever had not proved who they are
        self.turn = turn
        self._answers(turn)
        self.state.status = Status.OPEN if turn.working else turn.status
        self.state.claim, self.state.care, self.state.sequence = turn.claim, turn.care, turn.sequence
        for notice in turn.notices:
            self.ledger.put(Told(key=notice.key, digest=fingerprint(notice.data)))
            self.state.told = self.state.kept = max(self.state.told, notice.number)
        self._seal(turn)

    def _answers(self, turn: Turn) -> None:
        self.lines = {line.key for line in turn.answers}
        self.state.pending = list(turn.pending)
        for pending in turn.pending:
            digest, revision = fingerprint(pending.question), pending.revision
            self.state.asked[pending.question.key] = Asked(
                digest=digest, revision=revision, said=revision, shown=revision
            )
            if (said := self.ledger.find(Answered, pending.question.key)) is not None:
                self.ledger.drop(said)
            if (agreed := self.ledger.find(Confirmed, pending.question.key)) is not None:
                self.ledger.drop(agreed)
        for line in turn.answers:
            known = line.model_dump(exclude={"changeable"})
            self.ledger.put(Answered(**known))

    def _said(self, name: str, request: Any, turn: Turn) -> None:
        """What the request itself brings, beside what it was answered."""
        try:
            if name == "arrive":
                came = Arrival.model_validate(request)
                here = Presence(
                    channel=came.by.channel, at=came.by.at, reply_to=came.reply_to, assurance=came.by.assurance,
                    visit=came.by.visit,
                )  # fmt: skip
                self.state.presence = [*(p for p in self.state.presence if p.channel != here.channel), here]
                self.state.heard_at = came.by.at
            elif name == "report":
                self.state.mailbox.append(Event.model_validate(request))
            elif name == "release":
                self.state.mailbox.append(Event(id=str(request.get("id", "")), name="released"))
            elif name == "answer" and turn.note is None:
                self._confirmed(Answer.model_validate(request))
        except ValidationError:
            pass

    def _confirmed(self, answer: Answer) -> None:
        was = next((p.question for p in self.state.pending if p.question.key == answer.key), None)
        if isinstance(was, Confirm) and answer.value is True:
            self.ledger.put(Confirmed(key=answer.key, digest=fingerprint(was.values), by=answer.by))

    def _seal(self, turn: Turn) -> None:
        """The step that sealed is the last with an effect before nothing could be changed any more."""
        effects = [entry for entry in self.ledger.all(Done) if not entry.reads and entry.refusal is None]
        if effects and turn.answers and not any(line.changeable for line in turn.answers):
            last = effects[-1]
            if not last.final:
                self.ledger.put(last.model_copy(update={"final": True, "undo": None}))
                self.state.sealed = len(self.ledger.entries)


def _only_reads(name: str) -> bool:
    spec = _specs().get(name)
    return spec is not None and spec.reads


@cache
def _specs() -> dict[str, StepSpec]:
    return {spec.name: spec for spec in _each_spec()}


def _each_spec() -> Iterator[StepSpec]:
    for module in [module for name, module in sys.modules.items() if name.startswith("activities.")]:
        for _, owner in inspect.getmembers(module, inspect.isclass):
            for method in vars(owner).values():
                if isinstance(spec := getattr(method, "__segue_step__", None), StepSpec):
                    yield spec

"""A queue that finds somebody: callers wait, workers are reserved in turn, and the company says how they meet."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from time import time
from typing import Any
from uuid import uuid4

from simulators.carrier.account import Account
from simulators.carrier.exchange import Call, Exchange
from simulators.carrier.twiml import Verb
from simulators.carrier.webhooks import Webhooks

Ring = Callable[[Call], Awaitable[None]]
Hold = Callable[[Call, str], Coroutine[Any, Any, None]]


def _sid(kind: str) -> str:
    return kind + uuid4().hex


@dataclass(eq=False)
class Task:
    """A caller who waits, and the leg that they are connected with."""

    call: Call
    attributes: dict[str, Any]
    sid: str = field(default_factory=lambda: _sid("WT"))
    met: asyncio.Event = field(default_factory=asyncio.Event)
    leg: Call | None = None


class TaskRouter:
    """As much of it as one workflow with one queue needs; its workers are the account's, each with a telephone."""

    def __init__(self, account: Account, exchange: Exchange, webhooks: Webhooks) -> None:
        self._account, self._exchange, self._webhooks = account, exchange, webhooks
        self._reserved: dict[str, Task] = {}

    async def wait(self, call: Call, verb: Verb, ring: Ring, hold: Hold, wait_url: str) -> dict[str, str]:
        """A caller's time in the queue, and how it ended."""
        about = {"call_sid": call.sid, "from": call.caller, "to": call.called, "direction": call.direction}
        task = Task(call, json.loads(verb.nested[0].text) | about)
        began, holding = time(), asyncio.create_task(hold(call, wait_url))
        routing, met = asyncio.create_task(self._route(task, ring)), asyncio.create_task(task.met.wait())
        try:
            await asyncio.wait([holding, met], return_when=asyncio.FIRST_COMPLETED)
            result = "bridged" if task.leg else "leave" if holding.done() and not call.over else "hangup"
            if task.leg:
                holding.cancel()
                await self._talk(call, task.leg)
        finally:
            for each in (holding, routing, met):
                each.cancel()
            self._reserved = {sid: other for sid, other in self._reserved.items() if other is not task}
        return {"QueueResult": result, "QueueSid": _sid("QU"), "QueueTime": str(round(time() - began))}

    async def meet(self, reservation: str, leg: Call) -> dict[str, str]:
        """A reserved worker's leg and the caller who waits for them, until one of the two hangs up."""
        task = self._reserved.get(reservation)
        if task is None or task.leg is not None or task.call.over:
            return {"DialCallStatus": "failed"}
        task.leg = leg
        task.met.set()
        await self._exchange.until(lambda: leg.over or task.call.over or task.call.bridge is leg, None)
        await self._exchange.until(lambda: leg.over or task.call.bridge is not leg, None)
        return {"DialCallStatus": "completed"}

    async def _talk(self, call: Call, leg: Call) -> None:
        call.listening, call.bridge, leg.bridge = None, leg, call
        self._exchange.touch(call.number, leg.number)
        try:
            await self._exchange.until(lambda: leg.over, None)
        finally:
            call.bridge, leg.bridge = None, None
            call.heard_from = len(call.transcript)
            self._exchange.touch(call.number, leg.number)

    async def _route(self, task: Task, ring: Ring) -> None:
        """One after the other is reserved, and round again."""
        while not task.met.is_set():
            for number in self._account.workers:
                await self._reserve(task, number, ring)
            await asyncio.sleep(self._account.second)

    async def _reserve(self, task: Task, number: str, ring: Ring) -> None:
        reservation = _sid("WR")
        self._reserved[reservation] = task
        told = await self._webhooks.post("voice", self._account.assignment_url, self._about(task, number, reservation))
        instruction = json.loads(told.body or b"{}") if not told.error else {}
        if instruction.get("instruction") not in {"call", "dequeue"}:
            return
        leg = Call(self._account.number, instruction.get("to", number), "outbound-api", events=frozenset())
        leg.url, leg.ring_for = instruction.get("url"), float(instruction.get("timeout", 30))
        self._exchange.calls[leg.sid] = leg
        await ring(leg)
        if not leg.url and leg.answered and not leg.over:
            task.leg = leg
            task.met.set()
        await self._exchange.until(lambda: leg.over or task.met.is_set(), None)

    def _about(self, task: Task, number: str, reservation: str) -> dict[str, str]:
        account = self._account
        return {
            "Timestamp": str(int(time())),
            "AccountSid": account.sid,
            "WorkspaceSid": "WS" + account.sid[2:],
            "WorkflowSid": account.workflow,
            "TaskQueueSid": "WQ" + account.sid[2:],
            "WorkerSid": f"WK{int(number.lstrip('+')):032x}",
            "WorkerAttributes": json.dumps({"contact_uri": number}),
            "TaskSid": task.sid,
            "TaskAttributes": json.dumps(task.attributes),
            "TaskAge": "0",
            "TaskPriority": "0",
            "ReservationSid": reservation,
        }

"""What the carrier tells about a call: the standard parameters, and its progress."""

from __future__ import annotations

import json
import math
from email.utils import format_datetime

from simulators.carrier.account import API_VERSION, Account
from simulators.carrier.checks import region
from simulators.carrier.exchange import Call, Ended, Exchange, now
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.texts import Start
from simulators.carrier.webhooks import Webhooks

_sip = {"completed": "200", "busy": "486", "failed": "404", "no-answer": "487", "canceled": "487"}
_events = dict.fromkeys(Ended, "completed") | {
    "initiated": "initiated",
    "ringing": "ringing",
    "in-progress": "answered",
}


def standard(call: Call, account: Account) -> dict[str, str]:
    """The parameters every request for TwiML and every progress callback carries."""
    form = {"AccountSid": account.sid, "ApiVersion": API_VERSION, "CallSid": call.sid, "CallStatus": call.status}
    form["Direction"] = call.direction
    if call.answered_by:
        form["AnsweredBy"] = call.answered_by
    for end, number in {"From": call.caller, "To": call.called, "Caller": call.caller, "Called": call.called}.items():
        form[end] = number
        form |= {f"{end}City": "", f"{end}State": "", f"{end}Zip": "", f"{end}Country": region(number)}
    if call.parent:
        form["ParentCallSid"] = call.parent
    if call.direction == "inbound" and call.status == "ringing":
        form["CallToken"] = json.dumps({"parentCallInfoToken": call.sid, "identityHeaderTokens": []})
    return form


class Progress:
    """Moves calls from status to status, and reports it in order, or backwards once a call is over."""

    def __init__(
        self, account: Account, exchange: Exchange, webhooks: Webhooks, nemesis: Nemesis, start: Start
    ) -> None:
        self._account = account
        self._exchange = exchange
        self._webhooks = webhooks
        self._nemesis = nemesis
        self._start = start
        self._posting: set[str] = set()

    def to(self, call: Call, status: str) -> None:
        if call.over:
            return
        if status == "initiated":
            call.reordered = self._nemesis.spend("reorder")
        call.status = status
        call.answered = call.answered or (now() if status == "in-progress" else None)
        if call.over:
            call.ended, call.listening, call.bridge = now(), None, None
        if call.callback and _events[status] in call.events:
            call.unsent.append(self._report(call))
        call.progress += 1
        self._exchange.touch(call.number)
        if call.unsent and call.sid not in self._posting and (call.over or not call.reordered):
            self._posting.add(call.sid)
            self._start(self._post(call))

    async def _post(self, call: Call) -> None:
        while call.unsent:
            report = call.unsent.pop(-1 if call.reordered else 0)
            answer = await self._webhooks.post("progress", str(call.callback), report, method=call.callback_method)
            if answer.error:
                self._exchange.fault(answer.error, "a call's status callback failed", url=str(call.callback))
        self._posting.discard(call.sid)

    def _report(self, call: Call) -> dict[str, str]:
        report = standard(call, self._account) | {
            "Timestamp": format_datetime(now()),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(call.progress),
        }
        if call.over:
            seconds = math.ceil((now() - call.answered).total_seconds()) if call.answered else 0
            report |= {"CallDuration": str(seconds), "SipResponseCode": _sip[call.status]}
            report["Duration"] = str(math.ceil(seconds / 60))
        return report

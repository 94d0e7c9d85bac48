"""Calls: who rings whom, who picks up, and what is said on the way."""

from __future__ import annotations

import asyncio
from typing import Any, Literal
from urllib.parse import urljoin

from simulators.carrier.account import Account
from simulators.carrier.checks import LONGEST_TWIML, ApiRefusal, Form, is_number
from simulators.carrier.exchange import Call, Exchange, Spoken, now
from simulators.carrier.player import Player
from simulators.carrier.progress import Progress
from simulators.carrier.task_router import TaskRouter
from simulators.carrier.texts import Start
from simulators.carrier.twiml import Verb
from simulators.carrier.webhooks import Webhooks

_LEADING = {"Url", "Method", "Twiml", "FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackMethod"}
CREATING = frozenset(
    {"To", "From", "StatusCallbackEvent", "Timeout", "CallReason", "TimeLimit", "MachineDetection"} | _LEADING
)
CHANGING = frozenset({"Status"} | _LEADING)
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})


class NotNow(Exception):
    """The handset can't do that at this moment of the call; the text says why."""


class Calls:
    """Plays calls. ``start`` runs a coroutine in the background and keeps hold of it."""

    def __init__(
        self, account: Account, exchange: Exchange, webhooks: Webhooks, progress: Progress, start: Start
    ) -> None:
        self._account = account
        self._exchange = exchange
        self._webhooks = webhooks
        self._progress = progress
        self._start = start
        self._router = TaskRouter(account, exchange, webhooks)

    def come_in(self, number: str) -> Call:
        """A customer rings the company."""
        account = self._account
        call = Call(number, account.number, "inbound", url=account.voice_url, callback=account.voice_status_url)
        call.fallback_url = account.voice_fallback_url
        self._exchange.calls[call.sid] = call
        for status in ("initiated", "ringing"):
            self._progress.to(call, status)
        self._run(call)
        return call

    def go_out(self, form: Form) -> Call:
        """The company rings a customer. Raises :class:`ApiRefusal`."""
        to, sender = form.get("To"), form.get("From")
        if not to:
            raise ApiRefusal(21201)
        if not sender:
            raise ApiRefusal(21213)
        if not is_number(to):
            raise ApiRefusal(21211)
        if sender != self._account.number:
            raise ApiRefusal(21210 if is_number(sender) else 21212)
        events = frozenset(form.all("StatusCallbackEvent")) or frozenset({"completed"})
        if not events <= EVENTS:
            raise ApiRefusal(20001, more="StatusCallbackEvent")
        call = Call(sender, to, "outbound-api", events=events, ring_for=form.integer("Timeout", 1, 600, 60))
        if form.get("MachineDetection") not in {None, "Enable", "DetectMessageEnd"}:
            raise ApiRefusal(20001, more="MachineDetection")
        call.detecting = "MachineDetection" in form
        self._direct(call, form)
        if not (call.url or call.twiml):
            raise ApiRefusal(21205, more="Url or Twiml is required")
        self._exchange.calls[call.sid] = call
        self._start(self._ring(call))
        return call

    def change(self, call: Call, form: Form) -> None:
        """The company ends a call or leads it elsewhere. Raises :class:`ApiRefusal`."""
        status = form.get("Status")
        if status not in (None, "completed", "canceled"):
            raise ApiRefusal(20001, more="Status")
        if call.over:
            raise ApiRefusal(21220, more="the call is over")
        if status:
            return self.end(call, "completed" if call.answered else "canceled")
        self._direct(call, form)
        if call.answered and ("Url" in form or "Twiml" in form):
            self._stop(call)
            self._run(call)
        return None

    def pick_up(self, call: Call, *, machine: bool = False) -> None:
        """The called handset, or the machine behind it, answers. Raises :class:`NotNow`."""
        self._must_ring(call)
        if call.detecting:
            call.answered_by = "machine_start" if machine else "human"
        self._progress.to(call, "in-progress")
        if call.direction == "outbound-api":
            self._run(call)

    def decline(self, call: Call) -> None:
        self._must_ring(call)
        self._progress.to(call, "busy")

    def end(self, call: Call, status: str = "completed") -> None:
        """Somebody hangs up."""
        self._progress.to(call, status)
        self._stop(call)

    async def say(self, call: Call, text: str, confidence: float | None) -> None:
        """The handset's owner says something. Raises :class:`NotNow` when nobody listens to speech."""
        if not await self._listened_to(call, text, keyed=False):
            return
        if not call.listening or not call.listening.speech:
            raise NotNow("nobody listens to speech: keys only")
        heard = {"SpeechResult": text}
        self._take(call, heard if confidence is None else heard | {"Confidence": f"{confidence:.8f}"}, text)

    async def press(self, call: Call, keys: str) -> None:
        """Keys pressed, the finishing one included if it was. Raises :class:`NotNow` when keys are not taken."""
        if not await self._listened_to(call, keys, keyed=True):
            return
        listening = call.listening
        if not listening or not listening.keys:
            raise NotNow("keys are not taken: speech only")
        digits, finish, _ = keys.partition(listening.finish) if listening.finish else (keys, "", "")
        heard = {"Digits": digits[: listening.digits], "msg": "Gather End"}
        if finish and len(digits) <= (listening.digits or len(digits)):
            heard["FinishedOnKey"] = finish
        self._take(call, heard, "•" * len(keys) if listening.secret else keys, keyed=True)

    async def be_silent(self, call: Call) -> None:
        if await self._listened_to(call, "", keyed=False):
            self._take(call, {}, "")

    async def dial(self, call: Call, verb: Verb, base: str) -> dict[str, str]:
        """Rings somebody for a call and, if they answer, lets the two talk until one hangs up.

        With a ``url``, whoever answers hears that document first, and is connected when it has ended.
        """
        if verb.name == "Enqueue":
            return await self._router.wait(call, verb, self._ring, self._hold, urljoin(base, verb.get("waitUrl")))
        if verb.nested and verb.nested[0].name == "Queue":
            return await self._router.meet(verb.nested[0].get("reservationSid"), call)
        leg = _dialled(call, verb, base)
        self._exchange.calls[leg.sid] = leg
        call.bridge = leg
        bridged = False
        try:
            await self._ring(leg)
            bridged = await self._screened(leg)
            if bridged:
                leg.bridge = call
                self._exchange.touch(leg.number, call.number)
                await self._exchange.until(lambda: leg.over, None)
        finally:
            call.bridge = None
            self.end(leg, "completed" if leg.answered else "canceled")
        call.heard_from = len(call.transcript)
        seconds = round((now() - leg.answered).total_seconds()) if leg.answered else 0
        result = {"DialCallStatus": leg.status, "DialCallSid": leg.sid, "DialBridged": str(bridged).lower()}
        return result | ({"DialCallDuration": str(seconds)} if leg.answered else {})

    async def _screened(self, leg: Call) -> bool:
        """Whether the leg stands once its own document was played to it."""
        if leg.url and not leg.over:
            player = Player(leg, self._account, self._exchange, self._webhooks, self._progress, self.dial)
            leg.task = asyncio.create_task(player.whisper())
            leg.task.add_done_callback(_loudly)
            await asyncio.wait([leg.task])
        return not leg.over

    async def _hold(self, call: Call, url: str) -> None:
        await Player(call, self._account, self._exchange, self._webhooks, self._progress, self.dial).hold(url)

    def _direct(self, call: Call, form: Form) -> None:
        """Where the call gets its TwiML from, and who is told about it."""
        twiml, url = form.get("Twiml"), form.url("Url", 21205)
        if twiml is not None and (url or not twiml or len(twiml) > LONGEST_TWIML):
            raise ApiRefusal(20001, more=f"Twiml takes 1 to {LONGEST_TWIML} characters, and no Url beside it")
        if twiml or url:
            call.url, call.twiml, call.method = url, twiml, form.method("Method")
        if "FallbackUrl" in form:
            call.fallback_url, call.fallback_method = form.url("FallbackUrl", 21205), form.method("FallbackMethod")
        if "StatusCallback" in form:
            call.callback, call.callback_method = form.url("StatusCallback", 21609), form.method("StatusCallbackMethod")

    async def _ring(self, call: Call) -> None:
        self._progress.to(call, "initiated")
        await asyncio.sleep(self._account.pace)
        self._progress.to(call, "ringing")
        picked_up = await self._exchange.until(lambda: call.status != "ringing", call.ring_for)
        if not picked_up:
            self._progress.to(call, "no-answer")

    def _run(self, call: Call) -> None:
        player = Player(call, self._account, self._exchange, self._webhooks, self._progress, self.dial)
        call.task = asyncio.create_task(player.play())
        call.task.add_done_callback(_loudly)

    def _stop(self, call: Call) -> None:
        if call.task and call.task is not asyncio.current_task():
            call.task.cancel()

    def _must_ring(self, call: Call) -> None:
        if call.status != "ringing" or call.direction == "inbound":
            raise NotNow(f"the call does not ring here: it is {call.status}")

    async def _listened_to(self, call: Call, text: str, *, keyed: bool) -> bool:
        """Waits for the customer's turn. False when it was said to a person instead, who has then heard it."""
        await self._exchange.until(lambda: call.settled, self._account.webhook_limit + 5)
        if call.over:
            raise NotNow(f"the call is over: {call.status}")
        if call.bridge and not call.connected:
            raise NotNow("it still rings")
        if call.bridge:
            who: Literal["customer", "person"] = "person" if call.direction == "outbound-dial" else "customer"
            for leg in (call, call.bridge):
                leg.transcript.append(Spoken(who, text, keyed=keyed))
                self._exchange.touch(leg.number)
            return False
        if not call.listening:
            raise NotNow("the company is still busy with the call")
        return True

    def _take(self, call: Call, heard: dict[str, str], words: str, *, keyed: bool = False) -> None:
        if words:
            call.transcript.append(Spoken("customer", words, keyed=keyed))
        call.heard_from = len(call.transcript)
        call.listening = None
        if call.input and not call.input.done():
            call.input.set_result(heard)
        self._exchange.touch(call.number)


def _dialled(call: Call, verb: Verb, base: str) -> Call:
    """The new leg, as the verb wants it."""
    target = verb.nested[0] if verb.nested else verb
    own = call.called if call.direction == "inbound" else call.caller
    leg = Call(verb.get("callerId") or own, target.text, "outbound-dial")
    leg.parent, leg.ring_for, leg.events = call.sid, verb.number("timeout", 30), frozenset()
    if verb.nested and target.get("url"):
        leg.url, leg.method = urljoin(base, target.get("url")), target.get("method", "POST")
    if verb.nested and target.get("statusCallback"):
        leg.callback = urljoin(base, target.get("statusCallback"))
        leg.callback_method = target.get("statusCallbackMethod", "POST")
        leg.events = frozenset(target.get("statusCallbackEvent", "completed").split())
    return leg


def _loudly(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.result()

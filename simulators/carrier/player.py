"""Playing a call: fetch TwiML, do what it says, listen, and go where it leads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from simulators.carrier.account import Account
from simulators.carrier.cards import STOP, outcome, parts
from simulators.carrier.exchange import Call, Exchange, Listening, Spoken
from simulators.carrier.progress import Progress, standard
from simulators.carrier.twiml import BadTwiml, Verb, read
from simulators.carrier.webhooks import Answer, Webhooks

MOST_HOPS, MOST_DOCUMENTS = 25, 1000
SORRY = "We are sorry, an application error has occurred. Goodbye."
Dial = Callable[[Call, Verb, str], Awaitable[dict[str, str]]]


@dataclass(frozen=True)
class Script:
    """A document being played, and the URL relative addresses in it start from."""

    verbs: tuple[Verb, ...]
    url: str = ""


class _Fault(Exception):
    """What makes the carrier turn to the fallback URL."""

    def __init__(self, code: int, message: str, url: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.url = url


class _Left(Exception):
    """The caller goes out of the queue."""


class Player:
    """Plays one call from its first document to its end. ``dial`` rings somebody and returns how that went."""

    def __init__(
        self, call: Call, account: Account, exchange: Exchange, webhooks: Webhooks, progress: Progress, dial: Dial
    ) -> None:
        self._call = call
        self._account = account
        self._exchange = exchange
        self._webhooks = webhooks
        self._progress = progress
        self._dial = dial
        self._hops = self._documents = 0
        self._fault: _Fault | None = None
        self._left: asyncio.Task[Answer] | None = None
        self._verbs: dict[str, Callable[[Verb, Script], Awaitable[Script | None]]] = {
            "Say": self._say,
            "Pause": self._pause,
            "Gather": self._gather,
            "Redirect": self._redirect,
            "Hangup": self._hangup,
            "Reject": self._reject,
            "Dial": self._dialled,
            "Enqueue": self._dialled,
            "Leave": self._leave,
            "Pay": self._pay,
        }

    async def play(self) -> None:
        """Until the call is over. A fault leads to the fallback URL once, then to the sorry sentence."""
        call = self._call
        for first in [self._opening, self._fallback] if call.fallback_url else [self._opening]:
            try:
                await self._play_on(first)
                break
            except _Fault as fault:
                self._fault = fault
                call.error = fault.code
                self._exchange.fault(fault.code, fault.message, url=fault.url, call=call.sid)
        else:
            self._answer()
            self._speak(SORRY, "carrier")
        self._progress.to(call, "completed")

    async def whisper(self) -> None:
        """To a leg that was dialled, before it is connected. A fault, or a hang-up in the document, ends the leg."""
        try:
            await self._play_on(self._opening)
        except _Fault as fault:
            self._call.error = fault.code
            self._exchange.fault(fault.code, fault.message, url=fault.url, call=self._call.sid)
            self._progress.to(self._call, "completed")

    async def hold(self, url: str) -> None:
        """To a caller in a queue, over and over, until they leave it."""
        about = {"QueuePosition": "1", "QueueTime": "0", "AvgQueueTime": "60", "CurrentQueueSize": "1"}
        try:
            while not self._call.over:
                self._hops = 0
                await self._play_on(lambda: self._fetch(url, "POST", about))
        except (_Left, _Fault):
            return

    async def _play_on(self, first: Callable[[], Awaitable[Script]]) -> None:
        script: Script | None = await first()
        while script and not self._call.over:
            script = await self._perform(script)

    async def _opening(self) -> Script:
        call = self._call
        if not call.twiml:
            return await self._fetch(str(call.url), call.method)
        try:
            return Script(read(call.twiml.encode(), inline=True))
        except BadTwiml as bad:
            raise _Fault(bad.code, bad.message, "") from None

    async def _fallback(self) -> Script:
        about = {"ErrorCode": str(self._fault.code), "ErrorUrl": self._fault.url} if self._fault else {}
        return await self._fetch(str(self._call.fallback_url), self._call.fallback_method, about)

    async def _fetch(self, url: str, method: str, more: Mapping[str, str] | None = None) -> Script:
        self._hops, self._documents = self._hops + 1, self._documents + 1
        if self._hops > MOST_HOPS or self._documents > MOST_DOCUMENTS:
            raise _Fault(11200, "the documents lead in a circle", url)
        form = standard(self._call, self._account) | dict(more or {})
        answer = await self._webhooks.post("voice", url, form, method=method)
        if answer.error:
            raise _Fault(answer.error, f"no TwiML: HTTP {answer.status}" if answer.status else "no answer", url)
        try:
            return Script(read(answer.body, answer.content_type), url)
        except BadTwiml as bad:
            raise _Fault(bad.code, bad.message, url) from None

    async def _perform(self, script: Script) -> Script | None:
        for verb in script.verbs:
            if verb.name != "Reject":
                self._answer()
            following = await self._verbs[verb.name](verb, script)
            if following or self._call.over:
                return following
        self._answer()
        return None

    def _answer(self) -> None:
        if self._call.status == "ringing":
            self._progress.to(self._call, "in-progress")

    async def _say(self, verb: Verb, _script: Script) -> None:
        self._speak(verb.text, "company")

    async def _pause(self, verb: Verb, _script: Script) -> None:
        self._hops = 0
        await asyncio.sleep(verb.number("length", 1) * self._account.second)

    async def _gather(self, verb: Verb, script: Script) -> Script | None:
        self._hops = 0
        for nested in verb.nested:
            await self._verbs[nested.name](nested, script)
        heard = await self._listen(verb)
        if not any(heard.get(name) for name in ("Digits", "SpeechResult")) and not verb.on("actionOnEmptyResult"):
            return None
        return await self._fetch(urljoin(script.url, verb.get("action")), verb.get("method", "POST"), heard)

    async def _pay(self, verb: Verb, script: Script) -> Script | None:
        self._hops = 0
        url = urljoin(script.url, verb.get("action"))
        try:
            result = await self._card(verb)
        except asyncio.CancelledError:
            if self._call.over:
                # Whoever hangs up meanwhile is reported too; nobody waits for the answer.
                gone = standard(self._call, self._account) | {"Result": "caller-hung-up"}
                self._left = asyncio.create_task(self._webhooks.post("voice", url, gone))
            raise
        return await self._fetch(url, "POST", result)

    async def _card(self, verb: Verb) -> dict[str, str]:
        """Each part is asked for as often as it may be got wrong."""
        keyed: dict[str, str] = {}
        for part in parts(verb):
            for attempt in range(verb.number("maxAttempts", 1)):
                self._speak(("" if not attempt else "That is not right. ") + part.prompt, "carrier")
                digits = (await self._listen(verb, secret=True)).get("Digits", "")
                if STOP in digits:
                    return {"Result": "caller-interrupted-with-star"}
                if part.fits(digits):
                    keyed[part.name] = digits
                    break
            else:
                return {"Result": "too-many-failed-attempts"}
        return outcome(keyed)

    async def _listen(self, verb: Verb, *, secret: bool = False) -> dict[str, str]:
        call, ways = self._call, verb.get("input", "dtmf").split()
        digits = verb.number("numDigits", 0) or None
        finish, language = verb.get("finishOnKey", "#"), verb.get("language", "en-US")
        call.input = waiting = asyncio.get_running_loop().create_future()
        call.listening = Listening("speech" in ways, "dtmf" in ways, digits, finish, language, secret)
        self._exchange.touch(call.number)
        heard: dict[str, str] = {}
        try:
            with suppress(TimeoutError):
                heard = await asyncio.wait_for(waiting, self._account.patience)
        finally:
            # A redirected call may listen anew before this one has noticed that it was stopped.
            if call.input is waiting:
                call.listening = call.input = None
        return heard

    async def _redirect(self, verb: Verb, script: Script) -> Script | None:
        return await self._fetch(urljoin(script.url, verb.text), verb.get("method", "POST"))

    async def _hangup(self, _verb: Verb, _script: Script) -> None:
        self._progress.to(self._call, "completed")

    async def _leave(self, _verb: Verb, _script: Script) -> None:
        raise _Left

    async def _reject(self, verb: Verb, _script: Script) -> None:
        busy = verb.get("reason") == "busy"
        self._progress.to(self._call, "completed" if self._call.answered else "busy" if busy else "no-answer")

    async def _dialled(self, verb: Verb, script: Script) -> Script | None:
        self._hops = 0
        allowed = {"", self._account.number, self._call.caller}
        if verb.get("callerId") not in allowed:
            raise _Fault(13214, "the callerId is neither the account's nor the caller's", script.url)
        result = await self._dial(self._call, verb, script.url)
        if not verb.get("action"):
            return None
        return await self._fetch(urljoin(script.url, verb.get("action")), verb.get("method", "POST"), result)

    def _speak(self, text: str, who: str) -> None:
        line = Spoken("company", text)
        self._call.transcript.append(line if who == "company" else replace(line, who="carrier"))
        self._exchange.touch(self._call.number)

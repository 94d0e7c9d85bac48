"""A customer's phone for tests and demonstrations: it reads like a transcript.

```python
async with Handset(carrier, "+14155552671") as phone:
    await phone.texts("pay my bill")
    await phone.hears_text("How much")
    call = await phone.calls()
    await call.says("forty dollars")
    assert "Forty dollars" in call.heard
```
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Any, Self

import httpx

from simulators.carrier.tls import trusted

ARRIVED = frozenset({"sent", "delivered", "read"})


class HandsetCall:
    """One call as the customer has it. Every deed returns, and sets ``heard``, when it is the customer's turn again."""

    def __init__(self, phone: Handset, state: dict[str, Any]) -> None:
        self._phone = phone
        self.state = state

    @property
    def sid(self) -> str:
        return str(self.state["sid"])

    @property
    def heard(self) -> str:
        """What was heard since the customer last said or pressed something."""
        return str(self.state["heard"])

    @property
    def transcript(self) -> str:
        """The whole call, a line each: ``company: How much?``"""
        return "\n".join(f"{line['who']}: {line['text']}" for line in self.state["transcript"])

    @property
    def over(self) -> bool:
        return bool(self.state["over"])

    async def says(self, text: str, *, confidence: float | None = 0.93) -> str:
        return await self._do("say", {"text": text, "confidence": confidence})

    async def presses(self, digits: str) -> str:
        return await self._do("press", {"digits": digits})

    async def is_silent(self) -> str:
        return await self._do("wait")

    async def answers(self) -> str:
        return await self._do("answer")

    async def a_machine_answers(self) -> str:
        return await self._do("answer?machine=true")

    async def declines(self) -> None:
        await self._do("decline")

    async def hangs_up(self) -> None:
        await self._do("hangup")

    async def looks(self) -> str:
        """Sees the call as it now is, without doing anything."""
        self.state = await self._phone.ask("GET", f"calls/{self.sid}")
        return self.heard

    async def _do(self, deed: str, words: dict[str, Any] | None = None) -> str:
        self.state = await self._phone.ask("POST", f"calls/{self.sid}/{deed}", words)
        return self.heard


class Handset:
    """The phone with ``number`` on the carrier at ``carrier``; ``patience`` is how many seconds it waits for things."""

    def __init__(self, carrier: str, number: str, *, patience: float = 10.0) -> None:
        self.number = number
        self._patience = patience
        self._read: set[str] = set()
        timeout = httpx.Timeout(60, connect=5)
        self._client = httpx.AsyncClient(
            base_url=f"{carrier}/handset/", timeout=timeout, verify=trusted(), trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def texts(self, body: str = "", *, channel: str = "sms", **besides: Any) -> dict[str, Any]:
        """Texts the company; returns when its webhook has answered: the text, and ``webhook`` with status and error.

        ``besides`` are ``media`` (a list of name, type, base64), ``button`` (a payload) and ``reply_to`` (an id).
        """
        given = {"body": body, "channel": channel} | besides
        text: dict[str, Any] = await self.ask("POST", f"{self.number}/texts", given)
        return text

    async def taps(self, title: str) -> dict[str, Any]:
        """Taps the option with that title in the last WhatsApp message that has one; returns as :meth:`texts`."""
        for text in reversed(await self.received()):
            for option in text["options"]:
                if option["title"] == title:
                    return await self.texts(channel="whatsapp", button=option["payload"], reply_to=text["sid"])
        raise AssertionError(f"there is no option {title!r}")

    async def hears_text(self, fragment: str = "", *, within: float | None = None) -> str:
        """The next text that holds ``fragment`` and was not heard before; AssertionError when none comes in time."""
        return str((await self._next("texts", self._fits(fragment), fragment, within))["body"])

    async def hears_no_text(self, *, within: float = 0.3) -> None:
        """AssertionError when a text comes that was not heard before."""
        try:
            body = await self.hears_text(within=within)
        except AssertionError:
            return
        raise AssertionError(f"expected no text, got: {body}")

    async def calls(self) -> HandsetCall:
        """Calls the company; returns when it has spoken."""
        return HandsetCall(self, await self.ask("POST", f"{self.number}/calls"))

    async def rings(self, *, within: float | None = None) -> HandsetCall:
        """Waits for a call to ring here; AssertionError when none does."""
        return HandsetCall(self, await self._next("calls", lambda call: bool(call["ringing"]), "a call", within))

    async def link(self) -> str:
        """The last link texted to this number."""
        links = [link for text in await self.received() for link in text["links"]]
        if not links:
            raise AssertionError("no link was texted")
        return str(links[-1])

    async def received(self) -> list[dict[str, Any]]:
        """Every text that arrived here, oldest first."""
        return [text for text in (await self.state())["texts"] if _arrived(text)]

    async def state(self) -> dict[str, Any]:
        state: dict[str, Any] = await self.ask("GET", self.number)
        return state

    async def nemesis(self, **knobs: Any) -> None:
        """Turns the carrier's knobs (for everybody on it)."""
        await self.ask("POST", "nemesis", knobs)

    async def calm(self) -> None:
        await self.ask("DELETE", "nemesis")

    async def errors(self) -> list[dict[str, Any]]:
        """The carrier's debugger: empty when every webhook and every TwiML document was fine."""
        errors: list[dict[str, Any]] = await self.ask("GET", "errors")
        return errors

    async def deliveries(self) -> list[dict[str, Any]]:
        """Every attempt at a webhook: kind, url, form, token, status, error."""
        deliveries: list[dict[str, Any]] = await self.ask("GET", "deliveries")
        return deliveries

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request to the control API. AssertionError when the handset can't do that now."""
        response = await self._client.request(method, path, json=body)
        if response.is_error:
            raise AssertionError(f"{method} {path}: {response.status_code} {response.text}")
        return response.json()

    def _fits(self, fragment: str) -> Callable[[dict[str, Any]], bool]:
        return lambda text: _arrived(text) and fragment in text["body"]

    async def _next(
        self, kind: str, fits: Callable[[dict[str, Any]], bool], sought: str, within: float | None
    ) -> dict[str, Any]:
        deadline = monotonic() + (self._patience if within is None else within)
        version = -1
        while True:
            left = max(deadline - monotonic(), 0)
            state: dict[str, Any] = await self.ask("GET", f"{self.number}?after={version}&wait={left:.3f}")
            for item in state[kind]:
                if item["sid"] not in self._read and fits(item):
                    self._read.add(item["sid"])
                    return dict(item)
            if monotonic() >= deadline:
                raise AssertionError(f"waited for {sought!r}; there is: {[_brief(item) for item in state[kind]]}")
            version = state["version"]


def _arrived(text: dict[str, Any]) -> bool:
    return text["by"] != "customer" and text["status"] in ARRIVED


def _brief(item: dict[str, Any]) -> str:
    return f"{item.get('by', item.get('direction'))} {item['status']}: {item.get('body', item.get('heard'))}"

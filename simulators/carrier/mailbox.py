"""A customer's mailbox for tests and demonstrations: it reads like a transcript.

```python
async with Mailbox(carrier, "jane@home.example") as mail:
    await mail.writes("pay my bill")
    await mail.hears("How much")
    await mail.replies("forty dollars")
    link = await mail.tap("Visa")
```
"""

from __future__ import annotations

import re
from html import unescape
from time import monotonic
from types import TracebackType
from typing import Any, Self

import httpx

from simulators.carrier.tls import trusted

_LINK = re.compile(r'<a href="([^"]+)"[^>]*>\s*(.*?)\s*</a>', re.DOTALL)


class Mailbox:
    """The mailbox of ``address`` on the carrier at ``carrier``; ``patience`` is how many seconds it waits for mail."""

    def __init__(self, carrier: str, address: str, *, patience: float = 10.0) -> None:
        self.address = address
        self._patience = patience
        self._read: set[str] = set()
        timeout = httpx.Timeout(60, connect=5)
        self._client = httpx.AsyncClient(base_url=carrier, timeout=timeout, verify=trusted(), trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def writes(self, text: str, **more: Any) -> dict[str, Any]:
        """Writes a mail of its own; returns when the webhook has answered: the mail, and ``webhook``."""
        return await self._ask("POST", "", {"text": text, **more})

    async def replies(self, text: str, *, to: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """Replies to the last mail, or to ``to``, above its quoted words."""
        mail = to or (await self.received())[-1]
        return await self.writes(text, in_reply_to=mail["id"], **more)

    async def hears(self, fragment: str = "", *, within: float | None = None) -> dict[str, Any]:
        """The next mail that holds ``fragment`` and was not heard before; AssertionError when none comes in time."""
        deadline = monotonic() + (self._patience if within is None else within)
        version = -1
        while True:
            left = max(deadline - monotonic(), 0)
            box = await self._ask("GET", f"?after={version}&wait={left:.3f}")
            for mail in box["mails"]:
                if mail["by"] == "company" and mail["id"] not in self._read and fragment in mail["text"]:
                    self._read.add(mail["id"])
                    return dict(mail)
            if monotonic() >= deadline:
                there = [mail["text"][:200] for mail in box["mails"]]
                raise AssertionError(f"waited for {fragment!r}; there is: {there}")
            version = box["version"]

    async def received(self) -> list[dict[str, Any]]:
        """Every mail that arrived here from the company, oldest first."""
        box = await self._ask("GET", "")
        return [mail for mail in box["mails"] if mail["by"] == "company"]

    async def tap(self, label: str) -> str:
        """The address behind the button of the last mail that bears ``label``."""
        html = str((await self.received())[-1]["html"])
        for link, shown in _LINK.findall(html):
            if label in unescape(shown):
                return unescape(link)
        raise AssertionError(f"no button {label!r} in {html}")

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        response = await self._client.request(method, f"/handset/mail/{self.address}{path}", json=body)
        if response.is_error:
            raise AssertionError(f"{method} {path}: {response.status_code} {response.text}")
        return dict(response.json())

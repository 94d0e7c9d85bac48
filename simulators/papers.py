"""What the pretend company writes on: papers by kind and id, each a dict of JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

Paper = dict[str, Any]


class Papers(Protocol):
    """``CompanyBooks``, as the desks of the pretend company see it."""

    async def paper(self, kind: str, id: str) -> Paper | None: ...

    async def papers(self, kind: str, customer: str) -> list[Paper]:
        """Oldest first."""

    async def put_once(self, kind: str, id: str, customer: str, body: Paper) -> Paper:
        """Keep a paper unless there is one; what is there then."""

    async def change(self, kind: str, id: str, change: Callable[[Paper], Paper]) -> Paper:
        """Rewrite a paper at once; what ``change`` raises changes nothing. :class:`Unknown` for none."""

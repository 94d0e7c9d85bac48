"""The pretend company's papers, kept in memory: a rehearsal needs no database."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from models.errors import Unknown


class LoosePapers:
    """Fulfils ``simulators.papers.Papers`` as the database does, for one event loop."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}

    async def paper(self, kind: str, id: str) -> dict[str, Any] | None:
        kept = self._kept.get((kind, id))
        return copy.deepcopy(kept[1]) if kept else None

    async def papers(self, kind: str, customer: str) -> list[dict[str, Any]]:
        mine = [body for (of, _), (whose, body) in self._kept.items() if (of, whose) == (kind, customer)]
        return copy.deepcopy(mine)

    async def put_once(self, kind: str, id: str, customer: str, body: dict[str, Any]) -> dict[str, Any]:
        return copy.deepcopy(self._kept.setdefault((kind, id), (customer, copy.deepcopy(body)))[1])

    async def change(self, kind: str, id: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
        if (kind, id) not in self._kept:
            raise Unknown("no such paper")
        customer, body = self._kept[kind, id]
        self._kept[kind, id] = customer, copy.deepcopy(change(copy.deepcopy(body)))
        return copy.deepcopy(self._kept[kind, id][1])

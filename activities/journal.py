"""The journal's one step: a local activity at the end of every turn."""

from __future__ import annotations

from activities.step import effect
from database.journal import Journal as Rows
from models.journal import Page


class Journal:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @effect()
    async def write(self, page: Page) -> None:
        """Write one turn's rows and the case as it stands; the same page any number of times."""
        await self._rows.write(page)

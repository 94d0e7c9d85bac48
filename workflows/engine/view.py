"""A case as others see it: the answers of a turn, and the Markdown of Temporal's own pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from models.case import Line
from models.ledger import Answered, Confirmed, Done, Entry

if TYPE_CHECKING:
    from workflows.engine.case import Case


_MARKUP = re.compile(r"[\\`*_\[\]<>|#~]|(?<=:)//|!(?=\[)|(?<=www)\.")


class View:
    """Both are asked for at every turn and grow with the case, so what is said of an entry is made once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._lines: dict[str, tuple[Answered, Line]] = {}
        self._items: dict[tuple[str, str], tuple[Entry, str]] = {}

    def line(self, entry: Answered) -> Line:
        """One standing answer, as a page shows it."""
        changeable = not self.case.state.status.closed and not self.case.sealed(entry)
        kept = self._lines.get(entry.key)
        if kept is not None and kept[0] is entry and kept[1].changeable is changeable:
            return kept[1]
        line = Line(
            key=entry.key,
            kind=entry.kind,
            value=entry.value,
            shown=entry.shown,
            by=entry.by,
            revision=entry.revision,
            changeable=changeable,
            from_case=entry.from_case,
        )
        self._lines[entry.key] = entry, line
        return line

    def describe(self) -> str:
        """What was said and done, in order, and what the case waits for."""
        case = self.case
        title = f"**{case.moment.replace('-', ' ').capitalize()}** · {case.state.status.value.replace('_', ' ')}"
        items = [item for entry in case.ledger.entries if (item := self._item(entry))]
        waits = [f"**{p.question.key}**" for p in case.state.pending] + [f"*{key}*" for key in case.watch.waiting]
        return "\n".join([title, "", *items, "", f"Waits for {', '.join(waits)}." if waits else ""])

    def _item(self, entry: Entry) -> str:
        kept = self._items.get((entry.type, entry.key))
        if kept is not None and kept[0] is entry:
            return kept[1]
        item = _item(entry)
        self._items[entry.type, entry.key] = entry, item
        return item


def _item(entry: Entry) -> str:
    if isinstance(entry, Answered):
        said = f"by {entry.by.channel.value}, {entry.by.at:%d %b %H:%M} UTC"
        return f"1. {entry.key}: **{plainly(entry.value)}** ({said})"
    if isinstance(entry, Confirmed):
        return f"1. {entry.key}: **agreed** (by {entry.by.channel.value}, {entry.by.at:%d %b %H:%M} UTC)"
    if isinstance(entry, Done):
        return f"1. did {entry.key}" + (f", refused: {entry.refusal.type}" if entry.refusal else "")
    return ""


def plainly(value: Any) -> str:
    """An answer as one line: "41.00 USD", "Visa ending 4242"; what a customer wrote is no link and no image."""
    if isinstance(value, dict):
        value = value.get("label") or " ".join(str(part) for part in value.values())
    return _MARKUP.sub(r"\\\g<0>", " ".join(str(value).split()))

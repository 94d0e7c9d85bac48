"""A replay of many histories, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Run:
    """``done`` of ``total`` histories, ``wrong`` of which are not fine; ``found`` is the report, once it has ended."""

    query: str
    by: str
    began: datetime
    total: int = 0
    done: int = 0
    wrong: int = 0
    ended: datetime | None = None
    stopped: bool = False
    failed: str = ""
    found: dict[str, Any] = field(default_factory=dict)

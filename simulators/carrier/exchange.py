"""What the carrier remembers: texts, calls, who has opted out; and who waits for something to change."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

Ended = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


def now() -> datetime:
    return datetime.now(UTC)


def new_sid(kind: Literal["SM", "MM", "CA"]) -> str:
    return kind + uuid4().hex


@dataclass
class Text:
    """One message. ``by`` is the carrier itself for its replies to STOP and such. Addresses may be ``whatsapp:``."""

    sid: str
    sender: str
    to: str
    body: str
    by: Literal["customer", "company", "carrier"]
    status: str
    created: datetime = field(default_factory=now)
    sent: datetime | None = None
    updated: datetime = field(default_factory=now)
    error_code: int | None = None
    media: int = 0
    service: str | None = None
    callback: str | None = None
    options: list[dict[str, str]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)

    @property
    def numbers(self) -> tuple[str, str]:
        """Both ends as plain numbers."""
        return self.sender.removeprefix("whatsapp:"), self.to.removeprefix("whatsapp:")


@dataclass(frozen=True)
class Spoken:
    """A line of a call's transcript. ``keyed`` lines were pressed, not said."""

    who: Literal["company", "customer", "person", "carrier"]
    text: str
    at: datetime = field(default_factory=now)
    keyed: bool = False


@dataclass(frozen=True)
class Listening:
    """What a ``<Gather>`` takes while it waits; ``secret`` keys, those of a ``<Pay>``, are in no transcript."""

    speech: bool
    keys: bool
    digits: int | None
    finish: str
    language: str
    secret: bool = False


@dataclass(eq=False)
class Call:
    """One leg. ``heard_from`` is where in the transcript the customer last did something."""

    caller: str
    called: str
    direction: Literal["inbound", "outbound-api", "outbound-dial"]
    sid: str = field(default_factory=lambda: new_sid("CA"))
    parent: str | None = None
    status: str = "queued"
    created: datetime = field(default_factory=now)
    answered: datetime | None = None
    ended: datetime | None = None
    url: str | None = None
    method: str = "POST"
    twiml: str | None = None
    fallback_url: str | None = None
    fallback_method: str = "POST"
    callback: str | None = None
    callback_method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})
    ring_for: float = 60.0
    detecting: bool = False
    answered_by: str | None = None
    error: int | None = None
    transcript: list[Spoken] = field(default_factory=list)
    heard_from: int = 0
    listening: Listening | None = None
    input: asyncio.Future[dict[str, str]] | None = None
    bridge: Call | None = None
    progress: int = 0
    unsent: list[dict[str, str]] = field(default_factory=list)
    reordered: bool = False
    task: asyncio.Task[None] | None = None

    @property
    def number(self) -> str:
        """The handset this leg is on."""
        return self.caller if self.direction == "inbound" else self.called

    @property
    def over(self) -> bool:
        return self.status in Ended

    @property
    def connected(self) -> bool:
        """Whether the two legs hear each other: not while one rings, or is told first who it is."""
        return self.bridge is not None and self.bridge.bridge is self

    @property
    def settled(self) -> bool:
        """Whether the next move is the handset's."""
        return self.over or self.listening is not None or self.bridge is not None


class Exchange:
    """The carrier's memory. With ``keep``, texts are appended to that file and read back on start."""

    def __init__(self, keep: Path | None = None) -> None:
        self.texts: dict[str, Text] = {}
        self.calls: dict[str, Call] = {}
        self.opted_out: set[str] = set()
        self.errors: deque[dict[str, Any]] = deque(maxlen=1000)
        self.versions: Counter[str] = Counter()
        self._changed = asyncio.Event()
        self._keep = keep
        self._load()

    def put_text(self, text: Text) -> None:
        """Adds a text, or notes that it changed."""
        text.updated = now()
        self.texts[text.sid] = text
        if self._keep:
            with self._keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(text), default=datetime.isoformat) + "\n")
        self.touch(*text.numbers)

    def touch(self, *numbers: str) -> None:
        """Says that something changed for these numbers."""
        self.versions.update(numbers)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def fault(self, code: int, message: str, **about: str) -> None:
        """Notes what the carrier's debugger would show."""
        self.errors.append({"code": code, "message": message, "at": now().isoformat(), **about})

    async def until(self, test: Callable[[], bool], seconds: float | None) -> bool:
        """Waits for ``test`` to hold; False when ``seconds`` (None: for ever) pass first."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not test():
                    await self._changed.wait()
        return test()

    def _load(self) -> None:
        if not self._keep:
            return
        self._keep.parent.mkdir(parents=True, exist_ok=True)
        kept = self._keep.read_text(encoding="utf-8") if self._keep.exists() else ""
        if kept and not kept.endswith("\n"):
            # Cut off in the middle of its last line when the machine stopped: what follows must not be glued to it.
            with self._keep.open("a", encoding="utf-8") as file:
                file.write("\n")
        for line in kept.splitlines():
            with suppress(ValueError, TypeError):
                text = Text(**json.loads(line))
                for name in ("created", "sent", "updated"):
                    value = getattr(text, name)
                    setattr(text, name, value and datetime.fromisoformat(value))
                self.texts[text.sid] = text
                self.versions.update(text.numbers)

"""Travels through cases: taken from the server or from files, replayed once, and kept for as long as somebody looks."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter, WithSerializationContext, WorkflowSerializationContext

from channels.wording.book import Wording
from models.errors import NotUnderstood
from models.travel import Change, Overview, Payloads, Scene
from ops.histories import from_json, in_order
from ops.journey import Journey, journey
from ops.replaying import Replaying, name_of, unplayed
from ops.scenes import Scenes, opened

KEPT = 120.0
_MOST = 6
_PATIENCE = 30.0
_LARGEST = 60 * 1024 * 1024

Runs = Callable[[str], Awaitable[Sequence[WorkflowHistory]]]


@dataclass
class Trip:
    """One case, ready to be stepped through. ``taken`` is when it was replayed, in seconds of ``time.time``."""

    journey: Journey
    home: str
    converter: DataConverter
    owner: str = ""
    taken: float = field(default_factory=time.time)
    seen: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._overview = self.journey.overview()

    def overview(self) -> Overview:
        return self._overview

    def find(self, place: str) -> int | None:
        """The number of the point that an address or an event names, ``run.event`` or ``event`` of the last run."""
        return self.journey.find(place)

    def scene(self, number: int, words: Wording, theirs: Wording) -> Scene:
        return Scenes(self.journey, words, theirs, self.home).scene(self._overview.places[number])

    def changes(self, first: int, second: int, words: Wording, theirs: Wording) -> list[Change]:
        """What differs at the second point from the first."""
        places = self._overview.places
        return Scenes(self.journey, words, theirs, self.home).changes(places[first], places[second])

    async def payloads(self, number: int) -> list[Payloads]:
        """What the events of a point hold, opened; an empty text where its key is gone."""
        codec = self.converter.payload_codec
        if isinstance(codec, WithSerializationContext):
            codec = codec.with_context(WorkflowSerializationContext("", self.journey.case))
        return await opened(self.journey.points[number], codec)


class Travels:
    """``runs`` gives all runs of a case, or raises Unknown."""

    def __init__(self, workflows: Sequence[type], converter: DataConverter, runs: Runs) -> None:
        self._workflows, self._converter, self._runs = workflows, converter, runs
        self._homes = {name_of(each): each.script.__code__.co_filename for each in workflows}  # type: ignore[attr-defined]  # moments have one
        self._kept: OrderedDict[str, Trip] = OrderedDict()
        self._turn = asyncio.Lock()

    async def of_case(self, case: str, *, fresh: bool = False) -> Trip:
        """A travel through a case of the server; ``fresh`` also where one is at hand. Raises Unknown."""
        async with self._turn:
            trip = None if fresh else self._at_hand(case)
            if trip is None:
                trip = self._kept[case] = await self.taken(await self._runs(case))
            return trip

    async def of_files(self, files: Mapping[str, bytes], owner: str) -> str:
        """A travel through the runs of a case in exported files, for ``owner``; its key. Raises NotUnderstood."""
        if sum(len(content) for content in files.values()) > _LARGEST:
            raise NotUnderstood("file-too-big")
        histories = [await asyncio.to_thread(_read, name, content) for name, content in files.items()]
        async with self._turn:
            key = secrets.token_urlsafe(12)
            self._at_hand(key)
            self._kept[key] = replace(await self.taken(histories), owner=owner)
            return key

    def of_upload(self, key: str, owner: str) -> Trip | None:
        """What was uploaded before by the same person, while it is kept."""
        trip = self._at_hand(key)
        return trip if trip is not None and trip.owner and trip.owner == owner else None

    async def taken(self, histories: Sequence[WorkflowHistory]) -> Trip:
        """Replay the runs of one case. One that hangs is shown by its events."""
        replaying = Replaying(self._workflows, self._converter, frames=True)
        going = asyncio.create_task(journey(histories, replaying))
        done, _ = await asyncio.wait([going], timeout=_PATIENCE)
        if done:
            taken = going.result()
        else:
            # Not awaited any more: a script that hangs in its thread can't be stopped.
            runs = in_order(histories)
            taken = Journey(runs, [unplayed(history, "hangs") for history in runs])
        return Trip(taken, self._homes.get(taken.moment, ""), self._converter)

    def _at_hand(self, key: str) -> Trip | None:
        for name, trip in list(self._kept.items()):
            if time.monotonic() - trip.seen > KEPT or (not trip.owner and time.time() - trip.taken > 5 * KEPT):
                del self._kept[name]
        while len(self._kept) >= _MOST:
            self._kept.popitem(last=False)
        found = self._kept.get(key)
        if found is not None:
            found.seen = time.monotonic()
            self._kept.move_to_end(key)
        return found


def _read(name: str, content: bytes) -> WorkflowHistory:
    try:
        return from_json(content.decode("utf-8"), name)
    except UnicodeDecodeError:
        raise NotUnderstood("file-type") from None

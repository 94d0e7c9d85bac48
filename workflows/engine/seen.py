"""Which requests a case has had: duplicates are known by their id, and the same id with other content is none."""

from __future__ import annotations

from models.case import Event, Request
from workflows.engine.ledger import fingerprint

RECENT = 300


class Seen:
    """A view on the recent requests in a case's state: id to what was asked for."""

    def __init__(self, recent: dict[str, str]) -> None:
        self._recent = recent

    def __contains__(self, request: Request | Event) -> bool:
        return _id(request) in self._recent

    def differs(self, request: Request | Event) -> bool:
        """Whether another request came under the same id."""
        return self._recent.get(_id(request), content := _content(request)) != content

    def add(self, request: Request | Event) -> bool:
        if request in self:
            return False
        self._recent[_id(request)] = _content(request)
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]
        return True


def _id(request: Request | Event) -> str:
    return f"event:{request.id}" if isinstance(request, Event) else request.id


def _content(request: Request | Event) -> str:
    if isinstance(request, Event):
        return fingerprint([request.name, request.about, request.data])
    # When and by whom it was delivered again may differ; what was asked for may not.
    return fingerprint([type(request).__name__, request.model_dump(mode="json", exclude={"id", "by"})])

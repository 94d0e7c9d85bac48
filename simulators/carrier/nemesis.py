"""What can be made to go wrong, on purpose and countably."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, le=10_000)]
Kind = Literal["text", "receipt", "voice", "progress", "mail", "event"]


class Nemesis(BaseModel):
    """The knobs. Levels (``duplicate``, ``parallel``, ``delay``) hold until changed; counts are used up one by one.

    ``only`` narrows what happens to webhooks to one kind: "text" (a message in), "receipt" (a message's status),
    "voice" (a request for TwiML), "progress" (a call's status), "mail" (a mail in),
    "event" (what became of a mail).
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    only: Kind | None = None
    duplicate: Annotated[int, Field(ge=0, le=50, description="extra deliveries of every webhook")] = 0
    parallel: Annotated[bool, Field(description="all deliveries of a webhook at the same time")] = False
    delay: Annotated[float, Field(ge=0, le=60, description="seconds before every webhook")] = 0.0
    lose_requests: Annotated[Count, Field(description="attempts that never reach us")] = 0
    lose_answers: Annotated[Count, Field(description="attempts that reach us, and whose answer is lost")] = 0
    tamper: Annotated[Count, Field(description="attempts with a wrong signature")] = 0
    reorder: Annotated[Count, Field(description="messages or calls whose statuses come last one first")] = 0
    undelivered: Annotated[Count, Field(description="messages that are accepted and never arrive")] = 0
    undelivered_code: int = 30003
    bounce: Annotated[Count, Field(description="mails that come back")] = 0
    drop: Annotated[Count, Field(description="mails that are accepted and never sent")] = 0
    api_busy: Annotated[Count, Field(description="creating requests answered with 429")] = 0
    api_error_before: Annotated[Count, Field(description="creating requests answered 500, nothing done")] = 0
    api_error_after: Annotated[Count, Field(description="creating requests answered 500, all done")] = 0
    api_hang: Annotated[Count, Field(description="creating requests done and not answered for `hang` seconds")] = 0
    hang: Annotated[float, Field(ge=0, le=120)] = 30.0
    refuse: Annotated[Count, Field(description="creating requests answered 400 with `refuse_code`")] = 0
    refuse_code: int = 21614

    def spend(self, knob: str) -> bool:
        """Whether a counted knob strikes now; uses it up by one."""
        left: int = getattr(self, knob)
        if left:
            setattr(self, knob, left - 1)
        return left > 0

    def touches(self, kind: Kind) -> bool:
        return self.only in (None, kind)

    def change(self, knobs: dict[str, object]) -> None:
        """Sets the knobs given, all or none. Raises pydantic's ``ValidationError``."""
        changed = Nemesis.model_validate(self.model_dump() | knobs)
        for name in type(self).model_fields:
            setattr(self, name, getattr(changed, name))

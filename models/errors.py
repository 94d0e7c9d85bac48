"""Every error Segue raises on purpose. Leaves are named after the situation they stand for.

    SegueError
    ├── Refusal                 a business answer "no" from a step: declared, in the ledger, catchable in a script
    │   ├── Declined            a payment method was not accepted
    │   ├── NothingOwed         there is no open bill
    │   ├── Overpaid            more than is still owed
    │   ├── TooSmall            a part of an instalment plan would be too small
    │   ├── NothingBilled       there is no bill with charges to look at
    │   ├── AlreadyDisputed     this charge has been disputed before
    │   ├── Undecided           nobody has decided this dispute yet
    │   ├── NotEligible         there is no new device for this customer yet
    │   ├── NotTradable         an old device can't be taken in
    │   ├── SoldOut             what was chosen is no longer in stock
    │   ├── SlotTaken           somebody else has that time by now
    │   ├── PriceChanged        the price is no longer the one that was shown
    │   ├── NotChangeable       a plan that can't be changed now
    │   ├── PlanGone            a plan that is no longer offered
    │   ├── DayPassed           a day to begin on that is over by now
    │   ├── WrongCode           a one-time code did not match, or was used up
    │   └── TooManyCodes        no more one-time codes for this subject now
    ├── Refused                 a request to a case that was not taken; carries the case's current turn
    │   ├── AlreadyAnswered     the question or its revision has passed
    │   ├── Unfit               the answer is not one this question takes
    │   ├── NotAsked            no such question in this case
    │   ├── Sealed              a final step has made what is to be changed unchangeable
    │   ├── Settling            the case is between two questions: look again
    │   ├── Conflict            the same request id came with other content
    │   ├── Unproved            the case has to be surer of who speaks
    │   ├── Claimed             somebody else of the staff drives the case, or the claim has ended
    │   └── Finished            the case is closed
    ├── NotConfirmed            no word from Temporal in time: may or may not have happened; ask again with the same id
    ├── Unknown                 no such case, customer, pass or page
    ├── Forbidden               known, but not yours to see
    ├── NotUnderstood           what came in could not be read
    ├── Undelivered             a message could not be handed to its provider
    │   └── Uncertain           it may have been handed over: look it up, never repeat it blindly
    └── Misconfigured           Segue can't start like this; the text says what to do

``ScriptError`` stands outside: it is a mistake in a moment script and names the mend.
"""

from typing import Any, ClassVar


class SegueError(Exception):
    """Base of all. ``status`` is what the HTTP door answers; ``code`` is stable and machine-readable."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"


class Refusal(SegueError):
    """A step's business "no". ``reason`` is a code the wording knows, never free text."""

    status = 422
    code = "refused-by-business"

    def __init__(self, reason: str = "", **facts: str) -> None:
        super().__init__(type(self).__name__)
        self.reason = reason
        self.facts = facts


class Declined(Refusal):
    code = "declined"


class NothingOwed(Refusal):
    code = "nothing-owed"


class Overpaid(Refusal):
    code = "overpaid"


class TooSmall(Refusal):
    code = "too-small"


class NothingBilled(Refusal):
    code = "nothing-billed"


class AlreadyDisputed(Refusal):
    code = "already-disputed"


class Undecided(Refusal):
    code = "undecided"


class NotEligible(Refusal):
    code = "not-eligible"


class NotTradable(Refusal):
    code = "not-tradable"


class SoldOut(Refusal):
    code = "sold-out"


class SlotTaken(Refusal):
    code = "slot-taken"


class PriceChanged(Refusal):
    code = "price-changed"


class NotChangeable(Refusal):
    code = "not-changeable"


class PlanGone(Refusal):
    code = "plan-gone"


class DayPassed(Refusal):
    code = "day-passed"


class WrongCode(Refusal):
    code = "wrong-code"


class TooManyCodes(Refusal):
    code = "too-many-codes"


class Refused(SegueError):
    """A case did not take a request. ``turn`` is the case's current turn as JSON, or None in mid-run."""

    status = 409
    code = "refused"

    def __init__(
        self, turn: dict[str, Any] | None = None, *, reason: str = "", facts: dict[str, str] | None = None
    ) -> None:
        super().__init__(self.code)
        self.turn = turn
        self.reason = reason
        self.facts = facts or {}


class AlreadyAnswered(Refused):
    code = "already-answered"


class Unfit(Refused):
    status = 422
    code = "unfit"


class NotAsked(Refused):
    status = 404
    code = "not-asked"


class Sealed(Refused):
    code = "sealed"


class Settling(Refused):
    code = "settling"


class Conflict(Refused):
    code = "conflict"


class Unproved(Refused):
    status = 403
    code = "unproved"


class Claimed(Refused):
    code = "claimed"


class Finished(Refused):
    code = "finished"


class NotConfirmed(SegueError):
    status = 503
    code = "not-confirmed"


class Unknown(SegueError):
    status = 404
    code = "unknown"


class Forbidden(SegueError):
    status = 403
    code = "forbidden"


class NotUnderstood(SegueError):
    """``reason`` says what was wrong, as a code: ``file-type``, ``file-too-big``, …"""

    status = 400
    code = "not-understood"

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or self.code)
        self.reason = reason


class Undelivered(SegueError):
    """``reason`` is the provider's error code as text, e.g. ``21610``."""

    status = 502
    code = "undelivered"

    def __init__(self, reason: str = "") -> None:
        super().__init__(self.code)
        self.reason = reason


class Uncertain(Undelivered):
    code = "uncertain"


class Misconfigured(SegueError):
    code = "misconfigured"


class ScriptError(Exception):
    """A moment script breaks a rule of the engine."""


REFUSED: dict[str, type[Refused]] = {
    cls.__name__: cls
    for cls in (AlreadyAnswered, Unfit, NotAsked, Sealed, Settling, Conflict, Unproved, Claimed, Finished)
}

"""Charges on a bill, and what becomes of one that is disputed."""

from datetime import date
from typing import Literal

from models.answers import Attachment, Option
from models.money import Money
from models.people import Frozen

ChargeKind = Literal["plan", "roaming", "premium", "late-fee", "device", "other"]


class Charge(Frozen):
    """One line of a bill. ``units`` of it cost ``each``, where it was counted; ``on`` is its (first) day."""

    id: str
    label: str
    kind: ChargeKind
    amount: Money
    on: date
    units: int = 1
    each: Money | None = None


class Statement(Frozen):
    """A bill taken apart, its charges as they stand on it."""

    bill: str
    label: str
    charges: list[Charge]

    @property
    def options(self) -> list[Option]:
        """The charges to choose from."""
        return [Option(id=charge.id, label=charge.label) for charge in self.charges]

    def charge(self, id: str) -> Charge:
        """The charge of that id; StopIteration where there is none."""
        return next(charge for charge in self.charges if charge.id == id)


class Claim(Frozen):
    """What a customer holds against a charge. ``evidence`` is kept elsewhere, under its own id."""

    customer: str
    bill: str
    charge: Charge
    reason: str
    evidence: Attachment | None = None


class Decision(Frozen):
    """How a dispute ended: ``credit`` is what is given back, None for nothing; ``why`` a code the wording knows."""

    credit: Money | None
    why: str


class Dispute(Frozen):
    """A dispute on file. ``decision`` is there at once where the company's rules settle it without a person."""

    id: str
    reference: str
    decision: Decision | None = None


class Credit(Frozen):
    """A credit to be given for a dispute."""

    customer: str
    dispute: str
    amount: Money


class Credited(Frozen):
    """A credit that was given. ``left`` is what is still owed on the bill then."""

    reference: str
    amount: Money
    left: Money


class Outcome(Frozen):
    """What the customer is told in writing."""

    reference: str
    charge: str
    why: str
    credit: Money | None = None
    left: Money | None = None

"""Who speaks, over what, and how sure we are."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: never changed after it is made, strict about its fields, silent about its content in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Channel(StrEnum):
    """Where a customer and Segue meet. A channel is not its provider."""

    PHONE = "phone"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    WEB = "web"
    STORE = "store"
    DESK = "desk"

    @property
    def keeps(self) -> bool:
        """Whether what is said there stays readable afterwards: a text does, a call or a page does not."""
        return self in {Channel.SMS, Channel.WHATSAPP, Channel.EMAIL}


class Actor(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    COMPANY = "company"
    SEGUE = "segue"


class Assurance(StrEnum):
    """How sure we are who speaks, weakest first."""

    CLAIMED = "claimed"
    POSSESSION = "possession"
    VERIFIED = "verified"

    @property
    def rank(self) -> int:
        return list(Assurance).index(self)


class Provenance(Frozen):
    """Where an entry of the ledger comes from. ``visit`` tells one call, session or address from another, opaquely."""

    channel: Channel
    actor: Actor = Actor.CUSTOMER
    assurance: Assurance = Assurance.CLAIMED
    at: datetime
    visit: str = Field(default="", max_length=80)


AddressKind = Literal["phone", "email"]


class Address(Frozen):
    """A way to reach a customer: an E.164 number or an email address."""

    kind: AddressKind
    value: str

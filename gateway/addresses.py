"""Further numbers and email addresses of a customer: a code goes there, and comes back, before they are believed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gateway.browser import nonce
from gateway.idempotency import caller
from gateway.parts import Parts, given
from models.errors import Unknown, WrongCode
from models.people import Address
from switchboard.identity import Addresses

router = APIRouter(prefix="/api/v1/customers", dependencies=[Depends(caller)], tags=["customers"])
Here = Annotated[Parts, Depends(given)]


class NewAddress(BaseModel):
    """Exactly one of the two."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    phone: str | None = Field(None, pattern=r"^\+[1-9]\d{6,14}$")
    email: str | None = Field(None, max_length=254, pattern=r"^[^@\s\x00]{1,64}@[^@\s\x00.]+(\.[^@\s\x00.]+)+$")

    @model_validator(mode="after")
    def one(self) -> NewAddress:
        if (self.phone is None) == (self.email is None):
            raise ValueError("give exactly one of phone, email")
        return self

    @property
    def address(self) -> Address:
        if self.phone:
            return Address(kind="phone", value=self.phone)
        return Address(kind="email", value=str(self.email))


class ProvedAddress(NewAddress):
    """``code`` is the one that was sent there."""

    code: str = Field(max_length=40)


@router.post("/{customer}/addresses", status_code=202)
async def claim(customer: str, body: NewAddress, parts: Here) -> None:
    """Send a code to an address that the customer says is theirs. Nothing else happens yet."""
    await _addresses(parts).claim(customer, body.address, f"claim:{nonce()}")


@router.post("/{customer}/addresses/proofs", status_code=204)
async def prove(customer: str, body: ProvedAddress, parts: Here) -> None:
    """The code that was sent there: from now on the address is the customer's."""
    if await parts.customers.get(customer) is None:
        raise Unknown
    verdict = await _addresses(parts).prove(customer, body.address, body.code)
    if verdict != "right":
        raise WrongCode("wrong-code" if verdict == "wrong" else "code-used-up")


def _addresses(parts: Parts) -> Addresses:
    return Addresses(parts.codes, parts.customers, parts.post)

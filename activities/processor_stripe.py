"""The one door to Stripe: money by its tokens. Nothing else imports its client."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import TypeVar

import stripe
from babel.numbers import get_currency_precision

from models.errors import Declined
from models.money import Money
from models.questions import Method

T = TypeVar("T")
STARTERS = (Method(token="pm_card_visa", label="Visa ending 4242"),)  # noqa: S106 - Stripe's own name for a test card
REASONS = {
    "insufficient_funds": "insufficient-funds",
    "expired_card": "expired-card",
    "incorrect_number": "bad-number",
    "invalid_number": "bad-number",
    "invalid_expiry_month": "expired-card",
    "invalid_expiry_year": "expired-card",
}
_LONGEST_KEY = 255


class StripeProcessor:
    """The ``Processor`` behind a Stripe account.

    ``api_url`` is where its API is, None for Stripe itself; ``timeout`` in seconds. The client retries nothing by
    itself: whoever asks again does so with the same key, which Stripe remembers for a day.
    """

    def __init__(self, api_key: str, *, api_url: str | None = None, timeout: float = 10) -> None:
        self._live = "_live_" in api_key
        self._client = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_url.rstrip("/")} if api_url else None,
            http_client=stripe.RequestsClient(timeout=timeout),
            max_network_retries=0,
        )

    async def tokenise(self, number: str, expiry: str) -> Method:
        """For an account in test mode only: a live card number is for Stripe's own fields, never for ours."""
        if self._live:
            raise Declined("card-away")
        month, _, year = expiry.replace(" ", "").partition("/")
        if not month.isdecimal() or not year.isdecimal():
            raise Declined("expired-card")
        digits, until = number.replace(" ", ""), 2000 + int(year) % 100
        made = await _asked(
            lambda: self._client.v1.payment_methods.create(
                {"type": "card", "card": {"number": digits, "exp_month": int(month), "exp_year": until, "cvc": "123"}}
            )
        )
        found = made.card
        brand, last4 = (found.brand.title(), found.last4) if found else ("Card", "")
        return Method(token=made.id, label=f"{brand} ending {last4}")

    async def check(self, method: Method) -> None:
        """Stripe tells only when it is charged."""

    async def charge(self, key: str, method: Method, amount: Money) -> str:
        """The payment intent's id. Raises Declined, ConnectionError (nobody knows), ValueError (a key misused)."""
        made = await _asked(
            lambda: self._client.v1.payment_intents.create(
                {
                    "amount": minor(amount),
                    "currency": amount.currency.lower(),
                    "payment_method": method.token,
                    "confirm": True,
                    "off_session": True,
                    "metadata": {"key": key[:500]},
                },
                {"idempotency_key": _short(key)},
            )
        )
        if made.status not in {"succeeded", "processing"}:
            raise Declined("card-declined")
        return made.id

    async def refund(self, key: str, charge: str) -> None:
        await _asked(
            lambda: self._client.v1.refunds.create({"payment_intent": charge}, {"idempotency_key": _short(key)})
        )


def minor(amount: Money) -> int:
    """An amount in its currency's smallest unit; ValueError for one that is finer."""
    exact = amount.amount.scaleb(get_currency_precision(amount.currency))
    if exact != exact.to_integral_value():
        raise ValueError("finer than its currency")
    return int(exact)


async def _asked(request: Callable[[], T]) -> T:
    """One request in a thread, its failures sorted into "no" and "nobody knows"."""
    try:
        return await asyncio.to_thread(request)
    except stripe.CardError as refusal:
        code = str((refusal.error and refusal.error.decline_code) or refusal.code)
        raise Declined(REASONS.get(code, "card-declined")) from None
    except stripe.IdempotencyError:
        raise ValueError("this key was used for another payment") from None
    except stripe.InvalidRequestError:
        raise Declined("card-declined") from None
    except stripe.StripeError as unknown:
        raise ConnectionError(type(unknown).__name__) from None


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()

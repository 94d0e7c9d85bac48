"""The doors to the outside, as the settings name them: providers, the processor, Temporal, who vouches for staff."""

from __future__ import annotations

from temporalio.client import Client

from channels.providers.sendgrid import SendGridDoor
from channels.providers.twilio import TwilioDoor
from database.company import CompanyBooks
from database.vault import Vault
from gateway.staff.provider import Provider
from models.errors import Misconfigured
from settings import Settings
from simulators.company import Company
from switchboard.codec import data_converter
from switchboard.connecting import connected
from switchboard.tracing import interceptors


def twilio_door(settings: Settings) -> TwilioDoor:
    tokens = [token.strip() for token in settings.twilio_auth_token.split(",") if token.strip()]
    if not settings.twilio_account_sid or not tokens:
        raise Misconfigured(
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set. `segue up` runs everything without an account."
        )
    return TwilioDoor(
        settings.twilio_account_sid, tokens, settings.twilio_number, api_url=settings.carrier_url or None, timeout=10
    )


def mail_door(settings: Settings) -> SendGridDoor | None:
    """Email needs a key of SendGrid's; without one, everything else works."""
    if not settings.sendgrid_api_key:
        return None
    if not (settings.carrier_url or settings.mail_secret or settings.mail_signed):
        raise Misconfigured(
            "Anybody could post mail in a customer's name. Set SEGUE_MAIL_SECRET, or have it signed: SEGUE_MAIL_SIGNED."
        )
    keys = settings.sendgrid_public_key.split(",")
    return SendGridDoor(settings.sendgrid_api_key, settings.mail_from, keys, settings.carrier_url or None, timeout=10)


def company(settings: Settings, books: CompanyBooks) -> Company:
    """The pretend company, with the sandbox or a real processor behind it."""
    if not settings.stripe_api_key:
        return Company(books)
    try:
        from activities.processor_stripe import STARTERS, StripeProcessor  # noqa: PLC0415 - an extra
    except ImportError:
        raise Misconfigured(
            "STRIPE_API_KEY is set, but its client is not there. Install it: pip install 'segue[stripe]'."
        ) from None
    stripe = StripeProcessor(settings.stripe_api_key, api_url=settings.stripe_api_url or None)
    return Company(books, processor=stripe, starters=STARTERS)


async def temporal(vault: Vault, settings: Settings, *, works: bool = False) -> Client:
    """A client of Temporal; a worker's (``works``) serves what the library measures, where that is wanted."""
    tracing = interceptors("segue-worker" if works else "segue", settings.otlp_endpoint)
    metrics = settings.worker_metrics if works else ""
    return await connected(data_converter(vault), tracing=tracing, metrics=metrics)


def provider_of(settings: Settings) -> Provider | None:
    """Who vouches for staff, where a provider is set; it makes no sense without a client."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id:
        raise Misconfigured("SEGUE_OIDC_ISSUER is set, but SEGUE_OIDC_CLIENT_ID is not.")
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_role_claim,
        settings.oidc_team_claim,
        settings.roles_by_claim(),
    )

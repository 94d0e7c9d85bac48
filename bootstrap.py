"""The only place that wires the parts together."""

from __future__ import annotations

import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from email.utils import parseaddr
from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from activities.arrangements import Arrangements
from activities.billing import Billing
from activities.care import Care
from activities.delivery import Delivery
from activities.devices import Devices
from activities.disputes import Disputes
from activities.identity import Identity, TextedCodes
from activities.journal import Journal as JournalSteps
from activities.network import Network
from activities.outreach import Outreach
from activities.plans import Plans
from channels.letters import Letters
from channels.providers.outbox import Post
from channels.providers.sendgrid import SendGridDoor
from channels.providers.twilio import TwilioDoor
from channels.wording.book import wording
from database.attachments import Attachments
from database.audit import Audit
from database.calls import Calls
from database.cases import Cases
from database.codes import Codes
from database.company import CompanyBooks
from database.consent import Consent
from database.customers import Customers
from database.engine import Database, migrate, open_database
from database.inbox import Inbox
from database.journal import Journal
from database.outbox import Outbox
from database.passes import Passes
from database.sessions import Sessions
from database.staff import Staff
from database.staff_sessions import StaffSessions
from database.tries import Tries
from database.unplaced import Unplaced
from database.vault import Vault
from gateway.mailroom import Mailroom
from gateway.parts import Parts
from gateway.staff.provider import Provider
from models.case import Policy
from models.errors import Misconfigured
from settings import Settings
from simulators.arrangements import PretendCollections
from simulators.care import CareDesk
from simulators.company import Company
from simulators.disputes import PretendClaims
from simulators.life import Life
from simulators.network import NetworkDesk
from simulators.shop import Shop
from simulators.tariffs import Tariffs
from switchboard.codec import HistoryCodec, data_converter
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from switchboard.line import Line
from switchboard.switchboard import Switchboard
from workflows.catalogue import MOMENTS


@dataclass(frozen=True)
class Wiring:
    """What a worker and a server share: the settings, the database, the line to Temporal, the provider."""

    settings: Settings
    database: Database
    vault: Vault
    client: Client
    door: TwilioDoor
    post: Post
    company: Company
    policy: Policy
    mail_door: SendGridDoor | None = None

    def line(self, *, search_attributes: bool = True, deadline: float = 4.0) -> Line:
        return Line(self.client, self.settings.task_queue, deadline=deadline, search_attributes=search_attributes)

    def outreach(self) -> Outreach:
        """What writes and calls on its own."""
        letters = self.letters() if self.mail_door else None
        return Outreach(self.database, self.post, self.settings.public_url, self.settings.courtesy(), letters=letters)

    def letters(self) -> Letters:
        """What writes mails; what comes back is sealed with a key of its own, made from the master key."""
        settings = self.settings
        secret = hmac.digest(settings.key(), b"segue letters", "sha256")
        domain = settings.mail_reply_domain or parseaddr(settings.mail_from)[1].rpartition("@")[2]
        return Letters(secret, domain, settings.public_url)

    def mailroom(self) -> Mailroom | None:
        """What mail needs, where there is a door for it."""
        if self.mail_door is None:
            return None
        unplaced, settings = Unplaced(self.database, self.vault), self.settings
        return Mailroom(self.mail_door, self.letters(), unplaced, settings.mail_secret, settings.mail_signed)

    def switchboard(self, line: Line | None = None) -> Switchboard:
        return Switchboard(
            line=line or self.line(),
            cases=Cases(self.database),
            customers=Customers(self.database),
            journal=Journal(self.database),
            moments=frozenset(MOMENTS),
            policy=self.policy,
        )


@asynccontextmanager
async def wire(settings: Settings, *, policy: Policy | None = None) -> AsyncIterator[Wiring]:
    """Open everything a process needs, and close it again. :class:`Misconfigured` says what is missing."""
    await migrate(settings.database_url)
    database = await open_database(settings.database_url)
    door, mail_door = _door(settings), _mail_door(settings)
    try:
        vault = Vault(database, settings.key())
        client = await _temporal(vault)
        status_url = f"{settings.public_url.rstrip('/')}/twilio/messages/status"
        post = Post(Outbox(database), door, status_url, Consent(database), mail=mail_door, contents=settings.contents())
        company = _company(settings, CompanyBooks(database))
        yield Wiring(settings, database, vault, client, door, post, company, policy or Policy(), mail_door)
    finally:
        door.close()
        await database.close()


def _door(settings: Settings) -> TwilioDoor:
    tokens = [token.strip() for token in settings.twilio_auth_token.split(",") if token.strip()]
    if not settings.twilio_account_sid or not tokens:
        raise Misconfigured(
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set. `segue up` runs everything without an account."
        )
    return TwilioDoor(
        settings.twilio_account_sid, tokens, settings.twilio_number, api_url=settings.carrier_url or None, timeout=10
    )


def _mail_door(settings: Settings) -> SendGridDoor | None:
    """Email needs a key of SendGrid's; without one, everything else works."""
    if not settings.sendgrid_api_key:
        return None
    if not (settings.carrier_url or settings.mail_secret or settings.mail_signed):
        raise Misconfigured(
            "Anybody could post mail in a customer's name. Set SEGUE_MAIL_SECRET, or have it signed: SEGUE_MAIL_SIGNED."
        )
    keys = settings.sendgrid_public_key.split(",")
    return SendGridDoor(settings.sendgrid_api_key, settings.mail_from, keys, settings.carrier_url or None, timeout=10)


def _company(settings: Settings, books: CompanyBooks) -> Company:
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


async def _temporal(vault: Vault) -> Client:
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", "127.0.0.1:7233")
    try:
        return await Client.connect(**config, data_converter=data_converter(vault))
    except (RuntimeError, RPCError):
        raise Misconfigured(
            f"Temporal does not answer at {config['target_host']}. Start it, or set TEMPORAL_ADDRESS; "
            "`segue up` brings its own."
        ) from None


def activities_of(wiring: Wiring) -> list[object]:
    """The objects whose methods are the steps."""
    customers = Customers(wiring.database)
    papers = CompanyBooks(wiring.database)
    tariffs = Tariffs(papers)
    return [
        Billing(wiring.company),
        Devices(Shop(papers, tariffs)),
        Plans(tariffs),
        Arrangements(PretendCollections(wiring.company, CompanyBooks(wiring.database))),
        Disputes(PretendClaims(wiring.company, CompanyBooks(wiring.database))),
        Network(NetworkDesk(papers)),
        Care(CareDesk(papers, wiring.settings.twilio_number)),
        Delivery(wiring.outreach()),
        Identity(TextedCodes(Codes(wiring.database), customers, wiring.post)),
        JournalSteps(Journal(wiring.database)),
    ]


def parts_for(wiring: Wiring) -> Parts:
    """What the HTTP door needs."""
    db, settings = wiring.database, wiring.settings
    switchboard = wiring.switchboard()
    needed = Parts(
        switchboard=switchboard,
        conversation=Conversation(switchboard, front_desk(db, wiring.post)),
        door=wiring.door,
        post=wiring.post,
        back_office=wiring.company,
        database=db,
        cases=Cases(db),
        journal=Journal(db),
        inbox=Inbox(db),
        outbox=Outbox(db),
        calls=Calls(db),
        passes=Passes(db),
        sessions=Sessions(db),
        codes=Codes(db),
        customers=Customers(db),
        attachments=Attachments(db, wiring.vault),
        staff=Staff(db),
        staff_sessions=StaffSessions(db),
        tries=Tries(db),
        audit=Audit(db),
        outreach=wiring.outreach(),
        codec=HistoryCodec(wiring.vault),
        words=wording,
        public_url=settings.public_url,
        number=settings.twilio_number,
        api_keys=settings.keys_by_name(),
        staff_token=settings.staff_token,
        trusted_keys=settings.trusted_keys(),
    )
    return replace(needed, **optional_parts(wiring))


def optional_parts(wiring: Wiring) -> dict[str, Any]:
    """What the door works without, where it is not set."""
    settings = wiring.settings
    return {
        "person_number": settings.person_number or None,
        "carrier_url": settings.carrier_url or None,
        "life": life_of(wiring),
        "friction": settings.thresholds(),
        "temporal_ui": settings.temporal_ui or None,
        "pay_connector": settings.pay_connector or None,
        "mail": wiring.mailroom(),
        "provider": provider_of(settings),
    }


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


def life_of(wiring: Wiring) -> Life:
    """The pretend company's world, as the stage lets it happen."""
    papers = CompanyBooks(wiring.database)
    care = CareDesk(papers, wiring.settings.twilio_number)
    return Life(Shop(papers, Tariffs(papers)), NetworkDesk(papers), PretendClaims(wiring.company, papers), care)


def log_plainly(level: str) -> None:
    """One line an event, and nothing of a customer in it."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-7s %(name)s %(message)s")
    for chatty in ("httpx", "httpcore", "twilio", "alembic", "temporalio.activity", "temporalio.workflow"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

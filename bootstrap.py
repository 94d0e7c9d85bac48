"""The only place that wires the parts together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkerDeploymentConfig
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.billing import Billing
from activities.delivery import Delivery
from activities.identity import Identity, TextedCodes
from activities.journal import Journal as JournalSteps
from channels.providers.outbox import Post
from channels.providers.twilio import TwilioDoor
from channels.wording.book import wording
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
from database.vault import Vault
from gateway.parts import Parts
from models.case import Policy
from models.errors import Misconfigured
from settings import Settings
from simulators.company import Company
from switchboard.codec import HistoryCodec, data_converter
from switchboard.conversation import Conversation
from switchboard.line import Line
from switchboard.switchboard import Switchboard
from workflows.catalogue import MOMENTS

DEPLOYMENT = "segue"
# Everything but the scripts themselves: those stay in the sandbox, which keeps chance and the clock out of them.
PASSED_THROUGH = ("activities", "channels", "database", "models", "workflows.engine", "workflows.moment")


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

    def line(self, *, search_attributes: bool = True, deadline: float = 4.0) -> Line:
        return Line(self.client, self.settings.task_queue, deadline=deadline, search_attributes=search_attributes)

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
    door = _door(settings)
    try:
        vault = Vault(database, settings.key())
        client = await _temporal(vault)
        status_url = f"{settings.public_url.rstrip('/')}/twilio/messages/status"
        post = Post(Outbox(database), door, status_url, Consent(database))
        company = Company(CompanyBooks(database))
        yield Wiring(settings, database, vault, client, door, post, company, policy or Policy())
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
    passes = Passes(wiring.database)
    return [
        Billing(wiring.company),
        Delivery(customers, passes, wiring.post, wiring.settings.public_url),
        Identity(TextedCodes(Codes(wiring.database), customers, wiring.post)),
        JournalSteps(Journal(wiring.database)),
    ]


def worker_for(
    wiring: Wiring,
    *,
    versioned: bool = True,
    runner: SandboxedWorkflowRunner | None = None,
    workflows: Sequence[type] = tuple(MOMENTS.values()),
) -> Worker:
    """A worker for all moments (or the given workflows) and all steps."""
    steps = [
        method
        for owner in activities_of(wiring)
        for name in dir(type(owner))
        if hasattr(method := getattr(owner, name), "__segue_step__")
    ]
    version = WorkerDeploymentVersion(DEPLOYMENT, wiring.settings.build)
    return Worker(
        wiring.client,
        task_queue=wiring.settings.task_queue,
        workflows=workflows,
        activities=steps,
        workflow_runner=runner or sandbox(),
        max_cached_workflows=wiring.settings.cases_in_memory,
        # A killed worker's cases are taken over after this long.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        graceful_shutdown_timeout=timedelta(seconds=5),
        deployment_config=WorkerDeploymentConfig(
            version=version,
            use_worker_versioning=versioned,
            default_versioning_behavior=VersioningBehavior.PINNED if versioned else VersioningBehavior.UNSPECIFIED,
        ),
    )


def sandbox() -> SandboxedWorkflowRunner:
    """Scripts run in the sandbox; what they stand on is shared, which makes a case cheap to load."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


def parts_for(wiring: Wiring) -> Parts:
    """What the HTTP door needs."""
    db, settings = wiring.database, wiring.settings
    switchboard = wiring.switchboard()
    return Parts(
        switchboard=switchboard,
        conversation=Conversation(switchboard),
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
        codec=HistoryCodec(wiring.vault),
        words=wording,
        public_url=settings.public_url,
        number=settings.twilio_number,
        api_keys=settings.keys_by_name(),
        staff_token=settings.staff_token,
        trusted_keys=settings.trusted_keys(),
        person_number=settings.person_number or None,
        carrier_url=settings.carrier_url or None,
        temporal_ui=settings.temporal_ui or None,
    )


def log_plainly(level: str) -> None:
    """One line an event, and nothing of a customer in it."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-7s %(name)s %(message)s")
    for chatty in ("httpx", "httpcore", "twilio", "alembic", "temporalio.activity", "temporalio.workflow"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

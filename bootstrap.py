"""The only place that wires the parts together."""

from __future__ import annotations

import gc
import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from email.utils import parseaddr
from functools import partial
from typing import Any

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

import doors
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
from database.chat import Chat
from database.codes import Codes
from database.company import CompanyBooks
from database.consent import Consent
from database.customers import Customers
from database.engine import Database, migrate, open_database
from database.inbox import Inbox
from database.indexing import Words
from database.journal import Journal
from database.outbox import Outbox
from database.passes import Passes
from database.pops import Pops
from database.sessions import Sessions
from database.sought import Sought
from database.staff import Staff
from database.staff_sessions import StaffSessions
from database.tries import Tries
from database.unplaced import Unplaced
from database.vault import Vault
from gateway.mailroom import Mailroom
from gateway.ops.protocols import Ops
from gateway.parts import Parts
from models.case import Policy
from ops.archive import Archive, all_runs
from ops.deploys import Deploys
from ops.farewell import farewell
from ops.persons import Persons
from ops.replays import Replays
from ops.travel import Travels
from ops.upkeep import upkeep
from settings import Settings, load
from simulators.arrangements import PretendCollections
from simulators.care import CareDesk
from simulators.company import Company
from simulators.disputes import PretendClaims
from simulators.life import Life
from simulators.network import NetworkDesk
from simulators.shop import STORES, Shop
from simulators.tariffs import Tariffs
from switchboard.chatting import Chats
from switchboard.codec import HistoryCodec, data_converter
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from switchboard.line import Line
from switchboard.switchboard import Switchboard
from switchboard.tracing import finish
from workflows.catalogue import MOMENTS, WORKFLOWS


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
        secret, *older = (hmac.digest(key, b"segue letters", "sha256") for key in settings.master_keys())
        domain = settings.mail_reply_domain or parseaddr(settings.mail_from)[1].rpartition("@")[2]
        return Letters(secret, domain, settings.public_url, older=older)

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
async def wire(settings: Settings, *, policy: Policy | None = None, works: bool = False) -> AsyncIterator[Wiring]:
    """Open everything a process needs, and close it again. :class:`Misconfigured` says what is missing.

    ``works``: it is a worker.
    """
    await migrate(settings.database_url)
    database = await open_database(settings.database_url)
    door, mail_door = doors.twilio_door(settings), doors.mail_door(settings)
    try:
        vault = Vault(database, *settings.master_keys())
        client = await doors.temporal(vault, settings, works=works)
        status_url = f"{settings.public_url.rstrip('/')}/twilio/messages/status"
        post = Post(Outbox(database), door, status_url, Consent(database), mail=mail_door, contents=settings.contents())
        company = doors.company(settings, CompanyBooks(database))
        yield Wiring(settings, database, vault, client, door, post, company, policy or Policy(), mail_door)
    finally:
        door.close()
        await database.close()
        finish()


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
        JournalSteps(Journal(wiring.database, Words.under(wiring.settings.key()))),
    ]


def parts_for(wiring: Wiring) -> Parts:
    """What the HTTP door needs."""
    db, settings = wiring.database, wiring.settings
    switchboard, chats = wiring.switchboard(), Chats(Chat(db, wiring.vault), Pops(db))
    needed = Parts(
        switchboard=switchboard,
        conversation=Conversation(switchboard, front_desk(db, wiring.post), chats),
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
        chats=chats,
        words=wording,
        public_url=settings.public_url,
        number=settings.twilio_number,
        api_keys=settings.keys_by_name(),
        trusted_keys=settings.trusted_keys(),
    )
    return replace(needed, **optional_parts(wiring))


def optional_parts(wiring: Wiring) -> dict[str, Any]:
    """What the door works without, where it is not set."""
    settings = wiring.settings
    return {
        "person_number": settings.person_number or None,
        "task_router": settings.taskrouter_workflow or None,
        "carrier_url": settings.carrier_url or None,
        "life": life_of(wiring),
        "friction": settings.thresholds(),
        "calendar": settings.calendar().model_copy(update={"stores": STORES}),
        "goodwill": settings.budget(),
        "promising": settings.promising(),
        "temporal_ui": settings.temporal_ui or None,
        "pay_connector": settings.pay_connector or None,
        "mail": wiring.mailroom(),
        "provider": doors.provider_of(settings),
        "ops": ops_of(wiring),
        "sought": Sought(wiring.database, Words.under(settings.key())),
    }


def ops_of(wiring: Wiring) -> Ops:
    """What looks after cases, for its pages."""
    archive = Archive(wiring.database, wiring.vault)
    converter, runs = data_converter(wiring.vault), partial(all_runs, wiring.client, archive)
    keeping = upkeep(wiring.client, wiring.database, wiring.vault, wiring.line(), wiring.outreach(), WORKFLOWS)
    people = Persons(wiring.database, wiring.vault, wiring.client, farewell(wiring.database, wiring.post))
    deploys = Deploys(wiring.client, wiring.database)
    travels, replays = Travels(WORKFLOWS, converter, runs), Replays(wiring.client, code_at_hand)
    return Ops(travels=travels, replays=replays, upkeep=keeping, people=people, deploys=deploys)


@asynccontextmanager
async def code_at_hand() -> AsyncIterator[tuple[Sequence[type], DataConverter]]:
    """What a replay needs: the moments, and what opens histories; without a master key, only opened ones are read."""
    settings, moments = load(), WORKFLOWS
    if not settings.master_key:
        yield moments, pydantic_data_converter
        return
    database = await open_database(settings.database_url)
    try:
        yield moments, data_converter(Vault(database, *settings.master_keys()))
    finally:
        await database.close()


def settle() -> None:
    """What is loaded by now stays, so the collector looks at what comes after it, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def life_of(wiring: Wiring) -> Life:
    """The pretend company's world, as the stage lets it happen."""
    papers = CompanyBooks(wiring.database)
    care = CareDesk(papers, wiring.settings.twilio_number)
    return Life(Shop(papers, Tariffs(papers)), NetworkDesk(papers), PretendClaims(wiring.company, papers), care)

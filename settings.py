"""The only reader of the environment: every setting, its default and what it is for."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from insight.signals import Thresholds
from models.bookings import Calendar
from models.courtesy import Courtesy, quiet_hours
from models.errors import Misconfigured
from models.follow_through import Budget
from models.promise import Promising
from models.retention import Retention
from models.staff import Role


def said(alias: str, description: str, default: Any = "", **limits: Any) -> Any:
    """One setting: the environment's name for it, what it is for, and what it is where it is not set."""
    return Field(default=default, alias=alias, description=description, **limits)


class Settings(BaseSettings):
    """What one process runs with. Nothing has to be set on one machine."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, frozen=True)

    database_url: str = said(
        "DATABASE_URL",
        "Where the journal and the customers are kept: SQLite on one machine, PostgreSQL in production.",
        "sqlite:///.segue/segue.db",
    )
    twilio_account_sid: str = said(
        "TWILIO_ACCOUNT_SID",
        "The Twilio account that carries phone, SMS and WhatsApp. Empty: the carrier on this machine.",
    )
    twilio_auth_token: str = said(
        "TWILIO_AUTH_TOKEN", "Signs what Twilio sends. While it is being rotated: both, with a comma between them."
    )
    twilio_number: str = said("TWILIO_NUMBER", "The company's own telephone number, in E.164.", "+18005550100")
    pay_connector: str = said(
        "TWILIO_PAY_CONNECTOR",
        "The `<Pay>` connector that makes tokens of cards keyed in during a call. Empty: the caller gets a link "
        "to the page that takes cards.",
    )
    stripe_api_key: str = said(
        "STRIPE_API_KEY",
        "The Stripe account that moves the money of the pretend company. Empty: a sandbox that moves none.",
    )
    stripe_api_url: str = said("STRIPE_API_URL", "Where Stripe's API is, for tests. Empty: Stripe itself.")
    person_number: str = said(
        "SEGUE_PERSON_NUMBER", "Where a caller is put through to a person, in E.164. Empty: the caller is called back."
    )
    whatsapp_templates: str = said(
        "SEGUE_WHATSAPP_TEMPLATES",
        "The account's WhatsApp templates: `name:HX…`, with commas between them. Empty: words only.",
    )
    quiet_hours: str = said(
        "SEGUE_QUIET_HOURS",
        "When nobody is written to or called who does not wait for it, in the customer's zone. Two equal hours: never.",
        "21:00-08:00",
    )
    taskrouter_workflow: str = said(
        "SEGUE_TASKROUTER_WORKFLOW", "The TaskRouter workflow (`WW…`) that finds a person for a caller. Empty: we do."
    )
    messages_a_day: int = said(
        "SEGUE_MESSAGES_A_DAY", "How many messages a customer gets in 24 hours that nobody waits for.", 3, ge=1
    )
    friction: str = said(
        "SEGUE_FRICTION",
        "Which signs of friction count, and from where: `loop=4, silence=off`, with commas between them. Empty: "
        "as docs/friction.md says.",
    )
    promise: str = said(
        "SEGUE_PROMISE",
        "What a customer in trouble is promised: `minutes=30, patience=30, hours=08:00-20:00`, how soon one of "
        "the team comes, how long each further level has, and when the team is there. Empty: just that.",
    )
    importance: str = said(
        "SEGUE_IMPORTANCE",
        "How much a moment counts in the desk's queue: `pay-bill=1.5`, with commas between them. Empty: 1.",
    )
    booking_hours: str = said(
        "SEGUE_BOOKING_HOURS",
        "From when to when a call-back or a visit to a store can be booked, Monday to Saturday, in the zone of "
        "whoever is called or visited.",
        "09:00-19:00",
    )
    bookings_at_once: int = said(
        "SEGUE_BOOKINGS_AT_ONCE",
        "How many customers can book the same half hour, for calls and at each store.",
        3,
        ge=1,
    )
    goodwill: str = said(
        "SEGUE_GOODWILL",
        "What agents may give away: `agent=100, customer=50, most=150, days=30, currency=USD`; `most` is what a "
        "supervisor may give a customer. Empty: as shown.",
    )
    sendgrid_api_key: str = said("SENDGRID_API_KEY", "Sends email. Empty: no email, unless the carrier carries it.")
    sendgrid_public_key: str = said(
        "SENDGRID_WEBHOOK_PUBLIC_KEY",
        "Checks what SendGrid signs. While it is being replaced: both, with a comma between them.",
    )
    mail_from: str = said(
        "SEGUE_MAIL_FROM",
        "Whom our mails are from: `Name <address>`, a sender verified at SendGrid.",
        "Segue <segue@localhost.example>",
    )
    mail_reply_domain: str = said(
        "SEGUE_MAIL_REPLY_DOMAIN",
        "The domain whose mail SendGrid's Inbound Parse posts to `/sendgrid/inbound`. Empty: that of "
        "`SEGUE_MAIL_FROM`.",
    )
    mail_secret: str = said(
        "SEGUE_MAIL_SECRET",
        "Guards `/sendgrid/inbound`: its last part (`/sendgrid/inbound/secret`), or the password of basic "
        "authentication. Needed where mail is not signed.",
    )
    mail_signed: bool = said(
        "SEGUE_MAIL_SIGNED",
        "Whether inbound mail must be signed, by a security policy of Inbound Parse, instead.",
        False,
    )
    public_url: str = said(
        "SEGUE_PUBLIC_URL", "The address under which customers and providers reach the server.", "http://localhost:8000"
    )
    master_key: str = said(
        "SEGUE_MASTER_KEY",
        "Wraps every customer's own key: 32 bytes in base64. Keep it apart from the database. While it is replaced: "
        "the new one and the old one, with a comma between them.",
    )
    keep: str = said(
        "SEGUE_KEEP",
        "How many days what is kept: `calls=90, archives=off`; `off` is for ever. Empty: as docs/retention.md says.",
    )
    api_keys: str = said(
        "SEGUE_API_KEYS",
        "Who may use `/api/v1`: `name:sha256-of-the-key` in hex, with commas between them. "
        "`name:sha256-of-the-key:verified` may also say that a customer was verified, at a desk or in a store.",
    )
    oidc_issuer: str = said(
        "SEGUE_OIDC_ISSUER",
        "The OpenID Connect provider that staff sign in with. It sends back to `/staff/provider/back`. Empty: "
        "accounts with passwords alone.",
    )
    oidc_client_id: str = said("SEGUE_OIDC_CLIENT_ID", "Our client at that provider.")
    oidc_client_secret: str = said(
        "SEGUE_OIDC_CLIENT_SECRET", "That client's secret. Empty: a public client, by PKCE alone."
    )
    oidc_role_claim: str = said("SEGUE_OIDC_ROLE_CLAIM", "The claim that says what somebody's role is.", "roles")
    oidc_team_claim: str = said("SEGUE_OIDC_TEAM_CLAIM", "The claim that says which team somebody is in.", "team")
    oidc_roles: str = said(
        "SEGUE_OIDC_ROLES",
        "What the role claim says for our roles: `care-leads=supervisor`, with commas between them. Empty: the "
        "roles' own names.",
    )
    temporal_ui: str = said(
        "SEGUE_TEMPORAL_UI", "The origin of Temporal's own pages, so that they may ask `/codec`. `segue up` sets it."
    )
    build: str = said(
        "SEGUE_BUILD", "The version of the code a worker runs: cases stay on theirs until their next pause.", "0.1.0"
    )
    task_queue: str = said("SEGUE_TASK_QUEUE", "The task queue of the moments.", "segue")
    cases_in_memory: int = said(
        "SEGUE_CASES_IN_MEMORY",
        "How many cases a worker keeps at hand, about 150 KB each: those active within a minute.",
        2000,
    )
    carrier_url: str = said(
        "SEGUE_CARRIER_URL", "The carrier that stands in for Twilio, and with it `/stage`. `segue up` sets it."
    )
    log_level: str = said("SEGUE_LOG_LEVEL", "How much is logged: DEBUG, INFO or WARNING.", "INFO")
    log_format: Literal["plain", "json"] = said("SEGUE_LOG_FORMAT", "`plain` for people, `json` for machines.", "plain")
    worker_metrics: str = said("SEGUE_WORKER_METRICS", "Where a worker serves metrics: `127.0.0.1:9464`. Empty: none.")
    otlp_endpoint: str = said("OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces go, by OTLP over HTTP, with `segue[otel]`.")

    def key(self) -> bytes:
        """The master key's 32 bytes; :class:`Misconfigured` where it is missing or not that."""
        return self.master_keys()[0]

    def master_keys(self) -> list[bytes]:
        """The master key, and behind it those that it replaces; raises as :meth:`key`."""
        try:
            keys = [base64.b64decode(key.strip(), validate=True) for key in self.master_key.split(",")]
        except binascii.Error:
            keys = []
        if not keys or any(len(key) != 32 for key in keys):
            raise Misconfigured(
                "SEGUE_MASTER_KEY must be 32 bytes in base64. Make one with: "
                "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"
            )
        return keys

    def retention(self) -> Retention:
        """How long what is kept; :class:`Misconfigured` where that can't be read."""
        return Retention.parse(self.keep)

    def courtesy(self) -> Courtesy:
        """When and how often Segue writes by itself; :class:`Misconfigured` where the hours can't be read."""
        try:
            begin, end = quiet_hours(self.quiet_hours)
        except ValueError:
            raise Misconfigured("SEGUE_QUIET_HOURS must be two hours like 21:00-08:00.") from None
        return Courtesy(quiet_from=begin, quiet_until=end, a_day=self.messages_a_day)

    def calendar(self) -> Calendar:
        """When a time can be booked; :class:`Misconfigured` where the hours can't be read."""
        try:
            opens, closes = quiet_hours(self.booking_hours)
        except ValueError:
            raise Misconfigured("SEGUE_BOOKING_HOURS must be two hours like 09:00-19:00.") from None
        return Calendar(opens=opens, closes=closes, at_once=self.bookings_at_once)

    def budget(self) -> Budget:
        """What may be given away; :class:`Misconfigured` where that can't be read."""
        try:
            return Budget.parse(self.goodwill)
        except ValueError:
            raise Misconfigured("SEGUE_GOODWILL must be like: agent=100, customer=50, most=150, days=30.") from None

    def thresholds(self) -> Thresholds:
        """From where friction counts; :class:`Misconfigured` where that can't be read."""
        try:
            return Thresholds.parse(self.friction)
        except ValueError:
            raise Misconfigured(
                "SEGUE_FRICTION must be like: loop=4, silence=off. docs/friction.md has the names."
            ) from None

    def promising(self) -> Promising:
        """What customers in trouble are promised; :class:`Misconfigured` where that can't be read."""
        try:
            return Promising.parse(self.promise, self.importance)
        except ValueError:
            raise Misconfigured(
                "SEGUE_PROMISE must be like minutes=30, hours=08:00-20:00; SEGUE_IMPORTANCE like pay-bill=1.5."
            ) from None

    def contents(self) -> dict[str, str]:
        """The ids of the account's WhatsApp templates by name."""
        pairs = [entry.strip().partition(":") for entry in self.whatsapp_templates.split(",") if entry.strip()]
        return {name.strip(): sid.strip() for name, _, sid in pairs}

    def keys_by_name(self) -> dict[str, str]:
        """API keys: name to SHA-256 in hex."""
        return {name: digest.lower() for name, digest, _ in self._keys()}

    def trusted_keys(self) -> frozenset[str]:
        """The names of the API keys that may vouch for a customer."""
        return frozenset(name for name, _, trust in self._keys() if trust == "verified")

    def roles_by_claim(self) -> dict[str, Role]:
        """Our roles by what the provider says; :class:`Misconfigured` for a role there is not."""
        pairs = [entry.strip().rpartition("=") for entry in self.oidc_roles.split(",") if entry.strip()]
        try:
            return {said.strip(): Role(role.strip()) for said, _, role in pairs}
        except ValueError:
            raise Misconfigured(f"SEGUE_OIDC_ROLES names a role that is none of: {', '.join(Role)}.") from None

    def _keys(self) -> list[tuple[str, str, str]]:
        entries = [entry.strip().split(":") for entry in self.api_keys.split(",") if entry.strip()]
        return [(entry[0], "".join(entry[1:2]), "".join(entry[2:])) for entry in entries]


def load() -> Settings:
    """The settings of this process; :class:`Misconfigured` names what is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = ", ".join(str(e["loc"][0]) for e in error.errors())
        raise Misconfigured(f"These settings can't be read: {wrong}. The README says what each is.") from None


def temporal_is_elsewhere() -> bool:
    """Whether Temporal's own environment configuration names a server, so that none has to be started."""
    return bool(os.environ.get("TEMPORAL_ADDRESS") or os.environ.get("TEMPORAL_PROFILE"))


def environment(**more: str) -> dict[str, str]:
    """The environment for a process started by this one."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTHONUNBUFFERED": "1", **more}


def table() -> str:
    """The README's table of settings."""
    fields = [(field, f"`{field.default}`" if field.default else "—") for field in Settings.model_fields.values()]
    rows = [f"| `{field.alias}` | {default} | {field.description} |" for field, default in fields]
    return "\n".join(["| Setting | Default | What it is |", "| --- | --- | --- |", *rows])


if __name__ == "__main__":
    print(table())

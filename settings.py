"""The only reader of the environment: every setting, its default and what it is for."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from insight.signals import Thresholds
from models.courtesy import Courtesy, quiet_hours
from models.errors import Misconfigured
from models.staff import Role


class Settings(BaseSettings):
    """What one process runs with. Nothing has to be set on one machine."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, frozen=True)

    database_url: str = Field(
        default="sqlite:///.segue/segue.db",
        alias="DATABASE_URL",
        description="Where the journal and the customers are kept: SQLite on one machine, PostgreSQL in production.",
    )
    twilio_account_sid: str = Field(
        default="",
        alias="TWILIO_ACCOUNT_SID",
        description="The Twilio account that carries phone, SMS and WhatsApp. Empty: the carrier on this machine.",
    )
    twilio_auth_token: str = Field(
        default="",
        alias="TWILIO_AUTH_TOKEN",
        description="Signs what Twilio sends. While it is being rotated: both, with a comma between them.",
    )
    twilio_number: str = Field(
        default="+18005550100", alias="TWILIO_NUMBER", description="The company's own telephone number, in E.164."
    )
    pay_connector: str = Field(
        default="",
        alias="TWILIO_PAY_CONNECTOR",
        description="The `<Pay>` connector that makes tokens of cards keyed in during a call. "
        "Empty: the caller gets a link to the page that takes cards.",
    )
    stripe_api_key: str = Field(
        default="",
        alias="STRIPE_API_KEY",
        description="The Stripe account that moves the money of the pretend company. Empty: a sandbox that moves none.",
    )
    stripe_api_url: str = Field(
        default="", alias="STRIPE_API_URL", description="Where Stripe's API is, for tests. Empty: Stripe itself."
    )
    person_number: str = Field(
        default="",
        alias="SEGUE_PERSON_NUMBER",
        description="Where a caller is put through to a person, in E.164. Empty: the caller is called back.",
    )
    whatsapp_templates: str = Field(
        default="",
        alias="SEGUE_WHATSAPP_TEMPLATES",
        description="The account's WhatsApp templates: `name:HX…`, with commas between them. Empty: words only.",
    )
    quiet_hours: str = Field(
        default="21:00-08:00",
        alias="SEGUE_QUIET_HOURS",
        description="When nobody is written to or called who does not wait for it, in the customer's zone. "
        "Two equal hours: never.",
    )
    messages_a_day: int = Field(
        default=3,
        alias="SEGUE_MESSAGES_A_DAY",
        description="How many messages that nobody waits for a customer gets in 24 hours, over all channels.",
        ge=1,
    )
    friction: str = Field(
        default="",
        alias="SEGUE_FRICTION",
        description="Which signs of friction count, and from where: `loop=4, silence=off`, with commas between them. "
        "Empty: as docs/friction.md says.",
    )
    sendgrid_api_key: str = Field(
        default="", alias="SENDGRID_API_KEY", description="Sends email. Empty: no email, unless the carrier carries it."
    )
    sendgrid_public_key: str = Field(
        default="",
        alias="SENDGRID_WEBHOOK_PUBLIC_KEY",
        description="Checks what SendGrid signs. While it is being replaced: both, with a comma between them.",
    )
    mail_from: str = Field(
        default="Segue <segue@localhost.example>",
        alias="SEGUE_MAIL_FROM",
        description="Whom our mails are from: `Name <address>`, a sender verified at SendGrid.",
    )
    mail_reply_domain: str = Field(
        default="",
        alias="SEGUE_MAIL_REPLY_DOMAIN",
        description="The domain whose mail SendGrid's Inbound Parse posts to `/sendgrid/inbound`. "
        "Empty: that of `SEGUE_MAIL_FROM`.",
    )
    mail_secret: str = Field(
        default="",
        alias="SEGUE_MAIL_SECRET",
        description="Guards `/sendgrid/inbound`: its last part (`/sendgrid/inbound/secret`), or the password of basic "
        "authentication. Needed where mail is not signed.",
    )
    mail_signed: bool = Field(
        default=False,
        alias="SEGUE_MAIL_SIGNED",
        description="Whether inbound mail must be signed, by a security policy of Inbound Parse, instead.",
    )
    public_url: str = Field(
        default="http://localhost:8000",
        alias="SEGUE_PUBLIC_URL",
        description="The address under which customers and providers reach the server.",
    )
    master_key: str = Field(
        default="",
        alias="SEGUE_MASTER_KEY",
        description="Wraps every customer's own key: 32 bytes in base64. Keep it apart from the database.",
    )
    api_keys: str = Field(
        default="",
        alias="SEGUE_API_KEYS",
        description="Who may use `/api/v1`: `name:sha256-of-the-key` in hex, with commas between them. "
        "`name:sha256-of-the-key:verified` may also say that a customer was verified, at a desk or in a store.",
    )
    staff_token: str = Field(
        default="",
        alias="SEGUE_STAFF_TOKEN",
        description="Opens the codec endpoint for Temporal's own pages. Empty: closed.",
    )
    oidc_issuer: str = Field(
        default="",
        alias="SEGUE_OIDC_ISSUER",
        description="The OpenID Connect provider that staff sign in with. It sends back to "
        "`/staff/provider/back`. Empty: accounts with passwords alone.",
    )
    oidc_client_id: str = Field(default="", alias="SEGUE_OIDC_CLIENT_ID", description="Our client at that provider.")
    oidc_client_secret: str = Field(
        default="",
        alias="SEGUE_OIDC_CLIENT_SECRET",
        description="That client's secret. Empty: a public client, by PKCE alone.",
    )
    oidc_role_claim: str = Field(
        default="roles", alias="SEGUE_OIDC_ROLE_CLAIM", description="The claim that says what somebody's role is."
    )
    oidc_team_claim: str = Field(
        default="team", alias="SEGUE_OIDC_TEAM_CLAIM", description="The claim that says which team somebody is in."
    )
    oidc_roles: str = Field(
        default="",
        alias="SEGUE_OIDC_ROLES",
        description="What the role claim says for our roles: `care-leads=supervisor`, with commas between them. "
        "Empty: the roles' own names.",
    )
    temporal_ui: str = Field(
        default="",
        alias="SEGUE_TEMPORAL_UI",
        description="The origin of Temporal's own pages, so that they may ask `/codec`. `segue up` sets it.",
    )
    build: str = Field(
        default="0.1.0",
        alias="SEGUE_BUILD",
        description="The version of the code a worker runs: cases stay on theirs until their next pause.",
    )
    task_queue: str = Field(default="segue", alias="SEGUE_TASK_QUEUE", description="The task queue of the moments.")
    cases_in_memory: int = Field(
        default=2000,
        alias="SEGUE_CASES_IN_MEMORY",
        description="How many cases a worker keeps at hand, about 150 KB each: those active within a minute.",
    )
    carrier_url: str = Field(
        default="",
        alias="SEGUE_CARRIER_URL",
        description="The carrier that stands in for Twilio, and with it `/stage`. `segue up` sets it.",
    )
    log_level: str = Field(
        default="INFO", alias="SEGUE_LOG_LEVEL", description="How much is logged: DEBUG, INFO or WARNING."
    )

    def key(self) -> bytes:
        """The master key's 32 bytes; :class:`Misconfigured` where it is missing or not that."""
        try:
            key = base64.b64decode(self.master_key, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != 32:
            raise Misconfigured(
                "SEGUE_MASTER_KEY must be 32 bytes in base64. Make one with: "
                "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"
            )
        return key

    def courtesy(self) -> Courtesy:
        """When and how often Segue writes by itself; :class:`Misconfigured` where the hours can't be read."""
        try:
            begin, end = quiet_hours(self.quiet_hours)
        except ValueError:
            raise Misconfigured("SEGUE_QUIET_HOURS must be two hours like 21:00-08:00.") from None
        return Courtesy(quiet_from=begin, quiet_until=end, a_day=self.messages_a_day)

    def thresholds(self) -> Thresholds:
        """From where friction counts; :class:`Misconfigured` where that can't be read."""
        try:
            return Thresholds.parse(self.friction)
        except ValueError:
            raise Misconfigured(
                "SEGUE_FRICTION must be like: loop=4, silence=off. docs/friction.md has the names."
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
    rows = ["| Setting | Default | What it is |", "| --- | --- | --- |"]
    for field in Settings.model_fields.values():
        default = f"`{field.default}`" if field.default else "—"
        rows.append(f"| `{field.alias}` | {default} | {field.description} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())

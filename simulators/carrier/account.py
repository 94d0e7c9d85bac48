"""The account as its owner would set it up in the carrier's console."""

from __future__ import annotations

from dataclasses import dataclass

API_VERSION = "2010-04-01"


@dataclass(frozen=True)
class Account:
    """Who may call the API, the number bought, and where its webhooks go.

    ``webhooks`` is the base URL our server is known under, without a trailing slash: it is what gets signed.
    ``pace`` is the seconds between two statuses of a message, ``second`` how long a second of a ``<Pause>`` lasts.
    ``patience`` is the seconds until a ``<Gather>`` hears silence by itself (None: only when told so), and
    ``webhook_limit`` the seconds a webhook has to answer. ``mail_key`` is the private number, in hex, that signs mail's
    webhooks, ``mail_from`` the verified sender, ``mail_domain`` whose mail is posted to us, under ``mail_secret``.
    ``workflow`` is TaskRouter's, and ``workers`` the telephones that it finds.
    """

    sid: str
    token: str
    number: str
    webhooks: str
    voice_fallback_url: str | None = None
    pace: float = 0.05
    second: float = 1.0
    patience: float | None = None
    webhook_limit: float = 15.0
    mail_api_key: str = "SG.carrier"
    mail_key: str = "1"
    mail_from: str = "segue@localhost.example"
    mail_domain: str = "localhost.example"
    mail_secret: str = ""
    workflow: str = ""
    workers: tuple[str, ...] = ()

    @property
    def voice_url(self) -> str:
        return f"{self.webhooks}/twilio/voice"

    @property
    def voice_status_url(self) -> str:
        return f"{self.webhooks}/twilio/voice/status"

    @property
    def assignment_url(self) -> str:
        return f"{self.webhooks}/twilio/tasks/assigned"

    @property
    def messages_url(self) -> str:
        return f"{self.webhooks}/twilio/messages"

    @property
    def api(self) -> str:
        return f"/{API_VERSION}/Accounts/{self.sid}"

"""The one door to Twilio: speech as TwiML, signatures, texts and calls. Nothing else imports its SDK."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from requests.exceptions import ConnectionError as Unreachable, ConnectTimeout
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse
from urllib3.exceptions import MaxRetryError, NewConnectionError

from channels.phone import Dial, Gather, Hangup, Pause, Pay, Redirect, Routed, Say, Speech, Team, Verb, spoken
from channels.providers import task_router
from channels.providers.media import fetch
from channels.providers.signed_urls import candidates
from models.errors import Uncertain, Undelivered

T = TypeVar("T")
BUSY, UNREACHABLE = "20429", "unreachable"
STOPPED = "21610"  # the receiver wrote STOP to the carrier
RETRYABLE = frozenset({BUSY, UNREACHABLE})  # the only two reasons after which nothing can have been sent
LONGEST_TWIML = 60_000  # bytes; Twilio takes 64 KB
_SKEW = timedelta(minutes=2)
_TRIAL = "Sent from your Twilio trial account - "
_quiet = logging.getLogger("segue.twilio")
_quiet.disabled = True  # the SDK logs addresses and query strings


@dataclass(frozen=True)
class Sent:
    """A message that Twilio has: its id (``SM…``) and first status, e.g. ``queued``."""

    provider_id: str
    status: str


@dataclass(frozen=True)
class Content:
    """A template of the account's (``HX…``) and what fills its numbered places: buttons, lists, approved words."""

    sid: str
    variables: Mapping[str, str]


# -- speech as TwiML ------------------------------------------------------------------------------------------


def twiml(speech: Speech, *, base: str) -> str:
    """The speech as a TwiML document, always under 64 KB. ``base`` is the public address, for absolute URLs."""
    document = _document(speech, base, hints=True)
    if len(document.encode()) > LONGEST_TWIML:
        document = _document(speech, base, hints=False)
    return document


def _document(speech: Speech, base: str, *, hints: bool) -> str:
    response = VoiceResponse()
    for verb in speech:
        if isinstance(verb, Routed):
            task_router.add(response, verb, base)
        _add(response, verb, base, hints)
    return str(response)


def _add(response: VoiceResponse, verb: Verb, base: str, hints: bool) -> None:
    match verb:
        case Say():
            response.say(spoken(verb.text), language=verb.language)
        case Gather():
            _gather(response, verb, base, hints)
        case Pause():
            response.pause(length=verb.seconds)
        case Redirect():
            response.redirect(_absolute(verb.url, base), method="POST")
        case Dial():
            _dial(response, verb, base)
        case Team():
            for other in verb.otherwise:
                _add(response, other, base, hints)
        case Pay():
            _pay(response, verb, base)
        case Hangup():
            response.hangup()


def _gather(response: VoiceResponse, verb: Gather, base: str, hints: bool) -> None:
    action = _absolute(verb.action, base)
    both = verb.way == "both"
    listening: dict[str, Any] = {"speech_timeout": "auto", "profanity_filter": False} if both else {}
    if both and hints and verb.hints:
        listening["hints"] = ",".join(spoken(hint.replace(",", " "))[:100] for hint in verb.hints[:500])
    gather = response.gather(
        input="dtmf speech" if both else "dtmf",
        action=action,
        method="POST",
        timeout=5 if both else 8,
        finish_on_key="#",
        num_digits=verb.digits,
        action_on_empty_result=True,
        language=verb.language,
        **listening,
    )
    gather.say(spoken(verb.prompt), language=None if verb.language.startswith("en") else verb.language)
    # Should Twilio fall through all the same, the call goes on instead of ending.
    response.redirect(action, method="POST")


def _dial(response: VoiceResponse, verb: Dial, base: str) -> None:
    action, caller = _absolute(verb.action, base), verb.caller
    ways: dict[str, Any] = {"method": "POST", "answer_on_bridge": True, "timeout": verb.timeout, "caller_id": caller}
    if verb.whisper is None and verb.progress is None:
        response.dial(verb.number, action=action, **ways)
        return
    more: dict[str, Any] = {}
    if verb.whisper is not None:
        more = {"url": _absolute(verb.whisper, base), "method": "POST"}
    if verb.progress is not None:
        more |= {"status_callback": _absolute(verb.progress, base), "status_callback_event": "completed"}
    response.dial(action=action, **ways).number(verb.number, **more)


def _pay(response: VoiceResponse, verb: Pay, base: str) -> None:
    """A token and no charge: the amount is left out, and the company charges once everything is confirmed."""
    response.pay(
        input="dtmf",
        action=_absolute(verb.action, base),
        payment_connector=verb.connector,
        payment_method="credit-card",
        token_type="payment-method",  # noqa: S106 - a kind of token, no secret
        security_code=True,
        postal_code=False,
        timeout=10,
        max_attempts=3,
        valid_card_types="visa mastercard amex",
        language=verb.language,
    )


def _absolute(url: str, base: str) -> str:
    return url if re.match(r"https?://", url) else f"{base.rstrip('/')}/{url.lstrip('/')}"


# -- the door -------------------------------------------------------------------------------------------------


class TwilioDoor:
    """Sends texts, places calls and checks signatures.

    The SDK is used without retries and in a thread: its async client repeats a message after a lost answer.
    ``tokens``: the auth tokens accepted while rotating, the first also signs in. ``number``: ours, E.164.
    ``api_url``: the carrier's address on one machine, None for Twilio itself. ``timeout`` in seconds.
    """

    def __init__(
        self, account_sid: str, tokens: Sequence[str], number: str, *, api_url: str | None, timeout: float = 10
    ) -> None:
        self.number = number
        self.account_sid = account_sid
        # An empty token would make a signature anybody can compute.
        self._tokens = [token for token in tokens if token]
        self._http = TwilioHttpClient(timeout=timeout, logger=_quiet)
        first = self._tokens[0] if self._tokens else ""
        self._client = Client(account_sid, first, http_client=self._http, environment={"edge": ""})
        self._media_host = urlsplit(api_url).netloc if api_url else ""
        if api_url:
            self._client.api.base_url = api_url.rstrip("/")
            self._http.session.trust_env = False  # a proxy between us and this machine would only lose it

    def close(self) -> None:
        self._http.session.close()

    def signed(self, url: str, form: Any, signature: str | None, settings: str | None = None) -> bool:
        """Whether Twilio signed this request. Never raises.

        ``url``: the public one, as Twilio called it. ``form``: what has ``getlist`` (or a dict), or the raw body of a
        JSON request. ``settings``: the ``X-Twilio-Webhooks-Signature-Settings`` header, where there is one.
        """
        try:
            return self._signed(url, form, signature, get_signature_algorithm(settings))
        except Exception:  # noqa: BLE001  # whatever can't be checked is not signed
            return False

    def _signed(self, url: str, form: Any, signature: str | None, algorithm: str) -> bool:
        if not signature:
            return False
        if isinstance(form, str | bytes):
            body = form.encode() if isinstance(form, str) else form
            claimed = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
            if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), claimed.lower().encode()):
                return False
            form = {}
        fitting = False
        for token in self._tokens:
            validator = RequestValidator(token)
            for candidate in candidates(url):
                computed = validator.compute_signature(candidate, form, algorithm)
                fitting |= hmac.compare_digest(computed.encode(), signature.encode())
        return fitting

    async def text(
        self, to: str, body: str, *, status_callback: str, whatsapp: bool = False, content: Content | None = None
    ) -> Sent:
        """Send one message: ``body``, or ``content`` in its place.

        Raises :class:`Undelivered` with Twilio's code (may be sent again if the code is in ``RETRYABLE``), or
        :class:`Uncertain` where it may have been sent: settle that with :meth:`find_text`.
        """
        sender, receiver = self._pair(to, whatsapp)
        what: dict[str, str] = {"body": body}
        if content is not None:
            variables = json.dumps(dict(content.variables), ensure_ascii=False)
            what = {"content_sid": content.sid, "content_variables": variables}
        message = await _asked(
            lambda: self._client.messages.create(to=receiver, from_=sender, status_callback=status_callback, **what)
        )
        return Sent(str(message.sid), str(message.status))

    async def media(self, url: str) -> bytes:
        """What a message brought with it, at most 10 MB. Raises as :func:`channels.providers.media.fetch`."""
        first = self._tokens[0] if self._tokens else ""
        return await fetch(url, auth=(self.account_sid, first), host=self._media_host)

    async def call(self, to: str, *, url: str, status_callback: str, to_a_person: bool = False) -> str:
        """Call somebody and fetch TwiML from ``url`` when they answer; returns the CallSid. Raises as :meth:`text`.

        ``to_a_person``: Twilio listens whether a machine answers, and says so in ``AnsweredBy``.
        """
        detection: dict[str, Any] = {"machine_detection": "Enable"} if to_a_person else {}
        call = await _asked(
            lambda: self._client.calls.create(
                to=to,
                from_=self.number,
                url=url,
                method="POST",
                status_callback=status_callback,
                status_callback_method="POST",
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                **detection,
            )
        )
        return str(call.sid)

    async def find_text(
        self, to: str, since: datetime, body: str, *, whatsapp: bool = False, known: Collection[str] = ()
    ) -> Sent | None:
        """The newest message like this one that was taken at or after ``since`` (aware), None if there is none.

        ``known`` are the ids of messages that are settled, so that of two alike each is found once.
        Raises :class:`Undelivered` where Twilio can't be asked now: look again later.
        """
        sender, receiver = self._pair(to, whatsapp)
        # No DateSent filter: a message that still waits in the queue has no such date.
        found = await _asked(lambda: self._client.messages.list(to=receiver, from_=sender, limit=100, page_size=100))
        late = [m for m in found if m.date_created and m.date_created >= since - _SKEW]
        fitting = [m for m in late if m.sid not in known and _same(m.body, body)]
        newest = max(fitting, key=lambda m: m.date_created, default=None)
        return Sent(str(newest.sid), str(newest.status)) if newest is not None else None

    def _pair(self, to: str, whatsapp: bool) -> tuple[str, str]:
        prefix = "whatsapp:" if whatsapp else ""
        return prefix + self.number, prefix + to


async def _asked(request: Callable[[], T]) -> T:
    """Run one request of the SDK in a thread and sort its failures into "not sent" and "nobody knows"."""
    try:
        return await asyncio.to_thread(request)
    except (TwilioRestException, TwilioServiceException) as refusal:
        status, code = int(refusal.status or 0), str(refusal.code or refusal.status)
        if status == 429 or code == BUSY:
            raise Undelivered(BUSY) from None
        raise (Uncertain(code) if status >= 500 or status == 408 else Undelivered(code)) from None
    except ConnectTimeout:
        raise Undelivered(UNREACHABLE) from None
    except Unreachable as lost:
        raise (Undelivered(UNREACHABLE) if _never_connected(lost) else Uncertain("lost")) from None
    except Exception as unknown:  # noqa: BLE001  # a timeout, an answer that is no JSON: it may be on its way
        raise Uncertain(type(unknown).__name__) from None


def _never_connected(lost: Unreachable) -> bool:
    cause = lost.args[0] if lost.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _same(found: str | None, body: str) -> bool:
    return found is not None and found.strip() in {body.strip(), _TRIAL + body.strip()}

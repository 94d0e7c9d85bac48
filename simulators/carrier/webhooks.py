"""Calling the customer of the carrier: signed, timed, retried, and, if so wished, badly."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import httpx

from simulators.carrier.account import Account
from simulators.carrier.nemesis import Kind, Nemesis
from simulators.carrier.signing import signature, signed_url
from simulators.carrier.tls import trusted

HTTP_FAILURE, CONNECTION_FAILURE = 11200, 11205


@dataclass(frozen=True)
class Answer:
    """What a webhook answered. ``error`` is the carrier's code, 0 when all is well; ``policy`` what would retry it."""

    status: int = 0
    body: bytes = b""
    content_type: str = ""
    error: int = 0
    policy: str = ""


@dataclass(frozen=True)
class Delivery:
    """One attempt, as the carrier's own log shows it."""

    kind: Kind
    url: str
    form: Mapping[str, str]
    token: str
    status: int
    error: int


@dataclass(frozen=True)
class _Parcel:
    kind: Kind
    method: str
    url: str
    form: Mapping[str, str]
    token: str


class Webhooks:
    """Posts webhooks. ``log`` keeps the last attempts, newest last."""

    def __init__(self, account: Account, nemesis: Nemesis) -> None:
        self._account = account
        self._nemesis = nemesis
        self._client: httpx.AsyncClient | None = None
        self._posting: set[asyncio.Task[Answer]] = set()
        self.log: deque[Delivery] = deque(maxlen=1000)

    async def post(self, kind: Kind, url: str, form: Mapping[str, str], *, method: str = "POST") -> Answer:
        """Delivers one event, as often as the nemesis says; the first delivery's answer is the one that counts.

        What was begun is finished even when the caller is cancelled: a hang-up does not take a request back.
        """
        task = asyncio.create_task(self._post(_Parcel(kind, method, url, form, str(uuid4()))))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        for task in self._posting:
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        if self._client:
            await self._client.aclose()

    async def _post(self, parcel: _Parcel) -> Answer:
        nemesis, kind = self._nemesis, parcel.kind
        touched = nemesis.touches(kind)
        if touched and nemesis.delay:
            await asyncio.sleep(nemesis.delay)
        copies = 1 + (nemesis.duplicate if touched else 0)
        if nemesis.parallel:
            return (await asyncio.gather(*(self._deliver(parcel) for _ in range(copies))))[0]
        answers = [await self._deliver(parcel) for _ in range(copies)]
        return answers[0]

    async def _deliver(self, parcel: _Parcel) -> Answer:
        retries, policies = _overrides(parcel.url)
        for attempt in range(retries + 1):
            answer = await self._attempt(parcel)
            self.log.append(Delivery(parcel.kind, parcel.url, parcel.form, parcel.token, answer.status, answer.error))
            if not answer.error or not policies & {answer.policy, "all"} or attempt == retries:
                break
        return answer

    async def _attempt(self, parcel: _Parcel) -> Answer:
        nemesis, touched = self._nemesis, self._nemesis.touches(parcel.kind)
        if touched and nemesis.spend("lose_requests"):
            return Answer(error=CONNECTION_FAILURE, policy="ct")
        try:
            async with asyncio.timeout(self._account.webhook_limit):
                response = await self._request(parcel, tampered=touched and nemesis.spend("tamper"))
        except (TimeoutError, httpx.ReadTimeout):
            return Answer(error=CONNECTION_FAILURE, policy="rt")
        except (httpx.TransportError, httpx.InvalidURL):
            return Answer(error=CONNECTION_FAILURE, policy="ct")
        if touched and nemesis.spend("lose_answers"):
            return Answer(error=CONNECTION_FAILURE, policy="ct")
        failed = response.status_code >= 300
        return Answer(
            response.status_code,
            response.content,
            response.headers.get("content-type", ""),
            HTTP_FAILURE if failed else 0,
            f"{response.status_code // 100}xx" if failed else "",
        )

    async def _request(self, parcel: _Parcel, *, tampered: bool) -> httpx.Response:
        url, form = parcel.url.partition("#")[0], dict(parcel.form)
        if parcel.method == "GET":
            url, form = f"{url}{'&' if '?' in url else '?'}{urlencode(form)}", {}
        signed = signed_url(url, drop_port=parcel.kind in ("voice", "progress"))
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": parcel.token,
            "X-Twilio-Signature": signature(self._account.token + ("?" if tampered else ""), signed, form),
        }
        if self._client is None:
            timeout = httpx.Timeout(None, connect=5.0)
            # Let go before the server does: a request on a line that is being closed would be lost.
            limits = httpx.Limits(keepalive_expiry=1.0)
            self._client = httpx.AsyncClient(timeout=timeout, limits=limits, verify=trusted(), trust_env=False)
        data = form if parcel.method == "POST" else None
        return await self._client.request(parcel.method, url, data=data, headers=headers)


def _overrides(url: str) -> tuple[int, set[str]]:
    """Retry count and policies of the URL's fragment (``#rc=2&rp=ct,5xx``)."""
    given = parse_qs(urlsplit(url).fragment)
    count = given.get("rc", ["1"])[0]
    return (min(int(count), 5) if count.isdecimal() else 1), set(given.get("rp", ["ct"])[0].split(","))


def shown(delivery: Delivery) -> dict[str, object]:
    return asdict(delivery)

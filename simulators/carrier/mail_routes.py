"""The mail API that the ``sendgrid`` client calls, and everybody's mailbox as JSON under ``/handset/mail``."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from simulators.carrier.account import Account
from simulators.carrier.exchange import Exchange
from simulators.carrier.mail import Letter, Mailboxes, NewMail
from simulators.carrier.mail_checks import MailRefusal, checked, sandboxed
from simulators.carrier.nemesis import Nemesis

LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
HREF = re.compile(r'href="(https?://[^"]+)"')
Mailbox = Annotated[str, Path(pattern=r"^[^@\s/]{1,64}@[^@\s/]{1,253}$")]


class Report(BaseModel):
    event: Literal["spamreport", "unsubscribe"]


class MailRoutes:
    def __init__(self, account: Account, exchange: Exchange, boxes: Mailboxes, nemesis: Nemesis) -> None:
        self._account = account
        self._exchange = exchange
        self._boxes = boxes
        self._nemesis = nemesis
        self.router = APIRouter()
        for path, method, endpoint in (
            ("/v3/mail/send", "POST", self.send),
            ("/handset/mail", "GET", self.everybody),
            ("/handset/mail/{address}", "GET", self.box),
            ("/handset/mail/{address}", "POST", self.write),
            ("/handset/mail/{address}/report", "POST", self.report),
        ):
            self.router.add_api_route(path, endpoint, methods=[method], response_model=None)

    async def send(self, request: Request) -> Response:
        try:
            return await self._sent(request)
        except MailRefusal as refusal:
            return JSONResponse(refusal.body, refusal.status)

    async def _sent(self, request: Request) -> Response:
        key = f"Bearer {self._account.mail_api_key}"
        if not secrets.compare_digest(request.headers.get("Authorization", "").encode(), key.encode()):
            raise MailRefusal("The provided authorization grant is invalid, expired, or revoked", status=401)
        if request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise MailRefusal("Content-Type should be application/json.", status=415)
        mail = checked(await request.body(), frozenset({self._account.mail_from.lower()}))
        nemesis = self._nemesis
        if nemesis.spend("api_busy"):
            raise MailRefusal("too many requests", status=429)
        if nemesis.spend("api_error_before"):
            raise MailRefusal("internal server error", status=500)
        if nemesis.spend("refuse"):
            raise MailRefusal("refused")
        if sandboxed(mail):
            return Response(status_code=200)
        id = self._boxes.send(mail)
        if nemesis.spend("api_error_after"):
            raise MailRefusal("internal server error", status=500)
        if nemesis.spend("api_hang"):
            await asyncio.sleep(nemesis.hang)
        return Response(status_code=202, headers={"X-Message-Id": id})

    async def everybody(self) -> dict[str, Any]:
        return {"addresses": sorted(self._boxes.versions), "domain": self._account.mail_domain}

    async def box(self, address: Mailbox, after: int = -1, wait: float = 0) -> dict[str, Any]:
        """A mailbox; with ``after`` and ``wait``, as soon as its version is above ``after``."""
        address = address.lower()
        if wait:
            await self._exchange.until(lambda: self._boxes.versions[address] > after, min(wait, 30))
        mails = [_shown(letter) for letter in self._boxes.of(address)]
        return {"address": address, "version": self._boxes.versions[address], "mails": mails}

    async def write(self, address: Mailbox, new: NewMail) -> dict[str, Any]:
        """The customer writes a mail to the company; answers when the webhook has."""
        try:
            letter, answer = await self._boxes.write(address.lower(), new)
        except KeyError:
            raise HTTPException(404, "no such mail") from None
        except ValueError:
            raise HTTPException(422, "an attachment is not base64") from None
        return _shown(letter) | {"webhook": {"status": answer.status, "error": answer.error}}

    async def report(self, address: Mailbox, report: Report) -> dict[str, Any]:
        """The customer calls our mail spam, or unsubscribes."""
        await self._boxes.report(address.lower(), report.event)
        return {}


def _shown(letter: Letter) -> dict[str, Any]:
    links = LINK.findall(letter.text) + [link.replace("&amp;", "&") for link in HREF.findall(letter.html)]
    return {
        "id": letter.id,
        "by": letter.by,
        "from": letter.sender,
        "to": letter.to,
        "reply_to": letter.reply_to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "links": list(dict.fromkeys(links)),
        "at": letter.at.isoformat(),
        "status": letter.status,
    }

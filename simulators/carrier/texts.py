"""Messages: sent by the company, delivered or not, and written by customers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from channels import gsm
from simulators.carrier.account import API_VERSION, Account
from simulators.carrier.checks import LONGEST_BODY, ApiRefusal, Form, is_number, region
from simulators.carrier.contents import IN_SESSION, filled, name_of
from simulators.carrier.exchange import Exchange, Text, new_sid, now
from simulators.carrier.media import Media, NewFile
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.twiml import BadTwiml, document
from simulators.carrier.webhooks import Answer, Webhooks

STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START = frozenset({"start", "yes", "unstop"})
HELP = frozenset({"help", "info"})
PARAMETERS = frozenset(
    {"To", "From", "MessagingServiceSid", "Body", "MediaUrl", "ContentSid", "ContentVariables", "StatusCallback"}
    | {"ValidityPeriod", "SmartEncoded"}
)
UNSUBSCRIBED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
RESUBSCRIBED = (
    "You have successfully been re-subscribed to messages from this number. "
    "Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
Start = Callable[[Coroutine[Any, Any, None]], object]


@dataclass(frozen=True)
class Besides:
    """What comes with a customer's words: files, the payload of the button tapped, the message replied to."""

    files: Sequence[NewFile] = ()
    button: str | None = None
    reply_to: str | None = None


class Texts:
    """Plays messages. ``start`` runs a coroutine in the background and keeps hold of it."""

    def __init__(
        self, account: Account, exchange: Exchange, webhooks: Webhooks, nemesis: Nemesis, start: Start, media: Media
    ) -> None:
        self._media = media
        self._account = account
        self._exchange = exchange
        self._webhooks = webhooks
        self._nemesis = nemesis
        self._start = start
        for text in exchange.texts.values():
            if text.by == "customer":
                self._obey(text)

    def send(self, form: Form) -> Text:
        """Accepts a message of the company's. Raises :class:`ApiRefusal`."""
        service = form.get("MessagingServiceSid")
        text = Text(
            sid=new_sid("SM"),
            sender=self._sender(form),
            to=form.get("To") or "",
            body=form.get("Body") or "",
            by="company",
            status="accepted" if service else "queued",
            media=len(form.all("MediaUrl")),
            service=service,
            callback=form.url("StatusCallback", 21609),
        )
        template = name_of(form)
        if template:
            text.body, text.options = filled(form)
        self._check(text, form)
        self._exchange.put_text(text)
        self._start(self._travel(text, templated=template is not None and not template.startswith(IN_SESSION)))
        return text

    async def write(
        self, number: str, body: str, channel: str = "sms", *, base: str = "", besides: Besides | None = None
    ) -> tuple[Text, Answer]:
        """A customer writes to the company; returns when the webhook has answered.

        ``base`` is our own address, at which the company finds the files ``besides`` the words.
        """
        besides = besides or Besides()
        prefix = "whatsapp:" if channel == "whatsapp" else ""
        sender, to = prefix + number, prefix + self._account.number
        tapped = self._tapped(prefix + number, besides.button)
        text = Text(new_sid("MM" if besides.files else "SM"), sender, to, tapped or body, "customer", "received")
        text.sent, text.media = text.created, len(besides.files)
        text.files = [{"name": file.name, "type": file.type} for file in besides.files]
        more = {f"MediaUrl{n}": base + self._media.put(file, text.sid) for n, file in enumerate(besides.files)}
        more |= {f"MediaContentType{n}": file.type for n, file in enumerate(besides.files)}
        if besides.button:
            more |= {"MessageType": "button", "ButtonText": text.body, "ButtonPayload": besides.button}
        if besides.reply_to:
            more |= {"OriginalRepliedMessageSender": to, "OriginalRepliedMessageSid": besides.reply_to}
        self._exchange.put_text(text)
        if reply := self._obey(text):
            self._reply(text, reply, by="carrier")
        answer = await self._webhooks.post("text", self._account.messages_url, self._received(text) | more)
        self._read_answer(text, answer)
        return text, answer

    def _tapped(self, number: str, payload: str | None) -> str | None:
        """The title of the option with that payload in what this handset last got; None where it got none."""
        texts = reversed(self._exchange.texts.values())
        options = (option for text in texts if text.to == number for option in text.options)
        return next((option["title"] for option in options if option["payload"] == payload), None)

    def _sender(self, form: Form) -> str:
        sender, service = form.get("From"), form.get("MessagingServiceSid")
        if service and not _SERVICE.fullmatch(service):
            raise ApiRefusal(20001, more="MessagingServiceSid")
        if not sender and not service:
            raise ApiRefusal(21603)
        prefix = "whatsapp:" if (form.get("To") or "").startswith("whatsapp:") else ""
        return sender or prefix + self._account.number

    def _check(self, text: Text, form: Form) -> None:
        if not text.to:
            raise ApiRefusal(21604)
        if not is_number(text.to):
            raise ApiRefusal(21211)
        if not is_number(text.sender):
            raise ApiRefusal(21212)
        if text.to.startswith("whatsapp:") != text.sender.startswith("whatsapp:"):
            raise ApiRefusal(21910)
        if text.numbers[0] != self._account.number:
            raise ApiRefusal(21606)
        if not text.body.strip() and not text.media:
            raise ApiRefusal(21602)
        if gsm.units(text.body) > LONGEST_BODY:
            raise ApiRefusal(21617)
        form.integer("ValidityPeriod", 1, 36_000, 36_000)
        if text.to in self._exchange.opted_out:
            raise ApiRefusal(21610)

    async def _travel(self, text: Text, *, templated: bool) -> None:
        """From queued to wherever the message ends, telling the status callback."""
        error = self._fate(text, templated=templated)
        ways = ["sent", "undelivered" if error else "delivered"] if error != 63016 else ["failed"]
        backwards, held = self._nemesis.spend("reorder"), []
        for status in ways:
            await asyncio.sleep(self._account.pace)
            text.status = status
            text.sent = text.sent or now()
            text.error_code = error if status in ("undelivered", "failed") else None
            self._exchange.put_text(text)
            held.append(self._receipt(text))
            if not backwards:
                await self._tell(text, held.pop())
        for receipt in reversed(held):
            await self._tell(text, receipt)

    def _fate(self, text: Text, *, templated: bool) -> int | None:
        if self._nemesis.spend("undelivered"):
            return self._nemesis.undelivered_code
        if templated or not text.to.startswith("whatsapp:"):
            return None
        day_ago = now() - timedelta(hours=24)
        heard = any(t.sender == text.to and t.created > day_ago for t in self._exchange.texts.values())
        return None if heard else 63016

    def _receipt(self, text: Text) -> dict[str, str]:
        form = {
            "SmsSid": text.sid,
            "SmsStatus": text.status,
            "MessageStatus": text.status,
            "To": text.to,
            "MessageSid": text.sid,
            "AccountSid": self._account.sid,
            "From": text.sender,
            "ApiVersion": API_VERSION,
        }
        if text.service:
            form["MessagingServiceSid"] = text.service
        if text.error_code:
            form["ErrorCode"] = str(text.error_code)
        if text.status in ("delivered", "undelivered"):
            form["RawDlrDoneDate"] = now().strftime("%y%m%d%H%M")
        return form

    async def _tell(self, text: Text, receipt: dict[str, str]) -> None:
        if text.callback:
            answer = await self._webhooks.post("receipt", text.callback, receipt)
            if answer.error:
                self._exchange.fault(answer.error, "a status callback failed", url=text.callback)

    def _received(self, text: Text) -> dict[str, str]:
        form = {"SmsMessageSid": text.sid, "NumMedia": str(text.media), "SmsSid": text.sid, "SmsStatus": "received"}
        form |= {"Body": text.body, "To": text.to, "MessageSid": text.sid, "AccountSid": self._account.sid}
        form |= {"NumSegments": str(segments(text)), "From": text.sender, "ApiVersion": API_VERSION}
        if text.sender.startswith("whatsapp:"):
            profile = {"ProfileName": "Customer", "WaId": text.numbers[0].removeprefix("+")}
            metadata = json.dumps({"type": "whatsapp", "data": {"context": profile}})
            return form | profile | {"MessageType": "text", "ReferralNumMedia": "0", "ChannelMetadata": metadata}
        places = {"From": text.sender, "To": text.to}
        form |= {f"{end}{part}": "" for end in places for part in ("City", "State", "Zip")}
        return form | {f"{end}Country": region(number) for end, number in places.items()}

    def _obey(self, text: Text) -> str | None:
        """What STOP, START and HELP do by themselves, and the carrier's own reply to them."""
        word, out = text.body.strip().lower(), self._exchange.opted_out
        if text.sender.startswith("whatsapp:"):
            return None
        if word in STOP and text.sender not in out:
            out.add(text.sender)
            return UNSUBSCRIBED
        if word in START and text.sender in out:
            out.discard(text.sender)
            return RESUBSCRIBED
        return HELPED if word in HELP else None

    def _reply(self, text: Text, body: str, by: Literal["carrier", "company"]) -> None:
        reply = Text(new_sid("SM"), text.to, text.sender, body, by, "delivered")
        reply.sent = reply.created
        self._exchange.put_text(reply)

    def _read_answer(self, text: Text, answer: Answer) -> None:
        """An answer may hold replies; ours holds none, so anything else is looked at closely."""
        url = self._account.messages_url
        if answer.error:
            return self._exchange.fault(answer.error, "the message webhook failed", url=url)
        if answer.status == 204 or not answer.body.strip():
            return None
        try:
            root = document(answer.body, answer.content_type)
        except BadTwiml as bad:
            return self._exchange.fault(bad.code, bad.message, url=url)
        if any(verb.tag != "Message" for verb in root):
            return self._exchange.fault(12200, "only <Message> may stand in a <Response> to a message", url=url)
        for message in root:
            self._reply(text, "".join(message.itertext()), by="company")
        return None


def segments(text: Text) -> int:
    """How many messages a body is billed as; always 1 on WhatsApp."""
    return 1 if text.to.startswith("whatsapp:") else gsm.segments(text.body)

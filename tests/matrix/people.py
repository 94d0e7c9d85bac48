"""Somebody with a phone, a mailbox and a browser, over real webhooks, pages and the API."""

from __future__ import annotations

import asyncio
import base64
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from channels.wording.book import Wording, wording
from database.customers import Customers
from database.sessions import Sessions
from gateway.browser import SESSION, STORE_SESSION
from models.case import Pending, Turn
from models.people import Address, Assurance, Channel
from models.questions import File
from simulators.carrier.handset import Handset, HandsetCall
from simulators.carrier.tls import trusted
from tests.gateway.visitor import Form
from tests.matrix import voices
from tests.stories.world import KEY, World
from workflows.engine.visitors import VERIFY

WISH = {
    "pay-bill": "I want to pay my bill",
    "upgrade-device": "I want to upgrade my phone",
    "change-plan": "I want to change my plan",
    "resolve-technical-issue": "I have a technical problem",
    "resolve-billing-issue": "there is a charge on my bill that I do not recognize",
    "welcome": "I am a new customer, help me set up",
}
PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    )
).decode()
PHOTO = {"name": "bill.png", "type": "image/png", "base64": PIXEL}
SAID = re.compile(r"\W+")
HOUR = timedelta(hours=1)


@dataclass
class Person:
    """One customer, whom every channel knows by an address of theirs."""

    world: World
    phone: Handset
    mail: str
    id: str
    store: dict[str, str]
    case: str = ""
    way: dict[Channel, Way] = field(default_factory=dict)
    said_codes: int = 0

    def over(self, channel: Channel) -> Way:
        return self.way.setdefault(channel, WAYS[channel](self))

    async def code(self) -> str:
        """The newest code that was texted and not said yet."""
        for _ in range(100):
            texts = [str(text["body"]) for text in await self.phone.received()]
            codes = [found for text in texts for found in re.findall(r"\b\d{6}\b", text)]
            if len(codes) > self.said_codes:
                self.said_codes = len(codes)
                return str(codes[-1])
            await asyncio.sleep(0.1)
        raise AssertionError("no new code was texted")


class Way(ABC):
    """One channel as this person uses it. ``heard`` is what it said last."""

    channel: Channel

    def __init__(self, person: Person) -> None:
        self.person = person
        self.words: Wording = wording("en", voices.ZONE)
        self.heard = ""

    @abstractmethod
    async def begins(self, moment: str) -> None: ...

    @abstractmethod
    async def returns(self) -> None: ...

    @abstractmethod
    async def says(self, turn: Turn, pending: Pending, value: Any) -> None: ...

    async def goes_on(self, _: Turn) -> None:
        """Says that they want to go on, where they were asked that first."""
        raise AssertionError(f"{self.channel.value} asks no such thing")

    async def hears_on(self) -> None:
        """Turns back to this channel, after something was done on another."""
        return

    async def leaves(self) -> None:
        """Hangs up, where there is something to hang up."""
        return

    async def close(self) -> None:
        """Nothing is left open behind them."""
        return

    async def asks(self, turn: Turn) -> bool:
        """Whether what was heard last holds the question."""
        pending = turn.question
        assert pending is not None
        words = self.words.aloud if self.channel is Channel.PHONE else self.words
        prompt = SAID.sub(" ", words.prompt(turn.moment, pending, self.channel))
        return prompt[:24].lower().strip() in SAID.sub(" ", self.heard).lower()


class Texts(Way):
    """SMS and WhatsApp."""

    channel = Channel.SMS

    async def _sends(self, body: str, **besides: Any) -> None:
        before = len(await self._received())
        answer = await self.person.phone.texts(body, channel=self.channel.value, **besides)
        assert answer["webhook"]["status"] == 200, answer
        for tries in range(100):
            received = (await self._received())[before:]
            # The link that follows a call which broke off may come in between: no answer to this.
            if any("/c/" not in text for text in received) or (received and tries > 15):
                self.heard = " ".join(received)
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"no answer to {body!r}")

    async def _received(self) -> list[str]:
        texts = await self.person.phone.received()
        return [str(t["body"]) for t in texts if t["channel"] == self.channel.value and t["by"] == "company"]

    async def begins(self, moment: str) -> None:
        await self._sends(WISH[moment])

    async def returns(self) -> None:
        await self._sends("hello")

    async def goes_on(self, _: Turn) -> None:
        await self._sends("yes")

    async def says(self, turn: Turn, pending: Pending, value: Any) -> None:
        if isinstance(pending.question, File) and value is not None:
            await self._sends("", media=[PHOTO])
            return
        await self._sends(voices.words_for(pending.question, value, turn.moment, self.words, "en"))


class WhatsApp(Texts):
    channel = Channel.WHATSAPP


class Phone(Way):
    channel = Channel.PHONE
    call: HandsetCall

    async def begins(self, moment: str) -> None:
        self.call = await self.person.phone.calls()
        self.heard = await self.call.says(WISH[moment])

    async def returns(self) -> None:
        self.call = await self.person.phone.calls()
        self.heard = self.call.heard

    async def goes_on(self, _: Turn) -> None:
        self.heard = await self.call.says("yes please")

    async def hears_on(self) -> None:
        self.heard = await self.call.says("I have sent it")

    async def says(self, turn: Turn, pending: Pending, value: Any) -> None:
        if pending.question.key.startswith(VERIFY):
            self.heard = await self.call.presses(str(value))
            return
        said = voices.said(Channel.PHONE, pending, value, turn.moment, self.words, "en")
        deed = self.call.presses if said.way == "keypad" else self.call.says
        self.heard = await deed(said.text)

    async def leaves(self) -> None:
        if not self.call.over:
            await self.call.hangs_up()


class Mail(Way):
    channel = Channel.EMAIL
    last: str | None = None

    async def _sends(self, text: str, attachments: list[dict[str, str]] | None = None) -> None:
        before = len(await self._received())
        body = {
            "in_reply_to": self.last, "to": None, "subject": "Hello", "text": text, "html": None,
            "attachments": attachments or [], "spf": "pass", "dkim": "pass", "auto": False,
        }  # fmt: skip
        await self.person.phone.ask("POST", f"mail/{self.person.mail}", body)
        for _ in range(100):
            received = await self._received()
            if len(received) > before:
                self.heard, self.last = str(received[-1]["text"]), str(received[-1]["id"])
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"no answer to the mail {text!r}")

    async def _received(self) -> list[dict[str, Any]]:
        box = await self.person.phone.ask("GET", f"mail/{self.person.mail}")
        return [mail for mail in box["mails"] if mail["by"] == "company"]

    async def begins(self, moment: str) -> None:
        await self._sends(WISH[moment])

    async def returns(self) -> None:
        self.last = None
        await self._sends("hello")

    async def goes_on(self, _: Turn) -> None:
        await self._sends("yes")

    async def says(self, turn: Turn, pending: Pending, value: Any) -> None:
        if isinstance(pending.question, File) and value is not None:
            await self._sends("Here it is", [PHOTO])
            return
        await self._sends(voices.words_for(pending.question, value, turn.moment, self.words, "en"))


class Pages(Way):
    """The customer's browser, without a screen."""

    channel = Channel.WEB
    base = ""
    page = httpx.Response(200)
    assurance = Assurance.POSSESSION

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.client = httpx.AsyncClient(
            base_url=person.world.site, follow_redirects=True, timeout=30, verify=trusted(), trust_env=False
        )

    async def close(self) -> None:
        await self.client.aclose()

    async def _signs_in(self) -> None:
        token = await Sessions(self.person.world.database).open(self.person.id, None, self.assurance, HOUR)
        self.client.cookies.set(SESSION, token)

    async def _sends(self, action: str, **fields: Any) -> None:
        file = fields.pop("file", None)
        found = re.search(rf'action="([^"]*{re.escape(action)})"', self.page.text)
        assert found, f"no form for {action}"
        form = Form(self.page.text, action).fields | fields
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        files = {"file": (PHOTO["name"], base64.b64decode(PIXEL), PHOTO["type"])} if file else None
        self.page = await self.client.post(found.group(1), data=form, files=files, headers=headers)
        assert self.page.status_code == 200, f"{action}: {self.page.status_code}"
        self.heard = self.page.text

    async def begins(self, moment: str) -> None:
        await self._signs_in()
        self.page = await self.client.get(f"/m/{moment}")
        await self._sends(f"/m/{moment}")

    async def returns(self) -> None:
        await self._signs_in()
        self.page = await self.client.get(f"{self.base}/case/{self.person.case}")
        self.heard = self.page.text

    async def says(self, turn: Turn, pending: Pending, value: Any) -> None:
        self.page = await self.client.get(f"{self.base}/case/{self.person.case}")
        if isinstance(pending.question, File) and value is not None:
            await self._sends("/file", file=True)
        else:
            await self._sends("/answer", **voices.form(pending, value))

    async def asks(self, turn: Turn) -> bool:
        assert turn.question is not None
        return f'name="key" value="{turn.question.question.key}"' in self.page.text


class Store(Pages):
    """The tablet, where an associate has signed in and seen the customer's document."""

    channel = Channel.STORE
    base = "/store"
    assurance = Assurance.VERIFIED

    async def _signs_in(self) -> None:
        token = await Sessions(self.person.world.database).open(self.person.id, None, self.assurance, HOUR)
        self.client.cookies.set(STORE_SESSION, token)
        for name, cookie in self.person.store.items():
            self.client.cookies.set(name, cookie)

    async def begins(self, moment: str) -> None:
        await self._signs_in()
        self.page = await self.client.get("/store/customer")
        await self._sends("/store/start", moment=moment)


class Desk(Way):
    """An agent's own tool, by the API."""

    channel = Channel.DESK

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        keys = {"Authorization": f"Bearer {KEY}"}
        self.client = httpx.AsyncClient(
            base_url=f"{person.world.site}/api/v1", headers=keys, timeout=30, verify=trusted(), trust_env=False
        )
        self.by = {"channel": "desk", "assurance": "verified"}

    async def close(self) -> None:
        await self.client.aclose()

    async def _posts(self, path: str, body: dict[str, Any]) -> None:
        response = await self.client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})
        assert response.is_success, f"{path}: {response.status_code} {response.text[:300]}"
        self.heard = response.text

    async def begins(self, moment: str) -> None:
        await self._posts("/cases", {"customer": {"id": self.person.id}, "moment": moment} | self.by)

    async def returns(self) -> None:
        await self.begins(self.person.case.split("/")[0])

    async def says(self, turn: Turn, pending: Pending, value: Any) -> None:
        answer = {"key": pending.question.key, "revision": pending.revision, "value": value}
        await self._posts(f"/cases/{self.person.case}/answers", answer | self.by)

    async def asks(self, turn: Turn) -> bool:
        assert turn.question is not None
        return f'"{turn.question.question.key}"' in self.heard


WAYS: dict[Channel, type[Way]] = {way.channel: way for way in (Texts, WhatsApp, Phone, Mail, Pages, Store, Desk)}


async def somebody(world: World, phone: Handset, store: dict[str, str]) -> Person:
    """A customer known by a number and a mail address."""
    customers = Customers(world.database)
    known = await customers.meet(Address(kind="phone", value=phone.number))
    mail = f"somebody{phone.number[1:]}@customer.example"
    await customers.add_address(known.id, Address(kind="email", value=mail))
    return Person(world, phone, mail, known.id, store)

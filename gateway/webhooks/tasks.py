"""TaskRouter, where the account has it: a caller waits in its queue, and it reserves one of the team for them."""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData

from channels.phone import Enqueue, Gather, Leave, Pause, Speech, voice
from channels.preface import joined
from channels.providers.task_router import INTERACTION, attributes, call, dequeue
from channels.providers.twilio import TwilioDoor, twiml
from channels.wording.book import Wording
from database.put_throughs import PutThrough, PutThroughs
from gateway.parts import Parts, parts_of
from gateway.webhooks.place import Place
from gateway.webhooks.request import NUMBER
from gateway.webhooks.signature import signed, signed_form, text_of

router = APIRouter(prefix="/tasks", include_in_schema=False)
log = logging.getLogger(__name__)
# TaskRouter waits five seconds for an assignment, and then asks elsewhere.
DEADLINE = 4.0
QUIET = 15
CALL_BACK = "1"
SIDS = {"TaskSid": "WT", "ReservationSid": "WR", "WorkerSid": "WK", "WorkflowSid": "WW"}
BRIDGED = {"bridged", "bridging-in-process", "redirected-from-bridged"}


def about_us(form: FormData, door: TwilioDoor) -> bool:
    """Whether a signed assignment is one of our account, under ids of the provider's own making."""
    sids = all(re.fullmatch(f"{kind}[0-9a-f]{{32}}", text_of(form, name)) for name, kind in SIDS.items())
    return sids and form.getlist("AccountSid") == [door.account_sid]


async def signed_task(request: Request) -> FormData:
    return await signed(request, about_us)


@router.post("/assigned")
async def assigned(request: Request, form: Annotated[FormData, Depends(signed_task)]) -> Response:
    """Somebody is reserved for a caller: how the two are connected."""
    return JSONResponse(await Tasks(parts_of(request)).assigned(form))


@router.post("/wait")
async def wait(request: Request, form: Annotated[FormData, Depends(signed_form)]) -> Response:
    """What a caller in the queue hears, over and over."""
    return Response(await Tasks(parts_of(request)).wait(form, request.query_params), media_type="text/xml")


class Tasks:
    """A caller's time in the queue is a way to somebody; so is each reservation, under its own id."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.books = PutThroughs(parts.database)

    async def queued(self, workflow: str, customer: str, body: Mapping[str, str], place: Place) -> Enqueue:
        """Into the queue. What goes along is an id and nothing of the customer."""
        sid = body["CallSid"]
        case = await self.parts.calls.case_of(sid)
        way = await self.books.begin(sid, "", customer=customer, case=case)
        action = self.parts.url(f"{place.path('voice/through')}&t={way.id}")
        return Enqueue(workflow, way.id, action, self.parts.url(f"/twilio/tasks/wait?t={way.id}"))

    async def assigned(self, form: FormData) -> dict[str, object]:
        """The instruction, in time. Whatever is down, a caller is never lost: they are connected unannounced."""
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._assigned(form)
        except Exception as error:  # noqa: BLE001 - an error would only make TaskRouter ask elsewhere
            log.warning("somebody reserved could not be told who calls: %s", type(error).__name__)
            return dequeue(self.parts.number)

    async def _assigned(self, form: FormData) -> dict[str, object]:
        reservation = text_of(form, "ReservationSid")
        way = await self.books.get(str(attributes(text_of(form, "TaskAttributes")).get(INTERACTION, "")))
        if way is None or text_of(form, "WorkflowSid") != self.parts.task_router:
            return dequeue(self.parts.number)
        if way.over_at is not None:
            return {}
        phone = str(attributes(text_of(form, "WorkerAttributes")).get("contact_uri", ""))
        reachable = bool(NUMBER.fullmatch(phone))
        staff = await self.parts.attendance.at(phone) if reachable else None
        await self.books.begin(
            way.call, staff or "", customer=way.customer, case=way.case, tried=(way.id,), id=reservation
        )
        if not reachable:
            return dequeue(self.parts.number)
        return call(phone, self.parts.number, self.parts.url(f"/twilio/voice/whisper?t={reservation}"))

    async def wait(self, form: FormData, query: Mapping[str, str]) -> str:
        """The place in the queue and how long it takes, as far as TaskRouter says; a key leaves it."""
        way = await self.books.get(query.get("t", ""))
        words = await self._words(way)
        if text_of(form, "Digits") == CALL_BACK or way is None or way.call != text_of(form, "CallSid"):
            return twiml([Leave()], base=self.parts.public_url)
        again = "w" in query
        action = self.parts.url(f"/twilio/tasks/wait?t={way.id}&w=1")
        prompt = joined(words.say("through-queued"), *standing(words, form), words.say("through-key"))
        asked = Gather(prompt, action, "keypad", 1, language=voice(words))
        speech: Speech = [Pause(QUIET), asked] if again else [asked]
        return twiml(speech, base=self.parts.public_url)

    async def _words(self, way: PutThrough | None) -> Wording:
        owner = await self.parts.customers.owner(way.customer) if way else ""
        customer = await self.parts.customers.get(owner) if owner else None
        return self.parts.words(customer.language if customer else "en", customer.zone if customer else "UTC").aloud


def standing(words: Wording, form: FormData) -> list[str]:
    """How many are before a caller, and for how long, where that is known."""
    place, seconds = text_of(form, "QueuePosition"), text_of(form, "AvgQueueTime")
    said = [words.say("through-place", place=int(place))] if place.isdecimal() and len(place) < 4 else []
    if seconds.isdecimal() and 0 < int(seconds[:6]) < 7200:
        said.append(words.say("through-about", minutes=math.ceil(int(seconds[:6]) / 60)))
    return said

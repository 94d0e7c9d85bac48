"""One-tap answers out of a mail: opening the link changes nothing, the button on its page sends the answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.email import one_tap
from channels.forms import read
from channels.letters import OneTap
from channels.picks import Pick
from channels.reading import Understood
from database.passes import Pass
from gateway.browser import nonce
from gateway.limits import client_of, limits_of
from gateway.metrics import DUPLICATES
from gateway.pages.links import let_in
from gateway.pages.sign_in import Form
from gateway.parts import parts_of
from gateway.templating import page, words_for
from gateway.webhooks.signature import fingerprint
from models.case import Pending, Turn
from models.people import Address, Assurance, Channel
from switchboard.switchboard import Speaker, visit_named

router = APIRouter(prefix="/a/{token}", include_in_schema=False)
_STAY = timedelta(minutes=5)
SURE = Assurance.POSSESSION  # what a link out of a mail proves


@dataclass(frozen=True)
class Tap:
    """A one-tap answer that still fits: its case as last written, the question, and what would be answered."""

    asked: OneTap
    turn: Turn
    pending: Pending
    pick: Pick


@router.get("")
async def look(request: Request, token: str) -> Response:
    """Scanners and previews open links too: they see this page, and nothing has happened."""
    found = await look_at(request, token)
    return stale(request, token, found) if isinstance(found, str) else shown(request, token, found)


@router.post("")
async def send(request: Request, token: str, form: Form) -> Response:
    """Answer, once: then on to the case. The same link again opens nothing."""
    parts = parts_of(request)
    found = await look_at(request, token)
    if isinstance(found, str):
        return stale(request, token, found)
    id = f"tap:{hashlib.sha256(token.encode(errors='replace')).hexdigest()[:40]}"
    if (await parts.inbox.receive(id, "one-tap", fingerprint(id), {})).reply is not None:
        DUPLICATES.labels("one-tap").inc()
        return stale(request, token, "page-tap-answered")
    reading = read(found.pending.question, {"value": found.pick.value})
    if not isinstance(reading, Understood):
        return stale(request, token, "page-tap-answered")
    asked = found.asked
    turn = await parts.switchboard.answer(
        await speaker_of(request, asked.customer, token), asked.case, id, asked.key, asked.revision, reading.value
    )
    if turn.note is not None:
        return stale(request, token, "page-tap-closed" if turn.status.closed else "page-tap-answered")
    await parts.inbox.done(id, "answered")
    return await let_in(request, Pass(case=asked.case, customer=asked.customer, expires_at=datetime.now(UTC) + _STAY))


@router.post("/again")
async def again(request: Request, token: str, form: Form) -> Response:
    """The current question by mail, to the address on file, never to one that is given here."""
    parts, limits = parts_of(request), limits_of(request)
    asked = parts.mail.letters.tapped(token) if parts.mail else None
    if asked is not None and parts.mail is not None and limits.links.allows(client_of(request)):
        turn, customer = await parts.switchboard.look(asked.case), await parts.customers.get(asked.customer)
        to = await address_of(request, asked.customer)
        mailable = turn is not None and not turn.status.closed and turn.floor.rank <= SURE.rank
        if turn and mailable and customer and to and limits.sends_link(asked.customer):
            words = parts.words(customer.language, customer.zone)
            now = turn.model_copy(update={"note": None, "notices": []})
            letter = parts.mail.letters.message(
                key=f"again:{nonce()}", customer=customer.id, to=to, turn=now, words=words
            )
            await parts.post.send(letter)
    return stale(request, token, "page-tap-sent")


async def look_at(request: Request, token: str) -> Tap | str:
    """What a link would answer now, or the message that says why nothing. Changes nothing."""
    parts = parts_of(request)
    asked = parts.mail.letters.tapped(token) if parts.mail else None
    turn = await parts.switchboard.look(asked.case) if asked else None
    if asked is None or turn is None:
        return "page-tap-wrong"
    if turn.joined is not None:
        onward = parts.switchboard.onward
        if await onward.carried(asked.case, asked.key, asked.revision) is None:
            return "page-tap-answered"
    elif turn.status.closed:
        return "page-tap-closed"
    if turn.floor.rank > SURE.rank:
        return "page-tap-answered"
    pending = next((p for p in turn.pending if (p.question.key, p.revision) == (asked.key, asked.revision)), None)
    if pending is None:
        return "page-tap-answered"
    picks = one_tap(pending.question, turn.moment, words_for(request))
    pick = next((pick for pick in picks if asked.is_for(pick.value)), None)
    return Tap(asked, turn, pending, pick) if pick else "page-tap-answered"


async def speaker_of(request: Request, customer: str, token: str) -> Speaker:
    customers = parts_of(request).customers
    customer = await customers.owner(customer)
    found = await customers.get(customer)
    language, zone = (found.language, found.zone) if found else ("en", "UTC")
    to = await address_of(request, customer)
    visit = visit_named(Channel.EMAIL.value, token)
    return Speaker(customer, Channel.EMAIL, Assurance.POSSESSION, to, language, zone, visit=visit)


async def address_of(request: Request, customer: str) -> Address | None:
    customers = parts_of(request).customers
    known = await customers.addresses(await customers.owner(customer))
    return next((address for address in known if address.kind == "email"), None)


def shown(request: Request, token: str, tap: Tap) -> Response:
    words = words_for(request)
    question = words.prompt(tap.turn.moment, tap.pending, Channel.WEB)
    return page(
        request, "customer/one_click.html", words, token=token, question=question, answer=tap.pick.label, message=""
    )


def stale(request: Request, token: str, message: str) -> Response:
    status = 200 if message == "page-tap-sent" else 410
    return page(
        request, "customer/one_click.html", words_for(request), status, token=token, question="", answer="",
        message=message,
    )  # fmt: skip

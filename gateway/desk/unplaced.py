"""Messages that belong to nobody yet: who wrote, why nobody was found, and whose it is or that it is nobody's."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from activities.identity import masked
from channels.reading import mask_remark
from channels.reading.mask import mask
from channels.wording.book import Wording
from database.unplaced import Stray, Unplaced
from gateway.browser import field
from gateway.desk.search import people
from gateway.desk.seeing import DESK, Form
from gateway.limits import limits_of, within
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from gateway.webhooks.mail import opened
from gateway.webhooks.mail_desk import MailDesk
from models.errors import NotConfirmed, NotUnderstood, Unknown
from models.people import Address

log = logging.getLogger(__name__)
router = APIRouter(prefix="/unplaced", include_in_schema=False)
PLACE = f"{DESK}/unplaced"
MOST, SHORTEST = 100, 3
LONGEST_SHOWN = 8_000
REASONS = frozenset(
    {"unreadable", "too-large", "no-sender", "not-proved", "wrong-token", "too-many", "no-such-case", "failed"}
)
TOLD = frozenset({"assigned", "aside", "already"})


@dataclass(frozen=True)
class Line:
    """One message as the list shows it."""

    stray: Stray
    sender: str
    why: str


@dataclass(frozen=True)
class Message:
    """One message as it may be read: plain words, card numbers masked. ``words`` is None where it can't be opened."""

    line: Line
    words: str | None
    files: int
    known: Address | None


async def waiting(request: Request) -> int:
    """How many wait, for the desk's head."""
    mail = parts_of(request).mail
    return await mail.unplaced.waiting() if mail is not None else 0


def kept(request: Request) -> Unplaced:
    """Raises Unknown where no mail comes in."""
    mail = parts_of(request).mail
    if mail is None:
        raise Unknown
    return mail.unplaced


def line(words: Wording, stray: Stray) -> Line:
    code = stray.reason if stray.reason in REASONS else "other"
    sender = masked(Address(kind="email", value=stray.sender)) if "@" in stray.sender else ""
    return Line(stray, sender, words.say(f"desk-unplaced-why-{code}"))


@router.get("")
async def strays(request: Request, told: str = "") -> Response:
    """What waits, newest first; what was put aside stands below."""
    words, mail = words_for(request), parts_of(request).mail
    found = await mail.unplaced.strays(MOST) if mail is not None else []
    aside = await mail.unplaced.put_aside(20) if mail is not None else []
    said = words.say(f"desk-unplaced-told-{told}") if told in TOLD else ""
    return page(
        request, "desk/unplaced.html", words, person=here(request).person, told=said,
        lines=[line(words, each) for each in found], aside=[line(words, each) for each in aside],
    )  # fmt: skip


@router.get("/{id}")
async def stray(request: Request, id: str) -> Response:
    """One of them, as words alone. That it was read is noted."""
    return await shown(request, id)


@router.post("/{id}/find")
async def find(request: Request, id: str, form: Form) -> Response:
    """Whose it may be. Posted: who is looked for stands in no address."""
    within(limits_of(request).searches, here(request).person.id)
    return await shown(request, id, typed=field(form, "typed", 200).strip())


async def shown(request: Request, id: str, *, typed: str = "", error: str = "", status: int = 200) -> Response:
    parts, person, words = parts_of(request), here(request).person, words_for(request)
    message = await read(request, id, words)
    await parts.audit.note(person, "read an unplaced message", note=f"message={id}")
    by = typed or (message.known.value if message.known else "")
    found = await people(parts, by) if by else []
    for each in found:
        await parts.audit.note(person, "found", customer=each.customer.id)
    return page(
        request, "desk/unplaced_one.html", words, status, person=person, message=message, found=found, typed=typed,
        error=error,
    )  # fmt: skip


async def read(request: Request, id: str, words: Wording) -> Message:
    """Raises Unknown for one there is not. Nothing of it is ever taken as HTML."""
    stray = await kept(request).stray(id)
    if stray is None:
        raise Unknown
    raw = await kept(request).raw(id)
    if raw is None:
        return Message(line(words, stray), None, 0, None)
    content_type, _, content = raw.partition(b"\n")
    try:
        mail = await asyncio.to_thread(opened, content_type.decode("utf-8", "replace"), content)
    except Exception as error:  # noqa: BLE001 - whatever trips the reader, a person sees what there is
        log.info("an unplaced message can't be read: %s", type(error).__name__)
        plain = content[:LONGEST_SHOWN].decode("utf-8", "replace")
        return Message(line(words, stray), mask(plain), 0, None)
    known = mail.sender if mail.sender and await parts_of(request).customers.find(mail.sender) else None
    return Message(line(words, stray), mask(mail.words[:LONGEST_SHOWN]), len(mail.files), known)


@router.post("/{id}/assign")
async def assign(request: Request, id: str, form: Form) -> Response:
    """It is this customer's: it is heard as if it had come from them, in a case of theirs where one is named."""
    parts, person, words = parts_of(request), here(request).person, words_for(request)
    stray, desk = await kept(request).stray(id), cast("MailDesk | None", request.app.state.mails)
    customer, case = field(form, "customer", 64), field(form, "case", 200) or None
    person_of = await parts.customers.owner(customer)
    if stray is None or desk is None or (case and not await parts.switchboard.owns(person_of, case)):
        raise Unknown
    try:
        done = await desk.assign(stray, customer, person.name, case)
    except NotUnderstood:
        return await shown(request, id, error=words.say("desk-unplaced-unreadable"), status=422)
    except NotConfirmed:
        return await shown(request, id, error=words.say("desk-join-not-now"), status=503)
    if done:
        await parts.audit.note(person, "assigned a message", customer=customer, case=case, note=f"message={id}")
    return RedirectResponse(f"{PLACE}?told={'assigned' if done else 'already'}", 303)


@router.post("/{id}/aside")
async def aside(request: Request, id: str, form: Form) -> Response:
    """It is nobody's, for a reason that is kept."""
    parts, person, words = parts_of(request), here(request).person, words_for(request)
    reason = mask_remark(field(form, "reason", 500).strip())
    if len(reason) < SHORTEST:
        return await shown(request, id, error=words.say("desk-join-needs-reason"), status=422)
    done = await kept(request).aside(id, person.name, reason)
    if done:
        await parts.audit.note(person, "put a message aside", note=f"message={id}: {reason}"[:500])
    return RedirectResponse(f"{PLACE}?told={'aside' if done else 'already'}", 303)

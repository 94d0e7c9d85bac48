"""Two records that are one person: found, compared, joined for a reason, and parted again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from activities.identity import masked
from channels.reading import mask_remark
from channels.wording.book import Wording
from database.joins import Join, Joins
from gateway.browser import field
from gateway.desk.joining_words import facing, fact_told
from gateway.desk.reasons import reason as reason_for
from gateway.desk.search import people
from gateway.desk.seeing import DESK, Form
from gateway.desk.why import COMMON
from gateway.limits import limits_of, within
from gateway.parts import Parts, parts_of
from gateway.staff.guard import ReasonNeeded, here
from gateway.templating import page, words_for
from models.errors import NotConfirmed, Unknown
from models.ledger import Fact
from models.people import Address
from models.staff import Person, Role, Why
from switchboard.joining import Preview, Registry, Side, Since, Wish

router = APIRouter(prefix="/customer/{customer}", include_in_schema=False)
SHORTEST = 3  # letters of a reason


@dataclass(frozen=True)
class Past:
    """A joining as it is listed: who the other was, and whether whoever looks may undo it now."""

    join: Join
    addresses: tuple[str, ...]
    names: tuple[str | None, str | None]
    may: bool


def registry(parts: Parts) -> Registry:
    return Registry(parts.switchboard, Joins(parts.database))


def may_part(person: Person, join: Join) -> bool:
    """Agents undo their own joinings, supervisors anybody's."""
    return person.role is Role.SUPERVISOR or join.staff == person.id


@router.get("/join")
async def choose(request: Request, customer: str) -> Response:
    """Who the other one is: a search, and what was joined before."""
    return await search_page(request, customer)


@router.post("/join/find")
async def find(request: Request, customer: str, form: Form) -> Response:
    """Posted: who is looked for stands in no address."""
    within(limits_of(request).searches, here(request).person.id)
    return await search_page(request, customer, field(form, "typed", 200).strip())


async def search_page(request: Request, customer: str, typed: str = "") -> Response:
    parts, person = parts_of(request), here(request).person
    side = await registry(parts).side(customer)
    found = [each for each in await people(parts, typed) if each.customer.id not in side.records] if typed else []
    for each in found:
        await parts.audit.note(person, "found", customer=each.customer.id)
    past = [await past_of(parts, join, person) for join in await Joins(parts.database).of(side.customer.id)]
    return page(
        request, "desk/join.html", words_for(request, None, side.customer.zone), person=person, side=side,
        shown=shown(side), found=found, typed=typed, past=past, customer=customer,
    )  # fmt: skip


@router.get("/join/{other}")
async def compare(request: Request, customer: str, other: str) -> Response:
    """The two side by side, and everything that would happen. Nothing has."""
    return await preview_page(request, customer, other)


async def preview_page(
    request: Request, customer: str, other: str, *, error: str = "", form: FormData | None = None, status: int = 200
) -> Response:
    parts, person = parts_of(request), here(request).person
    preview = await registry(parts).preview(customer, other, person.id)
    record = preview.other.customer.id
    why, note = await allowed(request, record)
    await parts.audit.note(person, "compared", customer=record, why=why, note=note)
    words = words_for(request, None, preview.one.customer.zone)
    return page(
        request, "desk/join_preview.html", words, status, person=person, preview=preview, customer=customer,
        sides=[(preview.one, shown(preview.one)), (preview.other, shown(preview.other))], error=error, form=form,
        cases=[facing(words, each) for each in preview.cases], typed=form or {}, chosen=chosen_of,
        note=given(words, note),
        facts={fact.name: [said_of(words, each) for each in (fact.one, fact.other)] for fact in preview.facts},
    )  # fmt: skip


async def allowed(request: Request, record: str) -> tuple[Why, str | None]:
    """What lets them look at the other one as well, with its note. Raises ReasonNeeded where nothing does."""
    sessions, session = parts_of(request).staff_sessions, here(request)
    note, known = await sessions.glass(session.id, record), await reason_for(request, session, record, None)
    if note is None and known is None:
        raise ReasonNeeded(record)
    return known or Why.BREAK_GLASS, note


def said_of(words: Wording, fact: Fact) -> str:
    told = fact_told(words, fact)
    return f"{told.value} · {told.how}"


def chosen_of(form: FormData | None, name: str, otherwise: str) -> str:
    """What stood in the form that came back, or what it begins with."""
    return (field(form, name, 20) if form is not None else "") or otherwise


@router.post("/join/{other}")
async def join(request: Request, customer: str, other: str, form: Form) -> Response:
    """Make them one: for a reason, and once both were made sure of."""
    parts, person = parts_of(request), here(request).person
    words, reason = words_for(request), mask_remark(field(form, "reason", 500).strip())
    missing = "reason" if len(reason) < SHORTEST else "" if sure(form) else "sure"
    if missing:
        return await preview_page(
            request, customer, other, error=words.say(f"desk-join-needs-{missing}"), form=form, status=422
        )
    preview = await registry(parts).preview(customer, other, person.id)
    await allowed(request, preview.other.customer.id)
    try:
        made = await registry(parts).join(customer, other, wish(form, preview, person, reason))
    except NotConfirmed:
        error = words.say("desk-join-not-now")
        return await preview_page(request, customer, other, error=error, form=form, status=503)
    if made is None:
        error = words.say("desk-join-held", names=", ".join(preview.held))
        return await preview_page(request, customer, other, error=error, form=form, status=409)
    for record in (made.person, made.record):
        await parts.audit.note(person, "joined", customer=record, note=f"{made.id}: {reason}"[:500])
    return RedirectResponse(f"{DESK}/customer/{customer}/joins/{made.id}", 303)


def sure(form: FormData) -> bool:
    return field(form, "sure-one", 1) == "1" and field(form, "sure-other", 1) == "1"


def given(words: Wording, note: str | None) -> str:
    """What somebody wrote themselves when they opened the record; a sentence that was tapped says nothing here."""
    tapped = {words.say(f"desk-why-{each}") for each in COMMON}
    return "" if note is None or note in tapped else note


def wish(form: FormData, preview: Preview, person: Person, reason: str) -> Wish:
    sides = {"one": preview.one.customer, "other": preview.other.customer}
    name = sides[chosen(form, "name", better_name(preview))].name
    language = sides[chosen(form, "language", "one")].language
    older = {fact.name for fact in preview.facts if chosen(form, f"fact-{fact.name}", fact.newest) != fact.newest}
    return Wish(person.id, person.name, reason, name, language, frozenset(older))


def better_name(preview: Preview) -> str:
    return "one" if preview.one.customer.name or not preview.other.customer.name else "other"


def chosen(form: FormData, name: str, otherwise: str) -> str:
    typed = field(form, name, 20)
    return typed if typed in {"one", "other"} else otherwise


def shown(side: Side) -> list[str]:
    return [masked(address) for address in side.addresses]


@router.get("/joins/{join}")
async def joined(request: Request, customer: str, join: str) -> Response:
    """What a joining did, and what its undoing would do."""
    return await joined_page(request, customer, join)


async def joined_page(request: Request, customer: str, id: str, *, error: str = "", status: int = 200) -> Response:
    parts, person = parts_of(request), here(request).person
    found = await theirs(parts, customer, id)
    words, onward = words_for(request), registry(parts)
    since = await onward.since(found) if found.parted_at is None else Since([], [], {})
    past = await past_of(parts, found, person)
    left = max(0, math.ceil((found.until - datetime.now(UTC)) / timedelta(days=1)))
    return page(
        request, "desk/joined.html", words, status, person=person, join=found, past=past, since=since, error=error,
        partable=past.may and await onward.partable(found), left=left, customer=customer,
        opened=since.cases,
        back=[masked(address) for address in since.addresses],
    )  # fmt: skip


@router.post("/joins/{join}/part")
async def part(request: Request, customer: str, join: str, form: Form) -> Response:
    """Undo it, for a reason: an agent their own, a supervisor anybody's, within 30 days."""
    parts, person, words = parts_of(request), here(request).person, words_for(request)
    found, reason = await theirs(parts, customer, join), mask_remark(field(form, "reason", 500).strip())
    if not may_part(person, found):
        error = words.say("desk-unjoin-not-yours", name=found.name)
        return await joined_page(request, customer, join, error=error, status=403)
    if len(reason) < SHORTEST:
        return await joined_page(request, customer, join, error=words.say("desk-join-needs-reason"), status=422)
    try:
        done = await registry(parts).part(join, person.name, reason)
    except NotConfirmed:
        return await joined_page(request, customer, join, error=words.say("desk-join-not-now"), status=503)
    if not done and (await theirs(parts, customer, join)).parted_at is None:
        return await joined_page(request, customer, join, error=words.say("desk-unjoin-too-late"), status=409)
    if done:
        for record in (found.person, found.record):
            await parts.audit.note(person, "parted", customer=record, note=f"{join}: {reason}"[:500])
    return RedirectResponse(f"{DESK}/customer/{customer}/joins/{join}", 303)


async def theirs(parts: Parts, customer: str, id: str) -> Join:
    """Raises Unknown for a joining of somebody else."""
    found = await Joins(parts.database).get(id)
    people = {found.person, found.record} if found else set()
    if found is None or not people & {customer, await parts.customers.owner(customer)}:
        raise Unknown
    return found


async def past_of(parts: Parts, join: Join, person: Person) -> Past:
    known = [await parts.customers.get(id) for id in (join.person, join.record)]
    listed = join.kept.get("addresses")
    addresses = [masked_of(each) for each in listed] if isinstance(listed, list) else []
    names = (known[0].name if known[0] else None, known[1].name if known[1] else None)
    return Past(join, tuple(addresses), names, may_part(person, join))


def masked_of(each: object) -> str:
    return masked(Address.model_validate({"kind": each[0], "value": each[1]})) if isinstance(each, list) else ""

"""The search for anybody and anything: one box, results by customer, what was recognised marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from activities.identity import masked
from database.cases import CaseRecord
from database.customers import Customer
from database.folding import by_stem, stems
from database.lookups import FEW
from database.sought import Sighting, Sought
from database.unplaced import Stray
from gateway.browser import field
from gateway.desk.seeing import DESK, Form
from gateway.limits import limits_of, within
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.case import Status
from models.people import Address
from models.search import Kind, Pieces, Why

router = APIRouter(include_in_schema=False)
A_PAGE, MOST, STRAYS = 10, 20, 200
LONGEST = 200
# Company words for its papers that there is a word of ours for.
PAPERS = frozenset(
    {"bill", "payment", "order", "ticket", "visit", "dispute", "credit", "plan-change", "promise", "plan"}
)
UNSURE = frozenset({Kind.TEXT, Kind.ENDING})


@dataclass(frozen=True)
class Line:
    """A case among what was found, and what somebody wrote in it. Of an older case only that is known."""

    id: str
    status: Status | None = None
    touched_at: datetime | None = None
    said: tuple[Pieces, ...] = ()

    @property
    def moment(self) -> str:
        return self.id.split("/")[0]


@dataclass(frozen=True)
class Found:
    """Somebody the search found: masked addresses, their last cases, and in pieces what was recognised of them."""

    customer: Customer
    addresses: tuple[str, ...]
    cases: tuple[CaseRecord, ...]
    name: Pieces = ()
    known_by: tuple[Pieces, ...] = ()
    also: tuple[tuple[str, Pieces], ...] = ()
    lines: tuple[Line, ...] = ()
    sure: bool = False


@router.post("/find")
async def find(request: Request, form: Form) -> Response:
    """Posted: who is looked for stands in no address. That was searched is noted, and by what; never the words."""
    parts, person = parts_of(request), here(request).person
    typed, after = field(form, "typed", LONGEST).strip(), _number(field(form, "after", 3))
    within(limits_of(request).searches, person.id)
    sightings = await sought(parts).find(typed, limit=A_PAGE, after=after)
    found = [shown(each) for each in sightings.people]
    by = ",".join(kind.value for kind in sightings.kinds)
    await parts.audit.note(person, "searched", note=f"by={by or 'nothing'} found={sightings.count}")
    await parts.audit.notes(person, "found", [(each.customer.id, f"by={by}") for each in found])
    if not after and sightings.count == 1 and (case := _meant(sightings.people[0])):
        return RedirectResponse(f"{DESK}/case/{case}", 303)
    words, more = words_for(request), sightings.count - after - len(found)
    return page(
        request, "desk/found.html", words, person=person, typed=typed, typed_search=typed, found=found, after=after,
        count=sightings.count, many=sightings.count >= FEW, more=max(0, more), following=after + A_PAGE,
        strays=[] if after else await _strays(parts, typed),
    )  # fmt: skip


def sought(parts: Parts) -> Sought:
    return parts.sought or Sought(parts.database)


async def people(parts: Parts, typed: str) -> list[Found]:
    """Whoever is meant by an id, a number, an address or a name, at most twenty; not who wrote something."""
    return [shown(each) for each in (await Sought(parts.database).find(typed, limit=MOST)).people]


def shown(each: Sighting) -> Found:
    """What of a sighting may be seen: addresses masked but for what was typed of them."""
    known = tuple(_address(address, each.whys) for address in each.addresses)
    name: Pieces = ((each.customer.name, False),) if each.customer.name else ()
    also = list[tuple[str, Pieces]]()
    for why in each.whys:
        if why.kind is Kind.NAME:
            if "".join(piece for piece, _ in why.shown) == each.customer.name:
                name = why.shown
            else:
                also.append(("name", why.shown))
        elif why.kind is Kind.PAPER:
            also.append((why.paper if why.paper in PAPERS else "paper", why.shown))
    return Found(
        customer=each.customer,
        addresses=tuple(masked(address) for address in each.addresses),
        cases=each.cases,
        name=name,
        known_by=known,
        also=tuple(dict.fromkeys(also)),
        lines=_lines(each),
        sure=each.only,
    )


def _lines(each: Sighting) -> tuple[Line, ...]:
    """The last cases, those that something was found in before the others."""
    lines = {case.id: Line(case.id, case.status, case.touched_at) for case in each.cases}
    for why in each.whys:
        if why.case:
            line = lines.get(why.case, Line(why.case))
            lines[why.case] = replace(line, said=(*line.said, why.shown)) if why.kind is Kind.TEXT else line
    return tuple(sorted(lines.values(), key=lambda line: not line.said))


def _address(address: Address, whys: Sequence[Why]) -> Pieces:
    hidden = masked(address)
    for why in whys:
        if "".join(piece for piece, _ in why.shown) != address.value:
            continue
        if why.kind in {Kind.NUMBER, Kind.ENDING}:
            return (("•••", False), (address.value[-4:], True))
        if why.kind in {Kind.EMAIL, Kind.BEGINNING}:
            return ((hidden, True),)
    return ((hidden, False),)


def _meant(each: Sighting) -> str | None:
    """The case to go on to at once: the one that was typed, or the only open one of the only one who can be meant."""
    if typed := next((why.case for why in each.whys if why.kind is Kind.CASE), None):
        return typed
    open_ = [case.id for case in each.cases if not case.status.closed]
    sure = any(why.kind not in UNSURE for why in each.whys)
    return open_[0] if sure and len(open_) == 1 else None


async def _strays(parts: Parts, typed: str) -> list[tuple[Stray, Pieces]]:
    """Messages that are nobody's yet, by what they are about."""
    wanted = set(stems(typed))
    if parts.mail is None or not wanted:
        return []
    found = await parts.mail.unplaced.strays(STRAYS)
    fits = [stray for stray in found if wanted <= set(stems(stray.subject))]
    return [(stray, tuple(by_stem(stray.subject, wanted))) for stray in fits[:A_PAGE]]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0

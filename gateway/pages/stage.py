"""The demonstration: one customer's phone, mailbox, browser and store. There only where the carrier is."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
from fastapi import APIRouter, HTTPException, Path, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from database.customers import Customer
from gateway.browser import from_our_page
from gateway.pages import associates
from gateway.parts import parts_of
from gateway.templating import page, words_for
from models.errors import Unknown
from models.people import Address

router = APIRouter(prefix="/stage", include_in_schema=False)
DEFAULT_NUMBER = "+14155550123"
MAIL_AT = "mail.example"
AREAS = ("212", "312", "415", "503", "617", "702", "808")
Number = Annotated[str, Path(pattern=r"^\+[1-9]\d{6,14}$")]
ALLOWED = re.compile(
    r"\+[1-9]\d{6,14}(/texts|/calls|/live)?|calls/[A-Za-z0-9]{1,64}(/(say|press|wait|hangup|answer|decline|card))?"
    r"|nemesis|mail/[a-z0-9.+-]{1,64}@[a-z0-9.-]{1,80}"
)
PATIENCE = httpx.Timeout(30, connect=2)
# A mail may look as it likes, but does nothing: what is clicked in it is opened by the stage.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


@router.get("")
async def stage(request: Request) -> Response:
    """The whole customer at one glance."""
    parts = parts_of(request)
    moments = sorted(parts.switchboard.moments)
    return page(
        request, "stage/stage.html", words_for(request), number=DEFAULT_NUMBER, company=parts.number, moments=moments
    )


def mailbox_of(number: str) -> str:
    """The mail address of whoever has a number on this stage."""
    return f"c{number.lstrip('+')}@{MAIL_AT}"


@router.post("/customers")
async def new_customer(request: Request) -> Response:
    """Somebody nobody has met: a number, and nothing behind it yet."""
    from_our_page(request)
    return JSONResponse({"number": f"+1{secrets.choice(AREAS)}555{secrets.randbelow(10**4):04}"})


@router.post("/customers/{number}")
async def meet(request: Request, number: Number) -> Response:
    """The number and its mailbox belong to one customer, whom the company knows from now on."""
    from_our_page(request)
    parts, mail = parts_of(request), mailbox_of(number)
    customer = await parts.customers.meet(Address(kind="phone", value=number))
    await parts.customers.add_address(customer.id, Address(kind="email", value=mail))
    return JSONResponse(
        {"number": number, "mail": mail, "zone": customer.zone, "can": await possible(request, customer)}
    )


@router.get("/handset/{path:path}")
async def look(request: Request, path: str) -> Response:
    """The carrier's view of a handset or mailbox, or its stream of changes."""
    if path.endswith("/live"):
        return StreamingResponse(stream(address(request, path)), media_type="text/event-stream")
    query = {name: value for name, value in request.query_params.items() if name in {"after", "wait"}}
    return await forwarded(request, path, "GET", query)


@router.post("/handset/{path:path}")
async def act(request: Request, path: str) -> Response:
    """What the customer does with the phone. Only our own page may do it for them."""
    from_our_page(request)
    return await forwarded(request, path, "POST", {})


def address(request: Request, path: str) -> str:
    if not ALLOWED.fullmatch(path):
        raise HTTPException(404)
    return f"{str(parts_of(request).carrier_url).rstrip('/')}/handset/{path}"


async def forwarded(request: Request, path: str, method: str, query: dict[str, str]) -> Response:
    url = address(request, path)
    body, kind = await request.body(), request.headers.get("content-type", "application/json")
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.request(method, url, content=body, params=query, headers={"Content-Type": kind})
    except httpx.HTTPError:
        raise HTTPException(502) from None
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))


async def stream(url: str) -> AsyncIterator[bytes]:
    """The carrier's events as they come, until either side goes."""
    timeout = httpx.Timeout(None, connect=2)
    try:
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client, client.stream("GET", url) as answer:
            async for chunk in answer.aiter_raw():
                yield chunk
    except httpx.HTTPError:
        return


@router.get("/mail/{address}/{id}")
async def mail(request: Request, address: str, id: str) -> Response:
    """A mail as its reader sees it: its HTML, under a policy that lets it do nothing."""
    found = await forwarded(request, f"mail/{address}", "GET", {})
    mails = httpx.Response(found.status_code, content=bytes(found.body)).json().get("mails", [])
    chosen = next((each for each in mails if str(each.get("id")) == id), None)
    if chosen is None or not chosen.get("html"):
        raise HTTPException(404)
    return HTMLResponse(str(chosen["html"]), headers={"Content-Security-Policy": MAIL_POLICY})


async def known(request: Request, number: str) -> Customer | None:
    return await parts_of(request).customers.find(Address(kind="phone", value=number))


async def possible(request: Request, customer: Customer | None) -> list[str]:
    life = parts_of(request).life
    return await life.possible(customer.id, await waiting(request, customer)) if life and customer else []


async def waiting(request: Request, customer: Customer) -> set[str]:
    """The moments of the customer that ask nothing at present: they wait for the world."""
    parts = parts_of(request)
    turns = [await parts.switchboard.look(case.id) for case in await parts.switchboard.open_cases(customer.id)]
    return {turn.moment for turn in turns if turn and not turn.pending and not turn.working}


@router.post("/life/{number}/{what}")
async def happen(request: Request, number: Number, what: str) -> Response:
    """Let something happen in the world, and report it to the cases it concerns, as the company's systems would."""
    from_our_page(request)
    parts, customer = parts_of(request), await known(request, number)
    if parts.life is None or customer is None:
        raise Unknown
    cases = await parts.switchboard.open_cases(customer.id)
    for moment, event in await parts.life.happen(customer.id, what, await waiting(request, customer)):
        for case in cases:
            if case.moment == moment:
                await parts.switchboard.report(case.id, event)
    return JSONResponse({"can": await possible(request, customer)})


@router.get("/timeline/{number}")
async def timeline(request: Request, number: Number) -> Response:
    """The customer's story as a list, newest first; 304 while it has not grown."""
    parts, customer = parts_of(request), await known(request, number)
    rows = await parts.journal.timeline(customer.id, 100) if customer else []
    last = rows[0] if rows else ("", None)
    can = await possible(request, customer)
    seen = f"{last[0]}/{last[1].sequence if last[1] else 0}/{len(rows)}/{','.join(can)}"
    tag = f'"{hashlib.sha256(seen.encode()).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304)
    words = words_for(request, customer.language if customer else None, customer.zone if customer else None)
    lines = [(case.split("/")[0], row, words.story(case.split("/")[0], row)) for case, row in rows]
    response = page(request, "stage/_timeline.html", words, lines=lines)
    response.headers["ETag"] = tag
    response.headers["X-Possible"] = " ".join(can)
    return response


@router.post("/associate")
async def associate(request: Request) -> Response:
    """On the stage everybody may stand at the counter: a carrier that shows every text has nothing to hide here."""
    from_our_page(request)
    return await associates.sign_in_on_stage(request)

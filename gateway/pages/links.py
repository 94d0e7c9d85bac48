"""Links that were sent: looking at one changes nothing, going on uses it up."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from database.outbox import Message
from database.passes import Pass
from gateway.browser import SESSION, nonce, token_of
from gateway.limits import client_of, limits_of
from gateway.pages.seeing import speaker_by
from gateway.pages.sign_in import PASS_LIFETIME, Form, form_page, keep, signed_in, whole_session
from gateway.parts import parts_of
from gateway.templating import words_for
from models.errors import SegueError
from models.people import Channel

router = APIRouter(prefix="/c/{token}", include_in_schema=False)
DEAD_AFTER = timedelta(days=30)


@router.get("")
async def look(request: Request, token: str) -> Response:
    """Mail scanners and previews open links too: only the button uses this one."""
    found = await look_at(request, token)
    if found is None:
        return form_page(request, "stale.html", 410, token=token, sent=False)
    return form_page(request, "pass.html", token=token, moment=found.case.split("/")[0])


@router.post("")
async def go_on(request: Request, token: str, form: Form) -> Response:
    """Use the pass once: a session, and on to its case."""
    parts = parts_of(request)
    found = await parts.passes.use(token) if await look_at(request, token) else None
    if found is None:
        return form_page(request, "stale.html", 410, token=token, sent=False)
    return await let_in(request, found)


async def let_in(request: Request, found: Pass) -> Response:
    """A session for whoever brought a pass that is used up now, and on to its case."""
    parts = parts_of(request)
    session, session_token = await whole_session(request), token_of(request, SESSION)
    # Who came in by a code keeps all that it opened.
    if session is None or session.customer != await parts.customers.owner(found.customer):
        session_token = await signed_in(request, found.customer, found.case)
        session = await parts.sessions.find(session_token)
    with contextlib.suppress(SegueError):
        # The page shows the case as last written even where the arrival can't be noted now.
        if session is not None:
            speaker = speaker_by(await parts.switchboard.speaker_of(session), session, session_token)
            await parts.switchboard.arrive(speaker, found.case, f"web:arrive:{nonce()}")
    return keep(request, RedirectResponse(f"/case/{found.case}", 303), session_token)


@router.post("/again")
async def again(request: Request, token: str, form: Form) -> Response:
    """A new link for whoever the old one was sent to: to the number on file, never to one that is given here."""
    parts = parts_of(request)
    limits = limits_of(request)
    if limits.links.allows(client_of(request)) and (found := await parts.passes.whose(token)):
        recent = found.kind == "link" and found.expires_at > datetime.now(UTC) - DEAD_AFTER
        if recent and not await closed(request, found) and limits.sends_link(found.customer):
            await send_link(request, found)
    return form_page(request, "stale.html", token=token, sent=True)


async def look_at(request: Request, token: str) -> Pass | None:
    """What a link still opens: nothing once its case is closed."""
    found = await parts_of(request).passes.look(token)
    return None if found is None or await closed(request, found) else found


async def closed(request: Request, found: Pass) -> bool:
    parts = parts_of(request)
    record = await parts.cases.get(await parts.switchboard.onward.follow(found.case))
    return record is not None and record.status.closed


async def send_link(request: Request, old: Pass) -> None:
    parts = parts_of(request)
    owner = await parts.customers.owner(old.customer)
    customer = await parts.customers.get(owner)
    phone = next((a for a in await parts.customers.addresses(owner) if a.kind == "phone"), None)
    if customer is None or phone is None:
        return
    token = await parts.passes.issue(old.case, old.customer, lifetime=PASS_LIFETIME)
    body = words_for(request, customer.language, customer.zone).say("page-link-text", link=parts.url(f"/c/{token}"))
    message = Message(
        key=f"link:{nonce()}", case=old.case, customer=old.customer, channel=Channel.SMS, to=phone, body=body
    )
    await parts.post.send(message)

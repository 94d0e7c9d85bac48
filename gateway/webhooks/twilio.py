"""Twilio's addresses: calls, texts and what became of them. Everything here is signed or 403."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData

from gateway.parts import parts_of
from gateway.webhooks import ringing, tasks
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.pay import PayDesk
from gateway.webhooks.signature import signed_form
from gateway.webhooks.texts import TextDesk
from gateway.webhooks.whisper import Whisper

router = APIRouter(prefix="/twilio", include_in_schema=False)
router.include_router(tasks.router)
Form = Annotated[FormData, Depends(signed_form)]


async def texts(request: Request) -> TextDesk:
    return cast("TextDesk", request.app.state.texts)


async def calls(request: Request) -> CallDesk:
    return cast("CallDesk", request.app.state.calls)


Texts = Annotated[TextDesk, Depends(texts)]
CallsHere = Annotated[CallDesk, Depends(calls)]


def xml(text: str) -> Response:
    return Response(text, media_type="text/xml")


@router.post("/messages")
async def message(form: Form, desk: Texts) -> Response:
    """A text or WhatsApp message. The reply goes out through the API, where it is durable."""
    await desk.receive(form)
    return xml("<Response/>")


@router.post("/messages/status", status_code=204)
async def message_status(request: Request, form: Form, desk: Texts) -> None:
    await desk.receipt(form, request.query_params.get("out"))


@router.post("/voice")
async def voice(request: Request, form: Form, desk: CallsHere) -> Response:
    """A call begins: somebody called, or answered our call."""
    if not await ringing.picked_up(parts_of(request), form, request.query_params):
        return xml(ringing.HANG_UP)
    return xml(await desk.begin(form))


@router.post("/voice/turn")
async def voice_turn(request: Request, form: Form, desk: CallsHere) -> Response:
    """What the caller said or keyed, or that nothing came."""
    return xml(await desk.turn(form, request.query_params))


@router.post("/voice/through")
async def voice_through(request: Request, form: Form, desk: CallsHere) -> Response:
    """A caller's way to one of the team has ended: nobody took it, or the two have spoken."""
    return xml(await desk.put_through(form, request.query_params))


@router.post("/voice/through/held")
async def voice_held(request: Request, form: Form, desk: CallsHere) -> Response:
    """A caller waits until somebody is free, or would rather be called back."""
    return xml(await desk.held(form, request.query_params))


@router.post("/voice/whisper")
async def voice_whisper(request: Request, form: Form) -> Response:
    """One of the team has picked up, and is told who it is before they are connected."""
    return xml(await Whisper(parts_of(request)).begin(form, request.query_params))


@router.post("/voice/whisper/key")
async def voice_whisper_key(request: Request, form: Form) -> Response:
    """Whether they take the call."""
    return xml(await Whisper(parts_of(request)).key(form, request.query_params))


@router.post("/voice/spoke")
async def voice_spoke(request: Request, form: Form) -> Response:
    """A call that one of the team had asked for is over."""
    return xml(await Whisper(parts_of(request)).spoke(form, request.query_params))


@router.post("/voice/leg", status_code=204)
async def voice_leg(request: Request, form: Form) -> None:
    """The leg of one of the team has ended."""
    await Whisper(parts_of(request)).leg(form, request.query_params)


@router.post("/pay")
async def paid(request: Request, form: Form) -> Response:
    """A card was keyed in, or not. Nothing of this form is kept."""
    return xml(await PayDesk(parts_of(request)).result(form, request.query_params))


@router.post("/voice/status", status_code=204)
async def voice_status(request: Request, form: Form, desk: CallsHere) -> None:
    await desk.progress(form)
    await ringing.not_taken(parts_of(request), form, request.query_params)

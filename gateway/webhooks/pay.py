"""A card was keyed in at the provider, which sends its token: the answer to a payment question, and never the card."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from starlette.datastructures import FormData

from channels.phone import Hangup, Speech
from gateway.metrics import WEBHOOKS
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.intents import intent_id
from gateway.webhooks.place import Place
from gateway.webhooks.request import caller, kept
from gateway.webhooks.signature import text_of
from models.answers import Method
from models.case import Because, Note, Turn
from models.errors import Declined, Unknown
from switchboard.switchboard import Speaker

log = logging.getLogger(__name__)
BRANDS = {"visa": "Visa", "mastercard": "Mastercard", "amex": "Amex", "discover": "Discover", "jcb": "JCB"}
STOPPED, GONE, FAILED = "caller-interrupted-with-star", "caller-hung-up", "too-many-failed-attempts"


class PayDesk(CallDesk):
    """Takes what ``<Pay>`` reports. Its form is never kept or logged: only the company's own token is."""

    async def result(self, form: FormData, query: Mapping[str, str]) -> str:
        """What the caller hears after keying in a card, or not."""
        place, body = Place.read(query), kept(form)
        if caller(body) is None:
            return self._xml(self.voice.withheld())
        if not await self.parts.inbox.knows(intent_id(body["CallSid"], place)):
            WEBHOOKS.labels("pay", "unasked").inc()
            log.warning("a card was reported that nobody had asked for")
            return self._xml(self.voice.sorry())
        body |= {"c": place.case or "", "k": place.key or "", "r": str(place.revision), "n": str(place.number)}
        body |= {"a": str(place.attempt)}
        return await self._once("pay", paid_id(body), body, place, lambda: self._result(form, body, place))

    async def _result(self, form: FormData, body: dict[str, str], place: Place) -> Speech:
        speaker = await self._speaker(body)
        outcome = text_of(form, "Result")
        if outcome == GONE:
            return [Hangup()]
        if outcome != "success":
            return await self._again(speaker, place, outcome)
        try:
            method = await self._adopted(form, speaker, place)
        except Declined as refusal:
            turn = await self._owned(speaker, place)
            return self._heard(turn, speaker, place, Because(code=refusal.reason))
        token = {"_token": method.token, "_label": method.label}
        await self.parts.inbox.about(paid_id(body), token)
        turn = await self._answered(speaker, body | token, place)
        aloud = self.parts.words(speaker.language, speaker.zone).aloud
        return self.voice.turn(turn, speaker, place, 0, echo=aloud.formats.plain(method.label))

    async def _adopted(self, form: FormData, speaker: Speaker, place: Place) -> Method:
        await self._owned(speaker, place)
        digits = re.sub(r"[^0-9]", "", text_of(form, "PaymentCardNumber"))[-4:]
        brand = BRANDS.get(text_of(form, "PaymentCardType").lower(), "Card")
        label = f"{brand} ending {digits}" if digits else brand
        return await self.parts.back_office.adopt(speaker.customer, text_of(form, "PaymentToken"), label)

    async def _answered(self, speaker: Speaker, body: Mapping[str, str], place: Place) -> Turn:
        method = Method(token=body["_token"], label=body["_label"])
        key, revision = place.asked or ("", 0)
        turn = await self.parts.switchboard.answer(
            speaker, place.case or "", paid_id(body), key, revision, method.model_dump()
        )
        return await self.parts.switchboard.ended(speaker, turn) if turn.note is Note.FINISHED else turn

    async def _again(self, speaker: Speaker, place: Place, outcome: str) -> Speech:
        """Not a card this time: the question is asked anew, and what was saved can still be picked."""
        turn = await self._owned(speaker, place)
        failed = Because(code="card-not-read" if outcome == FAILED else "card-away")
        return self._heard(turn, speaker, place, Because(code="card-stopped") if outcome == STOPPED else failed)

    def _heard(self, turn: Turn | None, speaker: Speaker, place: Place, reason: Because) -> Speech:
        if turn is None:
            raise Unknown
        return self.voice.turn(turn, speaker, place, place.attempt + 1, because=reason)

    async def redo(self, kind: str, id: str, body: Mapping[str, str]) -> None:
        """A token that was taken in while the case could not be reached answers it now."""
        if body.get("_token"):
            place = Place.read(body)
            await self._answered(await self._speaker(body), body, place)
        await self.parts.inbox.done(id, "")


def paid_id(body: Mapping[str, str]) -> str:
    return f"{body['CallSid']}:paid:{Place.read(body).id}"

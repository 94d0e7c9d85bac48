"""What is written down and sent out: journal rows, notices, and messages Segue sends on its own."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from models.case import Notice, Presence, Reach, Status
from models.journal import Page, Row
from models.ledger import Fact, Told
from models.people import Channel, Provenance
from models.questions import Question
from workflows.engine.host import Call, StepFailed
from workflows.engine.ledger import as_json, fingerprint

if TYPE_CHECKING:
    from workflows.engine.case import Case

NOTICES_KEPT = 20
WHATSAPP_WINDOW = timedelta(hours=23)
UNWRITTEN_KEPT = 500
INVITATIONS = ("way_back", "reminder")


class Chronicle:
    """Collects what happened during a turn and writes it in one piece."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.sending = False
        # What was learned before a move and is not written yet moves along.
        carried = case.state.facts if case.opening.state and case.state.unwritten else []
        self._learned = [fact for fact in carried if fact not in case.opening.facts]
        self._lock = asyncio.Lock()
        self._away = False

    def row(
        self, what: str, key: str | None = None, by: Provenance | None = None, data: dict[str, JsonValue] | None = None
    ) -> None:
        state = self.case.state
        state.sequence += 1
        row = Row(
            sequence=state.sequence,
            at=self.case.now(),
            what=what,
            key=key,
            channel=by.channel if by else None,
            actor=by.actor if by else None,
            assurance=by.assurance if by else None,
            data=data or {},
        )
        state.unwritten = [*state.unwritten, row][-UNWRITTEN_KEPT:]

    def learn(self, question: Question[Any], value: JsonValue, by: Provenance) -> None:
        """Keep an answer beyond the case, for as long as the question says it lasts."""
        assert question.fact is not None  # noqa: S101 - a type fact
        until = self.case.now() + question.lasts if question.lasts else None
        fact = Fact(name=question.fact, value=value, by=by, until=until)
        self._learned.append(fact)
        self.case.state.facts = [f for f in self.case.state.facts if f.name != fact.name] + [fact]

    def tell(self, key: str, data: Any) -> None:
        """Give a notice, once for the same content."""
        key = self.case.enter(key, "tell")
        shown: dict[str, JsonValue] = as_json(data) if data is not None else {}
        digest = fingerprint(shown)
        told = self.case.ledger.find(Told, key)
        if told is not None and told.digest == digest:
            self.case.hit()
            return
        self.case.ledger.put(Told(key=key, digest=digest))
        self.announce(key, shown)

    def announce(self, key: str, shown: dict[str, JsonValue]) -> None:
        """A notice that no script gives, and that stands in no ledger."""
        state = self.case.state
        state.told += 1
        notice = Notice(number=state.told, key=key, data=shown, at=self.case.now())
        state.notices = [*state.notices, notice][-NOTICES_KEPT:]
        self.row("told", key, data=shown)

    # -- writing ----------------------------------------------------------------------------------------------

    async def write(self) -> None:
        """Write what is not written yet; what can't be written now goes with the next turn."""
        state = self.case.state
        async with self._lock:
            if not state.unwritten:
                return
            page, last = self._page(), state.unwritten[-1].sequence
            learned = self._learned
            self._learned = []
            try:
                await self.case.host.write(page)
            except StepFailed:
                self._away = True
                self._learned = learned + self._learned
                return
            self._away = False
            state.unwritten = [row for row in state.unwritten if row.sequence > last]

    async def write_the_rest(self) -> None:
        """Before a case closes: there is no next turn to carry what the journal would not take."""
        for pause in (1, 5, 30, 120, 600, 3600):
            if not self.case.state.unwritten:
                break
            await self.case.host.wait_until(lambda: False, pause)
            await self.write()

    def _page(self) -> Page:
        case, state, turn = self.case, self.case.state, self.case.turn(since=0)
        return Page(
            case=case.opening.case,
            customer=case.opening.customer,
            moment=case.moment,
            run=case.host.run_id(),
            update=case.host.update_id(),
            status=turn.status.value,
            step=state.pending[0].question.key if state.pending and not state.hold else None,
            sequence=state.sequence,
            turn=as_json(turn),
            rows=list(state.unwritten),
            facts=list(self._learned),
            at=case.now(),
        )

    # -- what happens when nobody is there to be answered -----------------------------------------------------

    @property
    def done(self) -> bool:
        return not self._to_write and self._to_send is None

    @property
    def _to_write(self) -> bool:
        return bool(self.case.state.unwritten) and not self._away

    @property
    def _to_send(self) -> str | None:
        state = self.case.state
        if state.hold is not None:
            return None  # the case that it goes on in speaks
        if state.told > state.kept and not self.case.cares.spoken():
            return "notices"
        if self.case.claims.standing is not None or self.case.cares.standing is not None:
            return None  # an agent speaks for us, or has promised to
        if state.outgoing:
            return state.outgoing[0]
        return "asking" if self._nobody_was_asked else None

    @property
    def _nobody_was_asked(self) -> bool:
        """Whether a question came up while nobody was there: on a call or a page they would see it by themselves."""
        here, state = self.case.visitors.here, self.case.state
        heard = state.heard_at or self.case.now()
        silent = self.case.now() - heard >= timedelta(seconds=self.case.opening.policy.park_after)
        there = here is not None and not here.channel.keeps and not silent
        away = state.status is Status.PARKED or (state.status is Status.OPEN and not there)
        return away and not self.case.visitors.holding and self.case.asking.unseen

    async def run(self) -> None:
        """Write and send what no request carries: late results, reminders, a copy of what was only said aloud."""
        while True:
            await self.case.host.wait_until(lambda: self.case.settled and self.case.replying == 0 and not self.done)
            if self._to_write:
                await self.write()
            kind = self._to_send
            if kind is not None:
                await self._send(kind)
            self.case.host.show(self.case.state.status, self.case.view.describe())

    def _writing(self, there: list[Presence]) -> Channel:
        """How a message reaches whoever is at the first of these places, latest first: as they last wrote from it.

        WhatsApp takes free words for a day after the customer's own; later it is a text.
        """
        since = self.case.now() - WHATSAPP_WINDOW
        same = [p for p in there if p.reply_to == there[0].reply_to]
        return next((p.channel for p in same if p.channel is Channel.SMS or _open(p, since)), Channel.SMS)

    async def _send(self, kind: str) -> None:
        state, case = self.case.state, self.case
        # What carries the question anyway needs no second message that brings it back.
        also = INVITATIONS if kind in {"notices", "asking"} else ()
        state.outgoing = [k for k in state.outgoing if k != kind and k not in also]
        if kind in INVITATIONS and not state.pending:
            return  # there is nothing left to come back to
        number = state.attempts["~reach"] = state.attempts.get("~reach", 0) + 1
        there = [p for p in reversed(state.presence) if p.reply_to]
        turn = case.turn(since=state.kept if kind == "notices" else state.told)
        promise = kind == "notices" and case.cares.only(state.kept)
        if promise:
            turn = turn.model_copy(update={"pending": []})
        reach = Reach(
            key=f"{case.opening.case}/reach/{number}",
            kind="care" if promise else kind,
            customer=case.opening.customer,
            language=case.opening.language,
            zone=case.opening.zone,
            turn=turn,
            reply_to=there[0].reply_to if there else None,
            channel=self._writing(there),
        )
        if kind == "notices":
            state.kept = state.told
        if not promise:
            case.asking.seen()
        self.sending = True
        try:
            await case.host.perform(Call("Delivery.reach", reach, f"reach/{number}", 30, 600, summary=kind))
        except StepFailed:
            self.row("undelivered", data={"kind": kind})
        finally:
            self.sending = False


def _open(there: Presence, since: datetime) -> bool:
    return there.channel is Channel.WHATSAPP and there.at > since

"""The page of a case: who, what they want, what is answered and why not asked, what is next, and what to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from activities.identity import masked
from channels.picks import picks
from channels.preface import asks_nothing
from channels.reading import has_card, mask_remark
from channels.web import PageTurn
from channels.wording.book import Wording
from database.chat import ChatLine
from database.waiting import Waiting
from gateway.browser import field, nonce
from gateway.desk.panels import panels_of
from gateway.desk.queue import Entry
from gateway.desk.seeing import DeskCase, room_of
from gateway.templating import page, telephone
from models.case import Because, Note
from models.journal import Row
from models.people import Address, Channel
from models.requests import WROTE

FRAGMENT = "x-fragment"
STORY = 200


@dataclass(frozen=True)
class Known:
    """An address as it is shown: in part, unless it was asked for."""

    kind: str
    shown: str


@dataclass(frozen=True)
class Spoken:
    """What to say next: the question in the customer's words, and what can be chosen."""

    language: str
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What came of the last thing done: a sentence, an error, a code to read out, addresses in full."""

    told: str = ""
    error: str = ""
    code: str = ""
    revealed: bool = False
    status: int = 200
    because: Because | None = None
    form: FormData | None = None


async def waits(request: Request, case: DeskCase) -> Entry | None:
    """Its place in the queue. What has happened this second is not in it yet: then it is looked at once more."""
    found = None
    for fresh in (False, True):
        entries = await room_of(request).queue.entries(fresh=fresh)
        found = next((entry for entry in entries if entry.id == case.turn.case), None)
        if found is not None and found.case is not None and found.case.sequence >= case.turn.sequence:
            return found
    return found


async def case_page(request: Request, case: DeskCase, shown: Shown | None = None) -> Response:
    """The whole page, or its moving part."""
    shown, room = shown or Shown(), room_of(request)
    view = case.view(shown.because)
    entry = await waits(request, case)
    rows = await case.parts.journal.timeline(await case.parts.customers.records(case.customer.id), STORY)
    own = await case.parts.journal.rows(case.turn.case)
    promises = await Waiting(case.parts.database).promised(5, case.turn.case.split("/")[1])
    response = page(
        request,
        "desk/_case.html" if FRAGMENT in request.headers else "desk/case.html",
        case.words,
        shown.status,
        case=case,
        turn=case.turn,
        view=view,
        shown=shown,
        nonce=nonce(),
        typed=typed(shown.form),
        gave=gave(shown.form),
        typed_key=field(shown.form, "key") if shown.form is not None else "",
        fence=case.claim.fence if case.claim and case.mine else None,
        entry=entry,
        addresses=[known(address, revealed=shown.revealed) for address in await case.addresses()],
        say=suggested(case, view),
        unasked=unasked(case, own),
        lines=await told(case, rows),
        files=await case.parts.attachments.of_case(case.turn.case),
        others=room.others(case.turn.case, case.person),
        promises=promises,
        panels=await panels_of(request, case),
        person=case.person,
        at_desk=True,
        since=since,
        reasons=reasons,
    )
    response.headers["Vary"] = FRAGMENT
    return response


async def told(case: DeskCase, rows: list[tuple[str, Row]]) -> list[tuple[str, Row, str]]:
    """The story in sentences; the words of a chat are joined to it here, and stand in no journal."""
    records = {about.split("/")[1] for about, row in rows if row.what == WROTE}
    lines: dict[str, ChatLine] = {}
    for record in records:
        lines |= await case.parts.chats.chat.of_customer(record)
    return [(about, row, sentence(case.words, about.split("/")[0], row, lines)) for about, row in rows]


def sentence(words: Wording, moment: str, row: Row, lines: dict[str, ChatLine]) -> str:
    facts = row.data.get("facts")
    line = lines.get(str(facts.get("line"))) if row.what == WROTE and isinstance(facts, dict) else None
    if line is None or line.gone:
        return words.story(moment, row)
    name = line.name or words.say("actor-customer")
    files = ", ".join(file.name for file in line.files)
    if not line.text:
        return words.say("timeline-wrote-files", name=name, text=files)
    return words.say("timeline-wrote-text", name=name, text=f"{line.text} ({files})" if files else line.text)


def typed(form: FormData | None) -> str:
    text = field(form, "value", 2000) if form is not None else ""
    return "" if has_card(text) else text


def gave(form: FormData | None) -> dict[str, str]:
    """A form of goodwill that was refused, as it was filled in; empty for any other."""
    if form is None or "gift" not in form:
        return {}
    given = {name: field(form, name, 300) for name in ("gift", "amount", "beyond")}
    return given | {"why": mask_remark(field(form, "why", 300))}


def known(address: Address, *, revealed: bool) -> Known:
    if not revealed:
        return Known(address.kind, masked(address))
    return Known(address.kind, telephone(address.value) if address.kind == "phone" else address.value)


def suggested(case: DeskCase, view: PageTurn) -> Spoken | None:
    """The open question as one says it to this customer."""
    pending = case.turn.question
    if pending is None or (asks_nothing(case.turn) and not view.fields):
        return None
    moment, aloud = case.turn.moment, case.theirs
    options: Sequence[str] = [pick.label for pick in picks(pending.question, moment, aloud)]
    text = aloud.prompt(moment, pending, Channel.PHONE)
    return Spoken(case.customer.language, text, tuple(options))


def unasked(case: DeskCase, rows: list[Row]) -> dict[str, str]:
    """Why an answer was not asked for here, by its key: where it was known from."""
    found: dict[str, str] = {}
    lines = {line.key: line for line in case.turn.answers}
    for row in rows:
        if row.what == "known" and row.key in lines:
            found[row.key] = case.words.how(lines[row.key].by, case.today)
        elif row.key and row.what in {"answered", "corrected", "withdrawn"}:
            found.pop(row.key, None)
    return found


def since(words: Wording, at: datetime) -> str:
    """How long ago, in a word: minutes up to two hours, hours up to two days, then days."""
    minutes = max(0, int((datetime.now(at.tzinfo) - at).total_seconds() // 60))
    if minutes < 120:
        return words.say("desk-minutes", count=minutes)
    if minutes < 48 * 60:
        return words.say("desk-hours", count=minutes // 60)
    return words.say("desk-days", count=minutes // 1440)


def reasons(words: Wording, entry: Entry | None) -> list[str]:
    """Why first, and what shows it, in words."""
    if entry is None:
        return []
    codes = [f"desk-{code}" for code in entry.reasons]
    codes += [f"desk-signal-{signal.name.value}" for signal in entry.signals if signal.name.value != "person"]
    codes += [f"desk-signal-{signal.name.value}" for signal in entry.over if signal.name.value in {"wording", "person"}]
    said = [words.say(code) for code in dict.fromkeys(codes)]
    if entry.rated is None:
        return said
    score, of, comment = entry.rated
    return [words.say("desk-reason-rated", score=int(score), of=int(of), comment=comment or "none"), *said]


def with_note(case: DeskCase, note: Note | None) -> DeskCase:
    """The case with how the request before went."""
    return replace(case, turn=case.turn.model_copy(update={"note": note}))


__all__ = ["Shown", "case_page", "reasons", "since", "with_note"]

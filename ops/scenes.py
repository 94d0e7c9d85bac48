"""A point of a case in words: what was asked and how, what was known and told, and its events."""

from __future__ import annotations

import base64
import json
import linecache
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.converter import PayloadCodec

from channels import email, phone, sms
from channels.picks import picks
from channels.wording.book import Wording
from models.case import Line, Notice, Turn
from models.journal import Row
from models.ledger import Answered, Confirmed, Dated, Done, Entry, Taken, Told, Undone
from models.people import Channel
from models.travel import Asked, Change, CodeLine, Held, Payloads, Place, RawEvent, Scene, Sentence, ToldLine
from ops.journey import Journey, Point
from ops.watching import Frame

_AROUND = 3
_SHORT = "EVENT_TYPE_"


class Scenes:
    """``words`` are those of whoever looks, ``theirs`` the customer's; ``home`` is the file of the moment's script."""

    def __init__(self, journey: Journey, words: Wording, theirs: Wording, home: str) -> None:
        self._journey, self._words, self._theirs, self._home = journey, words, theirs, home

    def scene(self, place: Place) -> Scene:
        number = place.number
        point = self._journey.points[number]
        events = tuple(raw(event) for event in point.events)
        frame = point.frame if point.standing != "beyond" else None
        if frame is None:
            return Scene(place=place, event=point.event, run=point.run, events=events)
        channel = _channel(frame)
        return Scene(
            place=place,
            event=point.event,
            run=point.run,
            status=self._words.say(f"status-{frame.turn.status.value.replace('_', '-')}"),
            line=frame.line,
            code=tuple(_around(self._home, frame.line)),
            channel=channel.value,
            message=self._message(number, frame.turn, channel),
            asked=tuple(self._asked(frame, channel)),
            waits=frame.waits,
            held=tuple(self._held(frame.state.ledger)),
            told=tuple(self._told(number)),
            sentences=tuple(Sentence(at=row.at, text=self._story(row)) for row in frame.rows),
            events=events,
        )

    def _story(self, row: Row) -> str:
        return self._words.story(self._journey.moment, row)

    def _message(self, number: int, turn: Turn, channel: Channel) -> str:
        """What the channel made of the point: its news and its question."""
        fresh = {each.number for each in self._journey.notified if each.point == number}
        turn = turn.model_copy(update={"notices": [notice for notice in turn.notices if notice.number in fresh]})
        if channel is Channel.PHONE:
            speech = phone.render(turn, self._theirs, action="")
            texts = [getattr(verb, "prompt", "") or getattr(verb, "text", "") for verb in speech]
            return "\n".join(text for text in texts if text)
        if channel is Channel.EMAIL:
            return email.render(turn, self._theirs).text
        return sms.render(turn, self._theirs)

    def _asked(self, frame: Frame, channel: Channel) -> Iterator[Asked]:
        for pending in frame.turn.pending:
            because = self._theirs.because(pending.because, channel) if pending.because else ""
            yield Asked(
                key=pending.question.key,
                revision=pending.revision,
                text=self._theirs.prompt(self._journey.moment, pending, channel),
                options=tuple(pick.label for pick in picks(pending.question, self._journey.moment, self._theirs)),
                because=because,
            )

    def _held(self, entries: Iterable[Entry]) -> Iterator[Held]:
        for entry in entries:
            if not isinstance(entry, Told):
                yield held(self._words, self._journey.moment, entry)

    def _told(self, number: int) -> Iterator[ToldLine]:
        """Everything told up to here, newest first, with the ways that it took by then."""
        kept = self._notices(number)
        sent = [reach for at, reach in self._journey.reached if at <= number]
        for each in reversed([one for one in self._journey.notified if one.point <= number]):
            notice = kept.get(each.number)
            if notice is None:
                continue
            copies = {reach.channel.value for reach in sent if any(n.number == each.number for n in reach.turn.notices)}
            ways = [each.channel.value] if each.channel else []
            ways += sorted(copies - set(ways))
            text = self._theirs.notice(self._journey.moment, notice, each.channel or Channel.SMS)
            yield ToldLine(key=notice.key, text=text, at=notice.at, ways=tuple(ways), fresh=each.point == number)

    def _notices(self, number: int) -> dict[int, Notice]:
        """Each notice by its number, from the point that it was given at: a state keeps the last ones only."""
        found: dict[int, Notice] = {}
        for each in self._journey.notified:
            frame = self._journey.points[each.point].frame
            if each.point <= number and frame is not None:
                found |= {notice.number: notice for notice in frame.state.notices if notice.number == each.number}
        return found

    def changes(self, first: Place, second: Place) -> list[Change]:
        """What differs between two points, in the order in which one would ask."""
        was, now = self._facts(first), self._facts(second)
        keys = [*was, *(key for key in now if key not in was)]
        different = [key for key in keys if was.get(key) != now.get(key)]
        return [Change(what=what, label=label, was=was.get((what, label), ""), now=now.get((what, label), ""))
                for what, label in different]  # fmt: skip

    def _facts(self, place: Place) -> dict[Any, str]:
        scene = self.scene(place)
        facts: dict[Any, str] = {("status", ""): scene.status, ("line", ""): scene.line}
        facts |= {("asked", asked.key): asked.text for asked in scene.asked}
        facts |= {("waits", waited): waited for waited in scene.waits}
        for entry in scene.held:
            what = entry.kind if entry.kind in {"answer", "step"} else "held"
            facts[what, entry.label] = ", ".join(part for part in (entry.value, entry.how) if part)
        return facts | {("told", f"{told.key} {told.at:%H:%M:%S}"): told.text for told in scene.told}


def held(words: Wording, moment: str, entry: Entry) -> Held:
    """An entry of the ledger in words."""
    label, value, how = words.label(moment, entry.key), "", ""
    match entry:
        case Answered():
            told = {name: getattr(entry, name) for name in ("key", "kind", "value", "shown", "by", "revision")}
            line = Line(**told)
            value, how = words.answer(moment, line), words.how(entry.by)
        case Confirmed():
            value, how = words.say("ops-travel-agreed"), words.how(entry.by)
        case Done() | Undone():
            what = "did" if isinstance(entry, Done) else "undid"
            refusal = entry.refusal if isinstance(entry, Done) else None
            label = words.story(moment, Row(sequence=0, at=entry.at, what=what, key=entry.key))
            value, how = (refusal.reason or refusal.type if refusal else ""), _time(words, entry.at)
        case Taken():
            value = entry.name.replace("-", " ") if entry.name else words.say("ops-travel-time-passed")
            how = _time(words, entry.at)
        case Dated():
            value = words.formats.words(entry.value)
        case _:
            pass
    return Held(kind=entry.type, key=entry.key, label=label, value=value, how=how)


def _time(words: Wording, at: datetime) -> str:
    return words.formats.instant(words.formats.here(at))


def _channel(frame: Frame) -> Channel:
    return frame.state.presence[-1].channel if frame.state.presence else Channel.SMS


def _around(home: str, line: str) -> Iterator[CodeLine]:
    """The script's lines around the one it stands at; none where it stands in another file."""
    name, _, number = line.partition(":")
    if not number.isdecimal() or not home.endswith(f"/{name}"):
        return
    at = int(number)
    for each in range(max(1, at - _AROUND), at + _AROUND + 1):
        if text := linecache.getline(home, each):
            yield CodeLine(number=each, text=text.rstrip("\n"), here=each == at)


def raw(event: HistoryEvent) -> RawEvent:
    """An event without what it holds of the customer."""
    name = EventType.Name(event.event_type).removeprefix(_SHORT)
    which = event.WhichOneof("attributes") or ""
    return RawEvent(
        id=event.event_id,
        at=event.event_time.ToDatetime(UTC),
        type="".join(part.capitalize() for part in name.split("_")),
        about=_about(event, getattr(event, which) if which else None),
        payloads=len(list(_payloads(MessageToDict(event)))),
    )


def _about(event: HistoryEvent, told: Any) -> str:
    if event.HasField("activity_task_scheduled_event_attributes"):
        return str(told.activity_type.name)
    if event.HasField("workflow_execution_update_accepted_event_attributes"):
        return str(told.accepted_request.input.name)
    if event.HasField("timer_started_event_attributes"):
        return f"{told.start_to_fire_timeout.ToTimedelta()}"
    if event.HasField("marker_recorded_event_attributes") and "data" in told.details:
        try:
            return str(json.loads(told.details["data"].payloads[0].data)["activity_type"])
        except (ValueError, KeyError, IndexError, TypeError):
            return str(told.marker_name)
    failure = getattr(told, "failure", None)
    return failure.application_failure_info.type if failure is not None else ""


def _payloads(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every payload of an event in its JSON form, with where it stands."""
    if isinstance(node, list):
        for item in node:
            yield from _payloads(item, where)
    elif isinstance(node, dict):
        if "metadata" in node and set(node) <= {"metadata", "data"}:
            yield where, node
            return
        for key, value in node.items():
            outer = where if key in {"payloads", "data"} or key.endswith("Attributes") else f"{where} {key}".strip()
            yield from _payloads(value, outer)


async def opened(point: Point, codec: PayloadCodec | None) -> list[Payloads]:
    """What the events of a point hold. What can't be opened says so by an empty text."""
    found = [(event, list(_payloads(MessageToDict(event)))) for event in point.events]
    return [
        Payloads(
            event=event.event_id,
            type=raw(event).type,
            texts=tuple([(where, await _text(payload, codec)) for where, payload in payloads]),
        )
        for event, payloads in found
        if payloads
    ]


async def _text(told: dict[str, Any], codec: PayloadCodec | None) -> str:
    payload = ParseDict(told, Payload())
    try:
        (payload,) = await codec.decode([payload]) if codec else [payload]
    except Exception:  # noqa: BLE001 - whatever keeps it shut, the page says that it is
        return ""
    try:
        return json.dumps(json.loads(payload.data), indent=2, ensure_ascii=False) if payload.data else "null"
    except ValueError:
        return f"base64 {base64.b64encode(payload.data[:600]).decode()}"


def plain(events: Sequence[RawEvent]) -> list[str]:
    """Events as lines of a terminal."""
    return [f"{event.id:>5}  {event.at:%H:%M:%S.%f}  {event.type} {event.about}".rstrip() for event in events]

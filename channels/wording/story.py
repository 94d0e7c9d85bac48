"""The timeline: each row of the journal as a sentence anybody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import JsonValue

from models.case import Because, Line, Notice
from models.journal import Row
from models.people import Actor, Assurance, Channel, Provenance

if TYPE_CHECKING:
    from channels.wording.book import Wording


def story(words: Wording, moment: str, row: Row) -> str:
    """One sentence; a word the book does not know yet still says who did what to which answer."""
    message = f"timeline-{row.what.replace('_', '-')}"
    if row.what == "remarked" and words.has(special := f"{message}-{row.data.get('why')}"):
        message = special
    given = row.data.get("facts")
    facts = {
        "bill": "next",  # rows from before a credit said what it came off
        **(given if isinstance(given, dict) else {}),
        **_facts(words, moment, row),
        "who": _who(words, row),
        "moment": words.moment_name(moment),
    }
    if not words.has(message):
        return words.say("timeline-other", what=row.what.replace("_", " "), **facts)
    return words.say(message, **facts)


def _facts(words: Wording, moment: str, row: Row) -> dict[str, object]:
    # ``none`` where there is nothing: a message can then choose how to say it without it.
    values = row.data if row.what == "confirmed" else {}
    return {
        "label": words.label(moment, row.key) if row.key else None,
        "value": _value(words, moment, row, "value"),
        "was": _value(words, moment, row, "was"),
        "reason": _reason(words, row),
        "step": _step(words, row.key or str(row.data.get("step") or "")),
        "refused": "yes" if row.data.get("refused") else "no",
        "notice": _notice(words, moment, row) if row.what == "told" else None,
        "event": _plain(row.data.get("for") or row.data.get("name") or row.key),
        "text": str(row.data.get("text") or "") or None,
        "list": words.read_back(moment, values) or None,
        **_care(words, row),
    }


def _care(words: Wording, row: Row) -> dict[str, object]:
    """Who was to help by when, and why; and how it was rated."""
    signs = row.data.get("signals")
    names = [words.say(f"sign-{sign}") for sign in signs if isinstance(sign, str)] if isinstance(signs, list) else []
    return {
        "name": row.data.get("name"),
        "by": words.by(row.data.get("until"), row.at),
        "why": names,
        **{name: row.data.get(name) for name in ("level", "score", "of")},
    }


def _who(words: Wording, row: Row) -> str:
    actor = words.say(f"actor-{row.actor.value if row.actor else 'segue'}")
    # "An agent (by an agent)" would say it twice.
    if row.channel is None or (row.channel is Channel.DESK and row.actor is Actor.AGENT):
        return actor
    return words.say("who", actor=actor, how=words.say(f"channel-{row.channel.value}"))


def _value(words: Wording, moment: str, row: Row, name: str) -> str | None:
    value = row.data.get(name)
    if value is None and name not in row.data:
        return None
    by = Provenance(channel=row.channel or Channel.WEB, assurance=Assurance.CLAIMED, at=row.at)
    shown = row.data.get("shown" if name == "value" else f"{name}_shown")
    line = Line(key=row.key or "", kind=str(row.data.get("kind", "")), value=value, shown=shown, by=by, revision=0)
    return words.answer(moment, line)


def _reason(words: Wording, row: Row) -> str | None:
    given = row.data.get("because") or row.data.get("reason")
    if isinstance(given, dict):
        code, facts = given.get("code"), given.get("facts")
        given = code
        filled = {str(k): str(v) for k, v in facts.items()} if isinstance(facts, dict) else {}
    else:
        filled = {}
    return words.because(Because(code=given, facts=filled)) if isinstance(given, str) and given else None


def _step(words: Wording, key: str) -> str:
    """``Billing.take_payment`` is worded as ``step-billing-take-payment``, or by its own name."""
    name = key.rsplit("/", 1)[-1]
    message = "step-" + name.replace(".", "-").replace("_", "-").lower()
    return words.say(message) if words.has(message) else name.rsplit(".", 1)[-1].replace("_", " ").replace("-", " ")


def _notice(words: Wording, moment: str, row: Row) -> str:
    data = row.data.get("data", row.data)
    notice = Notice(number=0, key=row.key or "", data=data if isinstance(data, dict) else {}, at=row.at)
    return words.notice(moment, notice, row.channel or Channel.WEB)


def _plain(value: JsonValue) -> str | None:
    return str(value).replace("-", " ").replace("_", " ") if isinstance(value, str) and value else None

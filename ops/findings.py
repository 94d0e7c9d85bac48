"""What of a foreseen case a customer, or the company, would notice; worst first."""

from __future__ import annotations

from collections.abc import Iterator

from models.ledger import Answered, Confirmed, Done
from models.people import Frozen
from models.questions import AnyQuestion, Misfit
from ops.foreseeing import Foreseen, named
from workflows.moment import Moment

# What each means, worst first. All but the last four are what ``--fail-on`` looks for when it is not told otherwise.
KINDS = {
    "effect-again": "an effect that stands would be brought about a second time",
    "effect-undone": "an effect that stands would be taken back",
    "acts": "an effect would be brought about with nobody asked",
    "stuck": "the script breaks off",
    "sealed-differs": "what a final step stands on would be otherwise",
    "undecodable": "what the case carries can't be read",
    "moment-unknown": "the code has no such moment, nor an alias for it",
    "answer-unfit": "an answer no longer fits its question, which is asked again",
    "key-vanished": "a question that was answered is no longer asked",
    "asks-again": "something is asked that was answered",
    "asks-new": "something is asked next that was not pending",
    "reads-anew": "something is read first that was not read before; what follows depends on it",
    "replay-parted": "its history can't be replayed by this code: it must stay on its build until it moves by itself",
    "moves-cleanly": "goes on where it stands",
}
HURTS = tuple(KINDS)[:-4]


class Finding(Frozen):
    """One thing of one case. ``key`` is the question's or step's, ``facts`` fill the sentence."""

    kind: str
    key: str = ""
    facts: dict[str, str] = {}


def findings(moment: type[Moment], seen: Foreseen) -> list[Finding]:
    """All that stands out; empty where the case moves cleanly."""
    if seen.before.status.closed:
        return []  # it has only to end
    found = [*_stuck(seen), *_effects(moment, seen)]
    if not any(finding.kind in {"stuck", "undecodable"} for finding in found):
        found += [*_answers(moment, seen), *_questions(moment, seen)]
    return sorted(found, key=lambda finding: list(KINDS).index(finding.kind))


def _stuck(seen: Foreseen) -> Iterator[Finding]:
    if seen.error == "ValidationError" and seen.again:
        # What is read anew comes in the new shape; what was read then may not have it.
        yield Finding(kind="reads-anew", key=seen.again[-1], facts={"again": "yes"})
    elif seen.error:
        sealed = seen.before.sealed > 0 and seen.error == "ScriptError"
        kind = "sealed-differs" if sealed else "stuck"
        yield Finding(kind=kind, facts={"error": seen.error, "where": seen.where})


def _effects(moment: type[Moment], seen: Foreseen) -> Iterator[Finding]:
    done = [e for e in seen.before.ledger if isinstance(e, Done) and not e.reads and e.refusal is None]
    for call, reads in seen.would:
        key = call.id.rpartition("/")[0]
        if key.startswith("undo:"):
            if not _goes_on(seen, key.removeprefix("undo:")):
                yield Finding(kind="effect-undone", key=key.removeprefix("undo:"), facts={"step": call.name})
        elif reads:
            yield Finding(kind="reads-anew", key=key, facts={"step": call.name})
        elif not _goes_on(seen, key):
            again = any(entry.key == key or entry.key.endswith(call.name) for entry in done)
            yield Finding(kind="effect-again" if again else "acts", key=key, facts={"step": call.name})
    for entry in done:
        if entry.key in seen.touched or entry.key not in seen.standing.touched or seen.error:
            continue
        if entry.final:
            asks = ", ".join(pending.question.key for pending in seen.pending)
            yield Finding(kind="sealed-differs", key=entry.key, facts={"asks": asks})
        elif entry.undo is not None and (_reached(seen) or not named(moment, entry.key)):
            yield Finding(kind="effect-undone", key=entry.key, facts={"step": entry.undo})


def _goes_on(seen: Foreseen, key: str) -> bool:
    """Whether the effect was under way already: the same attempt goes on, under the same idempotency key."""
    state = seen.before
    return key in state.attempts and (state.sealing or not seen.standing.rests)


def _reached(seen: Foreseen) -> bool:
    """Whether the script came to where it stood: from then on, what it did not come by is gone."""
    if seen.turn.status.closed:
        return True
    was, now = ({p.question.key for p in state.pending} for state in (seen.before, seen.after))
    return was <= now and not seen.would if was else not now and not seen.would and not seen.error


def _answers(moment: type[Moment], seen: Foreseen) -> Iterator[Finding]:
    asked = {pending.question.key: pending.question for pending in seen.pending}
    for entry in seen.before.ledger:
        if not isinstance(entry, Answered) or entry.key not in seen.standing.touched:
            continue
        if (question := asked.get(entry.key)) is not None:
            yield Finding(kind="answer-unfit", key=entry.key, facts=_unfit(entry, question))
        elif entry.key in seen.touched or _renamed(entry, seen):
            continue
        elif _reached(seen) or not named(moment, entry.key):
            yield Finding(kind="key-vanished", key=entry.key, facts={"kind": entry.kind})


def _renamed(entry: Answered, seen: Foreseen) -> bool:
    """Whether the answer stands on under another key."""
    old = {e.key for e in seen.before.ledger if isinstance(e, Answered)}
    kept = (e for e in seen.after.ledger if isinstance(e, Answered) and e.key not in old)
    return any((e.kind, e.value, e.by) == (entry.kind, entry.value, entry.by) and not e.from_fact for e in kept)


def _unfit(entry: Answered, question: AnyQuestion) -> dict[str, str]:
    facts = {"kind": question.kind, "was": entry.kind}
    if question.kind == entry.kind:
        try:
            question.accept(entry.value)
        except Misfit as misfit:
            facts |= {"why": misfit.reason}
    offered = getattr(question, "options", None) or getattr(question, "slots", None) or []
    return facts | ({"options": ", ".join(option.id for option in offered)} if offered else {})


def _questions(moment: type[Moment], seen: Foreseen) -> Iterator[Finding]:
    answers = {entry.key: entry for entry in seen.before.ledger if isinstance(entry, Answered)}
    agreed = {entry.key for entry in seen.before.ledger if isinstance(entry, Confirmed)}
    was = {pending.question.key for pending in seen.before.pending}
    instead = ", ".join(sorted(was))
    lost = [e for e in answers.values() if e.key in seen.standing.touched and e.key not in seen.touched]
    for pending in seen.pending:
        question = pending.question
        if question.key in was or question.key in answers.keys() & set(seen.standing.touched):
            continue
        alike = [e for e in lost if not named(moment, e.key) and e.kind == question.kind and question.fits(e.value)]
        if question.key in agreed or alike:
            said = alike[0].key if alike else question.key
            yield Finding(kind="asks-again", key=question.key, facts={"kind": question.kind, "answered": said})
        else:
            yield Finding(kind="asks-new", key=question.key, facts={"kind": question.kind, "instead": instead})

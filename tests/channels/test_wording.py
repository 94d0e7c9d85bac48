"""Nothing that can be said is without words, in any language, and no word is there by mistake."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser, ast as fluent, visitor

from channels.gsm import plain, segments
from channels.wording.book import FOLDER, STYLES, kebab
from insight.signals import Name
from models import questions
from models.case import Note, Status
from models.journal import Row
from models.people import Actor, Channel
from models.requests import RemarkWhy
from ops.ending import TOLD as ENDED
from switchboard.heard import Greeting
from tests.channels.confirmed import confirmed
from workflows.engine.caring import LATE, PROMISED

ROOT = Path(__file__).parents[2]
PACKAGES = ("activities", "channels", "database", "gateway", "models", "simulators", "switchboard", "workflows")
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl")))
KINDS = {
    str(vars(kind)["kind"]) for kind in vars(questions).values() if isinstance(kind, type) and vars(kind).get("kind")
}
MOMENTS = {"pay-bill": {"amount", "when", "day", "method", "pay"}}
NOTICES = {"pay-bill": {"nothing-owed", "receipt"}}
CODES = {
    "no-input",
    "no-match",
    "ambiguous",
    "too-much",
    "too-little",
    "wrong-currency",
    "not-an-amount",
    "not-an-option",
    "not-yes-or-no",
    "too-early",
    "too-late",
    "not-a-slot",
    "empty",
    "too-long",
    "wrong-shape",
    "mistyped",
    "not-a-phone-number",
    "not-an-email",
    "not-a-money",
    "not-a-date",
    "not-a-method",
    "needs-web",
    "no-card-numbers-here",
    "insufficient-funds",
    "expired-card",
    "card-declined",
    "wrong-code",
    "changed",
    "no-longer-fits",
    "bad-number",
    "other",
}
ALONE = {
    "way-back",
    "reminder",
    "still-working",
    "sorry-away",
    "call-you-back",
    "greeting",
    "help",
    "stopped",
    "started",
    "person",
    "already-answered",
    "finished",
    "unknown-wish",
    "too-long",
    "empty",
    "stale-link",
    "working",
    "button-skip",
}
# Greetings said in words that are not the front door's own.
PLAINLY = {"", "what-do-you-want", "repeat", "unknown-wish", "help", "stopped", "started", "person"}
# Refusals whose reason a script passes on to the customer, or a timeline tells.
REFUSALS = {
    "Declined",
    "WrongCode",
    "NotEligible",
    "NotTradable",
    "SoldOut",
    "SlotTaken",
    "PriceChanged",
    "NotChangeable",
    "PlanGone",
    "DayPassed",
    "TooSmall",
    "AlreadyDisputed",
}
ATTRIBUTES = re.compile(r"label|again|title|sms|phone|whatsapp|email|web|store|desk|suggest-\d(-phone)?|option-[\w-]+")


@cache
def entries(language: str) -> dict[str, fluent.Message]:
    found: dict[str, fluent.Message] = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{path.name} can't be read: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} is said twice"
                found[entry.id.name] = entry
    return found


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [(path, ast.parse(path.read_text("utf-8"))) for path in files if "migrations" not in path.parts]


@cache
def called() -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = {}
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.setdefault(getattr(node.func, "attr", getattr(node.func, "id", "")), []).append(node)
    return found


def calls(*names: str) -> list[ast.Call]:
    return [call for name in names for call in called().get(name, [])]


@cache
def pages() -> str:
    files = [path for kind in ("*.html", "*.py", "*.js") for path in sorted((ROOT / "gateway").rglob(kind))]
    return "\n".join(path.read_text("utf-8") for path in files)


def constants(node: ast.AST | None) -> set[str]:
    """The strings an argument may be: itself, or either branch of a choice."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def argument(call: ast.Call, name: str) -> ast.expr | None:
    named = next((word.value for word in call.keywords if word.arg == name), None)
    return named or (call.args[0] if call.args else None)


@cache
def codes() -> set[str]:
    """Every reason that somewhere in the project is given for asking again."""
    given = {c for call in calls("Misfit", "unclear", *REFUSALS) for c in constants(argument(call, "reason"))}
    given |= {c for call in calls("Because") for c in constants(argument(call, "code"))}
    given |= {
        c for call in calls("reject") for word in call.keywords if word.arg == "because" for c in constants(word.value)
    }
    kinds = {call.args[0].id for call in calls("_parse") if call.args and isinstance(call.args[0], ast.Name)}
    return {code for code in given if re.fullmatch(r"[a-z][a-z-]+", code)} | {f"not-a-{kind.lower()}" for kind in kinds}


@cache
def row_words() -> set[str]:
    listed = (Row.__doc__ or "").split("\n\n")[1]
    words = {re.sub(r"\(.*?\)", "", word).strip() for word in " ".join(listed.split()).strip(". ").split("·")}
    written = {c for call in calls("row") for c in constants(call.args[0] if call.args else None)}
    ends = {status.value for status in Status} - {"open", "parked"}
    return words | {word for word in written if re.fullmatch(r"[a-z_]+", word)} | ends


def scripts() -> Iterator[tuple[str, ast.ClassDef]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            bases = [getattr(base, "id", "") for base in node.bases] if isinstance(node, ast.ClassDef) else []
            if path.parent.name == "workflows" and isinstance(node, ast.ClassDef) and "Moment" in bases:
                yield re.sub(r"(?<!^)(?=[A-Z])", "-", node.name).lower(), node


def asked(script: ast.ClassDef, *verbs: str) -> set[str]:
    found = (node for node in ast.walk(script) if isinstance(node, ast.Call) and node.args)
    named = (node for node in found if getattr(node.func, "attr", getattr(node.func, "id", "")) in verbs)
    return {c for node in named for c in constants(node.args[0])}


@cache
def keys() -> dict[str, set[str]]:
    kinds = {name for name, kind in vars(questions).items() if isinstance(kind, type) and "kind" in vars(kind)}
    found = {moment: asked(script, "confirm", *kinds) for moment, script in scripts()}
    return {moment: MOMENTS.get(moment, set()) | found.get(moment, set()) for moment in {*MOMENTS, *found}}


@cache
def read_back() -> set[str]:
    """What is confirmed without having been asked, so that only its name is worded."""
    modules = [tree for _, tree in trees()]
    names = {f"{moment}-{name}" for moment, script in scripts() for name in confirmed(script, modules)}
    return names - {f"{moment}-{key}" for moment, asked in keys().items() for key in asked}


@cache
def told() -> dict[str, set[str]]:
    found = {moment: asked(script, "tell") for moment, script in scripts()}
    return {moment: NOTICES.get(moment, set()) | found.get(moment, set()) for moment in {*NOTICES, *found}}


@cache
def needed() -> set[str]:
    """Every message that the project may ask for by name."""
    names = {f"because-{code}" for code in CODES | codes()} | ALONE | {note.value for note in Note}
    names |= {f"timeline-{kebab(word)}" for word in row_words() | {"other"}} | {"told-other"}
    names |= {f"timeline-remarked-{why}" for why in set(get_args(RemarkWhy)) - {"unclear", "person"}}
    names |= {f"{verb}-{kebab(kind)}" for kind in KINDS for verb in ("ask", "answer")}
    names |= {f"channel-{channel.value}" for channel in Channel} | {f"actor-{actor.value}" for actor in Actor}
    names |= {f"status-{kebab(status)}" for status in Status}
    names |= {f"state-{kebab(status)}" for status in Status if status not in {Status.OPEN, Status.PARKED}}
    names |= {f"value-{value}" for value in ("yes", "no", "none", "code", "method")}
    names |= {f"front-{greeting}" for greeting in set(get_args(Greeting)) - PLAINLY} | {"front-missed"}
    names |= {f"sign-{sign.value}" for sign in Name} | {f"told-{key}" for key in (PROMISED, LATE, ENDED)}
    verbs = ("say", "maybe", "one_of", "phrase")
    said = {c for call in calls(*verbs) for c in constants(call.args[0] if call.args else None)}
    names |= set(re.findall(r"""\bt\(["']([a-z-]*[a-z])["']""", pages()))
    return names | {name for name in said if re.fullmatch(r"[a-z]+(-[a-z]+)*", name)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_without_words(language: str) -> None:
    assert needed() - set(entries(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_notice_of_every_moment_is_worded(language: str) -> None:
    ids = set(entries(language))
    wanted = {f"{moment}-{key}" for moment, names in keys().items() for key in names}
    wanted |= {f"{moment}-told-{key}" for moment, names in told().items() for key in names} | set(keys())
    missing = {name for name in wanted if not any(fits(name, each) for each in ids)}
    assert missing == set()
    unnamed = {f"{m}-{k}" for m, names in keys().items() for k in names if (e := entries(language).get(f"{m}-{k}"))
               and "label" not in {a.id.name for a in e.attributes}}  # fmt: skip
    assert unnamed == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_confirmed_has_a_name_and_no_other_words(language: str) -> None:
    assert {"pay-bill-until", "upgrade-device-address", "change-plan-credit"} <= read_back()
    for name in read_back():
        assert name in entries(language), f"{name} is confirmed and has no name"
        assert [a.id.name for a in entries(language)[name].attributes] == ["label"], name
        assert entries(language)[name].value is None, f"{name} is never asked"


def fits(name: str, worded: str) -> bool:
    """A key asked inside ``each`` carries the name of its loop before its own."""
    moment = next(moment for moment in keys() if name == moment or name.startswith(f"{moment}-"))
    told = "-told" if name.startswith(f"{moment}-told-") else ""
    own = name.removeprefix(moment).removeprefix(told)
    return worded == name or (worded.startswith(f"{moment}{told}-") and worded.endswith(own))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_there_by_mistake(language: str) -> None:
    named = {f"{m}-{k}" for m, names in keys().items() for k in names}
    named |= {f"{m}-told-{k}" for m, names in told().items() for k in names} | set(keys())
    asked_for = needed() | named | read_back()
    strangers = {name for name in entries(language) if name not in asked_for and not spare(name, named)}
    assert strangers == set()


@cache
def written() -> str:
    """All code and pages of the product."""
    folders = [ROOT / folder for folder in ("gateway", "channels", "switchboard", "activities", "ops")]
    kinds = ("*.py", "*.html", "*.js")
    return "\n".join(file.read_text("utf-8") for each in folders for kind in kinds for file in sorted(each.rglob(kind)))


@cache
def quoted() -> frozenset[str]:
    return frozenset(re.findall(r"""["'>]([a-z]+(?:-[a-z0-9]+)+)["'<]""", written()))


@cache
def families() -> tuple[str, ...]:
    """The beginnings of names that are put together where they are asked for."""
    begun = re.findall(r"""["']([a-z]+(?:-[a-z]+)*-)["']\s*[~+]|f["']([a-z]+(?:-[a-z]+)*-)\{""", written())
    return tuple(sorted({one or other for one, other in begun}))


def spare(name: str, named: set[str]) -> bool:
    """Asked for in another way: by a constant somewhere, by a name put together there, by a loop's question's item.

    Steps go by their own names, and the company's names of things are in its own systems.
    """
    if name.startswith(("step-", "company-", *families())) or name in quoted():
        return True
    moment = next((moment for moment in keys() if name.startswith(f"{moment}-")), None)
    return moment is not None and any(fits(each, name) for each in named if each.startswith(f"{moment}-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_attributes_have_names_that_are_looked_for(language: str) -> None:
    styles = {style for several in STYLES.values() for style in several}
    assert all(ATTRIBUTES.fullmatch(style) for style in styles)
    answers = {"sms", "phone", "example", "keypad", "hint", "hints"}
    for name, entry in entries(language).items():
        for attribute in (a.id.name for a in entry.attributes):
            guides = attribute.removesuffix("-picks") in answers and name.startswith("answer-")
            either = (name, attribute) == ("because-ambiguous", "either")
            assert guides or either or ATTRIBUTES.fullmatch(attribute), f"{name}.{attribute}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_that_english_says(language: str) -> None:
    assert set(entries(language)) == set(entries("en"))


class Letters(visitor.Visitor):
    def __init__(self) -> None:
        self.dear: list[str] = []

    def visit_TextElement(self, node: fluent.TextElement) -> None:  # noqa: N802  # the name that Fluent calls
        # An accent costs nothing where the letter under it is sent in its place.
        sent, same_length = plain(node.value), "x" * len(node.value)
        if bare(sent) != bare(node.value.strip()) or segments(sent) > segments(same_length):
            self.dear.append(node.value)


def bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


ONLY_ON_PAGES = ("page-", "ops-", "store-line-", "store-away-", "store-keep-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wording_itself_costs_no_dear_letters(language: str) -> None:
    letters = Letters()
    for name, entry in entries(language).items():
        if not name.startswith(ONLY_ON_PAGES) or name.endswith("-text"):
            letters.visit(entry)
    assert letters.dear == []

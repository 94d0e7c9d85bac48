"""Reading TwiML for calls: everything the documentation does not allow is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from simulators.carrier.checks import is_web_address

LARGEST = 64 * 1024
PARSE, SCHEMA, CONTENT_TYPE, TOO_LARGE, BAD_URL = 12100, 12200, 12300, 11750, 11100


class BadTwiml(Exception):
    """A document the carrier does not play. ``code`` is what its debugger would show."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Verb:
    """One element: its attributes as they stand, its words, and what is nested in it."""

    name: str
    attributes: Mapping[str, str]
    text: str
    nested: tuple[Verb, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def on(self, name: str) -> bool:
        return self.attributes.get(name) == "true"

    def number(self, name: str, default: int) -> int:
        return int(self.attributes.get(name, default))


def _flag(value: str) -> bool:
    return value in ("true", "false")


def _whole(least: int, most: int) -> Callable[[str], bool]:
    return lambda value: value.isdecimal() and least <= int(value) <= most


def _any(_value: str) -> bool:
    return True


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _hints(value: str) -> bool:
    entries = value.split(",")
    return len(entries) <= 500 and all(len(entry.strip()) <= 100 for entry in entries)


CARD_TYPES = {"visa", "mastercard", "amex", "discover", "jcb", "maestro", "optima", "diners-club", "enroute"}
PROGRESS = {"initiated", "ringing", "answered", "completed"}
_method = _one_of("GET", "POST")
_seconds = _whole(1, 3600)
_attributes: dict[str, dict[str, Callable[[str], bool]]] = {
    "Say": {"voice": _any, "loop": _whole(0, 1000), "language": _any},
    "Pause": {"length": _whole(0, 3600)},
    "Gather": {
        "input": lambda value: bool(value) and set(value.split()) <= {"dtmf", "speech"},
        "action": bool,
        "method": _method,
        "timeout": _whole(0, 3600),
        "speechTimeout": lambda value: value == "auto" or _seconds(value),
        "maxSpeechTime": _seconds,
        "finishOnKey": _one_of("", *"0123456789#*"),
        "numDigits": _whole(1, 1000),
        "hints": _hints,
        "language": bool,
        "actionOnEmptyResult": _flag,
        "profanityFilter": _flag,
        "speechModel": bool,
        "enhanced": _flag,
        "bargeIn": _flag,
    },
    "Redirect": {"method": _method},
    "Hangup": {},
    "Reject": {"reason": _one_of("rejected", "busy")},
    "Dial": {
        "action": bool,
        "method": _method,
        "timeout": _whole(1, 600),
        "timeLimit": _whole(1, 86_400),
        "callerId": bool,
        "answerOnBridge": _flag,
        "hangupOnStar": _flag,
    },
    "Number": {
        "url": bool,
        "method": _method,
        "statusCallback": bool,
        "statusCallbackMethod": _method,
        "statusCallbackEvent": lambda value: bool(value) and set(value.split()) <= PROGRESS,
    },
    "Enqueue": {
        "action": bool,
        "method": _method,
        "waitUrl": bool,
        "waitUrlMethod": _method,
        "workflowSid": lambda value: value.startswith("WW"),
    },
    "Task": {"priority": _whole(0, 2**31), "timeout": _whole(1, 1_209_600)},
    "Queue": {"reservationSid": lambda value: value.startswith("WR"), "postWorkActivitySid": bool},
    "Leave": {},
    "Pay": {
        "input": _one_of("dtmf"),
        "action": bool,
        "statusCallback": bool,
        "statusCallbackMethod": _method,
        "timeout": _seconds,
        "maxAttempts": _whole(1, 3),
        "securityCode": _flag,
        "postalCode": _flag,
        "paymentConnector": bool,
        "paymentMethod": _one_of("credit-card"),
        "tokenType": _one_of("one-time", "reusable", "payment-method"),
        "chargeAmount": _one_of("0", "0.00"),
        "currency": bool,
        "description": bool,
        "validCardTypes": lambda value: bool(value) and set(value.split()) <= CARD_TYPES,
        "language": bool,
    },
}
_nested = {"Gather": {"Say", "Pause"}, "Dial": {"Number", "Queue"}, "Enqueue": {"Task"}}
_inside = {"Number": "Dial", "Queue": "Dial", "Task": "Enqueue"}
_speech_marks = {"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}


def read(body: bytes, content_type: str = "text/xml", *, inline: bool = False) -> tuple[Verb, ...]:
    """The verbs of a document for a call; ``inline`` ones have no URL of their own. Raises :class:`BadTwiml`."""
    return tuple(_verb(child, inline=inline) for child in document(body, content_type))


def document(body: bytes, content_type: str) -> ET.Element:
    """The root of any TwiML, its verbs not looked at. Raises :class:`BadTwiml`."""
    if "xml" not in content_type:
        raise BadTwiml(CONTENT_TYPE, f"{content_type or 'no content type'} is not TwiML")
    if len(body) > LARGEST:
        raise BadTwiml(TOO_LARGE, f"{len(body)} bytes are more than 64 KB")
    if b"<!DOCTYPE" in body:
        raise BadTwiml(PARSE, "a document type is not allowed")
    try:
        root = ET.fromstring(body)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as error:
        raise BadTwiml(PARSE, f"not XML: {error}") from None
    if root.tag != "Response" or root.attrib:
        raise BadTwiml(PARSE, "the root must be a bare <Response>")
    _no_loose_text(root)
    return root


def _verb(element: ET.Element, *, inline: bool, inside: str = "") -> Verb:
    name = element.tag
    if name not in _attributes or inside not in ("", "Gather", _inside.get(name)) or (name in _inside and not inside):
        raise BadTwiml(SCHEMA, f"<{name}> is not a verb the carrier plays{f' in <{inside}>' if inside else ''}")
    for attribute, value in element.attrib.items():
        if attribute not in _attributes[name]:
            raise BadTwiml(SCHEMA, f"<{name}> has no attribute {attribute}")
        if not _attributes[name][attribute](value):
            raise BadTwiml(SCHEMA, f"<{name} {attribute}> can't be {value[:80]!r}")
    if name == "Say":
        return _say(element)
    nested = []
    for child in element:
        if child.tag not in _nested.get(name, ()):
            raise BadTwiml(SCHEMA, f"<{child.tag}> can't stand in <{name}>")
        nested.append(_verb(child, inline=inline, inside=name))
    verb = Verb(name, dict(element.attrib), (element.text or "").strip(), tuple(nested))
    _check(verb, element, inline=inline)
    return verb


def _say(element: ET.Element) -> Verb:
    strange = {mark.tag for mark in element.iter() if mark is not element} - _speech_marks
    words = " ".join("".join(element.itertext()).split())
    if strange:
        raise BadTwiml(SCHEMA, f"<{strange.pop()}> can't stand in <Say>")
    if not words or len(words) > 4096:
        raise BadTwiml(13520, "<Say> takes from 1 to 4096 characters")
    return Verb("Say", dict(element.attrib), words)


def _check(verb: Verb, element: ET.Element, *, inline: bool) -> None:
    """What no single attribute shows."""
    if verb.name in ("Redirect", "Number", "Dial"):
        if bool(verb.text) == bool(verb.nested):
            raise BadTwiml(SCHEMA, f"<{verb.name}> needs one target")
    elif verb.name != "Task":
        _no_loose_text(element)
    if verb.name == "Enqueue" and not (verb.nested and verb.get("workflowSid")):
        raise BadTwiml(SCHEMA, "<Enqueue> is played for TaskRouter only: a workflowSid, and a <Task>")
    if verb.name == "Gather" and "speechModel" in verb.attributes and not verb.get("speechTimeout").isdecimal():
        raise BadTwiml(SCHEMA, "a speechModel needs a whole number as speechTimeout")
    target = verb.text if verb.name == "Redirect" else verb.get("url") or verb.get("action")
    missing = verb.name in ("Gather", "Pay") and inline and not target
    if missing or (target and (inline or "://" in target) and not is_web_address(target)):
        raise BadTwiml(BAD_URL, f"<{verb.name}> needs an absolute address here")


def _no_loose_text(element: ET.Element) -> None:
    loose = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in loose):
        raise BadTwiml(SCHEMA, f"loose text in <{element.tag}>")

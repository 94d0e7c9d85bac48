"""The account's WhatsApp templates, and how one looks when it arrives."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from channels.whatsapp import NAMES, shape
from simulators.carrier.checks import ApiRefusal, Form

_CONTENT, _PLACE = re.compile(r"HX[0-9a-fA-F]{32}"), re.compile(r"\{\{(\d+)\}\}")
IN_SESSION = ("buttons-", "list-")  # taken only within a day of the customer's own words


def content_sid(name: str) -> str:
    """The id of the template of that name on every carrier."""
    return "HX" + hashlib.sha256(name.encode()).hexdigest()[:32]


TEMPLATES = {content_sid(name): name for name in NAMES}


def templates() -> str:
    """The carrier's templates as the setting that names them."""
    return ",".join(f"{name}:{sid}" for sid, name in TEMPLATES.items())


def name_of(form: Form) -> str | None:
    """The template a message is made of. Raises :class:`ApiRefusal`."""
    sid = form.get("ContentSid")
    if sid is None:
        return None
    if not _CONTENT.fullmatch(sid):
        raise ApiRefusal(20001, more="ContentSid")
    if sid not in TEMPLATES:
        raise ApiRefusal(21655)
    return TEMPLATES[sid]


def filled(form: Form) -> tuple[str, list[dict[str, str]]]:
    """Body and options of a message made of a template. Raises :class:`ApiRefusal` when a place stays empty."""
    name = name_of(form)
    try:
        given = json.loads(form.get("ContentVariables") or "{}")
    except ValueError:
        raise ApiRefusal(21656) from None
    if not isinstance(given, dict) or not all(isinstance(value, str) and value for value in given.values()):
        raise ApiRefusal(21656)
    [(kind, made)] = shape(name or "").items()
    assert isinstance(made, dict)  # noqa: S101 - our own table
    body = _fill(str(made["body"]), given, optional=kind == "twilio/text")
    rows: Any = made.get("actions") or made.get("items") or []
    return body.strip(), [
        {"title": _fill(row.get("title") or row["item"], given), "payload": _fill(row["id"], given)} for row in rows
    ]


def _fill(text: str, given: Mapping[str, str], *, optional: bool = False) -> str:
    def place(match: re.Match[str]) -> str:
        if match[1] not in given and not (optional and match[1] != "1"):
            raise ApiRefusal(21656)
        return given.get(match[1], "")

    return _PLACE.sub(place, text)

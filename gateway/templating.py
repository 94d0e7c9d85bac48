"""Pages out of templates: escaped always, worded by Fluent, no HTML in Python."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from channels.wording.book import FALLBACK, FOLDER, Wording, wording
from gateway.browser import LANGUAGE, csrf_of, remember_visit, token_of
from gateway.parts import parts_of

HERE = Path(__file__).parent
STATIC = HERE / "static"
DEFAULT_ZONE = "America/New_York"


def asset(name: str) -> str:
    """The address of a static file, with its content's fingerprint: a new version is a new address."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def stamp(value: object) -> str:
    """What tells whether a part of a page has changed."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def telephone(number: str) -> str:
    """An E.164 number as people write it."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["asset"] = asset
_templates.filters["stamp"] = stamp
_templates.filters["telephone"] = telephone


@cache
def languages() -> dict[str, str]:
    """The languages there are words in, each by its own name, English first."""
    found = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.ftl")))
    found.sort(key=lambda name: name != FALLBACK)
    return {name: wording(name, DEFAULT_ZONE).say("page-language-own") for name in found}


def words_for(request: Request, language: str | None = None, zone: str | None = None) -> Wording:
    """The wording of a known customer, of what was chosen in this browser, or of what the browser prefers."""
    language = language or token_of(request, LANGUAGE)[:20] or preferred(request)
    return parts_of(request).words(language, zone or DEFAULT_ZONE)


def preferred(request: Request) -> str:
    """The first of the browser's languages that there are words in."""
    asked = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")[:10]]
    return next((tag[:20] for tag in asked if tag.split("-")[0].lower() in languages()), FALLBACK)


def page(request: Request, template: str, words: Wording, status: int = 200, **context: Any) -> HTMLResponse:
    """A template filled; ``t`` in it says a Fluent message."""
    found = _templates.get_template(template)
    given = {"languages": languages(), "csrf": csrf_of(request)} | context
    text = found.render(request=request, t=words.say, words=words, language=words.locale.language, **given)
    response = HTMLResponse(text, status)
    remember_visit(request, response)
    return response

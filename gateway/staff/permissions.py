"""The one declaration of what each role may: every address of staff, and how far each role reaches there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.staff import Role

PLACES = ("/staff", "/store", "/desk", "/ops", "/insight")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Reach(StrEnum):
    """Whose things a role may touch there; what belongs to others is not there for it."""

    ANY = "any"
    TEAM = "own team"


@dataclass(frozen=True)
class Need:
    """What an address asks for.

    ``everybody``: no sign-in. ``look``: showing it is noted even where no customer is concerned. ``reason``: a
    customer's data is shown only with a case of theirs in hand, or a note that says why.
    """

    roles: Mapping[Role, Reach] = field(default_factory=dict)
    everybody: bool = False
    look: bool = False
    reason: bool = False

    def reach(self, role: Role) -> Reach | None:
        return self.roles.get(role)


def to(*roles: Role, team: Iterable[Role] = (), look: bool = False, reason: bool = False) -> Need:
    """For these roles, whoever it concerns; for those of ``team``, within their own team."""
    return Need(dict.fromkeys(roles, Reach.ANY) | dict.fromkeys(team, Reach.TEAM), look=look, reason=reason)


OPEN = Need(everybody=True)
SIGNED_IN = to(*Role)
ADMIN = to(Role.ADMIN)
PEOPLE = to(Role.ADMIN, team=[Role.SUPERVISOR], look=True)
RECORD = to(Role.ADMIN, look=True)
CUSTOMERS = to(Role.AGENT, Role.SUPERVISOR)
COUNTER = to(Role.ASSOCIATE, Role.SUPERVISOR, Role.ADMIN)
DESK = to(Role.AGENT, Role.SUPERVISOR)
CASE = to(Role.AGENT, Role.SUPERVISOR, reason=True)
RUNNING = to(Role.OPS, Role.ADMIN)
HISTORIES = to(Role.OPS, Role.ADMIN, look=True)
FIGURES = to(Role.ANALYST, Role.SUPERVISOR, Role.OPS, Role.ADMIN)

# The first line that fits counts; ``*`` stands for any method, a ``/**`` for everything below.
NEEDS: tuple[tuple[str, Need], ...] = (
    ("GET /staff/sign-in", OPEN),
    ("POST /staff/sign-in", OPEN),
    ("GET /staff/provider", OPEN),
    ("GET /staff/provider/back", OPEN),
    ("GET /staff", SIGNED_IN),
    ("POST /staff/sign-out", SIGNED_IN),
    ("POST /staff/password", SIGNED_IN),
    ("POST /staff/sessions/{session}/end", SIGNED_IN),
    ("GET /staff/people", PEOPLE),
    ("POST /staff/people", ADMIN),
    ("GET /staff/people/{person}", PEOPLE),
    ("POST /staff/people/{person}/sign-out", to(Role.ADMIN, team=[Role.SUPERVISOR])),
    ("POST /staff/people/{person}/role", ADMIN),
    ("POST /staff/people/{person}/password", ADMIN),
    ("POST /staff/people/{person}/close", ADMIN),
    ("POST /staff/people/{person}/reopen", ADMIN),
    ("GET /staff/audit.jsonl", RECORD),
    ("GET /staff/customers", CUSTOMERS),
    ("POST /staff/customers", CUSTOMERS),
    ("GET /staff/customers/{customer}", to(Role.AGENT, Role.SUPERVISOR, reason=True)),
    ("GET /store", OPEN),
    ("GET /store/away", OPEN),
    ("GET /store/worker.js", OPEN),
    ("POST /store/sign-in", OPEN),
    ("POST /store/sign-out", SIGNED_IN),
    ("* /store/**", COUNTER),
    ("GET /desk/team", to(Role.SUPERVISOR, look=True)),
    ("* /desk/case/{moment}/{customer}/{number:int}", CASE),
    ("* /desk/case/{moment}/{customer}/{number:int}/**", CASE),
    ("* /desk/customer/{customer}", CASE),
    ("* /desk/customer/{customer}/**", CASE),
    ("* /desk", DESK),
    ("* /desk/**", DESK),
    ("GET /ops/audit", RECORD),
    ("GET /ops/travel/file/{upload}", HISTORIES),
    ("GET /ops/travel/file/{upload}/payloads", HISTORIES),
    ("* /codec/**", RUNNING),
    ("POST /ops/people/{customer}/erase", ADMIN),
    ("* /ops", RUNNING),
    ("* /ops/**", RUNNING),
    ("* /insight", FIGURES),
    ("* /insight/**", FIGURES),
)


def need_of(method: str, path: str) -> Need | None:
    """What a route, given by its template, asks for; None where nothing is declared: it opens to nobody."""
    method = "GET" if method == "HEAD" else method
    for line, need in NEEDS:
        methods, _, place = line.partition(" ")
        if methods in {"*", method} and _fits(place, path):
            return need
    return None


def _fits(place: str, path: str) -> bool:
    return path.startswith(place.removesuffix("**")) if place.endswith("/**") else path == place


def in_place(path: str) -> bool:
    """Whether an address is one of staff's."""
    return any(path == place or path.startswith(f"{place}/") for place in PLACES)


def may(role: Role, method: str, path: str) -> bool:
    """For pages: whether a role gets there at all."""
    need = need_of(method, path)
    return need is not None and need.reach(role) is not None


def table(routes: Iterable[tuple[str, str]]) -> str:
    """The page of routes and roles, in Markdown: what is declared for each of the given methods and templates."""
    head = [
        "# What each role may",
        "",
        "Written by `python -m tests.staff.table` out of `gateway/staff/permissions.py`; a test holds both equal, and",
        "another one tries every line with every role, in its own team and in another.",
        "",
        "`any`: whoever it concerns. `own team`: people of one's own team; others are not there. `–`: refused.",
        "`everybody`: needs no sign-in. Every line that is not a GET also needs the proof that our own page sent it.",
        "",
        "| Route | " + " | ".join(role.value for role in Role) + " |",
        "| --- |" + " --- |" * len(Role),
    ]
    lines = sorted({(_shown(path), method) for method, path in routes})
    return "\n".join([*head, *(_line(method, path) for path, method in lines)]) + "\n"


def _shown(path: str) -> str:
    return re.sub(r":(int|path)}", "}", path)


def _line(method: str, path: str) -> str:
    need = need_of(method, path)
    if need is None:
        raise ValueError(f"{method} {path} is not declared in gateway/staff/permissions.py")
    cells = ["everybody" if need.everybody else str(need.reach(role) or "–") for role in Role]
    return f"| `{method} {path}` | " + " | ".join(cells) + " |"

"""Mail that no person wrote: auto-replies, bounces, lists. It changes nothing and is not answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_SENDERS = re.compile(
    r"(mailer-daemon|postmaster|mail-daemon|no-?reply|do-?not-?reply|bounces?)([+_-].*)?", re.IGNORECASE
)
_SUBJECTS = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?reply|auto(matic)? response|out of (the )?office|abwesenheitsnotiz"
    r"|automatische antwort|respuesta automática|fuera de (la )?oficina|réponse automatique"
    r"|(mail )?delivery (status notification|has failed|failed|failure)|undeliver(able|ed)|returned mail"
    r"|delayed mail|read:|leído:)",
    re.IGNORECASE,
)
_PRECEDENCE = frozenset({"bulk", "auto_reply", "list", "junk"})


def automatic(
    headers: Mapping[str, Sequence[str]], *, sender: str, envelope_from: str | None, subject: str
) -> str | None:
    """Why a mail counts as automatic: ``bounce``, ``auto-reply`` or ``list``; None for a person's.

    ``headers`` by lower-case name, ``envelope_from`` None where it is not known and empty for a bounce.
    """

    def first(name: str) -> str:
        return next(iter(headers.get(name, ())), "").strip().lower()

    local = sender.partition("@")[0]
    if envelope_from is not None and envelope_from.strip() in {"", "<>"}:
        return "bounce"
    if first("content-type").startswith("multipart/report") or _SENDERS.fullmatch(local):
        return "bounce"
    if first("auto-submitted").partition(";")[0].strip() not in {"", "no"}:
        return "auto-reply"
    if first("x-autoreply") or first("x-autorespond") or "auto-replied" in first("x-auto-response-suppress"):
        return "auto-reply"
    if first("precedence") in _PRECEDENCE or first("list-id") or first("list-unsubscribe"):
        return "list"
    if first("x-auto-response-suppress") and not first("in-reply-to"):
        return "auto-reply"
    return "auto-reply" if _SUBJECTS.match(subject) else None

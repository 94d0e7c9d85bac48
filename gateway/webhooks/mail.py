"""A mail as it came in: its words, its headers, and how far its sender is proved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import getaddresses
from typing import Any

from channels.automatic import automatic
from channels.quotes import reply_of
from gateway.webhooks.multipart import Parcel, Part, parcel
from models.people import Address

_PLAIN = re.compile(r"[^@\s\x00-\x1f<>\"(),:;\\]{1,64}@[a-z0-9.-]{1,253}", re.IGNORECASE)
_VERDICT = re.compile(r"@?([a-z0-9._-]+)\s*:\s*([a-z]+)", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")
_MOST_HEADERS = 200_000
_DECORATION = 20_000  # bytes: a logo in a signature is no evidence


@dataclass(frozen=True)
class InMail:
    """``sender`` is None where no single good address is named; ``proved`` whether the mail is really from there.

    ``to`` are the addresses it was delivered to, ``automatic`` why no person wrote it, ``words`` what they wrote.
    """

    sender: Address | None
    proved: bool
    to: tuple[str, ...]
    subject: str
    message_id: str
    references: tuple[str, ...]
    words: str
    automatic: str | None
    files: tuple[Part, ...]


def opened(content_type: str, body: bytes) -> InMail:
    """Reads what SendGrid posted. Raises NotUnderstood for what is no form."""
    parts = parcel(content_type, body)
    charsets = {name: str(label) for name, label in parts.json("charsets").items()}
    envelope = parts.json("envelope")
    headers = headers_of(parts.text("headers", charsets))
    named = parts.text("from", charsets)
    sender = sender_of(named, headers)
    back = envelope.get("from")
    subject = parts.text("subject", charsets)
    return InMail(
        sender=sender,
        proved=sender is not None and proved(sender.value, parts, str(back or "")),
        to=recipients(envelope, parts.text("to", charsets)),
        subject=subject[:1000],
        message_id=next(iter(_MESSAGE_ID.findall(_first(headers, "message-id"))), ""),
        references=referred(headers),
        words=reply_of(parts.text("text", charsets), parts.text("html", charsets)) or wish(subject, headers),
        automatic=automatic(
            headers,
            sender=sender.value if sender else "",
            envelope_from=back if isinstance(back, str) else None,
            subject=subject,
        ),
        files=tuple(part for part in parts.files if not decoration(part, parts)),
    )


def wish(subject: str, headers: Mapping[str, list[str]]) -> str:
    """A mail without words, that replies to nothing, has said in its subject what it wants."""
    return (
        ""
        if referred(headers) or re.match(r"\s*(re|aw|rv|fwd?)\s*:", subject, re.IGNORECASE)
        else subject.strip()[:200]
    )


def identity(mail: InMail, body: bytes) -> str:
    """What the same mail is known by, however often it is delivered: its id and whom it reached, else its bytes."""
    named = f"{mail.message_id} {' '.join(sorted(mail.to))}".encode() if mail.message_id else body
    return "mail:" + hashlib.sha256(named).hexdigest()[:40]


def headers_of(block: str) -> dict[str, list[str]]:
    """A header block by lower-case name, continued lines joined."""
    found: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in block[:_MOST_HEADERS].splitlines():
        if line[:1] in {" ", "\t"} and last:
            last[-1] += " " + line.strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            last = found.setdefault(name.strip().lower(), [])
            last.append(value.strip())
    return found


def sender_of(named: str, headers: Mapping[str, list[str]]) -> Address | None:
    """The one address a mail says it is from; None for none, several, or two From headers."""
    addresses = [address for _, address in getaddresses([named[:2000]])]
    if len(addresses) != 1 or not _PLAIN.fullmatch(addresses[0]) or len(headers.get("from", ())) > 1:
        return None
    return Address(kind="email", value=addresses[0].lower())


def proved(sender: str, parts: Parcel, envelope_from: str) -> bool:
    """Whether the sender's own domain vouches: by a DKIM signature of it, or by SPF for an envelope of it.

    SPF alone speaks of the envelope only, which is anybody's own: it counts where that is the sender's domain.
    """
    domain = sender.rpartition("@")[2]
    for signer, verdict in _VERDICT.findall(parts.text("dkim")[:4000]):
        if verdict.lower() == "pass" and _vouches(signer.lower(), domain):
            return True
    spf = parts.text("SPF").strip().lower() == "pass"
    return spf and envelope_from.rpartition("@")[2].strip(" <>").lower() == domain


def _vouches(signer: str, domain: str) -> bool:
    return signer == domain or ("." in signer and domain.endswith(f".{signer}"))


def recipients(envelope: Mapping[str, Any], header_to: str) -> tuple[str, ...]:
    """Whom the mail reached: by its envelope; the To header, which anybody writes as they like, only without one."""
    reached = envelope.get("to")
    if isinstance(reached, list) and reached:
        return tuple(str(address)[:400].strip() for address in reached[:50])
    return tuple(address[:400] for _, address in getaddresses([header_to[:4000]])[:50] if address)


def referred(headers: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The ids of the mails this one replies to, nearest first."""
    chain = _MESSAGE_ID.findall(_first(headers, "references"))[-20:]
    return tuple(dict.fromkeys([*_MESSAGE_ID.findall(_first(headers, "in-reply-to"))[:3], *reversed(chain)]))


def decoration(part: Part, parts: Parcel) -> bool:
    """Whether a file only belongs to the looks of a mail: small, and shown inside it."""
    shown = set(parts.json("content-ids").values())
    return part.name in shown and len(part.content) < _DECORATION


def _first(headers: Mapping[str, list[str]], name: str) -> str:
    return next(iter(headers.get(name, ())), "")

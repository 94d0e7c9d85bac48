"""Mails to one customer about one question: the address that replies go to, and one-tap answers, both sealed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any

from channels.email import Mail, one_line, one_tap, render, words_only
from channels.wording.book import Wording
from database.outbox import Message
from models.case import Because, Turn
from models.people import Address, Channel

LIFETIME = timedelta(days=14)
_TOKEN = re.compile(r"reply\+([a-z2-7]{18})([a-z2-7]{16})", re.IGNORECASE)
_REPLIED = re.compile(r"^(\s*(re|aw|rv)\s*:)*\s*", re.IGNORECASE)
_MAC = 10


@dataclass(frozen=True)
class Thread:
    """What a mail answers: the id and subject of the one that came in, and the ids before it."""

    message_id: str
    subject: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Token:
    """What a reply address says: a moment and question by their digests, a case's number, a revision, and the seal."""

    moment: bytes
    number: int
    key: bytes
    revision: int
    seal: bytes

    def asks(self, key: str) -> bool:
        return self.key == _digest(key, 3)


@dataclass(frozen=True)
class OneTap:
    """What a one-tap address answers: a question of a case, by the digest of one of its picks."""

    customer: str
    case: str
    key: str
    revision: int
    pick: str

    def is_for(self, value: str) -> bool:
        return hmac.compare_digest(self.pick, digest_of_pick(value))


class Letters:
    """Makes mails. ``secret`` seals what comes back, replies go to ``domain``, one-tap answers to ``public_url``.

    What was sealed with an ``older`` secret is taken, too.
    """

    def __init__(self, secret: bytes, domain: str, public_url: str, *, older: Sequence[bytes] = ()) -> None:
        self._secret = secret
        self._older = older
        self.domain = domain
        self._public_url = public_url.rstrip("/")

    def message(
        self,
        *,
        key: str,
        customer: str,
        to: Address,
        turn: Turn,
        words: Wording,
        link: str | None = None,
        prompted: bool = False,
        lead: str = "",
        echo: str = "",
        because: Because | None = None,
        thread: Thread | None = None,
        always: bool = False,
    ) -> Message:
        """The turn as a mail under ``key``. The same key makes the same mail, but for the age of its links."""
        answers = self._answers(turn, customer, words)
        mail = render(turn, words, link=link, answers=answers, echo=echo, because=because, lead=lead)
        pending = turn.question
        asked = (pending.question.key, pending.revision) if pending else ("", 0)
        token = self._token(turn.case, *asked, customer)
        extras = self._extras(mail, f"reply+{token}", key, thread) | {"asked": f"{turn.case} {asked[0]} {asked[1]}"}
        return Message(
            key=key, case=turn.case, customer=customer, channel=Channel.EMAIL, to=to, body=mail.text, extras=extras,
            prompted=prompted, always=always,
        )  # fmt: skip

    def plain(
        self, *, key: str, customer: str | None, to: Address, text: str, words: Wording, thread: Thread | None = None,
        always: bool = False, case: str | None = None,
    ) -> Message:  # fmt: skip
        """A few words of our own; a reply to them is for that ``case``, where there is one."""
        subject = words.say("email-subject", title=words.moment_name(case.split("/")[0], "title")) if case else None
        mail = words_only(text, words, subject=subject)
        place = f"reply+{self._token(case, '', 0, customer)}" if case and customer else "reply"
        extras = self._extras(mail, place, key, thread)
        return Message(
            key=key, case=case, customer=customer, channel=Channel.EMAIL, to=to, body=mail.text, extras=extras,
            always=always,
        )  # fmt: skip

    def _extras(self, mail: Mail, reply_to: str, key: str, thread: Thread | None) -> dict[str, Any]:
        headers = {
            "Message-ID": f"<{reply_to}.{_digest(key, 8).hex()}@{self.domain}>",
            "Auto-Submitted": "auto-replied" if thread else "auto-generated",
        }
        subject = mail.subject
        if thread:
            subject = "Re: " + (_REPLIED.sub("", one_line(thread.subject)) or subject)
            if thread.message_id:
                headers["In-Reply-To"] = thread.message_id
                headers["References"] = " ".join([*thread.references[-10:], thread.message_id])
        reply_address = f"{reply_to}@{self.domain}"
        return {"subject": subject, "html": mail.html, "reply_to": reply_address, "headers": headers}

    # -- replies ----------------------------------------------------------------------------------------------

    def _token(self, case: str, key: str, revision: int, customer: str) -> str:
        moment, _, number = case.split("/")
        sealed = _digest(moment, 4) + min(int(number), 65535).to_bytes(2, "big") + _digest(key, 3)
        sealed += min(revision, 65535).to_bytes(2, "big")
        return _base32(sealed) + _base32(self._seal(b"reply", sealed + customer.encode(), _MAC))

    def token_of(self, addresses: Iterable[str]) -> Token | None:
        """The token in the first of our reply addresses, or of our own mails' ids, that bears one."""
        for address in addresses:
            local, _, domain = (parseaddr(address)[1] or address).strip(" <>").rpartition("@")
            found = _TOKEN.match(local) if domain.lower() == self.domain.lower() else None
            if found:
                sealed, seal = _unbase32(found.group(1)), _unbase32(found.group(2))
                whole = [int.from_bytes(sealed[at : at + 2], "big") for at in (4, 9)]
                return Token(sealed[:4], whole[0], sealed[6:9], whole[1], seal)
        return None

    def addressed(self, addresses: Iterable[str]) -> bool:
        """Whether a reply address of ours bears anything that should be a token."""
        plain = [address.strip(" <>").lower() for address in addresses]
        return any(a.startswith("reply+") and a.endswith(f"@{self.domain.lower()}") for a in plain)

    def holds(self, token: Token, customer: str) -> bool:
        """Whether we made this token, for this customer."""
        sealed = token.moment + token.number.to_bytes(2, "big") + token.key + token.revision.to_bytes(2, "big")
        return self._sealed(token.seal, b"reply", sealed + customer.encode(), _MAC)

    def case_of(self, token: Token, customer: str, moments: Iterable[str]) -> str | None:
        """The case of a token that holds; None where the moment is not known any more."""
        named = next((moment for moment in moments if _digest(moment, 4) == token.moment), None)
        return f"{named}/{customer}/{token.number}" if named else None

    # -- one-tap answers ----------------------------------------------------------------------------------------

    def _answers(self, turn: Turn, customer: str, words: Wording) -> dict[str, str]:
        pending = turn.question
        if pending is None:
            return {}
        asked = OneTap(customer, turn.case, pending.question.key, pending.revision, "")
        return {pick.value: self.tap_url(asked, pick.value) for pick in one_tap(pending.question, turn.moment, words)}

    def tap_url(self, asked: OneTap, value: str, *, now: datetime | None = None) -> str:
        until = int(((now or datetime.now(UTC)) + LIFETIME).timestamp()) // 86400 * 86400
        fields = [asked.customer, asked.case, asked.key, asked.revision, digest_of_pick(value), until]
        said = json.dumps(fields, separators=(",", ":")).encode()
        return f"{self._public_url}/a/{_base64(said)}.{_base64(self._seal(b'tap', said, 18))}"

    def tapped(self, token: str, *, now: datetime | None = None) -> OneTap | None:
        """What a one-tap address answers; None for one we did not make, or that is too old."""
        said, _, seal = token.partition(".")
        try:
            content = _unbase64(said)
            if not self._sealed(_unbase64(seal), b"tap", content, 18):
                return None
        except (binascii.Error, ValueError):
            return None
        *fields, until = json.loads(content)
        return OneTap(*fields) if (now or datetime.now(UTC)).timestamp() < until else None

    def _seal(self, purpose: bytes, content: bytes, length: int, secret: bytes | None = None) -> bytes:
        return hmac.digest(secret or self._secret, purpose + b"\0" + content, "sha256")[:length]

    def _sealed(self, seal: bytes, purpose: bytes, content: bytes, length: int) -> bool:
        secrets = (self._secret, *self._older)
        return any(hmac.compare_digest(seal, self._seal(purpose, content, length, each)) for each in secrets)


def digest_of_pick(value: str) -> str:
    return _base64(_digest(value, 9))


def _digest(text: str, length: int) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:length]


def _base32(raw: bytes) -> str:
    """Lower case: some mail systems change the case of an address."""
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _unbase32(text: str) -> bytes:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))

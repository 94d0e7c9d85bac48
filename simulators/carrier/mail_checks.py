"""What the mail API refuses: strict about every field, with errors of the real one's shape."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

_FIELDS = frozenset(
    {"personalizations", "from", "reply_to", "reply_to_list", "subject", "content", "attachments", "template_id"}
    | {"headers", "categories", "custom_args", "send_at", "batch_id", "asm", "ip_pool_name", "mail_settings"}
    | {"tracking_settings"}
)
_PERSONAL = frozenset({"to", "cc", "bcc", "from", "subject", "headers", "substitutions", "dynamic_template_data"}) | {
    "custom_args",
    "send_at",
}
_OURS_ALONE = frozenset(
    {"x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding"}
    | {"to", "from", "subject", "reply-to", "cc", "bcc"}
)
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]+\.[^@\s<>]+")
_LARGEST = 30 * 1024 * 1024
_MOST_ARGS = 10_000


class MailRefusal(Exception):
    """A mail that is not taken."""

    def __init__(self, message: str, field: str | None = None, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"errors": [{"message": message, "field": field, "help": None}]}


def checked(raw: bytes, senders: frozenset[str]) -> dict[str, Any]:
    """The mail of a request's body. Raises :class:`MailRefusal`."""
    if len(raw) > _LARGEST:
        raise MailRefusal("The message is larger than 30 MB.", status=413)
    try:
        mail = json.loads(raw)
    except ValueError:
        raise MailRefusal("Bad Request") from None
    if not isinstance(mail, dict):
        raise MailRefusal("Bad Request")
    _known(mail, _FIELDS, "")
    _sender(mail, senders)
    _content(mail)
    personalizations = mail.get("personalizations")
    if not isinstance(personalizations, list) or not 1 <= len(personalizations) <= 1000:
        raise MailRefusal("The personalizations field is required and must have from 1 to 1000.", "personalizations")
    for number, one in enumerate(personalizations):
        _personal(one, f"personalizations.{number}", mail)
    _headers(mail.get("headers"), "headers")
    _args(mail.get("custom_args"), "custom_args")
    _categories(mail.get("categories", []))
    for number, file in enumerate(mail.get("attachments", [])):
        _file(file, f"attachments.{number}")
    return mail


def sandboxed(mail: dict[str, Any]) -> bool:
    return bool(mail.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"))


def _known(found: dict[str, Any], known: frozenset[str], where: str) -> None:
    for name in found.keys() - known:
        raise MailRefusal(f"Additional property {name} is not allowed", f"{where}.{name}" if where else name)


def _address(found: object, field: str) -> str:
    if not isinstance(found, dict) or not _ADDRESS.fullmatch(str(found.get("email", ""))):
        raise MailRefusal("Does not contain a valid address.", f"{field}.email")
    _known(found, frozenset({"email", "name"}), field)
    return str(found["email"]).lower()


def _sender(mail: dict[str, Any], senders: frozenset[str]) -> None:
    if _address(mail.get("from"), "from") not in senders:
        raise MailRefusal(
            "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is "
            "resolved.",
            "from",
            status=403,
        )
    if "reply_to" in mail and "reply_to_list" in mail:
        raise MailRefusal("Only one of reply_to and reply_to_list may be given.", "reply_to")
    if "reply_to" in mail:
        _address(mail["reply_to"], "reply_to")


def _content(mail: dict[str, Any]) -> None:
    content = mail.get("content")
    if "template_id" in mail and content is None:
        return
    if not isinstance(content, list) or not content:
        raise MailRefusal("The content parameter is required unless a template is used.", "content")
    kinds = []
    for number, part in enumerate(content):
        if not isinstance(part, dict) or not part.get("type") or not isinstance(part.get("value"), str):
            raise MailRefusal("The content value must be a string at least one character in length.", "content")
        if not part["value"]:
            raise MailRefusal(
                "The content value must be a string at least one character in length.", f"content.{number}.value"
            )
        kinds.append(part["type"])
    if "text/plain" in kinds and kinds[0] != "text/plain":
        raise MailRefusal("If present, text/plain must be first.", "content")


def _personal(one: object, field: str, mail: dict[str, Any]) -> None:
    if not isinstance(one, dict):
        raise MailRefusal("Bad Request", field)
    _known(one, _PERSONAL, field)
    if not isinstance(one.get("to"), list) or not one["to"]:
        raise MailRefusal("The to array is required for all personalization objects.", f"{field}.to")
    everybody = [
        _address(found, f"{field}.{kind}.{n}")
        for kind in ("to", "cc", "bcc")
        for n, found in enumerate(one.get(kind, []))
    ]
    if len(everybody) != len(set(everybody)):
        raise MailRefusal(
            "Each email address in the personalization block should be unique between to, cc, and bcc.", field
        )
    if not (one.get("subject") or mail.get("subject") or mail.get("template_id")):
        raise MailRefusal("The subject is required.", "subject")
    _headers(one.get("headers"), f"{field}.headers")
    _args(one.get("custom_args"), f"{field}.custom_args")


def _headers(found: object, field: str) -> None:
    if found is None:
        return
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise MailRefusal("Headers must be strings.", field)
    for name, value in found.items():
        if name.lower() in _OURS_ALONE:
            raise MailRefusal(f"The header {name} may not be overridden.", field)
        if "\n" in value or "\r" in value:
            raise MailRefusal("A header may not hold a line break.", field)


def _args(found: object, field: str) -> None:
    if found is None:
        return
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise MailRefusal("custom_args must be strings.", field)
    if len(json.dumps(found)) > _MOST_ARGS:
        raise MailRefusal("custom_args may not exceed 10,000 bytes.", field)


def _categories(found: object) -> None:
    if not isinstance(found, list) or len(found) > 10 or len(found) != len(set(map(str, found))):
        raise MailRefusal("At most 10 categories, each once.", "categories")


def _file(found: object, field: str) -> None:
    if not isinstance(found, dict) or not found.get("filename"):
        raise MailRefusal("The attachment filename is required.", f"{field}.filename")
    try:
        base64.b64decode(str(found.get("content", "")), validate=True)
    except binascii.Error:
        raise MailRefusal("The attachment content must be base64 encoded.", f"{field}.content") from None

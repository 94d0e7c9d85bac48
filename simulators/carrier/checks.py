"""What the API refuses: strict about every parameter, with the real one's codes."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urlsplit

import phonenumbers

E164 = re.compile(r"\+[1-9]\d{6,14}")
LONGEST_BODY, LONGEST_TWIML = 1600, 4000

_sentences = {
    20001: "Invalid parameter",
    20003: "Authenticate",
    20004: "Method not allowed",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21201: "No 'To' number specified",
    21205: "Url parameter is not a valid URL",
    21210: "'From' phone number not verified",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Phone Number",
    21213: "'From' phone number is required",
    21220: "Invalid call state",
    21602: "Message body is required",
    21603: "A 'From' phone number is required",
    21604: "A 'To' phone number is required",
    21606: "The 'From' phone number is not a valid, SMS-capable number for your account",
    21609: "Invalid 'StatusCallback' URL",
    21610: "Attempt to send to unsubscribed recipient",
    21612: "The 'To' phone number is not currently reachable",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21655: "The ContentSid is invalid",
    21656: "The ContentVariables parameter is invalid",
    21910: "Invalid 'From' and 'To' pair: both must be of the same channel",
}


class ApiRefusal(Exception):
    """An API request that is answered with an error of the real one's shape."""

    def __init__(self, code: int, *, status: int = 400, more: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = f"{_sentences.get(code, 'Refused')}{f': {more}' if more else ''}"
        self.headers = headers

    @property
    def body(self) -> dict[str, object]:
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


class Form:
    """A form's parameters: only ``known`` ones, only ``repeated`` ones more than once. Raises :class:`ApiRefusal`."""

    def __init__(self, body: str, known: Collection[str], repeated: Collection[str] = ()) -> None:
        try:
            pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=200)
        except ValueError:
            raise ApiRefusal(20001, more="not a form in UTF-8") from None
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if name not in known:
                raise ApiRefusal(20001, more=f"{name} is unknown, or the carrier does not play it")
            if name in self._values and name not in repeated:
                raise ApiRefusal(20001, more=f"{name} was given twice")
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def get(self, name: str) -> str | None:
        return self._values[name][0] if name in self._values else None

    def integer(self, name: str, least: int, most: int, default: int) -> int:
        value = self.get(name)
        if value is None:
            return default
        if not value.isdecimal() or not least <= int(value) <= most:
            raise ApiRefusal(20001, more=f"{name} must be from {least} to {most}")
        return int(value)

    def url(self, name: str, code: int) -> str | None:
        value = self.get(name)
        if value is not None and not is_web_address(value):
            raise ApiRefusal(code)
        return value

    def method(self, name: str) -> str:
        value = self.get(name) or "POST"
        if value not in ("GET", "POST"):
            raise ApiRefusal(20001, more=f"{name} must be GET or POST")
        return value


def is_web_address(url: str) -> bool:
    """Whether ``url`` is absolute, http(s), and its host free of underscores."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in str(parts.hostname)


def is_number(address: str) -> bool:
    return E164.fullmatch(address.removeprefix("whatsapp:")) is not None


def region(number: str) -> str:
    """The country of a number, e.g. ``US``; empty when it has none."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""

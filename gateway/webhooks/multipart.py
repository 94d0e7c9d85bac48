"""A multipart body taken apart byte by byte: what a mail's parts are encoded in is said beside them, not in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from models.errors import NotUnderstood

MOST_PARTS = 500
_MOST_HEADER = 64_000
# Some of Python's codecs are no charsets, and take for ever over what is made for that.
_CHARSET = re.compile(
    r"(us-)?ascii|utf[-_]?(8|16|32)([-_]?[bl]e)?|(iso[-_]?8859|windows|cp|ibm|koi8|mac)[-_]?\w{1,8}|latin[-_]?\d{1,2}"
    r"|shift[-_]?jis|s?jis|euc[-_]?(jp|kr|tw)|gb(k|2312|18030)|big5(-?hkscs)?|iso-2022-(jp|kr)|hz|tis-620|johab",
    re.IGNORECASE,
)


@dataclass
class Part:
    """One part. ``name`` is the field's, ``filename`` as the sender wrote it, None for a field."""

    name: str = ""
    filename: str | None = None
    media_type: str = ""
    content: bytes = b""


@dataclass
class Parcel:
    """A body in parts: ``fields`` by name (the first of each), and ``files`` in order."""

    fields: dict[str, bytes] = field(default_factory=dict)
    files: list[Part] = field(default_factory=list)

    def text(self, name: str, charsets: Mapping[str, str] | None = None) -> str:
        """A field as text: UTF-8, else what it is labelled, else Windows' own; never an error."""
        return decoded(self.fields.get(name, b""), (charsets or {}).get(name, ""))

    def json(self, name: str) -> dict[str, Any]:
        """A field as a JSON object; empty where it is none."""
        try:
            found = json.loads(self.text(name))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def decoded(raw: bytes, label: str = "") -> str:
    """Bytes as text that can be stored: of the codecs, only those that mail is written in."""
    label = label if _CHARSET.fullmatch(label) else ""
    for charset in ("utf-8", label, "windows-1252"):
        try:
            return raw.decode(charset or "utf-8").replace("\0", "").encode("utf-8", "replace").decode()
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace").replace("\0", "")


def parcel(content_type: str, body: bytes) -> Parcel:
    """The parts of a ``multipart/form-data`` body. Raises NotUnderstood for anything else."""
    header = Message()
    header["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    boundary = header.get_param("boundary")
    if header.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not boundary:
        raise NotUnderstood("not-a-form")
    reader = _Reader()
    try:
        parser = MultipartParser(
            boundary.encode("latin-1"),
            reader.callbacks(),  # type: ignore[arg-type]  # its TypedDict names each callback's own type
            max_header_count=32,
            max_header_size=_MOST_HEADER,
        )
        parser.write(body)
        parser.finalize()
    except (FormParserError, UnicodeEncodeError):
        raise NotUnderstood("not-a-form") from None
    if not reader.ended:
        raise NotUnderstood("not-a-form")
    return reader.parcel


class _Reader:
    def __init__(self) -> None:
        self.parcel = Parcel()
        self.ended = False
        self._part = Part()
        self._chunks: list[bytes] = []
        self._name, self._value, self._headers = b"", b"", Message()
        self._count = 0

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": lambda data, start, end: self._chunks.append(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._over,
        }

    def _begin(self) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise NotUnderstood("too-many-parts")
        self._chunks, self._headers = [], Message()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name = (self._name + data[start:end])[:_MOST_HEADER]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value = (self._value + data[start:end])[:_MOST_HEADER]

    def _header_end(self) -> None:
        name = self._name.decode("latin-1").strip().lower()
        if name in {"content-disposition", "content-type"} and name not in self._headers:
            self._headers[name] = " ".join(decoded(self._value).split())
        self._name, self._value = b"", b""

    def _end(self) -> None:
        content = b"".join(self._chunks)
        name = self._headers.get_param("name", "", "content-disposition")
        filename = self._headers.get_filename()
        part = Part(str(name), filename, self._headers.get_content_type(), content)
        if filename is None:
            self.parcel.fields.setdefault(part.name, content)
        else:
            self.parcel.files.append(part)

    def _over(self) -> None:
        self.ended = True

"""What came with a message: fetched from where the provider keeps it, and from nowhere else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx

from models.errors import NotConfirmed, NotUnderstood

LARGEST = 10 * 1024 * 1024
REDIRECTS = 3
TIMEOUT = httpx.Timeout(8, connect=4)
_PLAIN = {"Accept-Encoding": "identity"}  # nothing that grows while it is read
_API = re.compile(r"(?:[a-z0-9-]+\.)*twilio\.com")
_STORES = re.compile(r"(?:[a-z0-9-]+\.)*(?:twilio\.com|twiliocdn\.com|amazonaws\.com)")


async def fetch(url: str, *, auth: tuple[str, str], host: str = "") -> bytes:
    """The content behind a media URL. ``host`` (with its port) is the stand-in's; empty: the provider's own hosts.

    Our name and token go to the provider's API only, and not where it sends us on to. Raises NotUnderstood
    (``file-too-big``, ``file-gone``) for what will not come, NotConfirmed for what may come later.
    """
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=not host, follow_redirects=False) as client:
        for hop in range(REDIRECTS + 1):
            if not _allowed(url, host, hop):
                raise NotUnderstood("file-gone")
            login = auth if _knows_us(url, host) else None
            found = await _get(client, url, login)
            if isinstance(found, bytes):
                return found
            url = found
    raise NotUnderstood("file-gone")


async def _get(client: httpx.AsyncClient, url: str, login: tuple[str, str] | None) -> bytes | str:
    """The content, or the address it has gone to."""
    content = bytearray()
    try:
        async with client.stream("GET", url, auth=login or httpx.USE_CLIENT_DEFAULT, headers=_PLAIN) as response:
            if response.has_redirect_location:
                return str(response.url.join(response.headers["location"]))
            if response.status_code >= 500 or response.status_code == 429:
                raise NotConfirmed("the file can't be fetched now")
            if not response.is_success:
                raise NotUnderstood("file-gone")
            async for chunk in response.aiter_raw():
                content += chunk
                if len(content) > LARGEST:
                    raise NotUnderstood("file-too-big")
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise NotUnderstood("file-gone") from None
    except httpx.HTTPError:
        raise NotConfirmed("the file can't be fetched now") from None
    return bytes(content)


def _allowed(url: str, host: str, hop: int) -> bool:
    if host:
        return _place(url) == ("http", host)
    scheme, place = _place(url)
    return scheme == "https" and (_STORES if hop else _API).fullmatch(place) is not None


def _knows_us(url: str, host: str) -> bool:
    return bool(host) or _API.fullmatch(_place(url)[1]) is not None


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return ("", "") if parts.username or parts.password else (parts.scheme, parts.netloc.lower())

"""How the carrier signs its webhooks: HMAC-SHA1 over the URL and the sorted parameters."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """The ``X-Twilio-Signature`` of a form posted to ``url`` (for a GET: the URL with its query, and no form)."""
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def signed_url(url: str, *, drop_port: bool) -> str:
    """``url`` as it is signed: without user, password and fragment, and for voice over HTTPS without its port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if drop_port and parts.scheme == "https" and parts.port is not None:
        host = host.removesuffix(f":{parts.port}")
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))

"""Which address a provider may have signed: with its port or without, never with a user or a fragment."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?P<scheme>[A-Za-z]+)://(?:[^/?#]*@)?(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>:\d*)?(?P<rest>[^#]*)")


def candidates(url: str) -> list[str]:
    """The URL without user and fragment, without and with its port: Twilio signs either, by product."""
    parts = _PARTS.fullmatch(url.split("#", 1)[0])
    if parts is None:
        return []
    scheme, host, rest = parts["scheme"], parts["host"], parts["rest"]
    port = parts["port"] or (":443" if scheme.lower() in {"https", "wss"} else ":80")
    return [f"{scheme}://{host}{rest}", f"{scheme}://{host}{port}{rest}"]

"""What the carrier's clients trust: loaded once a process, for it takes longer than a request."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The usual roots, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)

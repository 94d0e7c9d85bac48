"""The door of tests/gateway, and the people who work behind it."""

from __future__ import annotations

from tests.gateway.conftest import world

__all__ = ["world"]

"""The door of tests/gateway, and the people who work behind it."""

from __future__ import annotations

from tests.gateway.conftest import db, made_file, world

__all__ = ["db", "made_file", "world"]

"""One server and one worker for all tests of a session that need them."""

from __future__ import annotations

from tests.engine.conftest import temporal_address, world

__all__ = ["temporal_address", "world"]

"""The same door and town as everywhere, now with somebody outside who means no good."""

from tests.gateway.conftest import db, made_file, world
from tests.gateway.mailing import mailing
from tests.switchboard.conftest import town

__all__ = ["db", "made_file", "mailing", "town", "world"]

"""The same door and town as everywhere, now with somebody outside who means no good."""

from tests.gateway.conftest import world
from tests.gateway.mailing import mailing
from tests.switchboard.conftest import town

__all__ = ["mailing", "town", "world"]

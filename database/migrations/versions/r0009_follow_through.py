"""Bookings, hand-overs, wrap-ups and goodwill."""

from __future__ import annotations

revision = "r0009"
down_revision = "r0008"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

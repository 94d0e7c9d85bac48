"""Sore cases: their owners, promises and ratings."""

from __future__ import annotations

revision = "r0010"
down_revision = "r0009"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

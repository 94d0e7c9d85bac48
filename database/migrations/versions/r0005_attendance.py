"""Who of the team is there, and what is put before them."""

from __future__ import annotations

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

"""What the desk's search looks in."""

from __future__ import annotations

revision = "r0008"
down_revision = "r0007"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

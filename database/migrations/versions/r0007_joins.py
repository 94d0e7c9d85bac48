"""Two records that became one, and how to part them again."""

from __future__ import annotations

revision = "r0007"
down_revision = "r0006"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

"""What customers and people of the team write to each other in a case."""

from __future__ import annotations

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

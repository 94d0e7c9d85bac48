"""Indexes that answer how somebody's cases stand, and whose were touched last, without reading the cases."""

from __future__ import annotations

from alembic import op

from database.migrations.columns import index

revision = "r0014"
down_revision = "r0013"


def upgrade() -> None:
    index("ix_cases_stands", "cases", "customer", "touched_at", "open")
    op.drop_index("ix_cases_touched_at", "cases")
    index("ix_cases_touched_at", "cases", "touched_at", "customer")


def downgrade() -> None:
    op.drop_index("ix_cases_touched_at", "cases")
    index("ix_cases_touched_at", "cases", "touched_at")
    op.drop_index("ix_cases_stands", "cases")

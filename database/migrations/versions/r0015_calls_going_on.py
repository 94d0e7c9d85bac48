"""An index over the calls that one of the team was called to and that are not over, by their case."""

from __future__ import annotations

from alembic import op

from database.migrations.columns import index

revision = "r0015"
down_revision = "r0014"


def upgrade() -> None:
    index("ix_put_throughs_going", "put_throughs", "case_id", where="over_at IS NULL")


def downgrade() -> None:
    op.drop_index("ix_put_throughs_going", "put_throughs")

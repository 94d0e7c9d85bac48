"""Looking after cases: archived histories, and repairs with what they did to each case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0011"
down_revision = "r0010"


def upgrade() -> None:
    op.create_table(
        "archives",
        key("case_id"),
        key("run"),
        some("customer"),
        some("moment"),
        some("began_at", TIME),
        some("closed_at", TIME),
        some("events", sa.Integer()),
        some("content", sa.LargeBinary()),
        some("key_id"),
        some("archived_at", TIME),
    )
    index("ix_archives_customer", "archives", "customer")
    index("ix_archives_closed_at", "archives", "closed_at")
    index("ix_archives_moment_closed_at", "archives", "moment", "closed_at")
    op.create_table(
        "repairs",
        key("id"),
        *(some(name) for name in ("action", "state", "staff", "name", "why")),
        some("rate", sa.Integer()),
        some("options", sa.JSON()),
        some("made_at", TIME),
        some("beat_at", TIME),
        maybe("ended_at", TIME),
    )
    index("ix_repairs_made_at", "repairs", "made_at")
    op.create_table(
        "repaired",
        sa.Column("repair", sa.Text(), sa.ForeignKey("repairs.id", ondelete="CASCADE"), primary_key=True),
        key("case_id"),
        some("number", sa.Integer()),
        some("customer"),
        some("outcome"),
        some("told"),
        maybe("at", TIME),
    )
    index("ix_repaired_customer", "repaired", "customer")


def downgrade() -> None:
    for table in ("repaired", "repairs", "archives"):
        op.drop_table(table)

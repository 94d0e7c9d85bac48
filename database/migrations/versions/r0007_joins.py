"""Two records that became one, and how to part them again; and messages that were put aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0007"
down_revision = "r0006"
ASIDE = {"aside_at": TIME, "aside_by": sa.Text(), "aside_reason": sa.Text()}


def upgrade() -> None:
    op.create_table(
        "joins",
        key("id"),
        some("person"),
        some("record"),
        some("staff"),
        some("name"),
        some("reason"),
        some("at", TIME),
        some("until", TIME),
        some("kept", sa.JSON()),
        some("pairs", sa.JSON()),
        some("due", sa.Boolean()),
        maybe("parted_at", TIME),
        maybe("parted_by"),
        maybe("parted_reason"),
    )
    index("ix_joins_person", "joins", "person")
    index("ix_joins_record", "joins", "record")
    index("ix_joins_due", "joins", "at", where="due")
    for name, kind in ASIDE.items():
        op.add_column("unplaced", maybe(name, kind))


def downgrade() -> None:
    for name in ASIDE:
        op.drop_column("unplaced", name)
    op.drop_table("joins")

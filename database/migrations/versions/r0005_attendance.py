"""Who of the team is there, and what is put before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    op.create_table(
        "attendance",
        key("staff"),
        some("state"),
        maybe("phone"),
        maybe("language"),
        some("seen_at", TIME),
        maybe("held_until", TIME),
        maybe("offered_at", TIME),
    )
    _pops()
    _put_throughs()
    index("ix_cases_claimed", "cases", "touched_at", where="open AND turn->>'claim' IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_cases_claimed", "cases")
    for table in ("put_throughs", "pops", "attendance"):
        op.drop_table(table)


def _pops() -> None:
    op.create_table(
        "pops",
        key("id"),
        some("once"),
        some("staff"),
        some("kind"),
        maybe("case_id"),
        some("customer"),
        some("at", TIME),
        maybe("seen_at", TIME),
        sa.UniqueConstraint("once", name="uq_pops_once"),
    )
    index("ix_pops_waiting", "pops", "staff", "at", where="seen_at IS NULL")
    index("ix_pops_case", "pops", "case_id", where="case_id IS NOT NULL")


def _put_throughs() -> None:
    op.create_table(
        "put_throughs",
        key("id"),
        some("call"),
        some("customer"),
        maybe("case_id"),
        some("staff"),
        some("tried"),
        some("outbound", sa.Boolean()),
        maybe("leg"),
        some("asked_at", TIME),
        maybe("taken_at", TIME),
        maybe("over_at", TIME),
    )
    index("ix_put_throughs_call", "put_throughs", "call")

"""What further channels and moments keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    _incoming()
    op.create_table("tries", key("subject"), some("count", sa.Integer()), some("since", TIME), maybe("until", TIME))
    op.create_table(
        "company_papers", key("kind"), key("id"), some("customer"), some("body", sa.JSON()), some("at", TIME)
    )
    index("ix_company_papers_customer", "company_papers", "customer", "kind", "at")


def downgrade() -> None:
    for table in ("company_papers", "tries", "offered", "unplaced", "attachments"):
        op.drop_table(table)


def _incoming() -> None:
    op.create_table(
        "attachments",
        key("id"),
        some("customer"),
        maybe("case_id"),
        some("name"),
        some("type"),
        some("size", sa.Integer()),
        some("content", sa.LargeBinary()),
        some("key_id"),
        some("at", TIME),
    )
    index("ix_attachments_customer", "attachments", "customer")
    op.create_table(
        "unplaced",
        key("id"),
        some("kind"),
        some("reason"),
        some("sender"),
        some("subject"),
        some("raw", sa.LargeBinary()),
        some("received_at", TIME),
        maybe("customer"),
        maybe("assigned_at", TIME),
        maybe("assigned_by"),
    )
    index("ix_unplaced_received_at", "unplaced", "received_at")
    op.create_table("offered", key("channel"), key("kind"), key("address"), some("offer", sa.JSON()), some("at", TIME))

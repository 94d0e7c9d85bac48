"""What customers and people of the team write to each other in a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    op.create_table(
        "chat",
        key("id"),
        some("case_id"),
        some("customer"),
        some("actor"),
        maybe("person"),
        some("name"),
        some("channel"),
        some("fence", sa.Integer()),
        some("content", sa.LargeBinary()),
        some("key_id"),
        maybe("out"),
        some("at", TIME),
    )
    index("ix_chat_case_id_at", "chat", "case_id", "at")
    index("ix_chat_customer", "chat", "customer")
    index("ix_chat_at", "chat", "at")
    op.create_table("open_pages", key("case_id"), key("visit"), some("seen_at", TIME))


def downgrade() -> None:
    op.drop_table("open_pages")
    op.drop_table("chat")

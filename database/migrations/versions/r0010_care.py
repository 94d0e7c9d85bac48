"""Sore cases: who has them in care, what was done about them, and ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0010"
down_revision = "r0009"


def upgrade() -> None:
    op.create_table("amends", key("once"), some("at", TIME))
    op.create_table(
        "ratings",
        key("case_id"),
        some("customer"),
        some("channel"),
        maybe("kind"),
        maybe("address"),
        some("asked_at", TIME),
        maybe("score", sa.Integer()),
        maybe("rated_at", TIME),
    )
    index("ix_ratings_address", "ratings", "channel", "kind", "address", "asked_at")
    index("ix_cases_cared", "cases", "touched_at", where="open AND turn->>'care' IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_cases_cared", "cases")
    op.drop_table("ratings")
    op.drop_table("amends")

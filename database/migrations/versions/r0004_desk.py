"""What the agents' desk looks for: cases that need a person, and customers by the beginning of their name."""

from __future__ import annotations

from alembic import op

from database.migrations.columns import index

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    needy = "status IN ('with_a_person', 'stuck', 'uncertain')"
    index("ix_cases_needs_a_person", "cases", "touched_at", where=needy)
    index("ix_customers_name", "customers", "name")


def downgrade() -> None:
    op.drop_index("ix_customers_name", "customers")
    op.drop_index("ix_cases_needs_a_person", "cases")

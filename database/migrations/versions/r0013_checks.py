"""What was foreseen of deploys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, key, some

revision = "r0013"
down_revision = "r0012"


def upgrade() -> None:
    columns = (key("id"), some("at", TIME), some("cases", sa.Integer()), some("hurt", sa.Integer()))
    op.create_table("upgrade_checks", *columns, some("report", sa.JSON()))


def downgrade() -> None:
    op.drop_table("upgrade_checks")

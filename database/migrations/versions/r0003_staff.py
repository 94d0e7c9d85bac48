"""The staff, and the audit that can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, maybe, some

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    _people()
    op.create_table(
        "staff_sign_ins", key("digest"), some("nonce"), some("verifier"), some("back"), some("expires_at", TIME)
    )
    op.create_table("staff_glass", key("session"), key("customer"), some("note"), some("expires_at", TIME))
    _audit()


def downgrade() -> None:
    for table in ("audit", "staff_glass", "staff_sign_ins", "staff_sessions", "staff"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_stays()")


def _people() -> None:
    op.create_table(
        "staff",
        key("id"),
        some("sign_in"),
        some("name"),
        some("role"),
        some("team"),
        maybe("password"),
        maybe("issuer"),
        maybe("subject"),
        some("made_at", TIME),
        maybe("closed_at", TIME),
        sa.UniqueConstraint("sign_in", name="uq_staff_sign_in"),
        sa.UniqueConstraint("issuer", "subject", name="uq_staff_issuer_subject"),
    )
    op.create_table(
        "staff_sessions",
        key("digest"),
        some("id"),
        some("staff"),
        some("way"),
        some("browser"),
        some("began_at", TIME),
        some("seen_at", TIME),
        some("expires_at", TIME),
        sa.UniqueConstraint("id", name="uq_staff_sessions_id"),
    )
    index("ix_staff_sessions_staff", "staff_sessions", "staff")


def _audit() -> None:
    op.create_table(
        "audit",
        key("number", sa.Integer()),
        some("mark"),
        some("at", TIME),
        some("staff"),
        some("name"),
        some("role"),
        some("team"),
        some("what"),
        maybe("customer"),
        maybe("case_id"),
        maybe("why"),
        maybe("note"),
        sa.UniqueConstraint("mark", name="uq_audit_mark"),
    )
    index("ix_audit_customer", "audit", "customer")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_stays_{what.lower()} BEFORE {what} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
        )

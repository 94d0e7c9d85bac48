"""Who was erased, how far a rebuilding came, and what of the audit may go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TIME, index, key, some

revision = "r0012"
down_revision = "r0011"

_SAYS = "the audit is only added to"
_SAME = ("number", "mark", "staff", "name", "role", "team", "what", "at")
_MAYBE = ("customer", "case_id", "why")


def upgrade() -> None:
    op.create_table(
        "erasures",
        key("id"),
        some("customer"),
        some("at", TIME),
        some("by"),
        some("clean", sa.Boolean()),
        some("report", sa.JSON()),
    )
    index("ix_erasures_customer", "erasures", "customer")
    op.create_table("rebuilt", key("run"), some("case_id"), some("at", TIME))
    _loosen()


def downgrade() -> None:
    _tighten()
    op.drop_table("rebuilt")
    op.drop_table("erasures")


def _loosen() -> None:
    """A note may be taken out of a row about an erased customer, and a row may go after a year; nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        same = [f"NEW.{name} = OLD.{name}" for name in _SAME]
        same += [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _MAYBE]
        op.execute(
            "CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF TG_OP = 'DELETE' THEN IF OLD.at < now() - interval '365 days' THEN RETURN OLD; END IF; "
            f"ELSIF {_blanked(same)} THEN RETURN NEW; END IF; "
            f"RAISE EXCEPTION '{_SAYS}'; END $$"
        )
        return
    same = [f"NEW.{name} IS OLD.{name}" for name in (*_SAME, *_MAYBE)]
    _drop()
    op.execute(
        f"CREATE TRIGGER audit_stays_update BEFORE UPDATE ON audit WHEN NOT ({_blanked(same)}) "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_stays_delete BEFORE DELETE ON audit WHEN OLD.at >= datetime('now', '-365 days') "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    )


def _blanked(same: list[str]) -> str:
    erased = (
        "EXISTS (SELECT 1 FROM data_keys k WHERE k.destroyed_at IS NOT NULL AND "
        "(k.customer = OLD.customer OR OLD.case_id LIKE '%/' || k.customer || '/%'))"
    )
    return " AND ".join(["NEW.note IS NULL", *same, erased])


def _tighten() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
        )
        return
    _drop()
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_stays_{what.lower()} BEFORE {what} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        )


def _drop() -> None:
    for what in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_stays_{what}")

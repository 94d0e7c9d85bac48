"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    _customers()
    _cases()
    _journal()
    _messages()
    _outgoing()
    _calls()
    _ways_in()
    _secrets()
    _company()


def downgrade() -> None:
    for table in (
        "company_methods",
        "company_payments",
        "company_bills",
        "data_keys",
        "codes",
        "sessions",
        "passes",
        "callbacks",
        "calls",
        "receipts",
        "spoken",
        "consent",
        "outbox",
        "inbox",
        "facts",
        "journal",
        "cases",
        "addresses",
        "customers",
    ):
        op.drop_table(table)


def _key(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False)


def _some(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _maybe(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    part = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=part, postgresql_where=part)


def _customers() -> None:
    op.create_table("customers", _key("id"), _some("language"), _some("zone"), _maybe("name"), _some("met_at", TIME))
    op.create_table(
        "addresses",
        _key("kind"),
        _key("value"),
        _some("customer"),
        _some("added_at", TIME),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], ondelete="CASCADE"),
    )
    _index("ix_addresses_customer", "addresses", "customer")


def _cases() -> None:
    op.create_table(
        "cases",
        _key("id"),
        _some("customer"),
        _some("moment"),
        _some("number", sa.Integer()),
        _some("open", sa.Boolean()),
        _some("status"),
        _maybe("step"),
        _some("sequence", sa.Integer()),
        _maybe("turn", sa.JSON()),
        _some("opened_at", TIME),
        _some("touched_at", TIME),
    )
    _index("uq_cases_customer_moment_number", "cases", "customer", "moment", "number", unique=True)
    _index("uq_cases_one_open", "cases", "customer", "moment", where="open", unique=True)
    _index("ix_cases_touched_at", "cases", "touched_at")


def _journal() -> None:
    op.create_table(
        "journal",
        _key("case_id"),
        _key("sequence", sa.Integer()),
        _some("customer"),
        _some("at", TIME),
        _some("what"),
        _maybe("key"),
        _maybe("channel"),
        _maybe("actor"),
        _maybe("assurance"),
        _some("data", sa.JSON()),
        _some("run"),
        _maybe("update_id"),
        sqlite_with_rowid=False,
    )
    _index("ix_journal_customer_at", "journal", "customer", "at")
    op.create_table(
        "facts",
        _key("customer"),
        _key("name"),
        _some("value", sa.JSON()),
        _some("by", sa.JSON()),
        _some("at", TIME),
        _maybe("until", TIME),
        _some("case_id"),
    )


def _messages() -> None:
    op.create_table(
        "inbox",
        _key("id"),
        _some("kind"),
        _some("fingerprint"),
        _some("body", sa.JSON()),
        _some("received_at", TIME),
        _some("state"),
        _maybe("reply"),
    )
    _index("ix_inbox_unfinished", "inbox", "received_at", where="state = 'waiting'")
    _index("ix_inbox_remembered", "inbox", "received_at", where="kind IN ('call', 'turn') AND reply <> ''")
    op.create_table(
        "receipts",
        _key("provider_id"),
        _key("status"),
        _some("rank", sa.Integer()),
        _maybe("error"),
        _some("at", TIME),
    )


def _outgoing() -> None:
    op.create_table(
        "outbox",
        _key("key"),
        _maybe("case_id"),
        _maybe("customer"),
        _some("channel"),
        _some("kind"),
        _some("address"),
        _some("body"),
        _some("state"),
        _maybe("provider_id"),
        _maybe("reason"),
        _some("put_at", TIME),
        _some("changed_at", TIME),
        _some("always", sa.Boolean()),
    )
    _index("uq_outbox_provider_id", "outbox", "provider_id", unique=True)
    _index("ix_outbox_address", "outbox", "address")
    _index("ix_outbox_case_id", "outbox", "case_id")
    _index("ix_outbox_open", "outbox", "state", "changed_at", where="state IN ('pending', 'sending', 'uncertain')")
    op.create_table("consent", _key("channel"), _key("kind"), _key("address"), _some("stopped_at", TIME))
    op.create_table(
        "spoken",
        _key("channel"),
        _key("kind"),
        _key("address"),
        _some("case_id"),
        _some("key"),
        _some("revision", sa.Integer()),
        _some("at", TIME),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        _key("sid"),
        _maybe("customer"),
        _maybe("kind"),
        _maybe("address"),
        _maybe("case_id"),
        _some("number", sa.Integer()),
        _some("status"),
        _some("over", sa.Boolean()),
        _some("started_at", TIME),
    )
    op.create_table(
        "callbacks",
        _key("id"),
        _some("customer"),
        _some("kind"),
        _some("address"),
        _some("reason"),
        _some("wanted_at", TIME),
        _maybe("called_at", TIME),
    )
    _index("uq_callbacks_wanted", "callbacks", "kind", "address", "reason", where="called_at IS NULL", unique=True)


def _ways_in() -> None:
    op.create_table(
        "passes",
        _key("digest"),
        _some("case_id"),
        _some("customer"),
        _some("expires_at", TIME),
        _maybe("used_at", TIME),
    )
    op.create_table(
        "sessions",
        _key("digest"),
        _some("customer"),
        _maybe("case_id"),
        _some("assurance"),
        _some("expires_at", TIME),
    )


def _secrets() -> None:
    op.create_table(
        "codes",
        _key("subject"),
        _key("number", sa.Integer()),
        _some("purpose"),
        _some("salt", sa.LargeBinary()),
        _some("digest", sa.LargeBinary()),
        _some("issued_at", TIME),
        _some("expires_at", TIME),
        _some("tries", sa.Integer()),
        _maybe("used_at", TIME),
    )
    op.create_table(
        "data_keys",
        _key("id"),
        _some("customer"),
        _maybe("wrapped", sa.LargeBinary()),
        _some("made_at", TIME),
        _maybe("destroyed_at", TIME),
        sa.UniqueConstraint("customer"),
    )


def _company() -> None:
    op.create_table(
        "company_bills",
        _key("id"),
        _some("customer"),
        _some("label"),
        _some("owed", MONEY),
        _some("minimum", MONEY),
        _some("currency"),
        _some("due", sa.Date()),
    )
    _index("ix_company_bills_customer", "company_bills", "customer")
    op.create_table(
        "company_payments",
        _key("key"),
        _some("reference"),
        _some("customer"),
        _some("bill"),
        _some("amount", MONEY),
        _some("left", MONEY),
        _some("currency"),
        _some("method"),
        _some("at", TIME),
        _maybe("on", sa.Date()),
        sa.ForeignKeyConstraint(["bill"], ["company_bills.id"]),
        sa.UniqueConstraint("reference"),
    )
    _index("ix_company_payments_customer", "company_payments", "customer")
    op.create_table("company_methods", _key("customer"), _key("token"), _some("label"), _some("added_at", TIME))

"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import MONEY, TIME, index, key, maybe, some

revision = "r0001"
down_revision = None


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


def _customers() -> None:
    op.create_table(
        "customers", key("id"), some("language"), some("zone"), maybe("name"), some("met_at", TIME), maybe("joined")
    )
    index("ix_customers_joined", "customers", "joined")
    op.create_table(
        "addresses",
        key("kind"),
        key("value"),
        some("customer"),
        some("added_at", TIME),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], ondelete="CASCADE"),
    )
    index("ix_addresses_customer", "addresses", "customer")


def _cases() -> None:
    op.create_table(
        "cases",
        key("id"),
        some("customer"),
        some("moment"),
        some("number", sa.Integer()),
        some("open", sa.Boolean()),
        some("status"),
        maybe("step"),
        some("sequence", sa.Integer()),
        maybe("turn", sa.JSON()),
        some("opened_at", TIME),
        some("touched_at", TIME),
    )
    index("uq_cases_customer_moment_number", "cases", "customer", "moment", "number", unique=True)
    index("uq_cases_one_open", "cases", "customer", "moment", where="open", unique=True)
    index("ix_cases_touched_at", "cases", "touched_at")


def _journal() -> None:
    op.create_table(
        "journal",
        key("case_id"),
        key("sequence", sa.Integer()),
        some("customer"),
        some("at", TIME),
        some("what"),
        maybe("key"),
        maybe("channel"),
        maybe("actor"),
        maybe("assurance"),
        some("data", sa.JSON()),
        some("run"),
        maybe("update_id"),
        sqlite_with_rowid=False,
    )
    index("ix_journal_customer_at", "journal", "customer", "at")
    op.create_table(
        "facts",
        key("customer"),
        key("name"),
        some("value", sa.JSON()),
        some("by", sa.JSON()),
        some("at", TIME),
        maybe("until", TIME),
        some("case_id"),
    )


def _messages() -> None:
    op.create_table(
        "inbox",
        key("id"),
        some("kind"),
        some("fingerprint"),
        some("body", sa.JSON()),
        some("received_at", TIME),
        some("state"),
        maybe("reply"),
    )
    index("ix_inbox_unfinished", "inbox", "received_at", where="state = 'waiting'")
    index("ix_inbox_remembered", "inbox", "received_at", where="kind IN ('call', 'turn') AND reply <> ''")
    op.create_table(
        "receipts",
        key("provider_id"),
        key("status"),
        some("rank", sa.Integer()),
        maybe("error"),
        some("at", TIME),
    )


def _outgoing() -> None:
    op.create_table(
        "outbox",
        key("key"),
        maybe("case_id"),
        maybe("customer"),
        some("channel"),
        some("kind"),
        some("address"),
        some("body"),
        some("state"),
        maybe("provider_id"),
        maybe("reason"),
        some("put_at", TIME),
        some("changed_at", TIME),
        some("always", sa.Boolean()),
        some("prompted", sa.Boolean()),
        some("extras", sa.JSON()),
        maybe("not_before", TIME),
    )
    index("ix_outbox_prompted", "outbox", "customer", "put_at", where="prompted")
    index("uq_outbox_provider_id", "outbox", "provider_id", unique=True)
    index("ix_outbox_address", "outbox", "address")
    index("ix_outbox_case_id", "outbox", "case_id")
    index("ix_outbox_open", "outbox", "state", "changed_at", where="state IN ('pending', 'sending', 'uncertain')")
    op.create_table("consent", key("channel"), key("kind"), key("address"), some("stopped_at", TIME))
    op.create_table(
        "spoken",
        key("channel"),
        key("kind"),
        key("address"),
        some("case_id"),
        some("key"),
        some("revision", sa.Integer()),
        some("at", TIME),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        key("sid"),
        maybe("customer"),
        maybe("kind"),
        maybe("address"),
        maybe("case_id"),
        some("number", sa.Integer()),
        some("status"),
        some("over", sa.Boolean()),
        some("started_at", TIME),
        maybe("assurance"),
    )
    op.create_table(
        "callbacks",
        key("id"),
        some("customer"),
        some("kind"),
        some("address"),
        some("reason"),
        some("wanted_at", TIME),
        maybe("called_at", TIME),
    )
    index("uq_callbacks_wanted", "callbacks", "kind", "address", "reason", where="called_at IS NULL", unique=True)


def _ways_in() -> None:
    op.create_table(
        "passes",
        key("digest"),
        some("case_id"),
        some("customer"),
        some("expires_at", TIME),
        maybe("used_at", TIME),
        some("kind"),
    )
    op.create_table(
        "sessions",
        key("digest"),
        some("customer"),
        maybe("case_id"),
        some("assurance"),
        some("expires_at", TIME),
    )


def _secrets() -> None:
    op.create_table(
        "codes",
        key("subject"),
        key("number", sa.Integer()),
        some("purpose"),
        some("salt", sa.LargeBinary()),
        some("digest", sa.LargeBinary()),
        some("issued_at", TIME),
        some("expires_at", TIME),
        some("tries", sa.Integer()),
        maybe("used_at", TIME),
    )
    op.create_table(
        "data_keys",
        key("id"),
        some("customer"),
        maybe("wrapped", sa.LargeBinary()),
        some("made_at", TIME),
        maybe("destroyed_at", TIME),
        sa.UniqueConstraint("customer"),
    )


def _company() -> None:
    op.create_table(
        "company_bills",
        key("id"),
        some("customer"),
        some("label"),
        some("owed", MONEY),
        some("minimum", MONEY),
        some("currency"),
        some("due", sa.Date()),
    )
    index("ix_company_bills_customer", "company_bills", "customer")
    op.create_table(
        "company_payments",
        key("key"),
        some("reference"),
        some("customer"),
        some("bill"),
        some("amount", MONEY),
        some("left", MONEY),
        some("currency"),
        some("method"),
        some("at", TIME),
        maybe("on", sa.Date()),
        sa.ForeignKeyConstraint(["bill"], ["company_bills.id"]),
        sa.UniqueConstraint("reference"),
    )
    index("ix_company_payments_customer", "company_payments", "customer")
    op.create_table("company_methods", key("customer"), key("token"), some("label"), some("added_at", TIME))

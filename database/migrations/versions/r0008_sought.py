"""What the desk's search looks in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import TEXT, TIME, index, key, maybe, some

revision = "r0008"
down_revision = "r0007"
BIG = sa.BigInteger()
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sought_names",
        sa.Column("record", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
        key("word", ORDERED),
        some("at", TIME),
    )
    index("ix_sought_names_word", "sought_names", "word", "at", "record")
    op.create_table("sought_papers", key("number"), key("kind"), key("id"), some("record"))
    index("ix_sought_papers_record", "sought_papers", "record")
    op.create_table(
        "sought_texts",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        some("record"),
        some("case_id"),
        some("sequence", sa.Integer()),
    )
    index("ix_sought_texts_record", "sought_texts", "record")
    op.create_table(
        "sought_words",
        sa.Column("word", BIG, primary_key=True, autoincrement=False),
        sa.Column("text", BIG, sa.ForeignKey("sought_texts.id", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    index("ix_sought_words_text", "sought_words", "text")
    index("ix_company_papers_id", "company_papers", "id")
    emails = sa.text("kind = 'email'")
    op.create_index(
        "ix_addresses_email", "addresses", ["value"], sqlite_where=emails, postgresql_where=emails,
        postgresql_ops={"value": "text_pattern_ops"},
    )  # fmt: skip
    op.add_column("addresses", maybe("ending"))
    op.execute("UPDATE addresses SET ending = substr(value, length(value) - 3)")
    index("ix_addresses_ending", "addresses", "ending")


def downgrade() -> None:
    op.drop_index("ix_addresses_ending", "addresses")
    op.drop_column("addresses", "ending")
    op.drop_index("ix_addresses_email", "addresses")
    op.drop_index("ix_company_papers_id", "company_papers")
    for table in ("sought_words", "sought_texts", "sought_papers", "sought_names"):
        op.drop_table(table)

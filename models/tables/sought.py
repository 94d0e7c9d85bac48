"""What the desk's search looks in. Every row bears the customer's record, and goes with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table

# Compared byte by byte, whatever the database's own language is: beginnings are ranges then.
ORDERED = Text().with_variant(Text(collation="C"), "postgresql")


class SoughtNameRow(Table):
    """A folded word of a customer's name. ``at``: when they last opened a case, or were given the name."""

    __tablename__ = "sought_names"
    record: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(ORDERED, primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (Index("ix_sought_names_word", "word", "at", "record"),)


class SoughtPaperRow(Table):
    """A number that a paper of the company is known by, in capitals without spaces."""

    __tablename__ = "sought_papers"
    number: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(index=True)


class SoughtTextRow(Table):
    """A journal's row with something somebody wrote; the text itself stays there. Later texts have higher ids."""

    __tablename__ = "sought_texts"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[str] = mapped_column(index=True)
    case_id: Mapped[str]
    sequence: Mapped[int]


class SoughtWordRow(Table):
    """A word of a text, as 64 bits under a key: without the key nobody reads or guesses it."""

    __tablename__ = "sought_words"
    word: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("sought_texts.id", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )
    __table_args__ = ({"sqlite_with_rowid": False},)

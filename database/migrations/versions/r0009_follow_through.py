"""Bookings, hand-overs, wrap-ups, goodwill, and why somebody looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database.migrations.columns import MONEY, TIME, index, key, maybe, some

revision = "r0009"
down_revision = "r0008"


def upgrade() -> None:
    _bookings()
    _hand_overs()
    _wrap_ups()
    _goodwill()
    op.create_table("staff_reasons", key("session"), key("customer"), some("why"), some("expires_at", TIME))


def downgrade() -> None:
    for table in ("staff_reasons", "goodwill", "wrap_ups", "hand_overs", "booking_invitations", "bookings"):
        op.drop_table(table)


def _bookings() -> None:
    op.create_table(
        "bookings",
        key("id"),
        some("kind"),
        some("place"),
        some("start", TIME),
        some("end", TIME),
        some("seat", sa.Integer()),
        some("customer"),
        maybe("case_id"),
        maybe("staff"),
        some("state"),
        some("made_at", TIME),
    )
    booked = "state = 'booked'"
    index("uq_bookings_seat", "bookings", "kind", "place", "start", "seat", where=booked, unique=True)
    index("ix_bookings_customer", "bookings", "customer")
    op.create_table(
        "booking_invitations",
        key("digest"),
        some("kind"),
        some("place"),
        some("customer"),
        some("case_id"),
        some("expires_at", TIME),
        maybe("booking"),
    )


def _hand_overs() -> None:
    op.create_table(
        "hand_overs",
        key("id"),
        some("case_id"),
        some("customer"),
        some("by"),
        some("by_name"),
        maybe("to"),
        maybe("to_name"),
        some("team"),
        some("why"),
        some("tried"),
        some("promised"),
        maybe("until", TIME),
        some("next_step"),
        some("at", TIME),
        some("accept_by", TIME),
        some("state"),
        maybe("accepted_by"),
    )
    index("uq_hand_overs_waiting", "hand_overs", "case_id", where="state = 'waiting'", unique=True)


def _wrap_ups() -> None:
    op.create_table(
        "wrap_ups",
        key("id"),
        some("case_id"),
        some("customer"),
        some("staff"),
        some("at", TIME),
        maybe("ending"),
        some("note"),
        maybe("done_at", TIME),
    )
    index("ix_wrap_ups_open", "wrap_ups", "staff", "at", where="done_at IS NULL")


def _goodwill() -> None:
    op.create_table(
        "goodwill",
        key("id"),
        some("case_id"),
        some("customer"),
        some("staff"),
        some("gift"),
        some("cost", MONEY),
        some("currency"),
        some("why"),
        some("beyond", sa.Boolean()),
        some("state"),
        some("at", TIME),
    )
    index("ix_goodwill_staff", "goodwill", "staff", "at")
    index("ix_goodwill_customer", "goodwill", "customer", "at")

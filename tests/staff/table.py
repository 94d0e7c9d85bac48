"""Writes docs/permissions.md: ``python -m tests.staff.table``."""

from __future__ import annotations

from pathlib import Path

from gateway.staff.permissions import table
from gateway.staff.routes import staff_routes

PAGE = Path(__file__).resolve().parents[2] / "docs/permissions.md"

if __name__ == "__main__":
    PAGE.write_text(table(staff_routes()), "utf-8")

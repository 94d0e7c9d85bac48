"""A moment with a fault put into it on purpose: the real one's text, changed in one place."""

from __future__ import annotations

import importlib.util
import sys
from itertools import count
from pathlib import Path
from typing import cast

from workflows.moment import Moment
from workflows.pay_bill import PayBill

_NUMBERS = count(1)


def pay_bill(folder: Path, old: str, new: str) -> type[Moment]:
    """PayBill with ``old`` (which must stand in it) replaced by ``new``, once; read from a file of its own."""
    text = Path(sys.modules[PayBill.__module__].__file__ or "").read_text("utf-8")
    assert old in text
    name = f"faulted_{next(_NUMBERS)}"
    file = folder / name / "pay_bill.py"
    file.parent.mkdir()
    file.write_text(text.replace(old, new, 1), "utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("type[Moment]", module.PayBill)

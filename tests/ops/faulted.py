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
    return changed(folder, (old, new))


def changed(folder: Path, *changes: tuple[str, str]) -> type[Moment]:
    """PayBill with all these changes, each as in ``pay_bill``; the last moment in its file."""
    text = Path(sys.modules[PayBill.__module__].__file__ or "").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    name = f"faulted_{next(_NUMBERS)}"
    file = folder / name / "pay_bill.py"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("type[Moment]", [each for each in vars(module).values() if getattr(each, "__module__", "") == name][-1])

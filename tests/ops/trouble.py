"""Code that hangs on one case and crashes on another, as processes of a fleet run it."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio import workflow
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

from models.errors import Misconfigured
from tests.ops.faulted import pay_bill

WHEN = "        when = await"
TROUBLED = f"        from tests.ops.trouble import happen; happen()\n{WHEN}"


def happen() -> None:
    """What befalls a case by its id."""
    case = workflow.info().workflow_id
    if "hang" in case:
        time.sleep(1000)
    elif "crash" in case:
        os._exit(9)


@asynccontextmanager
async def troubled() -> AsyncIterator[tuple[Sequence[type], DataConverter]]:
    with TemporaryDirectory() as folder:
        yield [pay_bill(Path(folder), WHEN, TROUBLED)], pydantic_data_converter


@asynccontextmanager
async def unwired() -> AsyncIterator[tuple[Sequence[type], DataConverter]]:
    raise Misconfigured("Set SEGUE_MASTER_KEY.")
    yield [], pydantic_data_converter

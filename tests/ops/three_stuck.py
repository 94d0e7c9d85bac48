"""Three stuck cases on a running ``segue up``: ``python -m tests.ops.three_stuck --data .segue``.

A company that does not answer, a script that was deployed with a bug, and a payment of which nobody knows. ``--heal``
lets the company answer again. What is found and done about them is in ``docs/operations.md``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from temporalio.worker import UnsandboxedWorkflowRunner

from database.cases import Cases
from database.engine import Database
from models.case import Status, Turn
from models.tables import BillRow, PaymentRow
from simulators.machine import own_secrets
from switchboard.switchboard import Speaker
from tests.engine.temporal import World, amount, world
from tests.ops.faulted import pay_bill
from worker import make_current, worker_for

CARD = "pm_visa_4242"
WHEN = "        when = await"
UNREADABLE = "?"


@asynccontextmanager
async def machine(data: Path, temporal: str) -> AsyncIterator[World]:
    """The machine that ``segue up`` runs, wired as one more process."""
    own = own_secrets(data)
    more: dict[str, Any] = {
        "SEGUE_MASTER_KEY": own["master_key"],
        "TWILIO_ACCOUNT_SID": own["twilio_account"],
        "TWILIO_AUTH_TOKEN": own["twilio_token"],
    }
    async with world(temporal, data / "segue.db", **more) as wired:
        yield wired


async def company_away(here: World) -> Turn:
    """The company's books can't be read for one customer: the bill is looked up in vain for a minute."""
    speaker = await here.somebody()
    await here.wiring.company.open_bill(speaker.customer)
    await unreadable(here.wiring.database, speaker)
    return await here.start(speaker)


async def script_bug(here: World) -> Turn:
    """A build with a bug is deployed, breaks off a case behind its first answer, and is taken back."""
    faulty = replace(here.wiring, settings=here.wiring.settings.model_copy(update={"build": "faulted"}))
    with tempfile.TemporaryDirectory() as folder:
        moment = pay_bill(Path(folder), WHEN, f"        raise ValueError(amount)\n{WHEN}")
        async with worker_for(faulty, workflows=(moment,), runner=UnsandboxedWorkflowRunner()):
            await make_current(faulty)
            speaker = await here.somebody()
            turn = await here.answers(speaker, await here.start(speaker), amount("40"))
            await make_current(here.wiring)
    return turn


async def uncertain_payment(here: World) -> Turn:
    """A payment stands in the company's books under the step's key, where it can't be read: did it happen?"""
    speaker = await here.somebody()
    turn = await here.answers(speaker, await here.start(speaker), amount("40"), "now", CARD)
    db = here.wiring.database
    (bill,) = await db.rows(select(BillRow.id).where(BillRow.customer == speaker.customer))
    await db.change(
        db.insert(PaymentRow).values(
            key=f"{turn.case}/Billing.take_payment/1",
            reference=f"R-{turn.case[-8:-2].upper()}",
            customer=speaker.customer,
            bill=bill.id,
            amount=Decimal(40),
            left=Decimal(0),
            currency=UNREADABLE,
            method="Visa",
            at=datetime.now(UTC),
        )
    )
    return await here.answer(speaker, turn, True)


async def unreadable(db: Database, speaker: Speaker) -> None:
    await db.change(update(BillRow).where(BillRow.customer == speaker.customer).values(currency=UNREADABLE))


async def heal(db: Database) -> None:
    """The books can be read again."""
    for table in (BillRow, PaymentRow):
        await db.change(update(table).where(table.currency == UNREADABLE).values(currency="USD"))


async def settled(here: World, turn: Turn, status: Status) -> None:
    async with asyncio.timeout(240):
        while (found := await Cases(here.wiring.database).get(turn.case)) is None or found.status is not status:
            await asyncio.sleep(1)


async def prepare(data: Path, temporal: str) -> None:
    async with machine(data, temporal) as here:
        away, bug, unsure = await company_away(here), await script_bug(here), await uncertain_payment(here)
        say("Waiting until the steps have used up their time (two minutes) …")
        for turn, status in ((bug, Status.STUCK), (away, Status.STUCK), (unsure, Status.UNCERTAIN)):
            await settled(here, turn, status)
            say(f"{turn.case} is {status.value}")


async def healed(data: Path, temporal: str) -> None:
    async with machine(data, temporal) as here:
        await heal(here.wiring.database)
        say("The company answers again.")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--data", type=Path, default=Path(".segue"))
    told.add_argument("--temporal", default="127.0.0.1:7233")
    told.add_argument("--heal", action="store_true")
    given = told.parse_args()
    asyncio.run((healed if given.heal else prepare)(given.data.resolve(), given.temporal))


if __name__ == "__main__":
    main()

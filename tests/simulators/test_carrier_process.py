"""The carrier as `segue up` starts it."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

import httpx

from simulators.carrier import Handset
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN


async def test_it_starts_answers_and_stops(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    given = [f"--port={port}", f"--account={ACCOUNT}", f"--token={TOKEN}", f"--number={NUMBER}"]
    given += [f"--keep={tmp_path / 'texts.jsonl'}", "--webhooks=http://127.0.0.1:9"]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "simulators.carrier", *given)
    try:
        async with asyncio.timeout(15), Handset(f"http://127.0.0.1:{port}", CUSTOMER) as phone:
            while True:
                try:
                    assert (await phone.texts("hi"))["webhook"] == {"status": 0, "error": 11205}
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()
    assert "hi" in (tmp_path / "texts.jsonl").read_text("utf-8")

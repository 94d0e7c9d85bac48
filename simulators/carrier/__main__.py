"""``python -m simulators.carrier``: the carrier as a process of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn

from simulators.carrier.account import Account
from simulators.carrier.app import create_carrier


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m simulators.carrier", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--webhooks", default="http://127.0.0.1:8000", help="our server's public base URL")
    parser.add_argument("--account", required=True, metavar="AC…")
    parser.add_argument("--token", required=True, help="the auth token: checked on the API, signs the webhooks")
    parser.add_argument("--number", default="+18005550100", help="the company's number")
    parser.add_argument("--voice-fallback", metavar="URL")
    parser.add_argument("--pace", type=float, default=0.3, help="seconds between two statuses of a message")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the texts in this file over a restart")
    given = parser.parse_args()
    account = Account(
        sid=given.account,
        token=given.token,
        number=given.number,
        webhooks=given.webhooks.rstrip("/"),
        voice_fallback_url=given.voice_fallback,
        pace=given.pace,
    )
    app = create_carrier(account, keep=given.keep)
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()

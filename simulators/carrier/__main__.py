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
    parser.add_argument("--mail-api-key", default="SG.carrier", help="checked on the mail API")
    parser.add_argument("--mail-key", default="1", metavar="HEX", help="the private key that signs mail's webhooks")
    parser.add_argument("--mail-from", default="segue@localhost.example", help="the verified sender")
    parser.add_argument("--mail-domain", default="localhost.example", help="whose mail is posted to us")
    parser.add_argument("--mail-secret", default="", help="the last part of the address that mail is posted to")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the texts in this file over a restart")
    given = parser.parse_args()
    account = Account(
        sid=given.account,
        token=given.token,
        number=given.number,
        webhooks=given.webhooks.rstrip("/"),
        voice_fallback_url=given.voice_fallback,
        pace=given.pace,
        mail_api_key=given.mail_api_key,
        mail_key=given.mail_key,
        mail_from=given.mail_from,
        mail_domain=given.mail_domain,
        mail_secret=given.mail_secret,
    )
    app = create_carrier(account, keep=given.keep)
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()

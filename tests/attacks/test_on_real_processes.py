"""The worst honest customer, a carrier that repeats itself, parts that are killed; and nothing of it all in any log."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys

import httpx
import pytest

from database.company import CompanyBooks
from database.customers import Customers
from models.people import Address
from simulators.carrier.handset import Handset
from simulators.carrier.mailbox import Mailbox
from simulators.machine import ROOT
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME, HOME = "Philippa Quarrington-Voss", "p.quarrington@voss-private.example"


async def payments(world: World, mail: str) -> int:
    known = await Customers(world.database).find(Address(kind="email", value=mail))
    return len(await CompanyBooks(world.database).payments(known.id)) if known else 0


async def test_every_webhook_three_times_at_once_and_out_of_order_by_mail(running: World) -> None:
    async with Mailbox(running.carrier, HOME) as mail, Handset(running.carrier, running.number()) as phone:
        await phone.nemesis(duplicate=2, parallel=True, reorder=20)
        try:
            await mail.writes("pay my bill", subject=f"{NAME}'s bill")
            await mail.hears("How much", within=25)
            for words, reply in (("$71.93", "now, or on"), ("now", "would you like to pay"), ("1", "$71.93")):
                await mail.replies(words)
                await mail.hears(reply, within=25)
            await mail.replies(f"Yes.\n\nBest regards,\n{NAME}")
            await mail.hears("Thank you", within=25)
        finally:
            await phone.calm()
        assert await payments(running, HOME) == 1
        # An answer to last week's question is no answer to anything now.
        first = (await mail.received())[0]
        await mail.replies("$10", to=first)
        await mail.hears("", within=25)
        assert await payments(running, HOME) == 1


async def test_the_server_is_killed_between_a_mail_and_its_answer(running: World) -> None:
    """And with it a WhatsApp message's: both are answered once when it is back."""
    machine = running.machine
    async with (
        Mailbox(running.carrier, "killed@voss-private.example") as mail,
        Handset(running.carrier, running.number()) as phone,
    ):
        await mail.writes("pay my bill")
        await mail.hears("How much", within=25)
        await phone.texts("pay my bill", channel="whatsapp")
        await phone.hears_text("How much", within=25)
        worker = machine.processes["worker"].pid
        os.killpg(worker, signal.SIGSTOP)
        try:
            await asyncio.gather(mail.replies("$61.07"), phone.texts("$62.08", channel="whatsapp"))
            machine.kill("server")
        finally:
            os.killpg(worker, signal.SIGCONT)
        port = machine.ports.server
        await machine._start("server", sys.executable, str(ROOT / "server.py"), "--port", str(port))
        await machine._answers("server", port)
        await mail.hears("now, or on", within=40)
        await phone.hears_text("now, or on", within=40)
        answered = [text for text in await phone.received() if "now, or on" in text["body"]]
        assert len(answered) == 1
        assert len([m for m in await mail.received() if "now, or on" in m["text"]]) == 1


async def test_one_question_answered_over_two_channels_at_the_same_moment(running: World) -> None:
    async with Handset(running.carrier, running.number()) as phone:
        await phone.texts("pay my bill")
        await phone.hears_text("How much", within=25)
        await asyncio.gather(phone.texts("$20"), phone.texts("$30", channel="whatsapp"))
        await phone.hears_text("now, or on", within=25)
        await phone.hears_text("now, or on", within=25)
        answers = [row for row in await running.story(phone.number) if row.what in {"answered", "corrected"}]
        assert [row.key for row in answers] == ["amount"]


async def test_stop_in_the_middle_a_double_tap_and_a_change_of_mind(running: World) -> None:
    async with Handset(running.carrier, running.number()) as phone:
        await phone.texts("pay my bill")
        await phone.hears_text("How much", within=25)
        await phone.texts("STOP")
        await phone.texts("START")
        await asyncio.gather(phone.texts("$20"), phone.texts("$20"))
        await phone.hears_text("now, or on", within=25)
        await phone.texts("no wait, I want to pay $25 instead")
        await phone.hears_text("25", within=25)
        await phone.texts("STOP")
        call = await phone.calls()
        assert call.heard
        await call.hangs_up()
        assert await running.payments(phone.number) == 0


async def test_hanging_up_at_every_question(running: World) -> None:
    async with Handset(running.carrier, running.number()) as phone:
        said: list[str] = []
        for answer in ("pay my bill", "twenty dollars", "now", "one", "yes"):
            call = await phone.calls()
            said.append(call.heard)
            await call.says(answer)
            await call.hangs_up()
        for _ in range(100):
            if await running.payments(phone.number):
                break
            await asyncio.sleep(0.1)
        assert await running.payments(phone.number) == 1, said


async def test_no_body_is_too_large_for_a_clear_no(running: World) -> None:
    """Whatever is sent wherever: an answer at once, and none of ours is a fault."""
    huge, deep = b"a" * 5_000_000, b"[" * 60_000
    paths = (
        "/", "/resume", "/resume/code", "/resume/pass", "/m/pay-bill", "/c/x", "/c/x/again", "/a/x.y", "/a/x.y/again",
        "/account/contact", "/language", "/case/pay-bill/c_x/1/answer", "/case/pay-bill/c_x/1/file", "/store/sign-in",
        "/store/find", "/store/case/pay-bill/c_x/1/file", "/api/v1/cases", "/api/v1/cases/pay-bill/c_x/1/answers",
        "/api/v1/unplaced/x/assignment", "/twilio/messages", "/twilio/voice", "/twilio/voice/turn", "/twilio/pay",
        "/twilio/messages/status", "/sendgrid/events", "/sendgrid/inbound", "/codec/decode", "/healthz", "/none",
    )  # fmt: skip
    async with httpx.AsyncClient(base_url=running.site, trust_env=False, timeout=15) as client:
        for path in paths:
            for body in (huge, deep, b"\x00\xff" * 100):
                answer = await client.post(path, content=body, headers={"Content-Type": "application/json"})
                assert answer.status_code < 500 or path == "/sendgrid/inbound", (path, answer.status_code)


async def test_nothing_of_a_customer_is_in_a_log_or_in_temporals_files(running: World) -> None:
    """Runs last: the mails, texts, links and codes of all that was done before are looked for."""
    seen = [NAME, "Quarrington", HOME, "voss-private", "71.93", "61.07", "62.08", "+1415555000", "415555000"]
    async with Mailbox(running.carrier, HOME) as mail:
        for letter in await mail.received():
            seen += [
                str(letter["reply_to"]).partition("@")[0].partition("+")[2],
                *re.findall(r"/a/([\w.-]{20,})", letter["html"]),
            ]
    state = (running.machine.data / "secrets.json").read_text()
    seen += re.findall(r'"([^"]{20,})"', state)
    for file in [*running.machine.data.glob("temporal.db*"), *(running.machine.data / "log").glob("*.log")]:
        if file.name == "carrier.log":
            continue
        content = file.read_bytes()
        assert [secret for secret in seen if secret and secret.encode() in content] == [], file.name

"""A real processor's client against a Stripe on this machine, which keeps nothing and forgets no key."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from decimal import Decimal

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request, Response

from activities.processor_stripe import STARTERS, StripeProcessor, minor
from database.company import CompanyBooks
from database.engine import Database
from models.billing import Payment
from models.errors import Declined
from models.money import Money
from models.questions import Method
from simulators.carrier import listening
from simulators.company import Company

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Its own command listens on every interface and keeps its store in a file.
LOCALSTRIPE = (
    "import sys; from aiohttp import web; from localstripe import resources, server; "
    "resources.Store.dump_to_disk = lambda store: None; "
    "web.run_app(server.app, host='127.0.0.1', port=int(sys.argv[1]), print=None, access_log=None)"
)
FORTY = Money.of("40.00")
GOOD, FAILING = "4242 4242 4242 4242", "4000 0000 0000 0341"


class Remembering:
    """What localstripe lacks: the answer to an idempotency key is kept. ``keys`` are those that came."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self.keys: list[str] = []
        self.lost = 0
        self.app = FastAPI()
        self.app.add_api_route("/{path:path}", self.forward, methods=["GET", "POST"])
        self._answers: dict[str, tuple[bytes, Response]] = {}

    async def forward(self, request: Request) -> Response:
        key, body = request.headers.get("idempotency-key", ""), await request.body()
        if key not in self._answers or not key:
            async with httpx.AsyncClient(trust_env=False) as client:
                headers = {name: request.headers[name] for name in ("authorization", "content-type")}
                found = await client.post(self.behind + request.url.path, content=body, headers=headers)
            self._answers[key] = body, Response(found.content, found.status_code, media_type="application/json")
        self.keys.append(key)
        first, answer = self._answers[key]
        if first != body:
            error = b'{"error": {"type": "idempotency_error", "message": "another request"}}'
            return Response(error, 400, media_type="application/json")
        if self.lost:
            self.lost -= 1
            return Response(b"{}", 500, media_type="application/json")
        return answer

    async def charges(self) -> list[int]:
        async with httpx.AsyncClient(trust_env=False) as client:
            found = await client.get(f"{self.behind}/v1/charges", auth=("sk_test_123", ""))
        return [int(charge["amount"]) for charge in found.json()["data"]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stripe() -> AsyncIterator[tuple[Remembering, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = asyncio.subprocess.DEVNULL
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", LOCALSTRIPE, str(port), stderr=quiet)
    try:
        await answering(port)
        front = Remembering(f"http://127.0.0.1:{port}")
        async with listening(front.app) as url:
            yield front, url
    finally:
        program.kill()
        await program.wait()


async def answering(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError(port)


@pytest.fixture
def front(stripe: tuple[Remembering, str]) -> Remembering:
    return stripe[0]


@pytest.fixture
def processor(stripe: tuple[Remembering, str]) -> StripeProcessor:
    return StripeProcessor("sk_test_123", api_url=stripe[1], timeout=5)


async def test_a_card_becomes_a_token_and_is_charged(processor: StripeProcessor, front: Remembering) -> None:
    method = await processor.tokenise(GOOD, "12/49")
    assert method.token.startswith("pm_")
    assert method.label == "Visa ending 4242"
    before = await front.charges()
    charge = await processor.charge("case/1/pay/1", method, FORTY)
    assert charge.startswith("pi_")
    assert sorted(await front.charges()) == sorted([*before, 4000])
    await processor.refund("refund:case/1/pay/1", charge)


async def test_a_charge_is_made_once_for_its_key(processor: StripeProcessor, front: Remembering) -> None:
    method = await processor.tokenise(GOOD, "12/49")
    before = len(await front.charges())
    front.lost = 1
    with pytest.raises(ConnectionError):
        await processor.charge("case/2/pay/1", method, FORTY)
    first = await processor.charge("case/2/pay/1", method, FORTY)
    assert first == await processor.charge("case/2/pay/1", method, FORTY)
    assert len(await front.charges()) == before + 1
    assert front.keys.count("case/2/pay/1") == 3
    with pytest.raises(ValueError, match="another payment"):
        await processor.charge("case/2/pay/1", method, Money.of("41.00"))


@pytest.mark.parametrize(("number", "expiry"), [(GOOD, "soon"), ("no card", "12/49")])
async def test_some_cards_become_no_token(processor: StripeProcessor, number: str, expiry: str) -> None:
    with pytest.raises(Declined):
        await processor.tokenise(number, expiry)


async def test_a_card_may_be_declined_when_it_is_charged(processor: StripeProcessor, front: Remembering) -> None:
    method = await processor.tokenise(FAILING, "12/49")
    with pytest.raises(Declined) as refusal:
        await processor.charge("case/3/pay/1", method, FORTY)
    assert refusal.value.reason == "card-declined"


async def test_a_token_it_does_not_know_is_declined(processor: StripeProcessor) -> None:
    with pytest.raises(Declined):
        await processor.charge("case/4/pay/1", Method(token="pm_nobodys", label="Visa"), FORTY)


async def test_nobody_there_is_not_a_no() -> None:
    away = StripeProcessor("sk_test_123", api_url="http://127.0.0.1:9", timeout=1)
    with pytest.raises(ConnectionError):
        await away.charge("case/5/pay/1", Method(token="pm_1", label="Visa"), FORTY)


async def test_a_live_account_never_sees_a_card_number_from_us(stripe: tuple[Remembering, str]) -> None:
    with pytest.raises(Declined):
        await StripeProcessor("sk_live_123", api_url=stripe[1]).tokenise(GOOD, "12/49")


async def test_the_company_takes_a_payment_by_it(processor: StripeProcessor, front: Remembering, db: Database) -> None:
    company = Company(CompanyBooks(db), processor=processor, starters=STARTERS)
    bill = await company.open_bill("c_ann")
    assert bill
    before = len(await front.charges())
    new = await company.tokenise("c_ann", GOOD, "12/49")
    for key, token in (("case/6/pay/1", bill.methods[0].token), ("case/6/pay/2", new.token)):
        payment = Payment(customer="c_ann", bill=bill.id, amount=FORTY, method=token)
        assert (await company.charge(key, "c_ann", payment)).method == "Visa ending 4242"
    assert len(await front.charges()) == before + 2


async def test_amounts_in_the_smallest_unit() -> None:
    assert [minor(Money.of(amount, currency)) for amount, currency in (("40.05", "USD"), ("40", "JPY"))] == [4005, 40]
    with pytest.raises(ValueError, match="finer"):
        minor(Money(amount=Decimal("0.001"), currency="USD"))

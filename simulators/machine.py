"""Everything on one machine: Temporal's development server, worker, server, carrier; started and stopped together."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import IO

from models.errors import Misconfigured
from simulators.carrier.contents import templates
from simulators.carrier.mail_posts import Signer
from simulators.staff import new_passwords, signs_in, staffed

ROOT = Path(__file__).resolve().parent.parent
TEMPORAL_SETTINGS = (
    # Found by measuring: the stock server holds every second task back for 40 ms, and writes one file at a time.
    *("--dynamic-config-value", "history.transferProcessorMaxPollRPS=2000"),
    *("--dynamic-config-value", "frontend.workerVersioningWorkflowAPIs=true"),
    # Code that does not fit a case is reported at its second failure, and not at its fifth.
    *("--dynamic-config-value", "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2"),
    *("--sqlite-pragma", "journal_mode=wal"),
    *("--sqlite-pragma", "synchronous=1"),
    *("--search-attribute", "SegueCustomer=Keyword"),
    *("--search-attribute", "SegueMoment=Keyword"),
    *("--search-attribute", "SegueStatus=Keyword"),
)
READY_WITHIN = 60.0


def temporal_binary(name: str = "temporal") -> str:
    """Where the package's binary is; :class:`Misconfigured` if it is not installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise Misconfigured(f"The program `{name}` is missing. Install what the lock file names: make .venv")
    return found


@dataclass(frozen=True)
class Ports:
    """The ports of the parts, all on the loopback address."""

    server: int = 8000
    carrier: int = 8010
    temporal: int = 7233
    pages: int = 8233

    def check(self, wanted: Mapping[str, int]) -> None:
        """Raise :class:`Misconfigured` for the first of ``wanted`` that somebody else listens on."""
        for name, port in wanted.items():
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    raise Misconfigured(
                        f"Port {port} ({name}) is in use. Stop what runs there (is Segue up already?), "
                        "or choose others: segue up --help"
                    ) from None


@dataclass
class Machine:
    """One machine's worth of Segue. ``data`` keeps cases, customers and keys from one start to the next.

    ``environment`` is what its processes run with; ``twilio`` is False where real credentials are set.
    """

    data: Path
    environment: Mapping[str, str]
    ports: Ports = field(default_factory=Ports)
    own_temporal: bool = True
    carrier: bool = True
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def run(self, say: Callable[[str], None]) -> None:
        """Start all, print where to look, and wait; stops all when cancelled, or when one of them ends."""
        me = asyncio.current_task()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if me is not None:
                asyncio.get_running_loop().add_signal_handler(number, me.cancel)
        try:
            await self.start(say)
            self._print(say)
            await self._watch(say)
        finally:
            await self.stop()

    async def start(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Start all parts and return once they answer."""
        self._prepare()
        if self.own_temporal:
            say("Starting Temporal …")
            await self.start_temporal()
        say("Starting worker, server and carrier …")
        if self.carrier:
            await self._start("carrier", *self._carrier_command())
        await staffed(self.environment["DATABASE_URL"], own_secrets(self.data))
        await self._start("worker", sys.executable, str(ROOT / "worker.py"), "--current")
        await self._start("server", sys.executable, str(ROOT / "server.py"), "--port", str(self.ports.server))
        await self._answers("server", self.ports.server)
        await self._file_says("worker", "is current")

    async def start_temporal(self) -> None:
        """Temporal's development server on a file; its log goes to the data folder."""
        command = [
            temporal_binary(), "server", "start-dev", "--ip", "127.0.0.1", "--log-level", "error",
            "--port", str(self.ports.temporal), "--ui-port", str(self.ports.pages),
            "--ui-codec-endpoint", f"http://localhost:{self.ports.server}/codec",
            "--db-filename", str(self.data / "temporal.db"), *TEMPORAL_SETTINGS,
        ]  # fmt: skip
        await self._start("temporal", *command)
        await self._answers("temporal", self.ports.temporal)

    async def start_worker(self) -> None:
        """One more worker in place of one that was killed; returns when it works."""
        await self._start("worker", sys.executable, str(ROOT / "worker.py"), "--current")
        await self._file_says("worker", "is current")

    def kill(self, name: str) -> None:
        """End a part at once, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Ask all parts to stop, the ones in front first; whoever does not listen is ended."""
        for name in ("server", "carrier", "worker", "temporal"):
            process = self.processes.pop(name, None)
            if process is None or process.returncode is not None:
                continue
            os.killpg(process.pid, signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), 8)
            except TimeoutError:
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()

    # -- inside -----------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        wanted = {"the server": self.ports.server}
        if self.carrier:
            wanted["the carrier"] = self.ports.carrier
        if self.own_temporal:
            wanted |= {"Temporal": self.ports.temporal, "Temporal's pages": self.ports.pages}
        self.ports.check(wanted)
        try:
            (self.data / "log").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misconfigured(f"The folder {self.data} can't be made: {error.strerror}.") from None
        own = own_secrets(self.data)
        account = own["twilio_account"], own["twilio_token"]
        given = dict(self.environment)
        defaults = {
            "DATABASE_URL": f"sqlite:///{self.data.resolve() / 'segue.db'}",
            "SEGUE_MASTER_KEY": own["master_key"],
            "SEGUE_API_KEYS": f"local:{hashlib.sha256(own['api_key'].encode()).hexdigest()}",
            "SEGUE_PUBLIC_URL": f"http://localhost:{self.ports.server}",
        }
        for name, value in defaults.items():
            given[name] = given.get(name) or value
        if self.carrier:
            # Whoever tries it at night would wait till morning for what they let happen.
            given["SEGUE_QUIET_HOURS"] = given.get("SEGUE_QUIET_HOURS") or "00:00-00:00"
            given |= self._mail_settings(own) | {
                "TWILIO_ACCOUNT_SID": account[0],
                "TWILIO_AUTH_TOKEN": account[1],
                "TWILIO_PAY_CONNECTOR": "Default",
                "SEGUE_CARRIER_URL": f"http://127.0.0.1:{self.ports.carrier}",
                "SEGUE_WHATSAPP_TEMPLATES": templates(),
            }
        if self.own_temporal:
            given["TEMPORAL_ADDRESS"] = f"127.0.0.1:{self.ports.temporal}"
            given["SEGUE_TEMPORAL_UI"] = f"http://localhost:{self.ports.pages}"
        self.environment = given

    def _mail_settings(self, own: Mapping[str, str]) -> dict[str, str]:
        return {
            "SENDGRID_API_KEY": own["sendgrid_key"],
            "SENDGRID_WEBHOOK_PUBLIC_KEY": Signer(own["sendgrid_private"]).public(),
            "SEGUE_MAIL_FROM": self.environment.get("SEGUE_MAIL_FROM") or "Segue <segue@localhost.example>",
            "SEGUE_MAIL_REPLY_DOMAIN": self.environment.get("SEGUE_MAIL_REPLY_DOMAIN") or "localhost.example",
        }

    def _carrier_command(self) -> list[str]:
        env = self.environment
        return [
            sys.executable, "-m", "simulators.carrier", "--port", str(self.ports.carrier),
            "--webhooks", env["SEGUE_PUBLIC_URL"], "--account", env["TWILIO_ACCOUNT_SID"],
            "--token", env["TWILIO_AUTH_TOKEN"], "--number", env.get("TWILIO_NUMBER") or "+18005550100",
            "--mail-api-key", env["SENDGRID_API_KEY"],
            "--mail-key", own_secrets(self.data)["sendgrid_private"],
            "--mail-from", parseaddr(env["SEGUE_MAIL_FROM"])[1], "--mail-domain", env["SEGUE_MAIL_REPLY_DOMAIN"],
            "--mail-secret", env.get("SEGUE_MAIL_SECRET", ""),
            "--keep", str(self.data / "carrier.json"),
        ]  # fmt: skip

    async def _start(self, name: str, *command: str) -> None:
        with self._log(name) as log:
            self.processes[name] = await asyncio.create_subprocess_exec(
                *command, env=self.environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def _log(self, name: str) -> IO[bytes]:
        return (self.data / "log" / f"{name}.log").open("wb")

    async def _answers(self, name: str, port: int) -> None:
        async def knock() -> bool:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                return False
            writer.close()
            return True

        await self._until(name, knock)

    async def _file_says(self, name: str, text: str) -> None:
        async def look() -> bool:
            return text in await asyncio.to_thread((self.data / "log" / f"{name}.log").read_text, errors="replace")

        await self._until(name, look)

    async def _until(self, name: str, ready: Callable[[], object]) -> None:
        for _ in range(int(READY_WITHIN / 0.1)):
            if await ready():  # type: ignore[misc]  # an async function
                return
            if self.processes[name].returncode is not None:
                raise Misconfigured(self._last_words(name))
            await asyncio.sleep(0.1)
        raise Misconfigured(f"{name} did not come up within {READY_WITHIN:.0f} s. Its log: {self.data}/log/{name}.log")

    def _last_words(self, name: str) -> str:
        log = (self.data / "log" / f"{name}.log").read_text(errors="replace").strip()
        last = log.splitlines()[-1] if log else "It said nothing."
        return f"{name} did not start. {last}\nThe whole log: {self.data}/log/{name}.log"

    async def _watch(self, say: Callable[[str], None]) -> None:
        waits = {asyncio.create_task(p.wait()): name for name, p in self.processes.items()}
        done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            say(self._last_words(waits[task]).replace("did not start", "ended"))

    def _print(self, say: Callable[[str], None]) -> None:
        own, here = own_secrets(self.data), f"http://localhost:{self.ports.server}"
        rows = [
            ("Try it", f"{here}/stage"),
            ("Customers", f"{here}/"),
            ("API", f"{here}/docs   (key: {own['api_key']})"),
            (
                "Temporal",
                f"http://localhost:{self.ports.pages}   (to read cases: {here}/ops/codec)",
            ),
            ("Staff", f"{here}/staff   (sign-in name and password, one a role:)"),
            *(("", line) for line in signs_in(own)),
            ("Kept in", f"{self.data}/   (logs: {self.data}/log/)"),
        ]
        say("\nSegue is up. Ctrl-C stops it; the next start goes on where this one ended.\n")
        for name, value in rows:
            say(f"  {name:<10} {value}")


def own_secrets(data: Path) -> dict[str, str]:
    """This machine's own keys, made at the first start and readable by its owner only."""
    file = data / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    if not {"sendgrid_private", *(passwords := new_passwords())} <= set(kept):
        made = {
            "master_key": base64.b64encode(secrets.token_bytes(32)).decode(),
            "api_key": secrets.token_urlsafe(24),
            "twilio_account": f"AC{secrets.token_hex(16)}",
            "twilio_token": secrets.token_hex(16),
            "sendgrid_key": f"SG.{secrets.token_urlsafe(24)}",
            "sendgrid_private": secrets.token_hex(31),
            **passwords,
        } | kept
        half = file.with_suffix(".new")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(made, out)
        half.replace(file)
        kept = made
    return kept

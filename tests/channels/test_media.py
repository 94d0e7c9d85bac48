"""Files of a message: fetched from the provider only, with a limit, and our token shown to nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI, Request, Response

from channels.providers import media
from channels.providers.media import fetch
from models.errors import NotConfirmed, NotUnderstood
from simulators.carrier import listening

AUTH = ("AC1", "token")


@pytest.fixture
async def host() -> AsyncIterator[str]:
    app = FastAPI()

    async def serve(request: Request, path: str) -> Response:
        match path:
            case "photo" if request.headers.get("authorization", "").startswith("Basic "):
                return Response(b"\xff\xd8\xff photo")
            case "photo":
                return Response(status_code=401)
            case "moved":
                return Response(status_code=307, headers={"location": "/photo"})
            case "circle":
                return Response(status_code=307, headers={"location": "/circle"})
            case "elsewhere":
                return Response(status_code=307, headers={"location": "http://169.254.169.254/latest"})
            case "large":
                return Response(bytes(media.LARGEST + 1))
            case "busy":
                return Response(status_code=503)
        return Response(status_code=404)

    app.add_api_route("/{path:path}", serve, methods=["GET"], response_model=None)
    async with listening(app) as url:
        yield url.removeprefix("http://")


@pytest.mark.parametrize("path", ["photo", "moved"])
async def test_a_file_is_fetched(host: str, path: str) -> None:
    assert await fetch(f"http://{host}/{path}", auth=AUTH, host=host) == b"\xff\xd8\xff photo"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("circle", "file-gone"), ("elsewhere", "file-gone"), ("none", "file-gone"), ("large", "file-too-big")],
)
async def test_what_cannot_be_had_says_why(host: str, path: str, reason: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        await fetch(f"http://{host}/{path}", auth=AUTH, host=host)
    assert refused.value.reason == reason


async def test_a_busy_provider_is_asked_again_later(host: str) -> None:
    with pytest.raises(NotConfirmed):
        await fetch(f"http://{host}/busy", auth=AUTH, host=host)
    with pytest.raises(NotConfirmed):
        await fetch("http://127.0.0.1:9/photo", auth=AUTH, host="127.0.0.1:9")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/x",
        "https://evil.example/x?api.twilio.com",
        "https://user:pass@api.twilio.com/x",
        "https://s3.amazonaws.com/x",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
async def test_only_the_providers_own_addresses_are_asked(url: str) -> None:
    with pytest.raises(NotUnderstood):
        await fetch(url, auth=AUTH)

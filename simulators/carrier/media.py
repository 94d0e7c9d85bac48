"""Files that come with a customer's message: kept while the carrier runs, given out to the account only."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from simulators.carrier.account import API_VERSION, Account
from simulators.carrier.checks import ApiRefusal

LARGEST = 16 * 1024 * 1024


def _decodable(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    return value


class NewFile(BaseModel):
    """A file as the handset sends it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200)
    type: str = Field(max_length=100)
    base64: Annotated[str, Field(max_length=LARGEST), AfterValidator(_decodable)]


class Media:
    """Files by their id; the route that gives them out asks for the account's name and token."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._files: dict[str, tuple[str, bytes]] = {}
        self.router = APIRouter(prefix=f"/{API_VERSION}/Accounts/{{account}}/Messages/{{message}}/Media")
        self.router.add_api_route("/{sid}", self.fetch, methods=["GET"], response_model=None)

    def put(self, file: NewFile, message: str) -> str:
        """Keep a file; the path it is fetched at."""
        sid = f"ME{uuid4().hex}"
        self._files[sid] = file.type, base64.b64decode(file.base64)
        return f"{self._account.api}/Messages/{message}/Media/{sid}"

    async def fetch(self, request: Request, sid: str) -> Response:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        right = base64.b64encode(f"{self._account.sid}:{self._account.token}".encode())
        if scheme.lower() != "basic" or not secrets.compare_digest(given.encode(), right):
            raise ApiRefusal(20003, status=401)
        if sid not in self._files:
            raise ApiRefusal(20404, status=404)
        kind, content = self._files[sid]
        return Response(content, media_type=kind)

"""Sign-in by the company's own OpenID Connect provider: the code flow with PKCE, state and nonce."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.errors import Forbidden, NotConfirmed
from models.staff import Role

PATIENCE = 5.0
FRESH = 3600.0
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY = 60
_RANK = (Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.ASSOCIATE, Role.OPS, Role.ANALYST)


@dataclass(frozen=True)
class Vouched:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    name: str
    role: Role
    team: str


@dataclass
class Provider:
    """Any OpenID Connect provider. ``roles`` maps what its role claim may say to our roles.

    Empty, the claim says our roles' own names. Whoever has none of them is refused.
    """

    issuer: str
    client_id: str
    client_secret: str
    role_claim: str = "roles"
    team_claim: str = "team"
    roles: Mapping[str, Role] = field(default_factory=dict)
    _known: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _until: float = 0.0

    async def leave(self, redirect: str) -> tuple[str, str, str, str]:
        """Where the browser is sent, and the state, nonce and verifier to be kept until it is back."""
        meta, verifier = await self._meta(), generate_token(64)
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        url = prepare_grant_uri(
            meta["authorization_endpoint"],
            client_id=self.client_id,
            response_type="code",
            redirect_uri=redirect,
            scope="openid profile email",
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return str(url), state, nonce, verifier

    async def back(self, redirect: str, code: str, nonce: str, verifier: str) -> Vouched:
        """Whom the code stands for. Forbidden where anything of it is not right; NotConfirmed where it is away."""
        meta = await self._meta()
        try:
            token = await self._token(str(meta["token_endpoint"]), redirect, code, verifier)
            return self._vouched(await self._claims(str(token.get("id_token", "")), nonce, meta))
        except httpx.HTTPError as error:
            raise NotConfirmed("the provider did not answer") from error
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Forbidden from error

    async def _claims(self, id_token: str, nonce: str, meta: dict[str, Any]) -> dict[str, Any]:
        keys = await self._key_set(meta)
        try:
            token = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            self._keys = None  # the provider may have new ones: once more with those
            token = jwt.decode(id_token, await self._key_set(meta), algorithms=ALGORITHMS)
        options = {"iss": {"values": [self.issuer]}, "aud": {"values": [self.client_id]}}
        claims = CodeIDToken(token.claims, token.header, options, {"nonce": nonce, "client_id": self.client_id})
        claims.validate(leeway=LEEWAY)
        if not nonce or token.claims.get("nonce") != nonce:
            raise Forbidden
        return dict(token.claims)

    def _vouched(self, claims: dict[str, Any]) -> Vouched:
        said = claims.get(self.role_claim)
        words = [said] if isinstance(said, str) else [str(word) for word in said or []]
        known = self.roles or {role.value: role for role in Role}
        held = {known[word] for word in words if word in known}
        role = next((role for role in _RANK if role in held), None)
        if role is None:
            raise Forbidden
        name = str(claims.get("name") or claims.get("preferred_username") or claims.get("email") or claims["sub"])
        team = claims.get(self.team_claim)
        return Vouched(self.issuer, str(claims["sub"]), name[:120], role, str(team or "")[:60])

    async def _token(self, url: str, redirect: str, code: str, verifier: str) -> dict[str, Any]:
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "client_id": self.client_id,
            "code_verifier": verifier,
        }
        secret = httpx.BasicAuth(quote(self.client_id, safe=""), quote(self.client_secret, safe=""))
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.post(url, data=body, auth=secret if self.client_secret else httpx.Auth())
        if answer.is_server_error:
            raise NotConfirmed("the provider did not answer")
        if not answer.is_success:
            raise Forbidden
        return dict(answer.json())

    async def _meta(self) -> dict[str, Any]:
        """What the provider says of itself: asked for once an hour. It has to be the issuer that was set."""
        if not self._known or time.monotonic() > self._until:
            found = await self._get(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if str(found.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
                raise Forbidden
            self._known, self._until, self._keys = found, time.monotonic() + FRESH, None
        return self._known

    async def _key_set(self, meta: dict[str, Any]) -> KeySet:
        if self._keys is None:
            self._keys = KeySet.import_key_set(await self._get(str(meta["jwks_uri"])))  # type: ignore[arg-type]  # JSON
        return self._keys

    async def _get(self, url: str) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                answer = await client.get(url)
                answer.raise_for_status()
                return dict(answer.json())
        except (httpx.HTTPError, ValueError) as error:
            raise NotConfirmed("the provider did not answer") from error

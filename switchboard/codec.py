"""Every payload in Temporal is sealed with its customer's own data key."""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.json_format import MessageToDict, ParseDict
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from database.vault import Vault
from models.errors import Unknown

SEALED = b"binary/segue-sealed"
_NONCE = 12
# Payloads without a case (an operator's tool, say) still never travel in the open.
_NOBODY = "c_nobody"


def customer_of(workflow_id: str | None) -> str:
    """The customer a case belongs to: ids are ``moment/customer/number``."""
    parts = (workflow_id or "").split("/")
    return parts[1] if len(parts) == 3 else _NOBODY


class SealingCodec(PayloadCodec, WithSerializationContext):
    """AES-256-GCM with a key per customer; the key's id travels in the payload's metadata."""

    def __init__(self, vault: Vault, customer: str = _NOBODY) -> None:
        self._vault = vault
        self._customer = customer

    def with_context(self, context: SerializationContext) -> Self:
        if isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return type(self)(self._vault, customer_of(context.workflow_id))
        return self

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        if not payloads:
            return []
        key = await self._vault.key_of(self._customer)
        cipher = AESGCM(key.secret)
        return [_sealed(cipher, key.id, payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open what is sealed; :class:`Unknown` where the customer's key was destroyed."""
        return [await self._opened(p) if p.metadata.get("encoding") == SEALED else p for p in payloads]

    async def _opened(self, payload: Payload) -> Payload:
        secret = await self._vault.key(payload.metadata["key"].decode())
        if secret is None:
            raise Unknown("the key of this customer is gone")
        nonce, sealed = payload.data[:_NONCE], payload.data[_NONCE:]
        try:
            return Payload.FromString(AESGCM(secret).decrypt(nonce, sealed, None))
        except InvalidTag:
            raise Unknown("this payload was changed, or belongs to another key") from None


def _sealed(cipher: AESGCM, key_id: str, payload: Payload) -> Payload:
    nonce = secrets.token_bytes(_NONCE)
    data = nonce + cipher.encrypt(nonce, payload.SerializeToString(), None)
    return Payload(metadata={"encoding": SEALED, "key": key_id.encode()}, data=data)


def data_converter(vault: Vault) -> DataConverter:
    """Pydantic models as JSON, sealed; failure messages and stack traces too, which a codec alone would leave open."""
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=SealingCodec(vault),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


class HistoryCodec:
    """What Temporal's own pages and tools call to read histories; payloads in Temporal's JSON form."""

    def __init__(self, vault: Vault) -> None:
        self._vault, self._codec = vault, SealingCodec(vault)

    async def decode(self, payloads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """In the open. What nobody can read any more, as that customer was erased, stays as it is."""
        return [await self._opened(payload) for payload in payloads]

    async def _opened(self, payload: dict[str, Any]) -> dict[str, Any]:
        try:
            return MessageToDict((await self._codec.decode([ParseDict(payload, Payload())]))[0])
        except Unknown:
            return payload

    async def customers(self, payloads: Sequence[dict[str, Any]]) -> Counter[str]:
        """Whose the sealed ones are, by their keys, and how many."""
        whole = [ParseDict(payload, Payload()) for payload in payloads]
        keys = Counter(p.metadata["key"].decode() for p in whole if p.metadata.get("encoding") == SEALED)
        found: Counter[str] = Counter()
        for key, customer in (await self._vault.owners(keys)).items():
            found[customer] += keys[key]
        return found

    async def encode(self, payloads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return [MessageToDict(p) for p in await self._codec.encode([ParseDict(p, Payload()) for p in payloads])]

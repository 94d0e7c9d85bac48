"""A caller of the API that costs next to nothing, so that the door is measured and not a library on our side of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Caller:
    """Posts JSON over connections that are kept open, as many as there are requests at once."""

    port: int
    headers: Mapping[str, str]
    _idle: list[Connection] = field(default_factory=list)

    async def post(self, path: str, body: object) -> dict[str, Any]:
        """The reply's JSON; RuntimeError for any status but 200."""
        reader, writer = await self._connection()
        content = json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Content-Type: application/json"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(content)}", "", ""]
        writer.write("\r\n".join(lines).encode() + content)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("\r\ncontent-length:")[2].partition("\r\n")[0])
        reply: dict[str, Any] = json.loads(await reader.readexactly(length))
        self._idle.append((reader, writer))
        if not head.startswith("http/1.1 200 "):
            raise RuntimeError(f"the server answered {head.partition(chr(13))[0]}")
        return reply

    async def _connection(self) -> Connection:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()

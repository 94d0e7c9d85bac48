"""A visitor with a browser but no screen: follows pages and fills their forms as they stand."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx

from tests.gateway.conftest import CUSTOMER, World


class Form(HTMLParser):
    """The fields of one form of a page, by where it is sent."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.wanted, self.inside, self.found = action, False, False
        self.fields: dict[str, str] = {}
        self.feed(page)
        assert self.found, f"no form for {action} on this page"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = not self.found and given.get("action", "").endswith(self.wanted)
            self.found = self.found or self.inside
        elif tag == "input" and self.inside and given.get("type") == "hidden":
            self.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


class Visitor:
    def __init__(self, world: World) -> None:
        self.world = world
        self.client = world.client
        self.page = httpx.Response(200)

    async def opens(self, path: str) -> httpx.Response:
        self.page = await self.client.get(path, follow_redirects=True)
        return self.page

    def form(self, action: str, **fields: str) -> dict[str, str]:
        return Form(self.page.text, action).fields | fields

    async def sends(self, action: str, form: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        """Fill the form that goes to ``action`` and send it, as a browser does under our policies."""
        body = form or self.form(action, **fields)
        path = re.search(rf'<form method="post" action="([^"]*{re.escape(action)})"', self.page.text)
        assert path, f"no form for {action}"
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        self.page = await self.client.post(path.group(1), data=body, headers=headers, follow_redirects=True)
        return self.page

    async def sends_file(
        self, name: str, content: bytes, media_type: str = "image/png", action: str = "/file"
    ) -> httpx.Response:
        """Choose a file for the question on the page, and send it."""
        path = re.search(rf'<form method="post" action="([^"]*{action})"', self.page.text)
        assert path, "no form for a file"
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        self.page = await self.client.post(
            path.group(1),
            data=self.form(action),
            files={"file": (name, content, media_type)},
            headers=headers,
            follow_redirects=True,
        )
        return self.page

    async def signs_in(self, moment: str = "pay-bill", number: str = CUSTOMER) -> httpx.Response:
        """By a number and the code that is texted to it."""
        await self.opens(f"/m/{moment}")
        await self.sends(f"/m/{moment}", number=number)
        return await self.sends("/code", code=await self.code())

    async def code(self) -> str:
        messages = [m for m in await self.world.sent() if m.key.startswith("code:")]
        found = re.search(r"\b\d{6}\b", messages[-1].body)
        assert found
        return found.group()

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page.text, re.DOTALL)
        return " ".join(found.group(1).split()) if found else ""

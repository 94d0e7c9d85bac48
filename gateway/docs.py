"""The API's own page: Swagger UI from its package, nothing from the internet."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import FileResponse
from swagger_ui_bundle import swagger_ui_path

from gateway.templating import page, words_for

router = APIRouter(include_in_schema=False)
FILES = {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}


@router.get("/docs")
async def docs(request: Request) -> Response:
    return page(request, "docs/api.html", words_for(request))


@router.get("/docs/{name}")
async def docs_file(name: str) -> Response:
    if name not in FILES:
        raise HTTPException(404)
    return FileResponse(Path(swagger_ui_path) / name)

"""What a step brings: whether a value fits it, and how such a value is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from workflows.engine.steps import result_of

DEEP = 6


class Results:
    """What the steps of these moments bring. A key that a script gave a name of its own is known to its case only."""

    def __init__(self, workflows: Sequence[type]) -> None:
        self._modules = {str(vars(each)["__temporal_workflow_definition"].name): each.__module__ for each in workflows}

    def fits(self, case: str, key: str, value: JsonValue) -> bool:
        """False only where it is certain that the case will refuse it."""
        known = self._of(case, key)
        if known is None:
            return True
        try:
            known.validate_python(value)
        except ValidationError:
            return False
        return True

    def shape(self, case: str, key: str) -> str:
        """JSON with a word for each value that is to be filled in; empty where it is not known."""
        known = self._of(case, key)
        if known is None:
            return ""
        schema = known.json_schema()
        return json.dumps(_drawn(schema, schema.get("$defs", {}), DEEP), indent=2, ensure_ascii=False)

    def _of(self, case: str, key: str) -> TypeAdapter[Any] | None:
        module = sys.modules.get(self._modules.get(case.partition("/")[0], ""))
        owner, _, method = key.partition(".")
        step = getattr(getattr(module, owner, None), method, None) if method else None
        return result_of(step) if hasattr(step, "__segue_step__") else None


def _drawn(schema: dict[str, Any], known: dict[str, Any], deep: int) -> JsonValue:
    if deep == 0:
        return "…"
    if "$ref" in schema:
        return _drawn(known[schema["$ref"].rpartition("/")[2]], known, deep - 1)
    if "anyOf" in schema:
        ways = [_drawn(way, known, deep) for way in schema["anyOf"]]
        words = [str(way) for way in dict.fromkeys(map(str, ways))]
        return next((way for way in ways if isinstance(way, dict | list)), " | ".join(words))
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "object" and "properties" in schema:
        return {name: _drawn(each, known, deep - 1) for name, each in schema["properties"].items()}
    if schema.get("type") == "array":
        return [_drawn(schema.get("items", {}), known, deep - 1)]
    return str(schema.get("format") or schema.get("type") or "…")

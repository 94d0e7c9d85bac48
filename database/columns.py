"""JSON as it is written into and read from columns."""

from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from models.columns import UNSTORABLE


def serialise(value: Any) -> str:
    """JSON text of a value; times, decimals and models included. Unstorable characters become U+FFFD."""
    try:
        written = to_json(value, inf_nan_mode="null").decode()
    except PydanticSerializationError:
        written = "\\u0000"
    # A cheap look first: nearly no answer holds a NUL, and this stands on the path of every answer.
    return to_json(_storable(value), inf_nan_mode="null").decode() if "\\u0000" in written else written


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(UNSTORABLE)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value

"""How a method becomes a step that scripts can ``do``: what it declares, and its idempotency key."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from temporalio import activity
from temporalio.exceptions import ApplicationError

from models.errors import Refusal, ScriptError
from models.ledger import Known

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
rehearsed_key: ContextVar[str | None] = ContextVar("rehearsed_key", default=None)


@dataclass(frozen=True)
class StepSpec:
    """What a step declares. ``timeout`` is for one try, ``budget`` for all of them, both in seconds."""

    name: str
    reads: bool
    refuses: tuple[type[Refusal], ...]
    timeout: float
    budget: float


def reads(*refuses: type[Refusal], timeout: float = 10, budget: float = 60) -> Callable[[F], F]:
    """A step that changes nothing: may be abandoned, and done again at any time."""
    return lambda method: _step(method, True, refuses, timeout, budget)


def effect(*refuses: type[Refusal], timeout: float = 20, budget: float = 120) -> Callable[[F], F]:
    """A step that changes something outside. On every try it first looks up :func:`idempotency_key`."""
    return lambda method: _step(method, False, refuses, timeout, budget)


def _step(method: F, is_read: bool, refuses: tuple[type[Refusal], ...], timeout: float, budget: float) -> F:
    spec = StepSpec(method.__qualname__.split("<locals>.")[-1], is_read, refuses, timeout, budget)

    @functools.wraps(method)
    async def step(*args: Any) -> Any:
        try:
            return await method(*args)
        except refuses as refusal:
            known = Known(type=type(refusal).__name__, reason=refusal.reason, facts=refusal.facts)
            raise ApplicationError("refused", known.model_dump(), type="Refusal", non_retryable=True) from None

    step.__segue_step__ = spec  # type: ignore[attr-defined]  # read back by spec_of
    return activity.defn(name=spec.name)(step)  # type: ignore[return-value]  # same signature as the method


def spec_of(step: Callable[..., Any]) -> StepSpec:
    """What a step declared; :class:`ScriptError` if it is not one."""
    spec = getattr(step, "__segue_step__", None)
    if not isinstance(spec, StepSpec):
        raise ScriptError(f"{step.__qualname__} is not a step: decorate it with @reads() or @effect()")
    return spec


def idempotency_key() -> str:
    """The key of the running effect: case, step and attempt. The same on every try, in every run."""
    rehearsed = rehearsed_key.get()
    if rehearsed is not None:
        return rehearsed
    info = activity.info()
    return f"{info.workflow_id}/{info.activity_id}"

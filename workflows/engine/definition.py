"""What a moment script may not do, found when it is defined and not when a customer is in it."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from activities.step import StepSpec
from models.errors import ScriptError

_UNCERTAIN_CALLS = {"now", "utcnow", "random", "randint", "choice", "uuid4", "uuid1", "time", "monotonic"}
_UNCERTAIN_MODULES = {"random", "uuid", "time", "datetime", "secrets"}
_EVERYTHING = {"BaseException", "CancelledError"}
_VERBS = {"ask", "offer", "confirm", "reject", "tell", "do", "wait_for", "verify", "hand_over", "each"}


def check(moment: type[Any]) -> None:
    """Raise :class:`ScriptError` where the moment's script, or a method beside it, breaks a rule of the engine."""
    scope = vars(sys.modules[moment.__module__])
    for method in _methods(moment):
        source = textwrap.dedent(inspect.getsource(method))
        for node in ast.walk(ast.parse(source)):
            _check_node(moment.__name__, node, scope)


def _methods(moment: type[Any]) -> Iterator[Callable[..., Any]]:
    """The functions that the class itself brings along, whatever they are wrapped in."""
    for member in moment.__dict__.values():
        function = getattr(member, "__func__", getattr(member, "fget", member))
        if inspect.isfunction(function):
            yield function


def _check_node(name: str, node: ast.AST, scope: dict[str, Any]) -> None:
    if isinstance(node, ast.While):
        raise ScriptError(f"{name}: no loops around questions; use reject() or each() (line {node.lineno})")
    if isinstance(node, ast.Try):
        _check_try(name, node)
    if isinstance(node, ast.Call):
        _check_call(name, node, scope)


def _check_call(name: str, node: ast.Call, scope: dict[str, Any]) -> None:
    own = isinstance(node.func, ast.Attribute) and _is_self(node.func.value)
    called = _last_name(node.func)
    if own and called == "do":
        _check_do(name, node, scope)
    elif called in _UNCERTAIN_CALLS and not own and _is_foreign(node.func, scope):
        raise ScriptError(f"{name}: {called}() differs on a re-run; use today() or a step (line {node.lineno})")


def _check_try(name: str, node: ast.Try) -> None:
    for handler in node.handlers:
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(kind is None or _last_name(kind) in _EVERYTHING for kind in caught):
            raise ScriptError(f"{name}: a script never catches everything (line {handler.lineno})")
    for statement in node.finalbody:
        for inner in ast.walk(statement):
            if isinstance(inner, ast.Attribute) and inner.attr in _VERBS and _is_self(inner.value):
                raise ScriptError(
                    f"{name}: no verbs in finally: it also runs when the case only moves (line {inner.lineno})"
                )


def _check_do(name: str, node: ast.Call, scope: dict[str, Any]) -> None:
    spec = _step(node.args[0], scope) if node.args else None
    given = {keyword.arg for keyword in node.keywords}
    if spec is not None and not spec.reads and not given & {"undo", "final"}:
        raise ScriptError(f"{name}: {spec.name} has an effect: give it undo=… or final=True (line {node.lineno})")


def _step(node: ast.expr, scope: dict[str, Any]) -> StepSpec | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        spec = getattr(getattr(scope.get(node.value.id), node.attr, None), "__segue_step__", None)
        return spec if isinstance(spec, StepSpec) else None
    return None


def _is_foreign(node: ast.expr, scope: dict[str, Any]) -> bool:
    # A bare name may be a function of the script's own.
    return (
        isinstance(node, ast.Attribute)
        or getattr(scope.get(_last_name(node)), "__module__", None) in _UNCERTAIN_MODULES
    )


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"

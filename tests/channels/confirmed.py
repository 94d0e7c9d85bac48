"""What a moment's script has confirmed, by name: keywords, the keys of a dict, or what a model's ``shown`` gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def confirmed(script: ast.ClassDef, modules: list[ast.Module]) -> set[str]:
    """The names of all values that any ``confirm`` of the script reads back."""
    return {name for method in _functions(script) for name in _in_method(method, modules)}


def _in_method(method: ast.AST, modules: list[ast.Module]) -> Iterator[str]:
    for call in (node for node in ast.walk(method) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "confirm":
            for keyword in call.keywords:
                yield from [keyword.arg] if keyword.arg else _spread(keyword.value, method, modules)


def _spread(value: ast.expr, method: ast.AST, modules: list[ast.Module]) -> Iterator[str]:
    """What ``**terms`` or ``**order.shown()`` stands for."""
    if isinstance(value, ast.Name):
        yield from _keys(_assigned(method, value.id))
    elif (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and isinstance(value.func.value, ast.Name)
    ):
        kind = _kind(_assigned(method, value.func.value.id), modules)
        for shown in (
            f for c in _classes(modules) if c.name == kind for f in _functions(c) if f.name == value.func.attr
        ):
            for returned in (node for node in ast.walk(shown) if isinstance(node, ast.Return)):
                yield from _keys(returned.value)


def _kind(made: ast.expr | None, modules: list[ast.Module]) -> str:
    """The class of what is assigned: called by its name, or what a step gives back."""
    made = made.value if isinstance(made, ast.Await) else made
    if not isinstance(made, ast.Call):
        return ""
    if isinstance(made.func, ast.Name):
        return made.func.id
    step = made.args[0]
    assert isinstance(step, ast.Attribute)
    assert isinstance(step.value, ast.Name)
    actors = (each for each in _classes(modules) if each.name == step.value.id)
    return next(
        ast.unparse(f.returns) for each in actors for f in _functions(each) if f.name == step.attr and f.returns
    )


def _assigned(method: ast.AST, name: str) -> ast.expr | None:
    assigns = (node for node in ast.walk(method) if isinstance(node, ast.Assign))
    return next((a.value for a in assigns for t in a.targets if isinstance(t, ast.Name) and t.id == name), None)


def _keys(value: ast.expr | None) -> Iterator[str]:
    if isinstance(value, ast.Dict):
        yield from (key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _functions(within: ast.ClassDef) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in within.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _classes(modules: list[ast.Module]) -> Iterator[ast.ClassDef]:
    return (node for module in modules for node in module.body if isinstance(node, ast.ClassDef))

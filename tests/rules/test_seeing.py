"""What watches Segue names what there is: alert rules, the dashboard, and the words that explain each alert."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

import gateway.metrics
from activities.outcomes import METRIC

ROOT = Path(__file__).parents[2]
ALERTS, BOARD = ROOT / "deploy/prometheus/alerts.yml", ROOT / "deploy/grafana/segue.json"
# What Temporal's own library serves beside a worker, as its documentation lists it.
LIBRARY = {"temporal_workflow_task_execution_failed_total"}
NAME = re.compile(r"\b((?:segue|temporal)_[a-z_]+)\b(?!\s*=)")


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(BOARD.read_text())["panels"]
    return found


def there() -> set[str]:
    """Every series that a server or a worker serves."""
    assert gateway.metrics
    names = {f"{METRIC}_total", *LIBRARY}
    for family in REGISTRY.collect():
        ends = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(family.type, ("",))
        names |= {family.name + end for end in ends}
    return names


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_asks_for_what_there_is_and_is_explained(rule: dict[str, Any]) -> None:
    assert set(NAME.findall(rule["expr"])) <= there()
    assert rule["labels"]["severity"] in {"page", "ticket"}
    book = (ROOT / "docs/operations.md").read_text()
    assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
    assert re.search(rf"^#### {rule['alert']}$", book, re.MULTILINE)
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_the_dashboard_shows_what_there_is_and_all_of_it() -> None:
    asked = [target["expr"] for panel in panels() for target in panel.get("targets", ())]
    shown = {name for expr in asked for name in NAME.findall(expr)}
    assert shown <= there()
    ours = {name.removesuffix("_total").removesuffix("_bucket") for name in there() if name.startswith("segue_")}
    ours = {name.removesuffix("_sum").removesuffix("_count") for name in ours}
    assert {name for name in ours if not any(each.startswith(name) for each in shown)} == set()


def test_the_dashboard_fits_on_its_grid() -> None:
    for panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_no_label_could_hold_a_person() -> None:
    metrics = (each for each in vars(gateway.metrics).values() if hasattr(each, "_labelnames"))
    labels = {label for metric in metrics for label in metric._labelnames}
    assert labels <= {"channel", "stage", "kind", "outcome", "to", "moment", "status", "state", "part"}

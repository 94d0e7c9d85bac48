"""What every test shares: a clean environment and one way to run Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import expect

from switchboard.languages import warm

ROOT = Path(__file__).resolve().parent.parent

# Hypothesis itself picks its "ci" profile where CI is set: the same examples in every run. No profile has a deadline:
# a slow machine is not a fault.
hypothesis.settings.register_profile(
    "segue", hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()), deadline=None
)
hypothesis.settings.load_profile("segue")

# Nor is a slow page: what is waited for comes, or it does not.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session", autouse=True)
def warmed() -> None:
    """As a server is before it takes its first message."""
    warm()


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """No setting of the developer's own machine reaches a test: real accounts stay out of reach."""
    names = [line.lstrip("# ").partition("=")[0] for line in (ROOT / ".env.example").read_text("utf-8").splitlines()]
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            if name.isupper():
                patch.delenv(name, raising=False)
        yield

"""What tests of several folders need."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parents[1]

# How long an example takes depends on what else the machine does. In CI the examples are the same each time: a change
# fails for its own faults; elsewhere they are new ones, and find what nobody thought of.
settings.register_profile(
    "citekit", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("citekit")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the working copy."""
    return CHECKOUT


@pytest.fixture(scope="session")
def works() -> dict[str, dict[str, Any]]:
    """Real works of many types, as their title pages say, by their ids; add yours to the file."""
    listed = json.loads((CHECKOUT / "tests" / "styles" / "library.json").read_text(encoding="utf-8"))
    return {work["id"]: work for work in listed}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold documents and scorers that is kept beside the checkout, or at CITEKIT_SHARED."""
    folder = Path(os.environ.get("CITEKIT_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no gold documents at {folder}; set CITEKIT_SHARED to their folder")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has a group of its own is long (the wheel, the trial of all patterns), and begins first."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)

"""Figures once reached are held: on the annotated documents beside the checkout, and in the rule itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import ROOT, shared_folder
from benchmarks.floors import breaches, raised, read_floors, write_floors

figures = st.dictionaries(
    st.sampled_from(["seeds/a", "dev/b"]),
    st.dictionaries(st.sampled_from(["notes", "works", "wrong"]), st.floats(0, 1), min_size=1),
)


def test_the_figures_reached_on_annotated_documents_are_held() -> None:
    if shared_folder() is None:
        pytest.skip("no annotated documents: neither CITEKIT_SHARED nor ../shared beside the checkout has them")
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.accuracy", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_figure_below_its_floor_is_named() -> None:
    assert breaches({"dev/b": {"notes": 0.9}}, {"dev/b": {"notes": 0.8999}}) == [
        "dev/b: notes is 0.8999, below its floor 0.900"
    ]


def test_wrong_links_have_a_ceiling() -> None:
    assert breaches({"dev/b": {"wrong": 0.05}}, {"dev/b": {"wrong": 0.06}}) == [
        "dev/b: wrong is 0.0600, above its ceiling 0.050"
    ]
    assert raised({"dev/b": {"wrong": 0.05}}, {"dev/b": {"wrong": 0.0201}}) == {"dev/b": {"wrong": 0.021}}


def test_a_row_that_was_not_measured_breaks_nothing() -> None:
    assert breaches({"dev/b": {"notes": 0.9}}, {}) == []


@given(figures, figures)
def test_what_was_just_reached_holds_the_floors_that_it_raised(earlier: dict, later: dict) -> None:
    floors = raised(raised({}, earlier), later)
    assert breaches(raised({}, later), later) == []
    for row, measures in raised({}, earlier).items():
        for measure, floor in measures.items():
            now = floors[row][measure]
            assert now <= floor if measure == "wrong" else now >= floor


@given(figures)
def test_floors_come_back_from_their_file(tmp_path_factory: pytest.TempPathFactory, reached: dict) -> None:
    path = Path(tmp_path_factory.mktemp("floors")) / "floors.toml"
    floors = raised({}, reached)
    write_floors(path, floors)
    assert read_floors(path) == floors

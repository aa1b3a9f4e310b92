"""What each kind of evidence is worth: a table that a person can read.

A weight is a log-odds, added for full evidence; evidence has a strength from 0 to 1. Evidence that speaks against has
a negative weight. The sum with `prior` gives the probability by the logistic function.

`EXPECTED` is what a bibliographer would say; `learned.toml` is what labelled pairs make of it (`python -m
benchmarks.weights`): they move a weight as far as they are many, never across nought.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from types import MappingProxyType

__all__ = ["EXPECTED", "ORDERED", "SAME", "WEIGHTS"]

SAME = 0.5
"""The probability from which two records count as one work. Weights are set so that this is already careful."""

EXPECTED = MappingProxyType({
    "prior": -5.0,  # of two records that share a blocking key, few are the same
    "title-specific": 6.0,  # same title, long enough that two works hardly share it
    "title-plain": 4.5,
    "title-brief": 2.5,  # one word that means something
    "title-generic": 1.0,  # "Introduction", "Werke"
    "title-shortened": 4.0,  # main title without subtitle, title cut with "…", two words or more
    "title-keyword": 1.5,  # one word out of the title
    "title-misprint": 4.5,  # nearly the same words; full strength at complete likeness
    "title-continued": -1.5,  # the other goes on without a subtitle, though both are cited in full
    "title-reworded": -0.5,  # nearly the same words, but one that is no misprint
    "title-unlike": -4.0,  # only met where an identifier keeps it from being a veto
    "people-same": 3.0,
    "people-compatible": 2.5,  # initials, et al., institution and acronym
    "people-partly": 0.5,
    "people-overlap": -1.0,  # some names of a list, not all
    "people-unlike": -3.0,
    "author-as-container": 1.5,  # "Encyclopaedia X" as author here, as container there
    "date-same": 1.5,
    "date-near": -1.0,
    "date-unlike": -4.0,
    "container-same": 1.5,
    "container-unlike": -1.5,
    "entry-same": 2.0,  # a heading of a work of reference, where nobody signs it
    "publisher-same": 0.7,
    "publisher-unlike": -0.3,
    "volume-same": 1.0,
    "volume-unlike": -2.5,
    "part-missing": -3.0,  # a first part is seldom called so before there is a second
    "issue-same": 0.5,
    "issue-unlike": -1.0,
    "issue-alone": 7.0,  # nothing but the newspaper and its day is there to compare
    "pages-same": 3.0,
    "pages-touch": 1.5,
    "pages-unlike": -2.0,
    "doi-same": 9.0,
    "isbn-same": 5.0,
    "url-same": 4.0,
    "url-alone": 7.0,  # nothing but the address is there to compare
    "url-unlike": -0.5,
    "number-same": 3.0,
    "shelfmark-same": 4.0,
    "shelfmark-alone": 7.0,  # nothing but the place in the archive is there to compare
})  # fmt: skip

ORDERED = (
    ("title-specific", "title-plain", "title-brief", "title-generic", "title-unlike"),
    ("title-specific", "title-shortened", "title-keyword"),
    ("people-same", "people-compatible", "people-partly", "people-overlap", "people-unlike"),
    ("date-same", "date-near", "date-unlike"),
    ("pages-same", "pages-touch", "pages-unlike"),
)
"""Kinds of evidence of which each is worth as much as the next one at least, whatever pairs say."""


def _learned() -> dict[str, float]:
    text = (files(__package__) / "learned.toml").read_text("utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


WEIGHTS = MappingProxyType({**EXPECTED, **_learned()})
"""The weights in use."""

"""Works in a few words, as lists and messages name them."""

from __future__ import annotations

import pytest

from citekit.wording import reference


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"author": [{"family": "Weber", "given": "Max"}], "title": "Economy"}, "Weber, Max, Economy"),
        ({"archive": "TNA", "archive_location": "FO 371/21040"}, "TNA, FO 371/21040"),
        ({"archive": "TNA", "archive_location": "FO 371/21040", "title": "Eden to Henderson"}, "Eden to Henderson"),
        ({"container-title": "Le Temps", "archive": "BnF"}, "in Le Temps"),
        ({}, "(untitled)"),
    ],
)
def test_a_work_is_named_by_what_is_known_of_it(item: dict[str, object], words: str) -> None:
    assert reference(item) == words

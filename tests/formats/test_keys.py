"""Citation keys, as a historian would type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.formats.keys import LONGEST, citation_key, unique_key


def item(family, year, title, **more):
    return {"author": [{"family": family}], "issued": {"date-parts": [[year]]}, "title": title, **more}


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (item("Yang", 2007, "Mubei: Zhongguo liushi niandai"), "yang2007mubei"),
        (item("杨", 2008, "墓碑：中国六十年代大饥荒纪实"), "yang2008mubei"),
        (item("Пушкин", 1833, "История Пугачева"), "pushkin1833istoriya"),
        (item("Müller", 1900, "Über die Straße"), "muller1900strasse"),
        (item("Croce", 1911, "La filosofia di Giambattista Vico"), "croce1911filosofia"),
        (item("Febvre", 1942, "L'incroyance au XVIe siècle"), "febvre1942incroyance"),
        (item("von Kahler", 1920, "Der Beruf der Wissenschaft"), "vonkahler1920beruf"),
        (item("Orwell", 1949, "1984"), "orwell19491984"),
        ({"author": [{"family": "Kahler", "non-dropping-particle": "von"}], "title": "Beruf"}, "vonkahlerberuf"),
        ({"author": [{"family": "Beethoven", "dropping-particle": "van"}], "title": "Briefe"}, "beethovenbriefe"),
        ({"author": [{"literal": "Central Intelligence Agency"}], "title": "The Sino-Soviet Dispute"}, "ciasino"),
        ({"author": [{"literal": "Xinhua"}], "title": "News"}, "xinhuanews"),
        ({"editor": [{"family": "Weber"}], "title": "Of the"}, "weberof"),
        ({"title": "China: A Country Study", "issued": "1987"}, "china1987country"),
        ({"title": "Tibet", "issued": {"raw": "um 1790"}}, "tibet1790"),
        ({"title": "Data", "accessed": {"date-parts": [[2009]]}, "URL": "http://example.org"}, "data"),
        ({"URL": "http://app.finance.ifeng.com/data/mac/year_idx.php?type=001"}, "ifengdata"),
        ({"URL": "https://www.example.co.uk/2009/10/the-famine/"}, "examplefamine"),
        ({"URL": "http://[broken"}, "work"),
        ({}, "work"),
    ],
)
def test_key(item, key):
    assert citation_key(item) == key


@given(st.dictionaries(st.sampled_from(["title", "URL", "container-title"]), st.text()), st.text())
def test_every_key_is_short_ascii_and_stable(texts, family):
    item = {**texts, "author": [{"family": family}]}
    key = citation_key(item)
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()
    assert 1 <= len(key) <= LONGEST
    assert citation_key(dict(reversed(item.items()))) == key


def test_unique_key_counts_like_columns():
    taken: set[str] = set()
    for _ in range(54):
        taken.add(unique_key("weber1922", taken))
    assert {"weber1922", "weber1922a", "weber1922z", "weber1922aa", "weber1922az", "weber1922ba"} <= taken
    assert len(taken) == 54

"""Citation keys, as a historian would type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.formats.keys import LONGEST, citation_key, is_writable, unique_key


def item(family, year, title, **more):
    return {"author": [{"family": family}], "issued": {"date-parts": [[year]]}, "title": title, **more}


def held(archive, shelfmark, year=None):
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    return {"archive": archive, "archive_location": shelfmark, **issued}


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
        ({"container-title": "The Times", "issued": {"date-parts": [[1848, 3, 5]]}}, "times18480305"),
        ({"container-title": "Le Monde", "issued": "1948"}, "monde1948"),
        (held("The National Archives, Kew (TNA)", "HO 45/1234, Report on the riots", 1848), "tna1848ho45-1234"),
        (held("Archives départementales du Rhône", "4 M 234, rapport du préfet", 1834), "adr1834-4m234"),
        (held("Archives départementales (Rhône)", "4 M 234"), "adr4m234"),
        (held("AN", "F/7/3681"), "anf7-3681"),
        (held("Bundesarchiv Berlin", "R 43/1234"), "bundesarchivberlinr43-1234"),
        (held("Archivio di Stato di Firenze", "Prefettura, b. 14, fasc. 3", 1898), "asf1898prefetturab14fasc3"),
        (held("ACS", "Ministero dell’Interno, Gabinetto, b. 12, fasc. 3"), "acsminintgabb12fas3"),
        (held("РГАДА", "Ф. 210. Оп. 12. Д. 345"), "rgadaf210op12d345"),
        (held("中国第二历史档案馆", "全宗号 1"), "zhongguodierlishidquanzonghao1"),
        ({"archive_location": "Ms. lat. 1234v"}, "mslat1234v"),
        ({"title": "Ratsprotokoll", **held("Stadtarchiv Freiburg (StadtAF)", "C 1", 1848)}, "ratsprotokoll1848stadtaf"),
        ({"author": [{"family": "Gray"}], **held("Ashcombe Papers", "box 5")}, "graybox5"),
        ({"authority": "Bundesgerichtshof", "number": "VI ZR 12/98"}, "bundesgerichtshofvizr12-98"),
        ({"genre": "Interview"}, "interview"),
        ({"issued": {"date-parts": [[1868]]}}, "work1868"),
        ({"title": "1984", "issued": "1949"}, "work19841949"),
    ],
)
def test_key(item, key):
    assert citation_key(item) == key


@pytest.mark.parametrize(("one", "other"), [("HO 45/1234", "HO 451/234"), ("b. 1, fasc. 23", "b. 12, fasc. 3")])
def test_two_shelfmarks_have_two_keys(one, other):
    assert citation_key(held("TNA", one)) != citation_key(held("TNA", other))


_HELD = ["archive", "archive_location", "call-number", "authority", "number", "genre", "issued"]


@given(st.dictionaries(st.sampled_from(_HELD), st.text()))
def test_every_key_of_a_document_in_an_archive_is_short_and_writable(texts):
    key = citation_key(texts)
    assert is_writable(key)
    assert key == key.lower()
    assert 1 <= len(key) <= LONGEST


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

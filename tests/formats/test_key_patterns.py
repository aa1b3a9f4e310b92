"""Keys by patterns, as the manuals of JabRef and Better BibTeX show them, and in other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.errors import FormatError
from citekit.formats.key_patterns import KeyPattern, keys_by_pattern
from citekit.formats.keys import is_writable

PAPER = {
    "id": "paper",
    "type": "article-journal",
    "title": "An awesome paper on JabRef",
    "author": [
        {"family": "Newton", "given": "Isaac"},
        {"family": "Maxwell", "given": "James"},
        {"family": "Einstein", "given": "Albert"},
    ],
    "issued": {"date-parts": [[2020, 3, 5]]},
    "page": "7,41,73--97",
    "container-title": "Journal of Fish Biology",
    "keyword": "optics; field theory, light",
}


def work(family, title, year=None, **more):
    return {"author": [{"family": family}], "title": title, "issued": {"date-parts": [[year]]} if year else {}, **more}


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        # JabRef's manual, "Customize the citation key generator"
        ("[auth][year]", "Newton2020"),
        ("[auth.etal]", "Newton.etal"),
        ("[authEtAl]", "NewtonEtAl"),
        ("[auth.auth.ea]", "Newton.Maxwell.ea"),
        ("[authors]", "NewtonMaxwellEinstein"),
        ("[authors2]", "NewtonMaxwellEtAl"),
        ("[authorLast]", "Einstein"),
        ("[authForeIni][authorLastForeIni]", "IA"),
        ("[authorIni]", "NewtoME"),
        ("[auth3]", "New"),
        ("[auth3_2]", "Max"),
        ("[authIni7]", "NewMaEi"),
        ("[authshort]", "NME"),
        ("[pureauth:lower]", "newton"),
        ("[title]", "AnAwesomePaperonJabref"),
        ("[fulltitle]", "AnawesomepaperonJabRef"),
        ("[camel]", "AnAwesomePaperOnJabref"),
        ("[shorttitle]", "AwesomePaperJabref"),
        ("[shorttitleINI]", "APJ"),
        ("[veryshorttitle]", "Awesome"),
        ("demo[fulltitle:abbr]", "demoAapoJ"),
        ("[title:abbr]", "AAPoJ"),
        ("[camel:abbr]", "AAPOJ"),
        ("[journal:abbr]", "JoFB"),
        ("[auth]:[volume:(unknown)]", "Newton:unknown"),
        ('[auth.etal:regex("\\\\.etal","EtAl")]', "NewtonEtAl"),
        ("[fulltitle:truncate9]", "Anawesom"),
        ("[month][shortyear]", "March20"),
        ("[auth][firstpage]-[lastpage]", "Newton7-97"),
        ("[keyword2]", "fieldtheory"),
        ("[entrytype]", "Article"),
        # Better BibTeX's, "Formulas"
        ("auth.lower + shorttitle(3,3) + year", "newtonAwesomePaperJabRef2020"),
        ("auth.lower + shorttitle(3, 3) + year", "newtonAwesomePaperJabRef2020"),
        ("auth(n=3, m=2) + '-' + year", "Max-2020"),
        ("authors(2).lower + '_' + year", "newtonmaxwelletal_2020"),
        ("auth.len('>', 20) + year | title.abbr.lower", "aapoj"),
        ("publicationTitle.select(1, 1) + year", "Journal2020"),
        ("volume.prefix('v') + auth", "Newton"),
        ("title.skipwords.condense('_')", "Awesome_Paper_JabRef"),
    ],
)
def test_as_the_manuals_show(pattern, key):
    assert KeyPattern.read(pattern).key(PAPER) == key


@pytest.mark.parametrize(
    ("item", "pattern", "key"),
    [
        (work("曾", "重庆大学学报的历史", 1999), "auth.lower + year + shorttitle(2)", "zeng1999chongqingdaxue"),
        (work("Пушкин", "История Пугачева", 1833), "[auth:lower][year]", "pushkin1833"),
        (work("Müller", "Über die Straße", 1900), "[auth][shorttitle]", "MullerStrasse"),
        (work("Croce", "La filosofia di Vico", 1911), "[veryshorttitle:lower][year]", "filosofia1911"),
        (work("Ranke", "Päpste", author=[{"family": "Ranke", "non-dropping-particle": "von"}]), "[auth]", "Ranke"),
        (
            work("", "Päpste", author=[{"family": "Ranke", "non-dropping-particle": "von"}]),
            "[authFirstFull]",
            "vonRanke",
        ),
        ({"author": [{"literal": "Central Intelligence Agency"}]}, "[auth:lower]", "cia"),
        ({"editor": [{"family": "Febvre"}], "title": "Mélanges"}, "[auth][edtr]", "FebvreFebvre"),
        ({"editor": [{"family": "Febvre"}], "title": "Mélanges"}, "[pureauth][veryshorttitle]", "Melanges"),
        ({"author": [{"family": "Bloch"}, {"literal": "et al."}], "title": "x"}, "[authors]", "BlochEtAl"),
        ({"title": "Tibet", "issued": {"raw": "um 1790"}}, "[year][veryshorttitle]", "1790Tibet"),
        # what gives too little is made as without a pattern
        ({"title": "China: A Country Study", "issued": "1987"}, "[auth][year]", "china1987country"),
        ({}, "[auth]", "work"),
    ],
)
def test_in_every_script_and_with_little(item, pattern, key):
    assert KeyPattern.read(pattern).key(item) == key


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "empty"),
        ("[auth", "colon or ]"),
        ("auth]", "\\+ or \\|"),
        ("[auth]]", "not begun"),
        ("auth +", "name of a function"),
        ("auth year", "\\+ or \\|"),
        ("[auth:foo]", "no filter"),
        ("shorttitel", "did you mean shorttitle"),
        ("auth('x')", "no number"),
        ("year(3)", "takes no arguments"),
        ('[auth:regex("(","")]', "no regular expression"),
        ("'open", "closing ' is missing"),
        ("[" * 1_001, "at most"),
    ],
)
def test_what_is_no_pattern_is_told(pattern, problem):
    with pytest.raises(FormatError, match=problem):
        KeyPattern.read(pattern)


@given(st.text(max_size=60))
def test_any_text_is_a_pattern_or_refused(text):
    try:
        pattern = KeyPattern.read(text)
    except FormatError:
        return
    assert is_writable(pattern.key(PAPER))


@given(
    st.fixed_dictionaries(
        {}, optional={"title": st.text(), "publisher": st.text(), "page": st.text(), "keyword": st.text()}
    ),
    st.text(),
    st.sampled_from(
        ["[authors][title]", "[publisher:upper][page]", "title + keyword(2)", "auth(3) + shorttitle(3, 3)"]
    ),
)
def test_every_key_can_be_written(texts, family, source):
    key = KeyPattern.read(source).key({**texts, "author": [{"family": family}]})
    assert is_writable(key)
    assert len(key) <= 100


@given(st.lists(st.sampled_from(["Levi", "levi", "Eco", "Fanon"]), min_size=1, max_size=12), st.integers(0, 11))
def test_works_that_come_later_change_no_key(families, cut):
    pattern = KeyPattern.read("[auth]")
    items = [work(family, "x", id=str(number)) for number, family in enumerate(families)]
    keys = keys_by_pattern(items, pattern)
    assert len({key.lower() for key in keys.values()}) == len(items)
    earlier = keys_by_pattern(items[: cut + 1], pattern)
    assert earlier == {name: keys[name] for name in earlier}


def test_a_pinned_key_stays_and_is_given_to_no_other():
    items = [work("Levi", "x", id="a"), work("Levi", "y", id="b"), work("Levi", "z", id="c")]
    keys = keys_by_pattern(items, KeyPattern.read("[auth:lower]"), {"c": "LEVI"})
    assert keys == {"a": "levia", "b": "levib", "c": "LEVI"}

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.matching import name_similarity, same_people
from citekit.matching.romanisation import pinyin
from tests.matching.matching_cases import person

SAME = [
    ("MacCULLOCH, Diarmaid", "MacCulloch, Diarmaid"),
    ("陈, 寅恪", "Chen, Yinke"),
    ("{陈寅恪}", "Chen, Yinke"),
    ("{Eric J. Hobsbawm}", "Hobsbawm, Eric J."),
    ("{Hobsbawm, Eric J.}", "Hobsbawm, Eric J."),
    ("{Chen Yinke}", "Chen, Yinke"),
    ("Chou, En-lai", "Zhou, Enlai"),
    ("Deng, Hsiao-p'ing", "Deng, Xiaoping"),
    ("Humboldt, Wilhelm von", "von Humboldt, Wilhelm"),
    ("YANG 杨, Jisheng", "Yang, Jisheng"),
]
COMPATIBLE = [
    ("Hobsbawm, E. J.", "Hobsbawm, Eric John"),
    ("Hobsbawm, EJ", "Hobsbawm, Eric"),
    ("Hobsbawm", "Hobsbawm, Eric"),
    ("Mommsen, Th.", "Mommsen, Theodor"),
    ("Mueller, Karl", "Müller, K."),
    ("{FAO}", "{Food and Agriculture Organization}"),
    ("Ключевский, Василий", "Kliuchevskii, Vasilii"),
]
OTHERS = [
    ("Mann, Heinrich", "Mann, Thomas"),
    ("Mann, H.", "Mann, T."),
    ("Li, Wei", "Lin, Wei"),
    ("{World Bank}", "{FAO}"),
    ("Wang, Lin", "Wang, Min"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_name(a: str, b: str) -> None:
    assert name_similarity(person(a), person(b)) == pytest.approx(1.0)


@pytest.mark.parametrize(("a", "b"), COMPATIBLE)
def test_compatible_names(a: str, b: str) -> None:
    assert 0.8 <= name_similarity(person(a), person(b)) < 1.0


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_other_people(a: str, b: str) -> None:
    assert name_similarity(person(a), person(b)) == 0.0


def test_readings_of_kanji_cannot_be_told() -> None:
    assert name_similarity(person("夏目, 漱石"), person("Natsume, Sōseki")) == 0.5


def people(*printed: str) -> list[dict[str, str]]:
    return [person(name) for name in printed]


def test_lists_of_names() -> None:
    three = people("Fogel, Robert W.", "Engerman, Stanley L.", "Floud, Roderick")
    assert same_people(three, three) == 1.0
    assert same_people(three, people("Fogel, R.", "{et al.}")) >= 0.85
    assert same_people(three, people("Fogel, Robert W.")) >= 0.85
    assert same_people(three, list(reversed(three))) >= 0.9
    assert same_people(three, people("Fogel, Robert W.", "North, Douglass")) < 0.5
    assert same_people(three, people("North, Douglass")) == 0.0
    assert same_people(three, []) == 0.5


def test_a_list_in_one_string() -> None:
    assert (
        same_people(
            people("{R. W. Fogel, S. L. Engerman and R. Floud}"), people("{Fogel, R., Engerman, S. & Floud, R.}")
        )
        >= 0.85
    )


NAMES = st.fixed_dictionaries({}, optional={name: st.text(max_size=12) for name in ("family", "given", "literal")})


@given(NAMES, NAMES)
def test_names_compare_alike_from_both_sides(a: dict[str, str], b: dict[str, str]) -> None:
    score = name_similarity(a, b)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(name_similarity(b, a))


@pytest.mark.parametrize(
    ("wade_giles", "expected"),
    [
        ("tse-tung", "zedong"),
        ("en-lai", "enlai"),
        ("hsiao-p'ing", "xiaoping"),
        ("chung-kuo", "zhongguo"),
        ("ssu-ma", "sima"),
        ("ch'ing-chih", "qingzhi"),
        ("part-time", "part-time"),
        ("hsiao", "hsiao"),
    ],
)
def test_wade_giles(wade_giles: str, expected: str) -> None:
    assert pinyin(wade_giles) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dostoevskij", "Dostoyevsky"),
        ("Čexov", "Chekhov"),
        ("Čajkovskij", "Tschaikowski"),
        ("Solženicyn", "Solzhenitsyn"),
    ],
)
def test_a_slavic_name_in_two_romanisations(one: str, other: str) -> None:
    assert name_similarity({"family": one, "given": "A."}, {"family": other, "given": "A."}) >= 0.75


@pytest.mark.parametrize(
    ("one", "other"), [("John", "Joan"), ("Rolf", "Ralph"), ("Mario", "Maria"), ("Louis", "Louise"), ("Paul", "Paula")]
)
def test_given_names_that_are_two(one: str, other: str) -> None:
    assert name_similarity({"family": "Munk", "given": one}, {"family": "Munk", "given": other}) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hans", "Johannes"), ("Bill", "William"), ("Mathias", "Matthias"), ("Karl", "Carl"), ("Jurij", "Yuri")],
)
def test_given_names_that_are_one(one: str, other: str) -> None:
    assert name_similarity({"family": "Munk", "given": one}, {"family": "Munk", "given": other}) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grey, Charles C.", "Grey, C. C."),
        ("Bach, Johann J.", "Bach, J. J."),
        ("Rossi, Anna A.", "Rossi, A. A."),
        ("Петров, Иван И.", "Петров, И. И."),
        ("Ruiz, Pedro P. Luis", "Ruiz, P. P. L."),
    ],
)
def test_initials_where_one_of_two_names_is_an_initial_itself(one: str, other: str) -> None:
    assert name_similarity(person(one), person(other)) >= 0.85


@pytest.mark.parametrize(("one", "other"), [("Grey, Charles C.", "Grey, C. D."), ("Grey, Charles C.", "Grey, D. C.")])
def test_initials_that_are_another_persons(one: str, other: str) -> None:
    assert name_similarity(person(one), person(other)) == 0.0

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.matching import title_similarity
from citekit.matching.titles import is_generic, parse_title

SAME = [
    ("*The Cheese and the Worms*", "Cheese and the worms"),
    ("Römische Geschichte", "ROMISCHE GESCHICHTE"),
    ("L’Ancien Régime et la Révolution", "Ancien régime et la révolution"),
    ("Die Straße nach Rom", "Die Strasse nach Rom"),
    ("Contested Commons, 1958–60", "Contested commons, 1958-1960"),
    ("唐代政治史述论稿", "Tangdai zhengzhi shi shulun gao"),
    ("唐代政治史述論稿", "唐代政治史述论稿"),
    ("Speeches of Mao Tse-tung", "Speeches of Mao Zedong"),
    ("Science and Civilisation 2: Scientific Thought", "Science and Civilisation, vol. II, Scientific Thought"),
]
SHORTENED = [
    ("The Making…", "The Making of the English Working Class"),
    ("The Making of the English", "The Making of the English Working Class"),
    ("Peasant Life in China", "Peasant Life in China: A Field Study"),
    ("A Field Study of Country Life", "Peasant Life in China: A Field Study of Country Life"),
    ("Tangdai zhengzhi…", "唐代政治史述论稿"),
    ("La Méditerr...", "La Méditerranée et le monde méditerranéen"),
    ("Origins", "The Origins of Political Order"),
]
SINGLED_OUT = [
    ("Enclosure", "Commons and Enclosure"),
    ("Working Class", "The Making of the English Working Class"),
    ("The Rise of the Gentery", "The Rise of the Gentry"),
]
OTHERS = [
    ("World Labour Report 1992", "World Labour Report 1993"),
    ("The Norman Yoke, Part I", "The Norman Yoke, Part II"),
    ("Die Päpste, Bd. 1", "Die Päpste, 2. Bd."),
    ("资本论 第二卷", "资本论 第三卷"),
    ("Bulletin of the Bureau of American Ethnology 30", "Bulletin of the Bureau of American Ethnology 143"),
    ("Schriften des Vereins für Socialpolitik 55", "Schriften des Vereins für Socialpolitik 152"),
    ("Сборник Русского исторического общества 12", "Сборник Русского исторического общества 126"),
    ("The Italian Renaissance", "The French Revolution"),
    ("Wages and Prices", "A History of Weather"),
    ("", "A History of Weather"),
]


@pytest.mark.parametrize(("short", "full"), SAME)
def test_the_same_title(short: str, full: str) -> None:
    assert title_similarity(short, full) == title_similarity(full, short) == 1.0


@pytest.mark.parametrize(("short", "full"), SHORTENED)
def test_a_proper_shortening(short: str, full: str) -> None:
    assert 0.9 <= title_similarity(short, full) < 1.0


@pytest.mark.parametrize(("short", "full"), SINGLED_OUT)
def test_words_that_single_a_title_out(short: str, full: str) -> None:
    assert 0.6 <= title_similarity(short, full) < 1.0


@pytest.mark.parametrize(("short", "full"), OTHERS)
def test_another_title(short: str, full: str) -> None:
    assert title_similarity(short, full) < 0.5
    assert title_similarity(full, short) < 0.5


@pytest.mark.parametrize(
    ("title", "volume", "part"),
    [
        ("The History of China: Volume 14. The Republic, Part 1: Emergence", "14", "1"),
        ("Geschichte der Päpste, Zweiter Theil", None, "2"),
        ("Notes on Salt, II", "2", None),
        ("Notes on Salt (3)", "3", None),
        ("盐业史（下）", "下", None),
        ("История соли. Часть первая", None, "1"),
        ("La storia, parte seconda", None, "2"),
        ("La seconda parte del secolo", None, None),
        ("Notes sur le sel (suite et fin)", None, "concluded"),
        ("Die Zollrollen. Fortsetzung", None, "continued"),
        ("The End of Salt: Conclusion", None, None),
        ("天下", None, None),
        ("Kaiser Friedrich (II)", None, None),
        ("Histoire de France, tome III", "3", None),
        ("Magyarország története, II. kötet", "2", None),
        ("Das Kapital II", "2", None),
        ("资本论 第二卷", "2", None),
        ("A vol d'oiseau", None, None),
        ("France in 1848", None, None),
        ("Geschichte der Philosophie 3. Die Neuzeit", "3", None),
        ("Storia della Chiesa XXI: Vaticano I", "21", None),
    ],
)
def test_volume_and_part_in_a_title(title: str, volume: str | None, part: str | None) -> None:
    parsed = parse_title(title)
    assert (parsed.volume, parsed.part) == (volume, part)


@pytest.mark.parametrize(
    "title",
    [
        "La Méditerranée et le monde méditerranéen à l’époque de Philippe II",
        "Die Außenpolitik Friedrichs II",
        "Il pontificato di Pio IX",
        "La España de Carlos V",
        "Panowanie Zygmunta III",
        "Мемуары Екатерины II",
        "The Age of Louis XIV: A Reader",
    ],
)
def test_a_rulers_ordinal_is_no_volume(title: str) -> None:
    parsed = parse_title(title)
    assert parsed.volume is None
    assert parsed.roman


@pytest.mark.parametrize(
    "title",
    [
        "Reden vom 1. Januar 1907",
        "Brief an den Rat, 12. März",
        "The Cities after September 11",
        "Paris, mai 68",
        "Storia d’Italia nel secolo XIX",
        "Historia de España en el siglo XX",
        "Geschichte des 19. Jahrhunderts",
        "A magyar nemesség a 19. században",
        "Dekret z 4. maja",
        "The Origins of World War II",
        "Les laïcs à Vatican II",
    ],
)
def test_a_day_a_century_a_war_or_a_council_is_no_volume(title: str) -> None:
    assert parse_title(title).volume is None


def test_two_rulers_of_one_name_are_two() -> None:
    assert title_similarity("Elizabeth I and Her Court", "Elizabeth II and Her Court") < 0.5
    assert title_similarity("Der Hof Karls V.", "Der Hof Karls VI.") < 0.5


COUNTERPARTS = [
    ("A Social History of Ireland", "A Social History of Iceland"),
    ("The Economic History of Austria", "The Economic History of Australia"),
    ("Eastern Europe and the Great War", "Western Europe and the Great War"),
    ("Studi sul Seicento italiano", "Studi sul Settecento italiano"),
    ("Immigration and the Northern City", "Emigration and the Northern City"),
    ("Histoire de l’Irlande au moyen âge", "Histoire de l’Islande au moyen âge"),
    ("Die Slowakei im Zweiten Weltkrieg", "Slowenien im Zweiten Weltkrieg"),
]


@pytest.mark.parametrize(("title", "counterpart"), COUNTERPARTS)
def test_a_word_is_no_misprint_of_its_counterpart(title: str, counterpart: str) -> None:
    assert title_similarity(title, counterpart) < 0.5
    assert title_similarity(counterpart, title) < 0.5


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("A Social History of Ireland", "A Social History of Irelamd"),
        ("Peasants in Rumania before the War", "Peasants in Romania before the War"),
        ("Colour and Labour in Turkey", "Color and Labor in Turkey"),
    ],
)
def test_a_misprint_or_an_older_spelling_is_no_counterpart(title: str, other: str) -> None:
    assert title_similarity(title, other) >= 0.6


CHINESE = [
    ("皇后與后土", "皇后与后土"),  # one simplified character for two: 後 and 后, 發 and 髮, 乾 and 幹
    ("清末以後的社會變遷", "清末以后的社会变迁"),
    ("頭髮與服飾史", "头发与服饰史"),
    ("中國經濟發展史", "中国经济发展史"),
    ("臺灣通史", "台湾通史"),
    ("台灣通史", "臺灣通史"),
    ("乾隆皇帝全傳", "乾隆皇帝全传"),
    ("乾燥地帶的農業史", "干燥地带的农业史"),
    ("幹部制度史", "干部制度史"),
    ("徵兵制度考", "征兵制度考"),
    ("復興與複製", "复兴与复制"),
    ("歷史與曆法", "历史与历法"),
    ("穀物與糧價", "谷物与粮价"),
    ("唐代政治史述論稿", "Tángdài zhèngzhì shǐ shùlùn gǎo"),  # pinyin with tones, in syllables, and Wade-Giles
    ("唐代政治史述論稿", "Tang dai zheng zhi shi shu lun gao"),
    ("唐代政治史述論稿", "T'ang-tai cheng-chih shih shu-lun kao"),
    ("重慶抗戰史", "Chongqing kangzhan shi"),  # characters of several readings
    ("長安史蹟考", "Chang'an shiji kao"),
    ("呂氏春秋校釋", "Lüshi chunqiu jiaoshi"),
]


@pytest.mark.parametrize(("title", "other"), CHINESE)
def test_chinese_titles_meet_in_other_characters_and_in_romanisation(title: str, other: str) -> None:
    assert title_similarity(title, other) >= 0.9
    assert title_similarity(other, title) >= 0.9


@pytest.mark.parametrize(
    ("title", "romanised"),
    [
        ("音樂史", "Yinyue shi"),
        ("中國銀行史", "Zhongguo yinhang shi"),
        ("會計史", "Kuaiji shi"),
        ("西藏史", "Xizang shi"),
    ],
)
def test_a_reading_that_the_context_decides_does_not_part_titles(title: str, romanised: str) -> None:
    assert 0.8 <= title_similarity(title, romanised) < 1.0


@pytest.mark.parametrize("title", ["Introduction", "Vorwort.", "Œuvres complètes", "Annual Report 1931", "后记", ""])
def test_generic_titles(title: str) -> None:
    assert is_generic(title)


@pytest.mark.parametrize("title", ["Introduction to Metaphysics", "Annual Report of the Bank of Prussia"])
def test_titles_that_say_more(title: str) -> None:
    assert not is_generic(title)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_likeness_is_a_number_from_0_to_1(short: str, full: str) -> None:
    assert 0.0 <= title_similarity(short, full) <= 1.0


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lo", "Nd", "Zs")), max_size=60))
def test_a_title_with_words_is_itself(title: str) -> None:
    expected = 1.0 if parse_title(title).words else 0.0
    assert title_similarity(title, title) == expected

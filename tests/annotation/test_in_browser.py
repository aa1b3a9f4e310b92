"""The page in a real browser: on wide and narrow screens, light and dark, in print, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.annotation.chromium import Browser, chromium, running, shown
from tests.annotation.pages import SCHOLARLY, page_of
from tests.annotation.test_page import HOSTILE

pytestmark = pytest.mark.xdist_group("chromium")  # one browser for all

LONG_ADDRESS = f"http://example.org/{'archive-of-the-guild/' * 12}"
ESSAY = SCHOLARLY + f"6 Anon., The Guild, {LONG_ADDRESS}, accessed 3 May 2009.\n" + "\nThe end came slowly. " * 60

# WCAG 2.2, 1.4.3: contrast of each piece of text with what is painted behind it.
CONTRASTS = """(() => {
  const parts = (colour) => { const found = colour.match(/[\\d.]+/g).map(Number);
    return found.length > 3 ? found : [...found, 1]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => { for (let at = element; at; at = at.parentElement) {
    const colour = parts(getComputedStyle(at).backgroundColor); if (colour[3] === 1) return colour; }
    return [255, 255, 255]; };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
    const [one, two] = [light(parts(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    found.push([ratio, walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found;
})()"""
SEEN = "((element) => element.getClientRects().length > 0)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium found; install it (Debian: apt install chromium), or set CITEKIT_CHROMIUM to its path")
    with running(executable, tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "essay.html"
    path.write_text(page_of(ESSAY), encoding="utf-8")
    return path


def test_it_loads_nothing_and_complains_of_nothing(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        asked = [request["request"]["url"] for request in tab.said("Network.requestWillBeSent")]
        assert asked == [essay.as_uri()]
        assert tab.said("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled") == []
        assert tab.evaluate("document.querySelectorAll('nav button').length") == 2, "its own script runs"


def test_nothing_of_a_hostile_document_runs(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(page_of(HOSTILE), encoding="utf-8")
    with shown(browser, path) as tab:
        assert tab.evaluate("document.title") == "essay.txt: citations"
        assert tab.evaluate("document.querySelector('.t').textContent.includes('<script>document.title')")
        assert len(tab.said("Network.requestWillBeSent")) == 1
        assert tab.said("Page.javascriptDialogOpening") == []
        tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 1\">')")
        assert tab.evaluate("window.hacked === undefined")
        blocked = [entry["entry"]["text"] for entry in tab.said("Log.entryAdded")]
        assert any("Content Security Policy" in words for words in blocked), "the policy holds even for what gets in"


@pytest.mark.parametrize("width", [320, 390, 800, 1280, 2000])
def test_no_screen_needs_sideways_scrolling(width: int, browser: Browser, essay: Path) -> None:
    with shown(browser, essay, width=width) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        tab.evaluate("document.getElementById('fields').click()")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        beside = tab.evaluate(
            "document.querySelector('aside').getBoundingClientRect().left"
            " >= document.querySelector('main').getBoundingClientRect().right"
        )
        assert beside == (width >= 1000), "the works stand beside the text, on a small screen below it"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_words_are_legible(dark: bool, browser: Browser, essay: Path) -> None:
    with shown(browser, essay, dark=dark) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        paper = tab.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 128")
        assert paper == dark
        contrasts = tab.evaluate(CONTRASTS)
        assert len(contrasts) > 100
        assert [found for found in contrasts if found[0] < 4.5] == []


def test_grades_can_be_told_without_colour(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        styles = tab.evaluate(
            "[1, 2, 3].map((step) => getComputedStyle(document.querySelector(`.lg .c.g${step}`)).textDecorationStyle)"
        )
        assert sorted(styles) == ["dashed", "solid", "wavy"]
        signs = tab.evaluate("[...document.querySelectorAll('.lg .w')].map((badge) => badge.textContent)")
        assert len(set(signs)) == 3


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_only_what_is_uncertain(scripts: bool, browser: Browser, essay: Path) -> None:
    with shown(browser, essay, scripts=scripts) as tab:
        sure, unsure = "#n1", ".t .lost"
        assert tab.evaluate(f"{SEEN}(document.querySelector('{sure}'))")
        tab.click("#only")
        assert not tab.evaluate(f"{SEEN}(document.querySelector('{sure}'))")
        assert tab.evaluate(f"{SEEN}(document.querySelector('{unsure}'))")
        # What a link leads to is shown, were it ever so sure.
        tab.click(".t .n.u .b a[href='#c1']")
        target = tab.evaluate("location.hash")
        assert target == "#c1"
        assert tab.evaluate(f"{SEEN}(document.querySelector('{target}'))")
        top = tab.evaluate(f"document.querySelector('{target}').getBoundingClientRect().top")
        assert 0 <= top <= 900
        assert tab.evaluate("document.querySelectorAll('nav button').length") == (2 if scripts else 0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_badge_leads_to_the_card_and_the_text_stays(scripts: bool, browser: Browser, essay: Path) -> None:
    with shown(browser, essay, height=500, scripts=scripts) as tab:
        tab.go("c4")
        before = tab.evaluate("document.getElementById('c4').getBoundingClientRect().top")
        tab.evaluate("document.querySelector('a.w[href=\"#k-c4\"]').click()")
        tab.settle()
        assert tab.evaluate("location.hash") == "#k-c4"
        card = tab.evaluate("document.getElementById('k-c4').getBoundingClientRect().top")
        assert 0 <= card <= 500
        assert abs(tab.evaluate("document.getElementById('c4').getBoundingClientRect().top") - before) < 60


def test_pointing_at_a_field_lights_its_words(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        plain = tab.evaluate("getComputedStyle(document.getElementById('c1-title')).backgroundColor")
        tab.evaluate("document.querySelector('#k-c1 dt a[href=\"#c1-title\"]').focus()")
        assert tab.evaluate("getComputedStyle(document.getElementById('c1-title')).backgroundColor") != plain
        tab.evaluate("document.activeElement.blur(); document.querySelector('nav a').focus()")
        assert tab.evaluate("getComputedStyle(document.getElementById('c1-title')).backgroundColor") == plain


def test_without_scripts_a_field_lights_its_words_when_followed(browser: Browser, essay: Path) -> None:
    with shown(browser, essay, scripts=False) as tab:
        plain = tab.evaluate("getComputedStyle(document.getElementById('c1-title')).backgroundColor")
        tab.go("c1-title")
        assert tab.evaluate("getComputedStyle(document.getElementById('c1-title')).backgroundColor") != plain


def test_the_next_uncertain_place_is_a_button_away(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        visited = []
        for _ in range(tab.evaluate("document.querySelectorAll('.ck li').length")):
            tab.evaluate("[...document.querySelectorAll('nav button')].at(-1).click()")
            visited.append(tab.evaluate("location.hash"))
        assert visited == tab.evaluate("[...document.querySelectorAll('.ck li > a')].map((link) => link.hash)")


def test_names_can_be_shown_beside_the_fields(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        label = "getComputedStyle(document.getElementById('c1-title'), '::after').content"
        assert tab.evaluate(label) == "none"
        tab.click("#fields")
        assert tab.evaluate(label) == '"title"'


def test_a_screen_reader_finds_its_way(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        tree = tab.send("Accessibility.getFullAXTree")["nodes"]
        named: dict[str, list[str]] = {}
        for node in tree:
            if not node.get("ignored"):
                named.setdefault(node["role"]["value"], []).append(node.get("name", {}).get("value", ""))
        for landmark in ("banner", "navigation", "main", "complementary"):
            assert len(named[landmark]) == 1, landmark
        assert named["complementary"] == ["Works and what to check"]
        assert len(named["link"]) > 20
        for role in ("link", "checkbox", "button", "doc-noteref", "doc-backlink"):
            assert all(name.strip() for name in named[role]), f"each {role} has a name"
        assert "note 1" in named["doc-noteref"]


def test_the_keyboard_comes_first_to_the_text(browser: Browser, essay: Path) -> None:
    with shown(browser, essay) as tab:
        tab.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "To the text"
        assert tab.evaluate("document.activeElement.getBoundingClientRect().width") > 20, "it is seen when focused"


def test_in_print_text_and_works_follow_each_other(browser: Browser, essay: Path) -> None:
    with shown(browser, essay, dark=True) as tab:
        printed = pypdfium2.PdfDocument(tab.pdf())
    pages = [page.get_textpage().get_text_range() for page in printed]
    words = " ".join(" ".join(pages).split())
    assert "The market is an old idea." in words
    assert "= ? Simmel, Georg, Philosophie des Geldes, 1900 · note 3 or" in words
    assert words.index("The end came slowly.") < words.index("cited once")
    assert "only what is uncertain" not in words, "what is pressed is not printed"
    picture = printed[0].render(scale=0.5).to_pil().convert("L")
    assert picture.getpixel((2, 2)) == 255, "on white paper, whatever the screen"

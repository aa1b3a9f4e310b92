"""LaTeX of bibliographies as the words that it prints; whatever is in it, nothing is opened or run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit import formats
from citekit.formats.latex_text import text_of_latex


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"{\"U}ber Stra{\ss}en", "Über Straßen"),
        (r"M\"uller, J\'ozef, \v{C}apek, {\c c}a, \'{\i}, \=\i, \H{o}", "Müller, Józef, Čapek, ça, í, ī, ő"),
        (r"\o lie, {\AA}ngstr\"om, \L{}\'od\'z", "ølie, Ångström, Łódź"),
        (r"\emph{Il Principe} e \textsc{Roma}", "Il Principe e Roma"),
        (r"``quoted'' -- \enquote{within \enquote{words}}", "“quoted” – “within “words””"),
        (r"the {NATO} of $x^2$ \& 100\%", "the NATO of $x^2$ & 100%"),
        (r"{\em Old} style, {\relax Ch}arles", "Old style, Charles"),
        (r"\url{http://x.org/~a_b}", "http://x.org/~a_b"),
        (r"\input{/etc/passwd}", r"\input{/etc/passwd}"),
        (r"\aap", r"\aap"),
    ],
)
def test_what_it_says(latex: str, said: str):
    assert text_of_latex(latex) == said


@given(st.text(alphabet="\\{}$~`'\"-a\u00e9 %&ciouv", max_size=30))
def test_any_latex_has_words(latex: str):
    assert isinstance(text_of_latex(latex), str)


INERT = [r"\input{/etc/passwd}", "=HYPERLINK(“x”)", "<script>alert(1)</script>", r"\write18{rm -rf}", "^^5cinput"]


@pytest.mark.parametrize("title", INERT)
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_a_title_that_could_be_run_is_written_as_words(title: str, notation: str):
    text = formats.dumps([{"id": "a", "type": "book", "title": title}], notation)
    assert "\\input" not in text
    assert "\\write" not in text
    assert "^^" not in text
    assert formats.loads(text, notation) == [{"id": "a", "type": "book", "title": title}]


@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_an_entry_keeps_its_own_latex_and_type_until_the_value_changes(notation: str):
    entry = '@mvbook{a,\n  title = {The {\\"U}ber-{NATO} of $x^2$},\n}\n'
    [item] = formats.loads(entry, notation)
    assert r"{The {\"U}ber-{NATO} of $x^2$}" in formats.dumps([item], notation)
    again = formats.dumps([item | {"title": "Other"}], notation)
    assert "title = {Other}" in again
    assert "NATO" not in again
    if notation == "biblatex":
        assert formats.dumps([item], notation) == entry

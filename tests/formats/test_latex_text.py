"""LaTeX of bibliographies as the words that it prints; whatever is in it, nothing is opened or run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit import formats
from citekit.formats.latex_text import is_marked_up, text_of_latex


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
        (r"A \href{http://x.org}{letter} home", "A letter home"),
        (r"$\alpha$ and $\beta$-decay", "α and β-decay"),
        (r"H$_2$O, 10$^{th}$, 5$^\circ$", "H2O, 10th, 5°"),
        (r"a $\frac{1}{2}$ share", r"a $\frac{1}{2}$ share"),
        (r"\myown{M\"uller} and $x^2$ and \"Osterreich", "Müller and $x^2$ and Österreich"),
        (r"\myown[see]{Words} stay", "Words stay"),
        (r"\foreignlanguage{german}{\"Uber} \textcolor{red}{Rom}", "Über Rom"),
        (r"\write18{id} and \csname input\endcsname", r"\write18{id} and \csname input\endcsname"),
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


@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Old <i>Homo</i> book, H<sub>2</sub>O", r"Old \emph{{Homo}} book, {H}\textsubscript{2}{O}"),
        ("The 10<sup>th</sup> <b>house</b>", r"The 10\textsuperscript{th} \textbf{house}"),
        (
            'Rome in <span style="font-variant:small-caps;">ad</span> 70',
            r"Rome in \textsc{ad} 70",
        ),
        ("An unclosed <i>sign", "An unclosed <i>sign"),
        ('=HYPERLINK("http://evil.example","x")', '={HYPERLINK}("http://evil.example","x")'),
        ('The (NATO) "MacArthur" papers', 'The ({NATO}) "{MacArthur}" papers'),
    ],
)
def test_the_markup_of_csl_is_the_markup_of_latex(notation: str, title: str, latex: str):
    item = {"id": "a", "type": "book", "title": title}
    written = formats.dumps([item], notation)
    assert f"title = {{{latex}}}" in written
    assert formats.loads(written, notation) == [item]


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"On \emph{Homo} and {\it Pan}", "On <i>Homo</i> and <i>Pan</i>"),
        (r"On \mkbibemph{Emma}, {\bfseries again}", "On <i>Emma</i>, <b>again</b>"),
        (r"H$_2$O and \textsc{Rome}", 'H<sub>2</sub>O and <span style="font-variant:small-caps;">Rome</span>'),
    ],
)
def test_italics_of_a_file_are_italics_in_csl_and_keep_their_spelling(latex: str, title: str):
    [item] = formats.loads(f"@book{{a, title = {{{latex}}}}}", "biblatex")
    assert item["title"] == title
    assert f"title = {{{latex}}}" in formats.dumps([item], "biblatex")


TAGGED = st.recursive(
    st.text(alphabet='Ab c:-("{}\\/', max_size=6),
    lambda inner: st.builds(
        lambda tag, text, rest: f"<{tag}>{text}</{tag}>{rest}", st.sampled_from(["i", "b", "sup", "sub"]), inner, inner
    ),
    max_leaves=6,
)


@given(TAGGED, st.sampled_from(["bibtex", "biblatex"]))
def test_any_markup_survives(title: str, notation: str):
    item = {"id": "a", "type": "article-journal", "title": f"x{title}x", "container-title": f"x{title}x"}
    written = formats.dumps([item], notation)
    assert formats.loads(written, notation) == [item]


@given(st.text(alphabet="\\{}~$-`'!?ab "))
def test_a_field_without_any_sign_of_latex_says_its_own_characters(words: str):
    signs = ("\\", "{", "}", "~", "$", "--", "``", "''", "!`", "?`")
    assert is_marked_up(words) == any(sign in words for sign in signs)
    assert is_marked_up(words) or text_of_latex(words) == words


HOSTILE = r"""@book{a, title = {\input{/etc/passwd} \emph{x}}, note = {\write18{id}}, foo = {\openin5=/etc/passwd},
  url = {\input{x}}, publisher = {^^5cinput \"u}, author = {\csname input\endcsname x and {\immediate\write18{id}}},
  year = {\input{x}}, shorttitle = {\directlua{os.exit()}}, keywords = {\catcode`\@=11}}"""


@pytest.mark.parametrize("read_as", ["bibtex", "biblatex"])
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_commands_that_read_write_or_run_come_out_as_words_and_are_told(read_as: str, notation: str):
    items, diagnostics = formats.read(HOSTILE, read_as)
    assert {diagnostic.code for diagnostic in diagnostics} == {"latex-acts"}
    assert len(diagnostics) == 9
    written = formats.dumps(items, notation)
    for command in ("input", "write", "openin", "csname", "endcsname", "immediate", "directlua", "catcode"):
        assert f"\\{command}" not in written
    assert "^^" not in written
    again = formats.loads(written, notation)
    assert again[0]["title"] == items[0]["title"] == r"\input{/etc/passwd} <i>x</i>"
    assert formats.dumps(again, notation) == written


def test_a_command_that_only_prints_is_no_danger():
    assert formats.read(r"@book{a, title = {\"U \ding{1} \endash \lettrine \inputs}}", "bibtex")[1] == ()

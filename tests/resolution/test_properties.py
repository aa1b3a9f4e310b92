"""What holds for every document, however its notes are mixed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.model import Citation, Cue, CueKind, Document, Form, Locator, Note, NoteKind, Span
from citekit.resolution import Resolved, resolve

PEOPLE = ("Weber", "Bloch", "Foucault", "Gould")
TITLES = ("Economy and Society", "The Age of Empire", "The Age of Capital", "Feudal Society", "Les mots et les choses")
CUES = (
    Cue(CueKind.CITED, "cit."),
    Cue(CueKind.IDEM, "Id.", "author"),
    Cue(CueKind.TRANSLATION, "trad. it.", "it"),
    Cue(CueKind.CROSS_REFERENCE, "n. 2", "2"),
    Cue(CueKind.IBID, "ivi"),
)


@st.composite
def citations_of_one_note(draw: st.DrawFn) -> list[Citation]:
    """Up to three citations of any form, with any leading words, however odd the mixture."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        form = draw(st.sampled_from(Form))
        item: dict[str, object] = {}
        if form is not Form.IBID:
            if draw(st.booleans()):
                item["author"] = [{"family": draw(st.sampled_from(PEOPLE))}]
            if draw(st.booleans()) or form is Form.FULL:
                item["title"] = draw(st.sampled_from(TITLES))
            if draw(st.booleans()):
                item["issued"] = {"raw": draw(st.sampled_from(("1950", "1960", "um 1790")))}
            if draw(st.integers(0, 3)) == 0:
                item["volume"] = draw(st.sampled_from(("1", "II")))
        page = draw(st.one_of(st.none(), st.integers(1, 400)))
        cues = tuple(draw(st.lists(st.sampled_from(CUES), max_size=2, unique=True)))
        locator = None if page is None else Locator("page", str(page))
        found.append(Citation("", None, (), "words", form, item, locator=locator, cues=cues))
    return found


Parts = tuple[Document, list[Note], list[Citation]]


def laid_out(groups: list[list[Citation]], kinds: list[NoteKind]) -> Parts:
    """A document of these notes."""
    notes: list[Note] = []
    citations: list[Citation] = []
    for number, (group, kind) in enumerate(zip(groups, kinds, strict=True), start=1):
        start = 100 * number
        label = None if kind is NoteKind.REFERENCE else str(number)
        notes.append(Note(f"n{number}", label, kind, None, (Span(start, start + 99),), "words"))
        for place, citation in enumerate(group):
            span = Span(start + 10 * place, start + 10 * place + 5)
            citations.append(replace(citation, id=f"c{len(citations) + 1}", note=f"n{number}", parts=(span,)))
    return Document(" " * (100 * len(groups) + 200)), notes, citations


@st.composite
def documents(draw: st.DrawFn) -> Parts:
    groups = draw(st.lists(citations_of_one_note(), max_size=8))
    kinds = draw(
        st.lists(
            st.sampled_from((NoteKind.FOOTNOTE, NoteKind.ENDNOTE, NoteKind.REFERENCE)),
            min_size=len(groups),
            max_size=len(groups),
        )
    )
    return laid_out(groups, kinds)


def links(resolved: Resolved) -> list[tuple[tuple[str, ...], str | None]]:
    return [(citation.works, citation.locator.value if citation.locator else None) for citation in resolved.citations]


@settings(max_examples=100, deadline=None)
@given(documents())
def test_works_and_citations_point_at_each_other(parts: Parts) -> None:
    resolved = resolve(*parts)
    cited = {work.id: list(work.citations) for work in resolved.works}
    back: dict[str, list[str]] = {}
    for citation in resolved.citations:
        assert len(set(citation.works)) == len(citation.works)
        for work in citation.works:
            back.setdefault(work, []).append(citation.id)
    assert back == cited
    assert list(cited) == [f"w{number}" for number in range(1, len(cited) + 1)]


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_citation_is_kept_and_only_its_links_change(parts: Parts) -> None:
    resolved = resolve(*parts)
    for before, after in zip(parts[2], resolved.citations, strict=True):
        first_mention = before.form is Form.SHORT and after.form is Form.FULL  # nothing cites its work before
        assert replace(after, works=(), resolution=None, locator=before.locator, form=before.form) == before
        assert after.form is before.form or first_mention
        assert before.locator is None or after.locator == before.locator
        assert (after.resolution is None) == (after.form is Form.FULL)
        if before.form is Form.FULL:
            assert len(after.works) == 1


@settings(max_examples=100, deadline=None)
@given(documents())
def test_an_answer_names_an_antecedent_that_means_one_of_its_works_or_says_that_it_has_none(parts: Parts) -> None:
    resolved = resolve(*parts)
    by_id = {citation.id: citation for citation in resolved.citations}
    for citation in resolved.citations:
        if citation.resolution is None:
            continue
        assert 0.0 <= citation.resolution.confidence <= 1.0
        assert citation.id not in (citation.resolution.antecedent, *citation.resolution.alternatives)
        if citation.resolution.antecedent is None:
            assert citation.resolution.confidence == 0.0
        elif citation.resolution.method != "ibid-other-volume":
            assert set(by_id[citation.resolution.antecedent].works) & set(citation.works)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_work_is_incomplete_exactly_when_no_citation_gives_it_in_full(parts: Parts) -> None:
    resolved = resolve(*parts)
    full = {work for citation in resolved.citations if citation.form is Form.FULL for work in citation.works}
    assert {work.id for work in resolved.works if work.incomplete} == {work.id for work in resolved.works} - full


@settings(max_examples=60, deadline=None)
@given(st.lists(citations_of_one_note(), min_size=1, max_size=8), st.integers(0, 8))
def test_a_comment_note_changes_nothing(groups: list[list[Citation]], place: int) -> None:
    """Cross-references by number aside, which a note more or less renumbers."""
    plain = [
        [replace(c, cues=tuple(cue for cue in c.cues if cue.kind is not CueKind.CROSS_REFERENCE)) for c in group]
        for group in groups
    ]
    place = min(place, len(plain))
    with_comment = [*plain[:place], [], *plain[place:]]
    without = resolve(*laid_out(plain, [NoteKind.FOOTNOTE] * len(plain)))
    commented = resolve(*laid_out(with_comment, [NoteKind.FOOTNOTE] * len(with_comment)))
    assert links(without) == links(commented)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_same_document_gives_the_same_answer(parts: Parts) -> None:
    assert resolve(*parts) == resolve(*parts)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 400)))
def test_a_chain_of_ibids_is_one_work_and_hands_down_the_page(length: int, page: int | None) -> None:
    locator = None if page is None else Locator("page", str(page))
    first = Citation("", None, (), "words", Form.FULL, {"title": "Feudal Society"}, locator=locator)
    ibid = Citation("", None, (), "Ibid", Form.IBID, {}, cues=(Cue(CueKind.IBID, "Ibid."),))
    resolved = resolve(*laid_out([[first], *[[ibid]] * length], [NoteKind.FOOTNOTE] * (length + 1)))
    assert links(resolved) == [(("w1",), str(page) if page else None)] * (length + 1)
    assert resolved.diagnostics == ()

"""Notes set anew, as a historian does who changes journals."""

from __future__ import annotations

import pytest

from citekit.errors import FormatError
from citekit.model import Locator
from citekit.styles import CitedWork, PrintedNote, Unresolved

from .conftest import Noted


def cited(key: str, page: str | None = None, label: str = "page") -> CitedWork:
    return CitedWork(key, Locator(label, page) if page else None)


def note(label: str, *pieces: object) -> PrintedNote:
    return PrintedNote(label, tuple(pieces))  # type: ignore[arg-type]


FULL_THEN_SHORT = (
    note("1", cited("hobsbawm1962", "23"), "."),
    note("2", cited("stone1979", "12"), "."),
    note("3", cited("hobsbawm1962", "30"), "."),
    note("4", cited("hobsbawm1962", "31-33"), "."),
    note("5", cited("hobsbawm1962", "31-33"), "."),
)


def test_chicago_full_then_short(noted: Noted) -> None:
    assert noted("chicago-17", *FULL_THEN_SHORT).splitlines()[:4] == [
        "1. Eric Hobsbawm, *The Age of Revolution: Europe 1789–1848* (London: Weidenfeld & Nicolson, 1962), 23.",
        (
            "2. Lawrence Stone, “The Revival of Narrative: Reflections on a New Old History,” *Past & Present*, no. 85 "
            "(November 1979): 12, <https://doi.org/10.1093/past/85.1.3>."
        ),
        "3. Hobsbawm, *The Age of Revolution*, 30.",
        "4. Hobsbawm, 31–33.",  # Chicago 17, 14.34: the name alone where others have ibid.
    ]


def test_a_note_begins_with_the_file_not_the_archive(noted: Noted) -> None:
    """Chicago 17, 14.228; in the bibliography the archive comes first (bibliographies.toml)."""
    printed = noted("chicago-17", note("1", cited("asf1898"), "."))
    assert printed.splitlines()[0] == "1. Prefettura, b. 14, Archivio di Stato di Firenze, May 12, 1898."


def test_ibid_where_the_style_has_it(noted: Noted) -> None:
    lines = noted("chicago-notes-bibliography-subsequent-ibid", *FULL_THEN_SHORT).splitlines()
    assert lines[2:] == ["3. Hobsbawm, *The Age of Revolution*, 30.", "4. Ibid., 31–33.", "5. Ibid."]
    lines = noted("geschichte-und-gesellschaft", *FULL_THEN_SHORT, locale="de-DE").splitlines()
    assert lines[3:] == ["4. Ebd., S. 31–33.", "5. Ebd."]


def test_no_ibid_behind_a_note_with_two_works(noted: Noted) -> None:
    """ "Ibid." would not say which of the two."""
    printed = noted(
        "chicago-notes-bibliography-subsequent-ibid",
        note("1", cited("levi1958"), "; ", cited("hobsbawm1962"), "."),
        note("2", cited("hobsbawm1962", "5"), "."),
    )
    assert printed.splitlines()[1] == "2. Hobsbawm, *The Age of Revolution*, 5."


def test_oscola_refers_to_the_note(noted: Noted) -> None:
    lines = noted(
        "oscola",
        note("4", cited("levi1958"), "."),
        note("7", cited("stone1979"), "."),
        note("9", cited("levi1958", "3"), "."),
    )
    assert lines.splitlines()[2] == "9. Levi (n 4) 3."


def test_where_a_letter_is_kept_is_said_the_first_time(noted: Noted) -> None:
    lines = noted(
        "oscola",
        note("1", cited("ranke1827"), "."),
        note("2", cited("levi1958"), "."),
        note("3", cited("ranke1827"), "."),
    ).splitlines()
    assert lines[0].endswith("(9 December 1827), Staatsbibliothek zu Berlin, Sammlung Varnhagen, 208.")
    assert "Staatsbibliothek" not in lines[2]


def test_a_volume_has_its_title_in_full_notes_alone(noted: Noted) -> None:
    lines = noted(
        "geschichte-und-gesellschaft",
        note("1", cited("needham1956", "5"), "."),
        note("2", cited("levi1958"), "."),
        note("3", cited("needham1956", "7"), "."),
        locale="de-DE",
    ).splitlines()
    assert "Bd. 2: History of Scientific Thought" in lines[0].replace("*", "")
    assert lines[2].replace("*", "") == "3. Needham, Science and Civilisation in China, Bd. 2, S. 7."


def test_the_authors_words_stay(noted: Noted) -> None:
    printed = noted(
        "mhra",
        note("12", "On this see ", cited("levi1958", "5"), "; but cf. ", cited("hobsbawm1962"), ". A doubt remains"),
    )
    assert printed == (
        "12. On this see Primo Levi, *Se questo è un uomo* (Einaudi, 1958), p. 5; but cf. Eric Hobsbawm, *The Age of "
        "Revolution: Europe 1789–1848* (Weidenfeld & Nicolson, 1962). A doubt remains."
    )


def test_brackets_close_on_their_citation(noted: Noted) -> None:
    assert noted("mhra", note("1", "So it was (", cited("levi1958", "5"), ").")) == (
        "1. So it was (Primo Levi, *Se questo è un uomo* (Einaudi, 1958), p. 5)."
    )


def test_what_is_unknown_stays_as_printed_and_is_marked(noted: Noted) -> None:
    printed = noted("chicago", note("3", Unresolved("Rossi, op. cit., 5"), "; ", cited("levi1958"), "."))
    assert printed.replace("\\", "").startswith("3. Rossi, op. cit., 5\u00a0[?]; Primo Levi, *Se questo è un uomo*")


def test_a_style_for_the_text_sets_each_citation_in_its_brackets(noted: Noted) -> None:
    printed = noted("apa", note("1", "See ", cited("levi1958", "5"), " and ", cited("stone1979"), "."))
    assert printed == "1. See (Levi, 1958, p. 5) and (Stone, 1979)."


@pytest.mark.parametrize(
    ("locator", "printed"),
    [
        (Locator("page", "12; 15-17"), "12, 15–17"),
        (Locator("folio", "3r"), "fol. 3r"),
        (Locator("chapter", "4"), "chap. 4"),
        (Locator("note", "7"), "n. 7"),
        (Locator("paragraph", "12"), "para. 12"),
        (Locator("page", "xii"), "xii"),
        (Locator("page", "{12}"), "12"),
    ],
)
def test_places_in_a_work(noted: Noted, locator: Locator, printed: str) -> None:
    line = noted("chicago-17", PrintedNote("1", (CitedWork("levi1958", locator), ".")))
    assert line.endswith(f"(Torino: Einaudi, 1958), {printed}.")


def test_the_kind_of_place_is_in_the_language_of_the_notes(noted: Noted) -> None:
    assert noted("geschichte-und-gesellschaft", note("1", cited("levi1958", "3r", "folio")), locale="de-DE").endswith(
        "Fol. 3r."
    )


def test_signs_and_missing_labels(noted: Noted) -> None:
    printed = noted("chicago", note("*", "Thanks to all."), PrintedNote(None, ("No label.",)), note("a", "Third."))
    assert printed.replace("\\", "").splitlines() == ["* Thanks to all.", "No label.", "a. Third."]


def test_words_of_the_author_are_no_commands(noted: Noted) -> None:
    printed = noted("chicago", note("1", "<script>x</script> \\input{y} ", cited("levi1958"), "."), to="html")
    assert "<script>x" not in printed
    printed = noted("chicago", note("1", "\\input{y} ", cited("levi1958"), "."), to="latex")
    assert "\\input" not in printed


def test_a_citation_without_item_is_refused(noted: Noted) -> None:
    with pytest.raises(FormatError, match="nobody: is cited, but no item"):
        noted("chicago", note("1", cited("nobody")))


def test_bibtexs_styles_have_no_notes(noted: Noted) -> None:
    with pytest.raises(FormatError, match="no notes"):
        noted("plain", note("1", cited("levi1958")))

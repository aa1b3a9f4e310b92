"""Folders as scholars keep them: drafts beside pictures, broken files, links, and a run that was interrupted."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from citekit import extract
from citekit.store import Store
from tests.readers.press import BODY as LINES
from tests.readers.press import Press
from tests.store.dump import dump

AUTHORS = ("Max Weber", "Émile Durkheim", "Georg Simmel", "Marianne Weber", "Ferdinand Tönnies", "Robert Michels")
TITLES = (
    "Wirtschaft und Gesellschaft",
    "Le suicide",
    "Soziologie",
    "Ehefrau und Mutter",
    "Gemeinschaft",
    "Parteiwesen",
)
BODY = "The guild met in spring and nobody asked the weavers, though they paid the larger share of the tax. " * 14


def essay(number: int) -> str:
    """An essay that shares works with its neighbours, and cites the first of them by two short forms."""
    works = [(number + step) % len(AUTHORS) for step in range(3)]
    notes = [f"{AUTHORS[one]}, {TITLES[one]}, Tübingen, Mohr, {1900 + one}, p. {number + 1}." for one in works]
    notes += [f"Ibid., p. {number + 2}.", f"{AUTHORS[works[0]].split()[-1]}, {TITLES[works[0]]}, p. 9."]
    body = " ".join(f"{BODY}So much is sure.{label}" for label in range(1, len(notes) + 1))
    return "\n".join([body, "", *(f"{label} {note}" for label, note in enumerate(notes, 1))]) + "\n"


def thesis(number: int) -> str:
    """A long text of two hundred notes."""
    labels = range(1, 201)
    notes = (
        f"{label} {AUTHORS[number]}, {TITLES[label % len(TITLES)]}, Kiel, Lipsius, 1931, p. {label}" for label in labels
    )
    return "\n\n".join([*(f"{BODY}So much is sure.{label}" for label in labels), "\n".join(notes)]) + "\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Ten essays in three folders, two of them of the same words under other names."""
    folder = tmp_path / "shelf"
    for number in range(10):
        place = folder / ("", "drafts", "drafts/old")[number % 3]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"essay-{number}.txt").write_text(essay(number % 9), encoding="utf-8")
    return folder


@pytest.fixture
def long_shelf(shelf: Path) -> Path:
    """The same with a long text among them, so that it is worth while to start processes."""
    (shelf / "diary.txt").write_text(BODY * 150, encoding="utf-8")
    return shelf


def statuses(outcome: Any) -> dict[str, str]:
    lines = (json.loads(line) for line in outcome.stdout.splitlines())
    return {Path(line["path"]).name: line["status"] for line in lines}


def test_a_folder_is_read_with_the_folders_in_it_in_the_order_of_names(run: Any, shelf: Path) -> None:
    outcome = run("add", "shelf", "--json")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    paths = [json.loads(line)["path"] for line in outcome.stdout.splitlines()]
    assert paths == [f"shelf/drafts/essay-{n}.txt" for n in (1, 4, 7)] + [
        f"shelf/drafts/old/essay-{n}.txt" for n in (2, 5, 8)
    ] + [f"shelf/essay-{n}.txt" for n in (0, 3, 6, 9)]


def test_what_is_no_document_is_passed_over_counted_and_named(run: Any, shelf: Path) -> None:
    for name in ("cover.jpg", "plan.JPG", "library.bib", "LICENSE", ".notes.txt", "~$essay.docx", "drafts/.git/a.txt"):
        (shelf / name).parent.mkdir(exist_ok=True)
        (shelf / name).write_bytes(b"no document")
    outcome = run("add", "shelf")
    assert outcome.returncode == 0
    assert outcome.stdout.splitlines()[-9:] == [
        "references.db: 10 documents (10 added), 6 new works",
        "passed over: 4 files of no known kind (2 .jpg, 1 without an ending, 1 .bib), 3 hidden files and folders",
        "passed over: shelf/.notes.txt: hidden",
        "passed over: shelf/LICENSE: no kind of document that citekit reads",
        "passed over: shelf/cover.jpg: no kind of document that citekit reads",
        "passed over: shelf/drafts/.git: hidden",
        "passed over: shelf/library.bib: a bibliography; citekit import reads it",
        "passed over: shelf/plan.JPG: no kind of document that citekit reads",
        "passed over: shelf/~$essay.docx: what Word leaves beside an open document",
    ]
    again = run("add", "shelf", "--json")
    told = [json.loads(line) for line in again.stdout.splitlines()]
    assert [line["status"] for line in told] == ["unchanged"] * 10 + ["passed-over"] * 7
    assert told[-1] == {"path": "shelf/~$essay.docx", "status": "passed-over", "reason": "hidden"}
    assert again.stderr.startswith("passed over: 4 files")


def test_chapters_that_a_file_takes_in_are_read_with_it_alone(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc")
    folder = tmp_path / "thesis"
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "one.tex").write_text(r"It burnt.\footnote{Karl Marx, Das Kapital (Hamburg, 1867), 3.}")
    (folder / "thesis.tex").write_text(r"\begin{document}\input{chapters/one}\end{document}")
    lines = run("add", "thesis").stdout.splitlines()
    assert lines[0] == "thesis/thesis.tex: added, 1 note, 1 citation, 1 new work, 0 known"
    assert lines[-1] == "passed over: thesis/chapters/one.tex: read with the file that takes it in"
    assert statuses(run("add", "thesis", "--json")) == {"thesis.tex": "unchanged", "one.tex": "passed-over"}
    (folder / "chapters" / "one.tex").write_text(r"It burnt.\footnote{Karl Marx, Kapital (Hamburg, 1867), 3.} Twice.")
    assert statuses(run("add", "thesis", "--json"))["thesis.tex"] == "updated"


def test_unchanged_chapters_are_told_without_reading_them_as_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pypandoc")
    (tmp_path / "one.tex").write_text(r"It burnt.\footnote{Karl Marx, Das Kapital (Hamburg, 1867), 3.}")
    (tmp_path / "thesis.tex").write_text("\\begin{document}\n\\input{one}\n\\end{document}\n")

    def added() -> str:
        with Store(tmp_path / "references.db", extract=extract) as store:
            return str(store.add(tmp_path / "thesis.tex").documents[0].status.value)

    assert added() == "added"
    monkeypatch.setattr("citekit.readers.pandoc.pandoc_path", lambda: None)
    assert added() == "unchanged"
    (tmp_path / "one.tex").write_text(r"Nothing burnt.")
    assert added() == "failed", "it would be read now, and there is no pandoc"


def test_of_many_files_twenty_are_named_and_all_in_json(run: Any, shelf: Path) -> None:
    for number in range(30):
        (shelf / f"scan-{number:02}.jpg").write_bytes(b"\xff\xd8")
    lines = run("add", "shelf").stdout.splitlines()
    assert lines[-2:] == [
        "passed over: shelf/scan-19.jpg: no kind of document that citekit reads",
        "passed over: 10 others; citekit add --json names all of them",
    ]
    named = [name for name, status in statuses(run("add", "shelf", "--json")).items() if status == "passed-over"]
    assert named == [f"scan-{number:02}.jpg" for number in range(30)]


def test_a_pdf_without_an_ending_is_a_document(run: Any, shelf: Path) -> None:
    (shelf / "scan").write_bytes(b"%PDF-1.4\nand nothing else")
    assert statuses(run("add", "shelf", "--json"))["scan"] == "failed"


def test_a_file_that_is_not_what_its_name_says_is_told(run: Any, shelf: Path) -> None:
    (shelf / "chapter.txt").write_text(
        "\\documentclass{book}\n\\begin{document}\nText.\\footnote{Weber.}\n\\end{document}\n"
    )
    outcome = run("add", "shelf")
    assert outcome.returncode == 0
    assert "shelf/chapter.txt: this is LaTeX, but its name says otherwise; give it the ending .tex" in outcome.stderr


def test_one_broken_file_does_not_stop_the_others(run: Any, shelf: Path) -> None:
    (shelf / "drafts" / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    (shelf / "drafts" / "essay-1.odt").write_bytes(os.urandom(500))
    outcome = run("add", "shelf", "--jobs", "2")
    assert outcome.returncode == 1
    assert "references.db: 10 documents of 12 (2 failed, 10 added), 6 new works" in outcome.stdout
    reasons = outcome.stderr.splitlines()
    assert [line.split(":")[:2] for line in reasons] == [
        ["citekit", " shelf/drafts/broken.docx"],
        ["citekit", " shelf/drafts/essay-1.odt"],
    ]
    assert all(";" in line for line in reasons), "each says what to do"
    assert "broken.docx" not in outcome.stdout, "each is named once"


def test_a_file_without_words_is_named_once(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    outcome = run("add", "empty.txt")
    assert outcome.returncode == 0
    assert outcome.stderr == "citekit: empty.txt: there are no words in it; check how it was saved\n"
    assert run("extract", "empty.txt").stdout.splitlines()[2].count("empty.txt") == 1


def test_add_says_which_text_cites_without_notes(run: Any, tmp_path: Path) -> None:
    (tmp_path / "flat.txt").write_text("So Gray, Mills (London: Ashcombe, 1922), 14. " * 9, encoding="utf-8")
    outcome = run("add", "flat.txt")
    assert outcome.returncode == 0
    assert outcome.stderr.startswith("citekit: flat.txt: 9 places look like citations")
    assert len(outcome.stderr.splitlines()) == 1


def test_links_in_a_circle_end_and_links_to_files_are_followed(run: Any, shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text(essay(2), encoding="utf-8")
    (shelf / "linked.txt").symlink_to(tmp_path / "elsewhere.txt")
    (shelf / "drafts" / "up").symlink_to("..")
    (shelf / "itself").symlink_to("itself")
    (shelf / "nowhere.txt").symlink_to("gone.txt")
    outcome = run("add", "shelf")
    assert outcome.returncode == 0
    assert "11 documents (11 added)" in outcome.stdout
    assert outcome.stdout.splitlines()[-4:] == [
        "passed over: 3 links to folders, or to nothing",
        "passed over: shelf/drafts/up: a link to a folder, or to nothing",
        "passed over: shelf/itself: a link to a folder, or to nothing",
        "passed over: shelf/nowhere.txt: a link to a folder, or to nothing",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(run: Any, shelf: Path) -> None:
    os.mkfifo(shelf / "pipe.txt")
    assert "passed over: 1 file of no known kind (1 .txt)" in run("add", "shelf").stdout


def test_the_store_does_not_depend_on_the_number_of_processes(run: Any, long_shelf: Path, tmp_path: Path) -> None:
    (long_shelf / "drafts" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    for jobs in ("1", "4"):
        assert run("add", "shelf", "--jobs", jobs, "--store", f"{jobs}.db").returncode == 1
    assert dump(tmp_path / "1.db") == dump(tmp_path / "4.db")
    keys = [json.loads(line)["key"] for line in run("works", "--json", "--store", "4.db").stdout.splitlines()]
    assert len(keys) == len(AUTHORS)


def test_a_changed_and_a_new_file_are_read_and_nothing_else(run: Any, shelf: Path) -> None:
    run("add", "shelf")
    (shelf / "essay-3.txt").write_text(essay(5), encoding="utf-8")
    (shelf / "new.txt").write_text(essay(1), encoding="utf-8")
    found = statuses(run("add", "shelf", "--json"))
    assert {name: status for name, status in found.items() if status != "unchanged"} == {
        "essay-3.txt": "updated",
        "new.txt": "added",
    }


def test_a_run_that_was_interrupted_is_taken_up_where_it_stopped(
    run: Any, long_shelf: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    for number in range(2):  # of which some are still to be read when the first document is told of
        (long_shelf / f"thesis-{number}.txt").write_text(thesis(number), encoding="utf-8")
    command = [sys.executable, "-m", "citekit.cli", "add", "shelf", "--jobs", "2", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout
        assert process.stderr
        first = json.loads(process.stdout.readline())["path"]
        process.send_signal(signal.SIGINT)
        rest, said = process.stdout.read(), process.stderr.read()
    if process.returncode == 0:
        pytest.skip("all was read before the interrupt came")
    assert process.returncode == 130
    assert "Traceback" not in said
    done = 1 + len(rest.splitlines())
    assert f"references.db keeps all that was read, {done} of 13 documents; run the same command again" in said
    outcome = run("add", "shelf", "--json")
    found = statuses(outcome)
    assert found[Path(first).name] == "unchanged"
    assert list(found.values()) == ["unchanged"] * done + ["added"] * (13 - done)
    run("add", "shelf", "--store", "whole.db")
    assert dump(tmp_path / "references.db") == dump(tmp_path / "whole.db")


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_before_the_first_document_makes_no_store(
    run: Any, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citekit.ahead.Reading.__call__", interrupted)
    outcome = run("add", "shelf")
    assert (outcome.returncode, outcome.stdout) == (130, "")
    assert outcome.stderr == (
        "citekit: interrupted before the first of 10 documents was in; there is no references.db yet; "
        "run the same command again\n"
    )
    assert not (tmp_path / "references.db").exists()


def test_an_interrupt_before_the_first_document_leaves_the_store_as_it_was(
    run: Any, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "shelf/essay-3.txt")
    before = dump(tmp_path / "references.db")
    monkeypatch.setattr("citekit.ahead.Reading.__call__", interrupted)
    outcome = run("add", "shelf/drafts")
    assert outcome.returncode == 130
    assert "interrupted before the first of 6 documents was in; references.db keeps what it had; " in outcome.stderr
    assert dump(tmp_path / "references.db") == before


def test_documents_in_the_store_are_not_read_again(run: Any, long_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "shelf")
    monkeypatch.setattr("citekit.ahead.Processes.submit", None)  # calling it would fail
    assert set(statuses(run("add", "shelf", "--jobs", "2", "--json")).values()) == {"unchanged"}


@pytest.mark.parametrize("option", [("--as", "thesis"), ("--pages", "1-3")])
def test_what_is_for_one_document_is_refused_for_a_folder(run: Any, shelf: Path, option: tuple[str, str]) -> None:
    outcome = run("add", "shelf", *option)
    assert outcome.returncode == 2
    assert option[0] in outcome.stderr


def test_a_folder_without_documents_says_so(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = run("add", "empty")
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("citekit: empty: holds no document that citekit reads;")
    assert not (tmp_path / "references.db").exists()


def test_a_locked_folder_is_named_and_the_others_are_read(run: Any, shelf: Path) -> None:
    locked = shelf / "drafts"
    locked.chmod(0)
    try:
        if os.access(locked, os.R_OK):
            pytest.skip("this user may read everything")
        outcome = run("add", "shelf")
    finally:
        locked.chmod(0o755)
    assert outcome.returncode == 1
    assert "shelf/drafts: the folder could not be listed" in outcome.stderr
    assert "4 documents (4 added)" in outcome.stdout


def test_files_and_folders_stand_side_by_side(run: Any, shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "alone.text").write_text(essay(0), encoding="utf-8")
    assert "11 documents (11 added)" in run("add", "alone.text", "shelf").stdout
    with sqlite3.connect(tmp_path / "references.db") as store:
        ((first,),) = store.execute("SELECT source FROM documents ORDER BY id LIMIT 1").fetchall()
    assert Path(first).name == "alone.text"


def test_some_pages_of_a_pdf_are_a_version_of_it(run: Any, tmp_path: Path) -> None:
    press = Press()
    for label in ("1", "2", "3"):
        press.page("The mills", label)
        press.lines([*(f"{line} {label}" for line in LINES), f"The mill burnt down.^{label}^"])
        press.feet([f"^{label}^ Max Weber, _Mills and Fires {label}_ (Tübingen: Mohr, 190{label}), p. {label}."])
    (tmp_path / "mills.pdf").write_bytes(press.content())
    told = [
        json.loads(run("add", "mills.pdf", "--json", *pages).stdout)
        for pages in (("--pages", "2-3"), ("--pages", "2-3"), ("--pages", "1"), (), ())
    ]
    assert [(one["status"], one["notes"]) for one in told] == [
        ("added", 2),
        ("unchanged", 2),
        ("updated", 1),
        ("updated", 3),
        ("unchanged", 3),
    ]
    refused = run("add", "mills.pdf", "--pages", "7")
    assert refused.returncode == 1
    assert "it has 3 pages, and 7 is none of them;" in refused.stderr
    (tmp_path / "mills.txt").write_text(essay(1), encoding="utf-8")
    assert "pages can be chosen in a PDF alone" in run("add", "mills.txt", "--pages", "1").stderr


def test_documents_under_another_name_are_known_by_what_they_hold(run: Any, shelf: Path) -> None:
    page = "<html><body><p>Der Rat tagte.</p></body></html>"
    (shelf / "saved.doc").write_text(page, encoding="utf-8")
    (shelf / "lettre").write_text("<TEI><text><body><p>Adieu.</p></body></text></TEI>", encoding="utf-8")
    (shelf / "table.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    outcome = run("add", "shelf", "--json")
    assert {statuses(outcome)[name] for name in ("saved.doc", "lettre")} == {"added"}
    assert "1 file of no known kind (1 .zip)" in outcome.stderr

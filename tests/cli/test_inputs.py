"""Files as they lie about: each gives one clear line and the right exit status, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

ESSAY = """On the great famine.

The famine was man-made.1 Others doubt it.2

1 Frank Dikötter, Mao’s Great Famine (London: Bloomsbury, 2010), p. 17.
2 Felix Wemheuer, Famine Politics in Maoist China and the Soviet Union (New Haven: Yale University Press, 2014), p. 3.
"""


def one_line(outcome: Any, *, names: str) -> str:
    """The single line on standard error, which says the place and what to do about it."""
    line: str = outcome.stderr
    assert line.startswith("citekit: "), line
    assert line.count("\n") == 1, line
    assert names in line
    assert ";" in line, f"no remedy: {line}"
    assert "Traceback" not in line
    return line


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY, encoding="utf-8")
    return path


def test_an_empty_file_has_nothing(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    outcome = run("extract", "empty.txt", "--json")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    shape = json.loads(outcome.stdout)
    assert (shape["notes"], shape["citations"], shape["document"]["characters"]) == ([], [], 0)
    assert run("text", "empty.txt").stdout == ""


@pytest.mark.parametrize("command", ["extract", "text", "dedupe"])
def test_a_missing_file(process: Any, command: str) -> None:
    outcome = process(command, "missing.txt")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    one_line(outcome, names="missing.txt")


@pytest.mark.parametrize("command", ["extract", "text", "dedupe"])
def test_a_folder(run: Any, tmp_path: Path, command: str) -> None:
    (tmp_path / "chapters").mkdir()
    outcome = run(command, "chapters")
    assert outcome.returncode == 1
    one_line(outcome, names="chapters")


@pytest.mark.parametrize("command", ["extract", "text"])
def test_a_binary(run: Any, tmp_path: Path, command: str) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40)
    outcome = run(command, "picture.txt")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    one_line(outcome, names="picture.txt")


def test_what_can_be_read_is_still_printed(run: Any, essay: Path) -> None:
    outcome = run("extract", "missing.txt", "essay.txt", "gone.txt", "essay.txt", "--json")
    assert outcome.returncode == 1
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [line["document"]["path"] for line in lines] == ["essay.txt", "essay.txt"]
    assert [line.split(":")[1].strip() for line in outcome.stderr.splitlines()] == ["missing.txt", "gone.txt"]


def test_several_files_are_an_object_a_line_in_order(run: Any, tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.txt"):
        (tmp_path / name).write_text(ESSAY, encoding="utf-8")
    outcome = run("extract", "b.txt", "a.md", "c.txt", "--json")
    assert outcome.returncode == 0
    assert [json.loads(line)["document"]["path"] for line in outcome.stdout.splitlines()] == ["b.txt", "a.md", "c.txt"]


def test_bad_utf8_loses_no_other_words(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(ESSAY.encode("utf-8").replace(b"Great", b"Gr\xff\xfeat", 1))
    outcome = run("extract", "bad.txt", "--json")
    assert outcome.returncode in (0, 1)
    if outcome.returncode:
        one_line(outcome, names="bad.txt")
    else:
        shape = json.loads(outcome.stdout)
        assert shape["document"]["encoding"]
        assert "Wemheuer" in json.dumps(shape["notes"], ensure_ascii=False)


def test_latin_1_is_read_as_what_it_is(run: Any, tmp_path: Path) -> None:
    words = "Über die Gründe des Krieges wurde viel geschrieben; die Quellen für Österreich fehlen größtenteils.\n" * 20
    (tmp_path / "alt.txt").write_bytes(words.encode("latin-1"))
    outcome = run("text", "alt.txt")
    assert outcome.returncode == 0
    assert outcome.stdout == words


def test_the_text_comes_byte_for_byte(process: Any, tmp_path: Path) -> None:
    words = "\ufeffEin Wort\r\nzwei\u2028drei\x0cvier\u00a0fünf\u00ad\rsechs 中文 😀"
    (tmp_path / "words.txt").write_bytes(words.encode("utf-8"))
    outcome = process("text", "words.txt", text=False)
    assert outcome.returncode == 0
    assert outcome.stdout == words.removeprefix("\ufeff").encode("utf-8")


def test_fifty_megabytes_without_a_line_break(process: Any, tmp_path: Path) -> None:
    words = "Wirtschaft und Gesellschaft, so schrieb er 1922, sind kaum zu trennen (vgl. S. 17); davon später mehr. "
    (tmp_path / "long.txt").write_text(words * (50_000_000 // len(words)), encoding="utf-8")
    outcome = process("extract", "long.txt", "--json", preexec_fn=limit_memory)
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout)["document"]["characters"] > 49_000_000


def limit_memory() -> None:
    """Four gigabytes of addresses: what a small laptop can spare."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def test_a_name_that_is_no_utf8(process: Any, tmp_path: Path) -> None:
    name = os.fsdecode(b"th\xe8se.txt")
    try:
        (tmp_path / name).write_text(ESSAY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    outcome = process("extract", name, "--json")
    assert outcome.returncode == 0
    assert json.loads(outcome.stdout)["document"]["path"] == name


def test_a_missing_name_that_steers_terminals_is_shown_harmlessly(run: Any) -> None:
    outcome = run("extract", "a\x1b[2J\nb.txt")
    assert outcome.returncode == 1
    one_line(outcome, names="b.txt")
    assert "\x1b" not in outcome.stderr


def test_escape_sequences_of_a_document_never_reach_the_terminal(run: Any, tmp_path: Path) -> None:
    for hostile in ("\x1b]0;owned\x07", "\x1b[31m", "\x9b31m", "\x08", "\x7f"):
        (tmp_path / "hostile.txt").write_text(ESSAY.replace("Mao’s", f"{hostile}Mao’s"), encoding="utf-8")
        outcome = run("extract", "hostile.txt", env={"FORCE_COLOR": ""})
        if outcome.returncode == 0:
            assert "Wemheuer" in outcome.stdout
            assert not set(outcome.stdout) & {"\x1b", "\x07", "\x08", "\x7f", "\x9b"}
        parsed = run("parse", f"Dikötter, {hostile}Mao’s Great Famine, London 2010, p. 17.")
        assert parsed.returncode == 0
        assert not set(parsed.stdout) & {"\x1b", "\x07", "\x08", "\x7f", "\x9b"}


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}])
@pytest.mark.parametrize("as_json", [["--json"], []])
def test_any_locale_gives_utf8(process: Any, essay: Path, locale: dict[str, str], as_json: list[str]) -> None:
    outcome = process("extract", essay, *as_json, env={**locale, "PYTHONUTF8": "0"})
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "Dikötter" in outcome.stdout
    parsed = process("parse", "--json", input="Émile Zola, Germinal, Paris 1885.\n", env={**locale, "PYTHONUTF8": "0"})
    assert json.loads(parsed.stdout)["text"] == "Émile Zola, Germinal, Paris 1885."


def test_strict_tells_findings(process: Any, tmp_path: Path, checkout: Path) -> None:
    (tmp_path / "sound.txt").write_text("No note, no trouble.\n", encoding="utf-8")
    lacking = checkout / "references/thesis-page/document.txt"  # marker 22 has no note
    assert process("extract", "--strict", "sound.txt").returncode == 0
    assert process("extract", lacking).returncode == 0
    assert process("extract", "--strict", lacking, "sound.txt").returncode == 3
    assert process("extract", "--strict", lacking, "missing.txt").returncode == 1


def test_human_output_names_notes_works_and_the_place_of_trouble(run: Any, checkout: Path) -> None:
    document = checkout / "references/thesis-page/document.txt"
    outcome = run("extract", document)
    assert outcome.returncode == 0
    assert re.search(r"^21 notes, \d+ citations, \d+ works, 1 marker without a note$", outcome.stdout, re.MULTILINE)
    assert "Musgrove" in outcome.stdout
    text = document.read_text(encoding="utf-8")
    places = re.findall(
        rf"^{re.escape(str(document))}:(\d+):(\d+): (?:warning|error|info): ", outcome.stdout, re.MULTILINE
    )
    assert places
    lines = text.split("\n")
    assert all(int(column) <= len(lines[int(line) - 1]) + 1 for line, column in places)


def test_a_document_through_a_pipe(process: Any, essay: Path) -> None:
    with subprocess.Popen(["cat", essay], stdout=subprocess.PIPE) as cat:
        outcome = process("text", "/dev/stdin", stdin=cat.stdout)
    assert outcome.returncode == 0
    assert outcome.stdout == ESSAY

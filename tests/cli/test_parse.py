"""`citekit parse`: a line in, a line out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ZOLA = "Émile Zola, Germinal, Paris, Charpentier, 1885, p. 12."


def objects(outcome: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in outcome.stdout.split("\n") if line]


def test_each_line_gives_a_line_in_order(run: Any) -> None:
    texts = [ZOLA, "", "Ibid., p. 3.", "no citation here", " \t", ZOLA]
    outcome = run("parse", "--json", input="".join(f"{text}\n" for text in texts))
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert [parsed["text"] for parsed in objects(outcome)] == texts
    assert all(parsed["schema"] == "citekit/parse/1" for parsed in objects(outcome))


def test_lines_end_at_line_feeds_alone(run: Any) -> None:
    texts = ["one\rone", "two\u2028two", "three\x0cthree", "four\x85four", "five\r"]
    outcome = run("parse", "--json", input="\n".join(texts).encode("utf-8"), text=False)
    lines = outcome.stdout.decode("utf-8").splitlines()  # splits at all of them: none may stand raw in the output
    assert [json.loads(line)["text"] for line in lines] == texts


def test_lines_longer_than_what_is_read_at_once_are_whole(run: Any) -> None:
    texts = ["é" * 40_000, "Ibid.", "дом " * 30_000, ZOLA]
    outcome = run("parse", "--json", input="\n".join(texts))
    assert [parsed["text"] for parsed in objects(outcome)] == texts


def test_arguments_instead_of_standard_input(run: Any) -> None:
    outcome = run("parse", ZOLA, "Ibid.", "--json")
    assert [parsed["text"] for parsed in objects(outcome)] == [ZOLA, "Ibid."]
    (citation,) = objects(outcome)[0]["citations"]
    assert citation["item"]["title"] == "Germinal"
    assert citation["locator"] == {"label": "page", "value": "12"}
    start, end = citation["span"]
    assert ZOLA[start:end] == ZOLA.rstrip(".")
    ((start, end),) = citation["field_spans"]["title"]
    assert ZOLA[start:end] == "Germinal"


def test_the_name_of_a_file_is_no_citation_and_says_so(run: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(f"{ZOLA}\n", encoding="utf-8")
    outcome = run("parse", "notes.txt", "--json")
    assert [parsed["text"] for parsed in objects(outcome)] == ["notes.txt"]
    assert "citekit parse < notes.txt" in outcome.stderr
    assert run("parse", ZOLA, "--json").stderr == ""


def test_an_answer_comes_as_soon_as_its_line(checkout: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "citekit.cli", "parse", "--json"]
    with subprocess.Popen(
        command, cwd=checkout, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in (ZOLA, "Ibid., p. 3."):
            process.stdin.write(text + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
        assert process.wait() == 0


def test_a_line_that_is_no_utf8_keeps_its_place(run: Any) -> None:
    outcome = run("parse", "--json", input=b"one\ntw\xff\nthree\n", text=False)
    assert outcome.returncode == 1
    assert [json.loads(line)["text"] for line in outcome.stdout.splitlines()] == ["one", "tw\ufffd", "three"]
    assert outcome.stderr.startswith(b"citekit: standard input, line 2: ")
    assert outcome.stderr.count(b"\n") == 1


def test_human_output_shows_fields(run: Any) -> None:
    outcome = run("parse", ZOLA, "nothing")
    assert outcome.returncode == 0
    assert "Zola, Émile" in outcome.stdout
    assert "page 12" in outcome.stdout


def test_human_output_shows_how_sure_it_is(run: Any) -> None:
    text = "Weber, in: Fs. Knapp, unklar, passim"
    (citation,) = objects(run("parse", text, "--json"))[0]["citations"]
    first, *fields = [line.split() for line in run("parse", text).stdout.splitlines()[1:] if line.strip()]
    assert first[:2] == ["confidence", told(citation["confidence"])]
    shown = {name: sure for name, sure, *_ in fields}
    sure = {name: told(confidence) for name, confidence in citation["field_confidence"].items()}
    assert sure == {name: shown[name] for name in sure}


def told(confidence: float) -> str:
    sign = "?" if confidence < 0.5 else "~" if confidence < 0.8 else ""
    return f"{int(confidence * 100) / 100:.2f}{sign}"


def test_below_prints_what_is_less_sure_and_what_is_no_citation(run: Any) -> None:
    texts = [ZOLA, "no citation here", "Ibid., p. 3."]
    sure = [parsed["citations"][0]["confidence"] for parsed in objects(run("parse", ZOLA, "Ibid., p. 3.", "--json"))]
    (least, most), between = sorted(sure), sum(sure) / 2
    assert least < most
    outcome = run("parse", "--json", "--below", between, *texts)
    assert [parsed["text"] for parsed in objects(outcome)] == [
        text for text, known in zip(texts, (sure[0], 0.0, sure[1]), strict=True) if known < between
    ]


def test_the_name_of_a_file_is_told_from_a_citation(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "strings.txt"
    file.write_text(ZOLA)
    outcome = run("parse", str(file))
    assert outcome.returncode == 0
    assert f"citekit parse < {file}" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1


def test_nothing_in_nothing_out(run: Any) -> None:
    outcome = run("parse", "--json", input="")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")

"""Where answers go: full disks, closed streams, readers who leave, terminals."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from citekit.cli.writing import write_whole

FULL = Path("/dev/full")
NOT_WRITABLE = Path("/proc/self")  # not even for root


def shell(command: str, folder: Path, environment: dict[str, str]) -> Any:
    """A command line with `citekit` in it, as a shell runs it."""
    script = command.replace("citekit", f"'{sys.executable}' -m citekit.cli")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text("A claim.1\n\n1 Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17.\n", encoding="utf-8")
    return path


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "command", ["extract essay.txt", "extract essay.txt --json", "text essay.txt", "--help", "parse x"]
)
def test_a_full_disk_behind_standard_output(
    command: str, essay: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    outcome = shell(f"citekit {command} > /dev/full", tmp_path, environment)
    assert outcome.returncode == 1
    assert re.fullmatch(r"citekit: standard output: no space left on device; .+\n", outcome.stderr)


@pytest.mark.parametrize("command", ["extract essay.txt --json", "text essay.txt", "parse x"])
def test_a_closed_standard_output(command: str, essay: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    outcome = shell(f"citekit {command} >&-", tmp_path, environment)
    assert outcome.returncode == 1
    assert re.fullmatch(r"citekit: standard output: closed; .+\n", outcome.stderr)


def test_a_closed_standard_input(tmp_path: Path, environment: dict[str, str]) -> None:
    outcome = shell("citekit parse --json <&-", tmp_path, environment)
    assert outcome.returncode == 1
    assert re.fullmatch(r"citekit: standard input: closed; .+\n", outcome.stderr)


def test_a_closed_standard_error(tmp_path: Path, environment: dict[str, str]) -> None:
    assert shell("citekit extract missing.txt 2>&-", tmp_path, environment).returncode == 1


@pytest.mark.parametrize("as_json", ["--json", ""])
def test_a_reader_who_has_had_enough(as_json: str, essay: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    outcome = shell(f"citekit extract {as_json} {'essay.txt ' * 40} | head -n 1", tmp_path, environment)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.count("\n") == 1


def test_interrupted(tmp_path: Path, environment: dict[str, str], checkout: Path) -> None:
    # What a shell starts in the background ignores interrupts, and hands that on to what the tests start.
    heeding = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    command = [sys.executable, "-c", f"{heeding}from citekit.cli import main; sys.exit(main(['parse', '--json']))"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"Ibid.\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read().strip() == b"citekit: interrupted; run the same command again"


def test_an_unexpected_exception_is_one_line(tmp_path: Path, environment: dict[str, str]) -> None:
    replaced = "import citekit, sys; from citekit.cli import main; citekit.parse_all = None"
    broken = f"{replaced}; sys.exit(main(['parse', 'x']))"
    for debug, tracebacks in (("", 0), ("1", 1)):
        outcome = subprocess.run(
            [sys.executable, "-c", broken],
            cwd=tmp_path,
            env={**environment, "CITEKIT_DEBUG": debug},
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 1
        assert outcome.stderr.count("Traceback") == tracebacks
        assert outcome.stderr.splitlines()[-1].startswith("citekit: unexpected trouble (TypeError: ")
        assert tracebacks or outcome.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["no-such-command"], "no-such-command"),
        (["extract"], "FILE"),
        (["extract", "--no-such-option", "x"], "--no-such-option"),
        (["export", "--format", "word"], "word"),
        (["export"], "--format"),
        (["show"], "KEY"),
        (["text", "a", "b"], "b"),
    ],
)
def test_wrong_usage_is_status_2_and_one_line(run: Any, arguments: list[str], names: str) -> None:
    outcome = run(*arguments)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("citekit: ")
    assert outcome.stderr.count("\n") == 1
    assert names in outcome.stderr
    assert "--help" in outcome.stderr


def test_no_command_is_wrong_usage_and_shows_the_help(run: Any) -> None:
    outcome = run()
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Commands:" in outcome.stderr


def test_version(run: Any) -> None:
    import citekit

    assert run("--version").stdout == f"citekit, version {citekit.__version__}\n"


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "thesis.bib"
    write_whole(str(target), "first")
    assert target.read_text() == "first"
    target.chmod(0o640)
    link = tmp_path / "link.bib"
    link.symlink_to(target)
    write_whole(str(link), "zweite Fassung: ä")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "zweite Fassung: ä"
    assert target.stat().st_mode & 0o777 == 0o640
    assert listing(tmp_path) == ["link.bib", "thesis.bib"]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "thesis.bib"
    target.write_text("precious")
    with pytest.raises(UnicodeEncodeError):
        write_whole(str(target), "lone surrogate \ud800")
    assert target.read_text() == "precious"
    assert listing(tmp_path) == ["thesis.bib"]


def test_a_full_disk_while_a_file_is_replaced(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: the write fails in the middle."""
    target = tmp_path / "thesis.bib"
    target.write_text("precious")
    script = (
        "import resource, signal, sys; from citekit.cli.writing import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        f"try: write_whole({str(target)!r}, 'x' * 100_000)\n"
        "except OSError as error: sys.exit(0 if error.filename.endswith('thesis.bib') else 5)\n"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
    assert target.read_text() == "precious"
    assert listing(tmp_path) == ["thesis.bib"]


@pytest.mark.parametrize("target", [FULL, NOT_WRITABLE / "thesis.bib"])
def test_a_place_that_takes_no_file(target: Path) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        write_whole(str(target), "words")
    assert caught.value.filename == str(target)


def test_json_needs_no_help_to_be_read(essay: Path, run: Any) -> None:
    essay.write_text(
        "A\u2028claim\x85.1\n\n1 Max\x7f Weber\u2029, Wirtschaft, Tübingen 1922, S. 17.\n", encoding="utf-8"
    )
    outcome = run("extract", essay, "--json")
    assert len(outcome.stdout.splitlines()) == 1
    assert json.loads(outcome.stdout)["document"]["path"] == str(essay)


class TestDatabases:
    """A bibliography is never written over a store: years of work would be gone."""

    @pytest.fixture
    def kept(self, run: Any, essay: Path, tmp_path: Path) -> Path:
        assert run("add", essay).returncode == 0
        return tmp_path / "references.db"

    @pytest.mark.parametrize("format_", ["bibtex", "biblatex", "csl-json"])
    def test_the_store_in_use_stays(self, run: Any, kept: Path, format_: str) -> None:
        before = kept.read_bytes()
        done = run("export", "--format", format_, "-o", "references.db")
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch(
            r"citekit: references\.db: is a store, or a backup of one, .+; name another file\n", done.stderr
        )
        assert kept.read_bytes() == before

    def test_so_does_a_backup_another_store_and_a_link_to_one(self, run: Any, kept: Path, tmp_path: Path) -> None:
        backup = Path(json.loads(run("backup", "--json").stdout)["path"])
        other = tmp_path / "other.bib"
        other.write_bytes(kept.read_bytes())
        (tmp_path / "link.bib").symlink_to(other)
        for name in (backup.name, "other.bib", "link.bib"):
            done = run("export", "--format", "bibtex", "-o", name)
            assert (done.returncode, name in done.stderr) == (1, True)
        assert other.read_bytes() == kept.read_bytes()

    def test_so_does_the_log_beside_it(self, run: Any, kept: Path, tmp_path: Path) -> None:
        done = run("export", "--format", "bibtex", "-o", "references.db-wal")
        assert done.returncode == 1
        assert "belongs to the store beside it" in done.stderr

    def test_a_folder_and_a_bibliography(self, run: Any, kept: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        done = run("export", "--format", "bibtex", "-o", "out")
        assert (done.returncode, done.stderr) == (1, "citekit: out: is a folder; name a file in it\n")
        for _ in range(2):
            assert run("export", "--format", "bibtex", "-o", "out/thesis.bib").returncode == 0

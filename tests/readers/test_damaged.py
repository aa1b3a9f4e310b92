"""Files as they come out of broken downloads and bad disks: read as far as they go or refused, never a crash."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from citekit.errors import ReadError
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from tests.peak_memory import PEAK_MEMORY
from tests.readers.press import BODY, Press

VARIANTS = int(os.environ.get("CITEKIT_DAMAGED", "20"))  # of each format
GIGABYTE = 1_000_000  # kilobytes
SECONDS = 120  # of the processor that one document may take: what pandoc is given
ESSAY = """# The mills

The mill stood on the *Aire*.[^1] It burnt in 1819.[^2]

| a | b |
|---|---|
| 1 | 2 |

[^1]: John Mills, *Fire* (London: Hall, 1820), 3.
[^2]: Ibid., 14–15; <http://example.org/steel>.
"""
WRITERS = {
    "html": "html",
    "xml": "tei",
    "jats": "jats_archiving",
    "epub": "epub",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "tex": "latex",
    "wiki": "mediawiki",
    "rst": "rst",
    "txt": "plain",
}
FORMATS = (*WRITERS, "md", "pdf")
LIBRARIES = {
    "bib": b"""@string{hall = "Hall"}
@book{mills1820, author = {Mills, John and {van Dijk}, Jan},
 title = {{Fire} on the {\\'A}ire}, publisher = hall, year = 1820}
@article{mills1821,
 author = "John Mills", crossref = {mills1820}, pages = {3--15}, doi = {10.1000/182}}
% the rest is by hand
@misc{letter, note = {a \\emph{letter}}}
""",
    "json": json.dumps(
        [
            {
                "id": "mills",
                "type": "book",
                "title": "Fire",
                "author": [{"family": "Mills"}],
                "issued": {"date-parts": [[1820]]},
            },
            {"id": "b", "type": "chapter", "title": "Ä", "page": "3-15", "editor": [{"literal": "Hall"}]},
        ],
        indent=1,
    ).encode(),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The essay in each format."""
    if pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    folder = tmp_path_factory.mktemp("whole")
    source = folder / "essay.md"
    source.write_text(ESSAY, encoding="utf-8")
    written = {"md": ESSAY.encode(), "pdf": printed(), **LIBRARIES}
    for extension, form in WRITERS.items():
        path = folder / f"essay.{extension}"
        subprocess.run([pandoc_path(), "--standalone", f"--to={form}", f"--output={path}", source], check=True)
        written[extension] = path.read_bytes()
    return written


def printed() -> bytes:
    """The essay on two pages."""
    press = Press()
    for label in (1, 2):
        press.page("The mills", str(label))
        press.lines([*(f"{line} {label}" for line in BODY), f"It burnt in 1819.^{label}^"])
        press.feet([f"^{label}^ John Mills, _Fire_ (London: Hall, 1820), {label}."])
    return press.content()


def damage(content: bytes, chance: random.Random) -> bytes:
    """One of the ways in which files break: bits flipped, an end cut off, a block lost, doubled or zeroed."""
    hurt = bytearray(content)
    place = chance.randrange(len(hurt))
    size = min(chance.choice((1, 16, 512)), len(hurt) - place)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.choice((1, 8, 64))):
                hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        case 1:
            del hurt[place:]
        case 2:
            del hurt[place : place + size]
        case 3:
            hurt[place:place] = hurt[place : place + size]
        case _:
            hurt[place : place + size] = bytes(size)
    return bytes(hurt)


def held() -> None:
    """What a process may take of the processor, for all that it reads."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 3, SECONDS * 3))


READER = f"""{PEAK_MEMORY}
import json, sys, time
import citekit
from citekit.errors import CitekitError
from citekit.store import importing

for path in json.load(sys.stdin):
    begun = time.process_time()
    try:
        if path.endswith((".bib", ".json")):
            json.dumps([record.item for record in importing.read(path, None).records])
        else:
            found = citekit.extract(path)
            assert "of another file" not in found.document.text
            for note in found.notes:
                assert found.document.slice(note.parts) == note.text
            for citation in found.citations:
                assert found.document.slice(citation.parts) == citation.text
            json.dumps(found.to_json())
        refusal = ""
    except CitekitError as error:
        refusal = str(error)
    print(json.dumps([path, refusal, time.process_time() - begun]))
print(peak_memory())
"""


def read_or_refused(paths: list[Path], folder: Path) -> dict[Path, str]:
    """Why each was refused, "" where it was read: in bounded time and memory, with nothing written anywhere.

    All are read in one process, through all stages; the words of a note and a citation must be where they are said to
    be, and nothing of another file may be among them.
    """
    before = sorted(folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "HOME": str(folder)},
        preexec_fn=held,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *lines, memory = done.stdout.splitlines()
    assert int(memory) < GIGABYTE
    assert sorted(folder.rglob("*")) == before
    found = {}
    for line in lines:
        path, refusal, took = json.loads(line)
        assert took < SECONDS
        assert not refusal or path in refusal
        assert "\n" not in refusal
        assert not refusal or ";" in refusal or refusal.endswith("?"), f"no remedy: {refusal}"
        found[Path(path)] = refusal
    assert list(found) == paths
    return found


@pytest.mark.parametrize("extension", [*FORMATS, *LIBRARIES])
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused_in_a_line(
    whole: dict[str, bytes], extension: str, tmp_path: Path
) -> None:
    chance = random.Random(extension)
    paths = [tmp_path / f"{number}.{extension}" for number in range(VARIANTS)]
    for path in paths:
        path.write_bytes(damage(whole[extension], chance))
    undamaged = tmp_path / f"whole.{extension}"
    undamaged.write_bytes(whole[extension])
    assert read_or_refused([*paths, undamaged], tmp_path)[undamaged] == ""


def test_a_wrong_extension_is_seen_through_or_refused(whole: dict[str, bytes], tmp_path: Path) -> None:
    paths = []
    for extension in FORMATS:
        for really, content in whole.items():
            paths.append(tmp_path / f"{really}.{extension}")
            paths[-1].write_bytes(content)
    found = read_or_refused(paths, tmp_path)
    for extension in FORMATS:
        assert found[tmp_path / f"{extension}.{extension}"] == ""
        assert found[tmp_path / f"pdf.{extension}"] == "", "a PDF is one whatever its name says"


@pytest.mark.parametrize(
    ("member", "extension"), [("word/document.xml", "docx"), ("content.xml", "odt"), ("a.xhtml", "epub")]
)
def test_a_zip_bomb_is_refused(tmp_path: Path, member: str, extension: str) -> None:
    path = tmp_path / f"bomb.{extension}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}{member.replace('/', '-')}", bytes(30_000_000))
        archive.writestr(member, bytes(1000))
    with pytest.raises(ReadError, match="zip bomb"):
        read(path)


def test_names_that_lead_outside_an_archive_write_nothing(whole: dict[str, bytes], tmp_path: Path) -> None:
    for extension in ("epub", "docx", "odt"):
        folder = tmp_path / "a" / "b"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"essay.{extension}"
        path.write_bytes(whole[extension])
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("../../escaped.xml", "<p/>")
            archive.writestr("/escaped.xml", "<p/>")
        assert find_notes(read(path)).notes
    assert sorted(path.name for path in tmp_path.rglob("*") if "escaped" in path.name) == []


def archive(*members: tuple[str, str]) -> bytes:
    """A zip file of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, words in members:
            written.writestr(name, words)
    return content.getvalue()


def book(page: str, doctype: str = "", spine: str = '<itemref idref="p"/>') -> bytes:
    """An EPUB of one page."""
    package = (
        f'<?xml version="1.0"?>{doctype}<package><manifest><item id="p" href="p.xhtml" '
        f'media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>'
    )
    container = '<?xml version="1.0"?><container><rootfile full-path="c.opf"/></container>'
    return archive(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("c.opf", package),
        (
            "p.xhtml",
            f'<?xml version="1.0"?>{doctype.replace("package", "html")}<html><body><p>{page}</p></body></html>',
        ),
    )


def word(words: str, doctype: str = "") -> bytes:
    """A Word file of one paragraph."""
    schemas = "http://schemas.openxmlformats.org"
    kind = f"{schemas}/officeDocument/2006/relationships/officeDocument"
    related = f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/>'
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    return archive(
        ("[Content_Types].xml", f'<Types xmlns="{schemas}/package/2006/content-types"/>'),
        ("_rels/.rels", f'<Relationships xmlns="{schemas}/package/2006/relationships">{related}</Relationships>'),
        (
            "word/document.xml",
            f'{doctype}<w:document xmlns:w="{schemas}/wordprocessingml/2006/main">{body}</w:document>',
        ),
    )


def lying() -> bytes:
    """A Word file that says that its words are short."""
    size = 300_000_000
    return archive(("word/document.xml", " " * size)).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def laughs(root: str) -> str:
    """Ten entities, each ten of the one before: ten thousand million words (OWASP, "billion laughs")."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE {root} [<!ENTITY a0 "lol ">{entities}]>'


def multiplied(first: str, definition: str, call: str, last: str, names: str = "abcdefg") -> bytes:
    """Macros, xa to xg, each ten of the one before: a million words."""
    words = first
    for former, name in itertools.pairwise(names):
        words += definition.format(name=name, ten=call.format(name=former) * 10)
    return (words + last).encode()


def hostile(secret: Path) -> dict[str, bytes]:
    """Files made to harm; `secret` is a file that none of them may bring in."""
    outside = f'[<!ENTITY a9 SYSTEM "{secret.as_uri()}">]>'
    tei = "<TEI><text><body><p>x &a9; y</p></body></text></TEI>"
    jats = "<article><body><p>x &a9; y</p></body></article>"
    page = "<html><body><p>x &a9; y</p></body></html>"
    return {
        "laughs.xml": (laughs("TEI") + tei).encode(),
        "laughs.jats": (laughs("article") + jats).encode(),
        "laughs.html": (laughs("html") + page).encode(),
        "laughs.epub": book("&a9;", laughs("package")),
        "laughs.docx": word("&a9;", laughs("w:document")),
        "outside.xml": f"<!DOCTYPE TEI {outside}{tei}".encode(),
        "outside.jats": f"<!DOCTYPE article {outside}{jats}".encode(),
        "outside.html": f"<!DOCTYPE html {outside}{page}".encode(),
        "outside.epub": book("&a9;", f"<!DOCTYPE package {outside}"),
        "outside.docx": word("&a9;", f"<!DOCTYPE w:document {outside}"),
        "outside.tex": f"\\input{{{secret}}} \\include{{{secret}}} \\lstinputlisting{{{secret}}} words".encode(),
        "outside.rst": f".. include:: {secret}\n\n.. csv-table::\n   :file: {secret}\n\nwords\n".encode(),
        "macros.tex": multiplied(
            "\\newcommand{\\xa}{lol lol }", "\\newcommand{{\\x{name}}}{{{ten}}}\n", "\\x{name} ", "\\xg"
        ),
        "itself.tex": b"\\newcommand{\\a}{\\a\\a}\\a",
        "strings.bib": multiplied(
            '@string{xa = "lol"}\n',
            "@string{{x{name} = {ten} xa}}\n",
            "x{name} # ",
            "@book{k, title = xj}",
            "abcdefghij",
        ),
        "spine.epub": book("word " * 20_000, spine='<itemref idref="p"/>' * 5_000),
        "short.docx": lying(),
        "blanks.pdf": b"%PDF-1.4\n4 0 obj\n<< /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(b"q " * 10_000_000, 9)
        + b"\nendstream\nendobj\n",
        "deep.json": b"[" * 100_000,
        "deep-items.json": b'[{"title":' * 50_000,
        "deep.bib": b"@book{k, title = {" + b"{" * 50_000 + b"}" * 50_000 + b"}}",
        "open.bib": b'@book{k, title = "' + b"{" * 50_000,
        "deep.md": b"> " * 20_000 + b"words",
        "notes.md": b"[^1]: " * 10_000,
        "inline.md": b"^[" * 20_000,
        "brackets.txt": b"1 " + b"(" * 50_000 + b"\n2 " + b"[" * 50_000,
        "deep.rtf": b"{\\rtf1 " + b"{" * 50_000 + b"words",
        "deep-notes.rtf": b"{\\rtf1 " + b"{\\footnote " * 10_000 + b"words",
        "angles.html": b"<" * 100_000,
        "cells.html": b"<table>" + b"<tr><td rowspan=60000 colspan=60000>x" * 1_000,
        "numbers.html": b"<ol start=999999999999999999999>" + b"<li value=-5>x" * 2_000,
    }


def test_a_file_made_to_harm_takes_nothing_from_elsewhere_and_little_of_the_machine(tmp_path: Path) -> None:
    if pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    secret, folder = tmp_path / "secret.txt", tmp_path / "files"
    secret.write_text("words of another file", encoding="utf-8")
    folder.mkdir()
    paths = []
    for name, content in hostile(secret).items():
        if name == "macros.tex" and VARIANTS < 200:
            continue  # ten seconds of pandoc
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    found = read_or_refused(paths, folder)
    assert "as a bomb does" in found[folder / "blanks.pdf"]
    assert found[folder / "short.docx"]
    assert found[folder / "laughs.xml"] == "", "the words before and behind the entity are read"
    library = found.get(
        folder / "macros.tex", "too much memory"
    )  # of one word, which a busy machine reads for too long
    assert "too much memory" in library or "took longer" in library


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", b"<div>" * 100_000 + b"words"),
        ("deep.xml", b"<TEI><text>" + b"<div>" * 100_000 + b"words"),
        ("deep.rst", b"".join(b"  " * n + b"* a\n\n" for n in range(150))),
        ("wide.html", b"<p>" + b"<a href='#x'>1</a><sup>2</sup>" * 20_000 + b"<p id=x>1. words"),
        ("open.html", b"<table><tr><td>" * 3_000 + b"<ol><li>" * 3_000),
        ("attributes.html", b"<p " + b" ".join(b"a%d='%s'" % (n, b"x" * 50) for n in range(4_000)) + b">words"),
        ("entities.xml", b"<TEI><text><p>" + b"&mdash;&#8212;&none;" * 5_000 + b"</p></text></TEI>"),
    ],
)
def test_a_hostile_page_needs_little_memory(tmp_path: Path, name: str, content: bytes) -> None:
    if name.endswith("rst") and pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    path = tmp_path / name
    path.write_bytes(content)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, preexec_fn=held, check=False
    )
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert int(done.stdout) < 1_000_000  # kilobytes


PROGRAM = f"""{PEAK_MEMORY}
import sys
from citekit.cli import main
sys.argv = ["citekit", "text", sys.argv[1]]
out, sys.stdout = sys.stdout, open("/dev/null", "w")
try:
    status = main()
except SystemExit as end:
    status = end.code
print(peak_memory(), file=out)
sys.exit(status or 0)
"""

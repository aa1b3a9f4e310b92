"""Lists of abbreviations: a name of a work leads the notes to it, one of an archive or a journal does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit
from citekit.model import Citation, Extraction

GERMAN = """# Die Brücken der Stadt

## Siglen

BR = Otto Krell, Die Brücken, Wien 1901
HS = Anna Brook, Handel und Salz, Leipzig 1961
HZ = Historische Zeitschrift
ZfS = Zeitschrift für Salzhandel, Wien 1859 ff.
StA = Staatsarchiv

## Einleitung

Die Brücken wurden früh gebaut.[^1] Der Handel folgte.[^2] Und dann kam das Salz.[^3] Es gab Streit.[^4]

[^1]: BR, S. 45.
[^2]: Vgl. HS 12.
[^3]: BR II, 45.
[^4]: Otto Brunner, Land und Herrschaft, in: HZ 190 (1960), S. 3–20.
"""

ENGLISH = """The Bridges of the Town

Abbreviations

BR\tOtto Krell, The Bridges (London: Dent, 1901)
SR\tRolf Munk, The Salt Roads of the North (London: Dent, 1955)
UU\tAnna Brook, Unused and Unread (London: Dent, 1961)
BL\tBritish Library

Introduction

The bridges were built early.1 Trade followed.2 And then came salt.3

Notes

1. BR, p. 45.
2. See SR 12; BR 46.
3. SR, 13.
"""

FRENCH = """# Les ponts

## Abréviations

| Sigle | Ouvrage |
|---|---|
| PO | Otto Krell, *Les ponts*, Paris, Plon, 1901 |
| RS | Rolf Munk, *Les routes du sel*, Paris, Plon, 1955 |
| BnF | Bibliothèque nationale de France |

## Introduction

Les ponts furent bâtis tôt[^1]. Le commerce suivit[^2].

[^1]: PO, p. 45.
[^2]: Voir RS, p. 12.
"""

ITALIAN = """I ponti della città

Sigle

QC: Antonio Gramsci, Quaderni del carcere, a cura di Valentino Gerratana, Torino, Einaudi,
    1975
SI: Benedetto Croce, Storia d’Italia dal 1871 al 1915, Bari, Laterza, 1928
RSI: Rivista storica italiana

Capitolo primo

I ponti furono costruiti presto.1 Il commercio seguì.2

Note

1. QC, p. 45.
2. Cfr. SI, 12.
"""

RUSSIAN = """Мосты города

Список сокращений

ПСРЛ — Полное собрание русских летописей. Т. 1. Л., 1926.
КБ — Ключевский В. О. Боярская дума Древней Руси. М., 1902.
ВИ — Вопросы истории

Введение

Мосты построены рано.1 Торговля росла.2

Примечания

1. ПСРЛ. С. 20.
2. КБ. С. 15.
"""

WEB = """<html lang="en"><body><h1>Bridges</h1><h2>List of abbreviations</h2>
<table><tr><td>BR</td><td>Otto Krell, <i>The Bridges</i> (London: Dent, 1901)</td></tr></table>
<dl><dt>SR</dt><dd>Rolf Munk, <i>The Salt Roads</i> (London: Dent, 1955)</dd></dl>
<h2>Introduction</h2><p>The bridges were built early.<a href="#n1" id="r1"><sup>1</sup></a>
Then salt.<a href="#n2" id="r2"><sup>2</sup></a></p>
<ol><li id="n1">BR, p. 45. <a href="#r1">back</a></li><li id="n2">SR 12. <a href="#r2">back</a></li></ol></body></html>
"""


def _extract(folder: Path, name: str, text: str) -> Extraction:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return citekit.extract(path)


def _meant(extraction: Extraction) -> list[tuple[str, str | None]]:
    """The short citations and the title of the work that each means; None where it is never cited in full."""
    works = {work.id: work for work in extraction.works}

    def title(citation: Citation) -> str | None:
        work = works[citation.works[0]]
        return None if work.incomplete else str(work.item.get("title"))

    return [(citation.text, title(citation)) for citation in extraction.citations if citation.form.value == "short"]


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        (
            "bruecken.md",
            GERMAN,
            [("BR, S. 45", "Die Brücken"), ("HS 12", "Handel und Salz"), ("BR II, 45", "Die Brücken")],
        ),
        (
            "bridges.txt",
            ENGLISH,
            [
                ("BR, p. 45", "The Bridges"),
                ("SR 12", "The Salt Roads of the North"),
                ("BR 46", "The Bridges"),
                ("SR, 13", "The Salt Roads of the North"),
            ],
        ),
        ("ponts.md", FRENCH, [("PO, p. 45", "Les ponts"), ("RS, p. 12", "Les routes du sel")]),
        (
            "ponti.txt",
            ITALIAN,
            [("QC, p. 45", "Quaderni del carcere"), ("SI, 12", "Storia d’Italia dal 1871 al 1915")],
        ),
        (
            "mosty.txt",
            RUSSIAN,
            [("ПСРЛ. С. 20", "Полное собрание русских летописей"), ("КБ. С. 15", "Боярская дума Древней Руси")],
        ),
        ("bridges.html", WEB, [("BR, p. 45", "The Bridges"), ("SR 12", "The Salt Roads")]),
    ],
)
def test_notes_are_led_to_the_works_of_the_list(
    tmp_path: Path, name: str, text: str, meant: list[tuple[str, str]]
) -> None:
    assert _meant(_extract(tmp_path, name, text)) == meant


def test_archives_journals_and_what_no_note_uses_are_no_works(tmp_path: Path) -> None:
    german, english = _extract(tmp_path, "a.md", GERMAN), _extract(tmp_path, "b.txt", ENGLISH)
    assert [note.label for note in german.notes if note.kind.value == "reference"] == ["BR", "HS"]
    assert [note.label for note in english.notes if note.kind.value == "reference"] == ["BR", "SR"]
    assert {work.item.get("title") for work in german.works} == {
        "Die Brücken",
        "Handel und Salz",
        "Land und Herrschaft",
    }


def test_a_siglum_outside_a_list_stays_unknown(tmp_path: Path) -> None:
    prose = ENGLISH.replace("Abbreviations\n", "A preface\n")
    assert {title for _, title in _meant(_extract(tmp_path, "c.txt", prose))} == {None}


def test_prose_under_the_heading_is_no_list(tmp_path: Path) -> None:
    said = "In the notes the usual abbreviations are used, as in all works on the bridges since 1901."
    lines = ENGLISH.splitlines()
    text = "\n".join([*lines[:4], said, *lines[8:]])
    assert not [note for note in _extract(tmp_path, "d.txt", text).notes if note.kind.value == "reference"]

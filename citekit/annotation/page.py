"""The page around the annotated text: what it needs it has in it, and nothing in it runs but its own few lines.

The policy in its head (Content Security Policy, level 3) lets no script run and no style count but the two whose
digests it names; no image, font, frame or address is fetched.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from citekit.annotation.blocks import TYPESET
from citekit.annotation.body import body
from citekit.annotation.escaping import language, text
from citekit.annotation.view import View, view_of
from citekit.annotation.works import to_check, works
from citekit.grades import FAIR, SURE, Grade
from citekit.model import Extraction, Form
from citekit.version import VERSION
from citekit.wording import counted, one_line

__all__ = ["annotate"]

_OPEN = 30  # places to check that are shown at once; more fold up, so that the works are seen
_FORMS = {Form.FULL: "in full", Form.SHORT: "short", Form.IBID: "ibid.", Form.CROSS_REFERENCE: "cross-reference"}


def annotate(extraction: Extraction) -> str:
    """A document with its markers, notes, citations and works, as one page of HTML that needs nothing but itself.

    Every character of the text is in it, in order. Citations are marked by how sure they are, in three grades that
    can be told apart without colour; short forms show what they were led to, and by which rule; each work lists its
    citations, each citation its fields, and each field leads to its words. The same extraction gives the same page.

    Args:
        extraction: what `citekit.extract` found.

    Returns:
        The page; it can be encoded as UTF-8 whatever the document holds.
    """
    view = view_of(extraction)
    document = extraction.document
    name = text(one_line(PurePath(document.path).name, 120)) if document.path else "a text"
    count, places = to_check(view)
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    check = f"To check: {count:,}" if count else "Nothing to check"
    folded = "" if count > _OPEN else " open"
    listed = f"<details{folded}><summary>in the order of the text</summary>{places}</details>" if count else ""
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f'<meta name="generator" content="citekit {VERSION}">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{name}: citations</title>\n<style>{style}</style></head>\n<body>\n",
            '<a class="skip" href="#text">To the text</a>\n',
            f"<header><h1><bdi>{name}</bdi></h1>{_counts(view)}{_legend()}</header>\n",
            '<nav aria-label="This page"><a href="#text">Text</a> ',
            f'<a href="#check">{check}</a> <a href="#works">{counted(len(extraction.works), "work")}</a>',
            '<span class="sw"><label><input type="checkbox" id="only"> only what is uncertain</label> ',
            '<label><input type="checkbox" id="fields"> name the fields</label> ',
            '<label><input type="checkbox" id="lines"> lines as printed</label>'
            if document.media_type in TYPESET
            else "",
            "</span></nav>\n",
            '<div class="cols"><main id="text" tabindex="-1"><h2 class="vh">Text</h2>',
            f'<div class="t"{language(document.language)}>{body(view)}</div></main>\n',
            '<aside aria-label="Works and what to check">',
            f'<section id="check"><h2>{check}</h2>{listed}</section>',
            f'<section id="works"><h2>{counted(len(extraction.works), "work")}</h2>{works(view)}</section>',
            f"</aside></div>\n<script>{script}</script>\n</body>\n</html>\n",
        )
    )


def _counts(view: View) -> str:
    """What was found, in figures."""
    extraction = view.extraction
    forms = [(words, sum(citation.form is form for citation in extraction.citations)) for form, words in _FORMS.items()]
    told = ", ".join(f"{number:,} {words}" for words, number in forms if number)
    found = [
        counted(len(extraction.notes), "note"),
        counted(len(extraction.citations), "citation") + (f" ({told})" if told else ""),
        counted(len(extraction.works), "work"),
    ]
    if view.lost:
        found.append(f"{counted(len(view.lost), 'marker')} without a note")
    return f"<p>{'; '.join(found)}.</p>"


def _legend() -> str:
    grades = {
        Grade.SURE: f"sure, {SURE} and more",
        Grade.FAIR: f"fairly sure, {FAIR} to {SURE}",
        Grade.UNSURE: f"unsure, below {FAIR}",
    }
    samples = "".join(
        f'<li><mark class="c g{step.value}">citation</mark><span class="b"><span class="w">w1'
        f"{' ' + step.sign if step.sign else ''}</span></span> {words}</li>"
        for step, words in grades.items()
    )
    return (
        f'<ul class="lg" aria-label="Legend">{samples}'
        '<li><span class="m">1</span> marker of a note</li>'
        '<li><span class="m lost">1</span> marker without a note</li>'
        '<li><span class="b">= what a short form means</span></li>'
        '<li><span class="d">⚠ what to look at</span></li></ul>'
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")

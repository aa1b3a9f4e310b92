"""Square brackets in a name, as cataloguers and editors write them.

What stands in them is supplied ("[Defoe, Daniel]", "Meier, K[arl]", "[Karl] Meier": RDA 2.2.4, Chicago 14.79) or
stands beside the name: another name of the same person ("Currer Bell [Charlotte Brontë]") or a remark ("[sic]").
"""

from __future__ import annotations

import re
from dataclasses import replace

from citekit.citations.line import TaggedField

__all__ = ["with_supplied_name", "without_brackets"]

_PEOPLE = frozenset({"author", "editor", "translator"})
_WHOLE = re.compile(r"\[([^\]\[]{1,200})\]")
_WITHIN_WORD = re.compile(r"(?<=[^\W\d_])\[(?P<rest>[^\W\d_]{1,20}\.?)\](?=[^\W\d_]|[\s.,;:]|$)")
_WITH_COMMA = re.compile(r"\[(?P<rest>,\s[^\]\[,]{1,80})\]")
_BETWEEN = re.compile(r"(?<=[^\W\d_.]\s)\[(?P<words>[^\W\d_a-zß-öø-ÿ][^\]\[\s]{0,30})\](?=\s[^\W\d_a-zß-öø-ÿ])")
_SUPPLIED = re.compile(r"(?P<before>^\s{0,3}|,\s{0,3})\[(?P<words>[^\W\d_a-zß-öø-ÿ][^\]\[]{0,80})\]")


def with_supplied_name(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, a person's with the bracket that opens before the field and closes in it: "[Karl] Meier"."""
    return tuple(replace(one, start=one.start - 1) if _opens_before(one, text) else one for one in fields)


def _opens_before(field: TaggedField, text: str) -> bool:
    said = text[field.start : field.end]
    closes = said.find("]")
    return (
        field.name in _PEOPLE and text[field.start - 1 : field.start] == "[" and closes > 0 and "[" not in said[:closes]
    )


def without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """The name with what was supplied, and what stood beside it in brackets: ("Karl Meier", ("sic",))."""
    if "[" not in text:
        return text, ()
    text = _WITHIN_WORD.sub(lambda match: match["rest"] if match["rest"].islower() else f" {match['rest']}", text)
    text = _WITH_COMMA.sub(r"\g<rest>", text)
    text = _BETWEEN.sub(r"\g<words>", text)
    text = _SUPPLIED.sub(r"\g<before>\g<words> ", text)
    return _WHOLE.sub("", text), tuple(_WHOLE.findall(text))

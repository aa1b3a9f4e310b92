"""YAML as people write it, by its core schema (YAML 1.2.2, section 10.3): `no` is a word and a date a text.

No objects of Python's are made, and there are no aliases: an alias stands for the same value again, metadata and
bibliographies have no use for it, and ten lines of them can stand for a million entries.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaml import Node

__all__ = ["compose", "line_of", "value"]

_CORE = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", "~nN\0"),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
)


def compose(text: str) -> Node | None:
    """The nodes of a YAML document, each with its place in `text`; None where there is nothing in it.

    Raises:
        ValueError: it is no YAML, is nested too deeply, or holds an alias; `line_of` tells where.
    """
    import yaml

    try:
        return yaml.compose(text, Loader=_loader())
    except (yaml.YAMLError, RecursionError, OverflowError) as error:
        problem = getattr(error, "problem", None) or (
            "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        )
        raise ValueError(" ".join(str(problem).split())) from error


def line_of(error: ValueError) -> int:
    """The line, counted from 0, at which `compose` gave up."""
    mark = getattr(error.__cause__, "problem_mark", None)
    return int(mark.line) if mark is not None else 0


def value(node: Node) -> Any:
    """The value of a node by the core schema; what has a tag of its own is its words."""
    from yaml import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        return {str(key.value): value(inner) for key, inner in node.value}
    if isinstance(node, SequenceNode):
        return [value(inner) for inner in node.value]
    words = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return words.lower() == "true"
        case "int":
            return int(words) if re.fullmatch(r"-?(?:0|[1-9]\d{0,15})", words) else words
        case "float":
            return float(words) if re.fullmatch(r"-?(?:0|[1-9]\d*)\.\d+(?:[eE][-+]?\d+)?", words) else words
    return words


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """A safe loader of the core schema."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own shape

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                event = self.peek_event()  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(
                    None, None, f"the alias *{event.anchor} stands for another value; write the value", event.start_mark
                )
            return super().compose_node(parent, index)

    for tag, pattern, first in _CORE:
        signs = [*first.replace("\0", ""), *([""] if "\0" in first else [])]
        Loader.add_implicit_resolver(tag, re.compile(rf"^(?:{pattern})$"), signs)
    return Loader

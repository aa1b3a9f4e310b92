"""What pages are made of: a way to behave, an article's words, and the usual answers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .server import Misbehave, Reply, Request

_WORDS = [
    "archive",
    "ballad",
    "bishop",
    "border",
    "canal",
    "census",
    "chapel",
    "charter",
    "chronicle",
    "city",
    "clerk",
    "colony",
    "consul",
    "court",
    "craft",
    "customs",
    "deed",
    "dike",
    "diocese",
    "ditch",
    "dowry",
    "duke",
    "edict",
    "envoy",
    "estate",
    "exile",
    "factory",
    "famine",
    "farm",
    "feast",
    "ferry",
    "fief",
    "fleet",
    "fortress",
    "friar",
    "frontier",
    "garrison",
    "grain",
    "guild",
    "harbour",
    "heir",
    "herald",
    "hymn",
    "inn",
    "island",
    "journal",
    "judge",
    "king",
    "knight",
    "labour",
    "ledger",
    "legate",
    "letter",
    "levy",
    "library",
    "liberty",
    "manor",
    "map",
    "market",
    "mason",
    "mayor",
    "merchant",
    "mill",
    "mint",
    "monk",
    "nave",
    "oath",
    "orchard",
    "parish",
    "parliament",
    "peasant",
    "petition",
    "pilgrim",
    "plague",
    "printer",
    "prior",
    "province",
    "quarry",
    "queen",
    "rebel",
    "relic",
    "rent",
    "river",
    "road",
    "sailor",
    "scribe",
    "seal",
    "senate",
    "serf",
    "siege",
    "silk",
    "smith",
    "spice",
    "steward",
    "tailor",
    "tariff",
    "tithe",
    "toll",
    "tower",
    "trade",
    "treaty",
    "tribute",
    "vassal",
]


def story(seed: str, paragraphs: int = 6) -> str:
    """The words of an article, the same each time for a seed, others for another."""
    choose = random.Random(seed)
    return "\n".join(
        f"<p>{' '.join(choose.choice(_WORDS) for _ in range(70)).capitalize()}.</p>" for _ in range(paragraphs)
    )


def article(title: str, seed: str | None = None) -> str:
    """A page as a journal has it, with what stands around each article of the site."""
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)} – Journal of Examples</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/issues'>Issues</a> <a href='/about'>About us</a></nav>"
        f"<main><article><h1>{escape(title)}</h1>{story(seed or title)}</article></main>"
        "<footer>Imprint. Terms of use.</footer></body></html>"
    )


def page(title: str, words: str) -> str:
    """A small page of any kind."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A way of a page.

    Attributes:
        name: of its directory.
        answer: to requests for the page.
        verdict: of a reader who looks once.
        later: of one who looked on several days.
        beside: to requests for other addresses of its directory; a proper 404 where None.
        where: the page lies in its directory.
    """

    name: str
    answer: Callable[[Request], Reply | Misbehave]
    verdict: str
    later: str
    beside: Callable[[Request], Reply | Misbehave] | None = None
    where: str = "page.html"

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"/{self.name}/{self.where}"


def always(reply: Reply) -> Callable[[Request], Reply]:
    return lambda _: reply


def status(status: int, **headers: str) -> Callable[[Request], Reply]:
    return always(Reply(status, page(str(status), "An answer."), {k.replace("_", "-"): v for k, v in headers.items()}))


def to(target: str, status: int = 301) -> Callable[[Request], Reply]:
    return always(Reply(status, headers={"Location": target}))


def at(target: str, reply: Reply) -> Callable[[Request], Reply]:
    """The page that another leads to; all else of the directory is missing."""
    return lambda request: reply if request.path == target else Reply(404)


def missing(title: str, words: str) -> Callable[[Request], Reply]:
    return always(Reply(200, page(title, words)))

"""The links of a store as one page of HTML, with a timeline for each.

What pages say of themselves (titles, addresses, headers) was written by strangers: it is escaped, kept from running
into its surroundings (`<bdi>`), and the page's own policy lets nothing run or load: no script, no image, no form, no
style but the one in it (Content Security Policy, level 3).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from citekit.archive.observation import Observation
from citekit.archive.policy import Judgement, Verdict
from citekit.wording import without_passwords

__all__ = ["ORDER", "ReportedLink", "html_report"]

ORDER = (
    *(Verdict.DEAD, Verdict.SOFT_404, Verdict.PARKED, Verdict.DRIFTED, Verdict.UNCERTAIN, Verdict.BLOCKED),
    *(Verdict.REDIRECTED, Verdict.LIVE, Verdict.NOT_CHECKABLE, Verdict.UNCHECKED),
)
"""Verdicts, those that need a reader's attention first."""

_COLOURS = {
    Verdict.DEAD: "#b3261e",
    Verdict.SOFT_404: "#c2410c",
    Verdict.PARKED: "#a21caf",
    Verdict.DRIFTED: "#b45309",
    Verdict.UNCERTAIN: "#737373",
    Verdict.BLOCKED: "#6d28d9",
    Verdict.REDIRECTED: "#0369a1",
    Verdict.LIVE: "#15803d",
    Verdict.NOT_CHECKABLE: "#a3a3a3",
    Verdict.UNCHECKED: "#d4d4d4",
}
_MEANS = {
    Verdict.DEAD: "no page, again and again, on different days",
    Verdict.SOFT_404: "an error page, sent as if it were the page",
    Verdict.PARKED: "the name of the host is for sale, or unused",
    Verdict.DRIFTED: "another page than the one that was seen before",
    Verdict.UNCERTAIN: "cannot be told yet",
    Verdict.BLOCKED: "programs or strangers are not let in",
    Verdict.REDIRECTED: "the page, at another address",
    Verdict.LIVE: "the page, at its address",
    Verdict.NOT_CHECKABLE: "no address that is asked",
    Verdict.UNCHECKED: "never looked at",
}
_WIDTH, _HEIGHT, _EDGE = 320, 24, 8  # pixels of a timeline
_SHOWN = 200  # observations of one link that are listed; all are in the store
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c1917; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; } td, th { padding: .15rem .7rem .15rem 0; text-align: left; vertical-align: top; }
article { border-top: 1px solid #d6d3d1; padding: .7rem 0; }
.url { overflow-wrap: anywhere; font-weight: 600; } .why { color: #44403c; }
.cited { color: #57534e; font-size: .85rem; }
svg { display: block; margin: .3rem 0; } summary { cursor: pointer; color: #44403c; font-size: .85rem; }
details table { font-size: .82rem; margin: .4rem 0 0; } td { overflow-wrap: anywhere; } .n { white-space: nowrap; }
"""


@dataclass(frozen=True, slots=True)
class ReportedLink:
    """A link for the report.

    Attributes:
        url: its address.
        cited: where it is cited, one line each.
        observations: what was seen, the oldest first.
        timeline: the verdict after each of them.
    """

    url: str
    cited: Sequence[str]
    observations: Sequence[Observation]
    timeline: Sequence[Judgement]

    @property
    def judgement(self) -> Judgement:
        """The present verdict."""
        return self.timeline[-1] if self.timeline else Judgement(Verdict.UNCHECKED, "never checked")


def html_report(links: Iterable[ReportedLink], *, made_at: datetime, store: str) -> str:
    """A page that needs nothing but itself.

    Args:
        links: of the store.
        made_at: the moment of making.
        store: the store's name.
    """
    groups: dict[Verdict, list[ReportedLink]] = {}
    for link in links:
        groups.setdefault(link.judgement.verdict, []).append(link)
    moments = [seen.observed_at for group in groups.values() for link in group for seen in link.observations]
    span = (min(moments), max(moments)) if moments else (made_at, made_at)
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    pieces = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
        f"<title>Links of {_text(store)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>Links of {_text(store)}</h1>",
        f"<p>{_moment(made_at)} UTC. Timelines run from {_day(span[0])} to {_day(span[1])}.</p>",
        *_summary(groups),
    ]
    for verdict in ORDER:
        if verdict in groups:
            pieces.append(f'<section><h2 id="{verdict.value}">{verdict.value}: {len(groups[verdict])}</h2>')
            pieces += [_article(link, span) for link in groups[verdict]]
            pieces.append("</section>")
    pieces.append("</body></html>\n")
    return "\n".join(pieces)


def _summary(groups: dict[Verdict, list[ReportedLink]]) -> list[str]:
    rows = [
        f'<tr><td>{_dot(verdict)}</td><td><a href="#{verdict.value}">{verdict.value}</a></td>'
        f"<td>{len(groups[verdict])}</td><td>{_MEANS[verdict]}</td></tr>"
        for verdict in ORDER
        if verdict in groups
    ]
    return ["<table>", *rows, "</table>"]


def _dot(verdict: Verdict) -> str:
    return (
        f'<svg width="12" height="14" role="img" aria-label="{verdict.value}">'
        f'<circle cx="6" cy="8" r="5" fill="{_COLOURS[verdict]}"/></svg>'
    )


def _article(link: ReportedLink, span: tuple[datetime, datetime]) -> str:
    judgement = link.judgement
    since = f" since {_day(judgement.since)}" if judgement.since else ""
    title = next((seen.title for seen in reversed(link.observations) if seen.title), None)
    lines = [
        f'<article><div class="url">{_link(link.url)}</div>',
        f"<div>“{_text(title)}”</div>" if title else "",
        f'<div class="why"><b>{judgement.verdict.value}</b>{since}: {_text(judgement.reason)}</div>',
        _timeline(link, span),
        "".join(f'<div class="cited">{_text(line)}</div>' for line in link.cited),
        _observations(link),
        "</article>",
    ]
    return "\n".join(line for line in lines if line)


def _timeline(link: ReportedLink, span: tuple[datetime, datetime]) -> str:
    if not link.observations:
        return ""
    whole = (span[1] - span[0]).total_seconds()
    dots = []
    middle = _HEIGHT // 2
    for seen, judged in zip(link.observations, link.timeline, strict=True):
        share = (seen.observed_at - span[0]).total_seconds() / whole if whole else 0.5
        x = _EDGE + share * (_WIDTH - 2 * _EDGE)
        label = f"{_moment(seen.observed_at)}: {judged.verdict.value}, {_text(judged.reason)}"
        place = f'cx="{x:.1f}" cy="{middle}" r="5" fill="{_COLOURS[judged.verdict]}"'
        dots.append(f"<circle {place}><title>{label}</title></circle>")
    number = len(link.observations)
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="timeline of {number} observations">'
        f'<line x1="{_EDGE}" y1="{middle}" x2="{_WIDTH - _EDGE}" y2="{middle}" stroke="#d6d3d1" stroke-width="2"/>'
        f"{''.join(dots)}</svg>"
    )


def _observations(link: ReportedLink) -> str:
    if not link.observations:
        return ""
    rows = []
    newest = list(zip(link.observations, link.timeline, strict=True))[-_SHOWN:]
    for seen, judged in reversed(newest):
        answer = str(seen.status) if seen.failure is None and seen.status else (seen.failure or "")
        chain = " → ".join(f"<bdi>{_text(hop.url)}</bdi> {hop.status or ''}" for hop in seen.hops)
        rows.append(
            f'<tr><td class="n">{_moment(seen.observed_at)}</td><td class="n">{judged.verdict.value}</td>'
            f'<td class="n">{_text(answer)}</td><td>{_text(judged.reason)}</td><td>{chain}</td>'
            f'<td class="n">{seen.sha256[:12] if seen.sha256 else ""}</td></tr>'
        )
    number = len(link.observations)
    more = f" (the last {_SHOWN} of them)" if number > _SHOWN else ""
    return (
        f"<details><summary>{number} observation{'s' if number != 1 else ''}{more}</summary><table>"
        "<tr><th>UTC</th><th>verdict</th><th>answer</th><th>why</th><th>chain</th><th>SHA-256</th></tr>"
        f"{''.join(rows)}</table></details>"
    )


def _link(url: str) -> str:
    """An address to follow; one that is not http or https can only be read."""
    try:
        followed = urlsplit(url).scheme.lower() in ("http", "https")
    except ValueError:
        followed = False
    shown = f"<bdi>{_text(url)}</bdi>"
    return f'<a href="{_text(url)}" rel="noopener noreferrer nofollow">{shown}</a>' if followed else shown


def _text(words: str) -> str:
    return escape(without_passwords(words).translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8"), quote=True)


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M")


def _day(when: datetime) -> str:
    return when.strftime("%Y-%m-%d")

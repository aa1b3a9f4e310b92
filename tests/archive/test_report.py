"""The report of links as a page: whole, by itself, and inert whatever strangers wrote into their titles."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from citekit.archive.exchange import Hop
from citekit.archive.observation import Observation, Sign
from citekit.archive.policy import Verdict, timeline
from citekit.archive.report import ReportedLink, html_report

MADE = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOSTILE = [
    "</title><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<svg/onload=document.title='owned'>",
    "\"'><b onmouseover=alert(1)>",
    "<iframe srcdoc='<script>top.document.title=1</script>'>",
    "</style><meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>",
    "<base href=http://127.0.0.1:1/>",
    "\u202egnp.exe\x1b[31m\x00",
    "&lt;script&gt;",
]


def reported(title: str, url: str = "http://example.org/a", days: int = 3) -> ReportedLink:
    seen = [
        Observation(
            MADE - timedelta(days=days - day),
            url,
            "GET",
            hops=(Hop(url, "GET", 302, title), Hop(f"http://example.org/{title}", "GET", 404)),
            status=200 if day == 0 else 404,
            final_url=f"http://example.org/{title}",
            title=title,
            signs={Sign.ERROR_TITLE: title} if day == 1 else {},
        )
        for day in range(days)
    ]
    return ReportedLink(url, [f"{title}, note 4"], seen, timeline(seen))


def page(*links: ReportedLink) -> str:
    return html_report(links, made_at=MADE, store="references.db")


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_words(title: str) -> None:
    root = html.document_fromstring(page(reported(title)))
    assert not list(root.iter("script", "img", "iframe", "base", "form", "object", "embed", "link"))
    assert len(list(root.iter("style"))) == 1
    assert [node.get("http-equiv") for node in root.iter("meta") if node.get("http-equiv")] == [
        "Content-Security-Policy"
    ]
    handlers = [name for node in root.iter() for name in node.attrib if name.lower().startswith("on")]
    assert handlers == []
    assert "\x1b" not in page(reported(title))


@given(st.text(max_size=60))
def test_whatever_a_title_holds_the_page_has_the_same_elements(title: str) -> None:
    plain, odd = (html.document_fromstring(page(reported(words))) for words in ("title", f"t{title}"))
    assert [node.tag for node in odd.iter()] == [node.tag for node in plain.iter()]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "mailto:a@b.c", "http://[x"]
)
def test_only_web_addresses_can_be_followed(url: str) -> None:
    root = html.document_fromstring(page(reported("title", url)))
    assert [node.get("href") for node in root.iter("a") if not node.get("href", "").startswith("#")] == []


def test_its_own_policy_lets_nothing_run_or_load() -> None:
    made = page(reported("title"))
    root = html.document_fromstring(made)
    (policy,) = [node.get("content") for node in root.iter("meta") if node.get("http-equiv")]
    (style,) = re.findall("<style>(.*?)</style>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not [node for node in root.iter() if node.get("style") or node.get("src")]


def test_each_observation_is_a_dot_that_tells_its_verdict() -> None:
    root = html.document_fromstring(page(reported("A title", days=4)))
    told = [node.text_content() for node in root.iter("title") if node.getparent().tag == "circle"]
    assert len(told) == 4
    assert told[0].startswith("2026-03-05 12:00: redirected")
    assert told[-1].startswith("2026-03-08 12:00: dead")


def test_links_that_need_attention_come_first() -> None:
    fine = Observation(MADE, "http://example.org/b", "GET", status=200, final_url="http://example.org/b")
    live = ReportedLink(fine.url, [], [fine], timeline([fine]))
    root = html.document_fromstring(page(live, reported("title"), ReportedLink("http://example.org/c", [], [], [])))
    assert [node.get("id") for node in root.iter("h2")] == ["dead", "live", "unchecked"]


def test_every_verdict_has_a_colour_and_words() -> None:
    from citekit.archive import report

    assert set(report.ORDER) == set(report._COLOURS) == set(report._MEANS) == set(Verdict)


@pytest.mark.xdist_group("browser")
def test_a_browser_shows_it_and_runs_nothing(tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no Chromium here; the page is looked at by a parser above")
    file = tmp_path / "links.html"
    file.write_text(page(*(reported(title, f"http://example.org/{n}") for n, title in enumerate(HOSTILE))), "utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        f"--user-data-dir={tmp_path}/profile",
    ]
    shown = subprocess.run([*command, file.as_uri()], capture_output=True, text=True, timeout=240, check=False)
    assert "<title>Links of references.db</title>" in shown.stdout, shown.stderr[-500:]
    assert "owned" not in re.findall("<title>.*?</title>", shown.stdout)[0]
    assert shown.stdout.count("<article>") == len(HOSTILE)

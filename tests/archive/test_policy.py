"""From dated observations to a verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.archive.exchange import FailureKind
from citekit.archive.fingerprint import Fingerprint, Sketch, contained, resemblance
from citekit.archive.observation import Observation, Sign
from citekit.archive.policy import Policy, Reference, Verdict, judge, timeline

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
URL = "http://example.org/page"
WORDS = st.lists(st.sampled_from(["abbey", "bishop", "canal", "deed", "estate", "farm"]), max_size=60).map(" ".join)


def seen(days: float, status: int | None = 200, **more: object) -> Observation:
    when = START + timedelta(days=days)
    return Observation(when, URL, "GET", status=status, final_url=URL, **more)  # type: ignore[arg-type]


def failed(days: float, kind: FailureKind) -> Observation:
    return seen(days, None, failure=kind, message=f"{URL}: failed")


def verdict(*history: Observation) -> str:
    return judge(history).verdict.value


def test_never_looked_at() -> None:
    assert verdict() == "unchecked"


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_one_failure_is_no_death(status: int) -> None:
    assert verdict(seen(0, status)) == "uncertain"


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_failures_on_different_days_are(status: int) -> None:
    assert verdict(seen(0, status), seen(1, status)) == "dead"


def test_many_failures_on_one_day_are_not() -> None:
    assert verdict(*(seen(hour / 24, 404) for hour in range(10))) == "uncertain"


def test_nor_are_two_around_midnight() -> None:
    assert verdict(seen(0.62, 404), seen(0.63, 404)) == "uncertain"
    assert verdict(seen(0.62, 404), seen(0.63, 404), seen(1.2, 404)) == "dead"


def test_failures_of_any_kind_add_up() -> None:
    assert verdict(failed(0, FailureKind.TIMEOUT), seen(3, 404)) == "dead"


def test_a_page_that_lived_in_between_starts_anew() -> None:
    assert verdict(seen(0, 404), seen(1), seen(2, 404)) == "uncertain"


def test_a_page_that_comes_back_is_live() -> None:
    assert verdict(seen(0, 404), seen(1, 404), seen(2)) == "live"


def test_not_now_neither_counts_nor_clears() -> None:
    assert verdict(seen(0, 404), seen(1, 429)) == "uncertain"
    assert verdict(seen(0, 404), seen(1, 429), seen(2, 404)) == "dead"
    assert verdict(*(seen(day, 429) for day in range(9))) == "uncertain"


def test_a_certificate_that_is_not_safe_is_no_death() -> None:
    assert verdict(*(failed(day, FailureKind.TLS) for day in range(9))) == "uncertain"


def test_a_machine_that_is_offline_buries_nobody() -> None:
    assert verdict(*(failed(day, FailureKind.OFFLINE) for day in range(9))) == "uncertain"
    assert verdict(seen(0, 404), failed(1, FailureKind.OFFLINE)) == "uncertain"


def test_a_blocked_page_is_never_dead() -> None:
    assert verdict(*(seen(day, 403) for day in range(9))) == "blocked"


def test_a_closed_door_clears_failures() -> None:
    assert verdict(seen(0, 404), seen(1, 403), seen(2, 404)) == "uncertain"


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("https://example.org/page", "live"),
        ("http://www.example.org/page/", "live"),
        ("http://example.org/page#part", "live"),
        ("http://example.org/other", "redirected"),
        ("http://example.com/page", "redirected"),
        ("http://example.org/page?id=4", "redirected"),
    ],
)
def test_moved_is_another_place_not_another_spelling(final: str, expected: str) -> None:
    observation = Observation(START, URL, "GET", status=200, final_url=final)
    assert judge([observation]).verdict.value == expected


def test_the_first_sign_that_counts_is_told() -> None:
    parked = seen(0, signs={Sign.PARKED_TEXT: "this domain is for sale", Sign.TO_ROOT: "http://example.org/"})
    assert judge([parked]).verdict is Verdict.PARKED
    assert "this domain is for sale" in judge([parked]).reason


def fingerprint(words: str) -> str:
    return Fingerprint.of(words, words).to_text()


LONG = " ".join(f"word{number}" for number in range(200))
OTHER = " ".join(f"other{number}" for number in range(200))


def test_drift_is_measured_against_the_last_time_that_all_was_well() -> None:
    history = [seen(0, fingerprint=fingerprint(LONG)), seen(30, fingerprint=fingerprint(OTHER))]
    assert verdict(*history) == "drifted"
    history.append(seen(60, fingerprint=fingerprint(OTHER)))
    assert verdict(*history) == "drifted", "a changed page does not become the page by staying"
    history.append(seen(90, fingerprint=fingerprint(LONG)))
    assert verdict(*history) == "live"


def test_an_archived_copy_can_be_what_is_compared_with() -> None:
    copy = Reference(seen(-1, fingerprint=fingerprint(LONG)), START - timedelta(days=4000))
    assert judge([seen(0, fingerprint=fingerprint(OTHER))], references=[copy]).verdict is Verdict.DRIFTED
    assert judge([seen(0, fingerprint=fingerprint(LONG))], references=[copy]).verdict is Verdict.LIVE


def test_a_copy_that_was_looked_at_later_changes_no_earlier_verdict() -> None:
    copy = Reference(seen(1, fingerprint=fingerprint(LONG)), START - timedelta(days=4000))
    first, second = seen(0, 404), seen(2, fingerprint=fingerprint(OTHER))
    assert [one.verdict.value for one in timeline([first, second], references=[copy])] == ["uncertain", "drifted"]
    live = seen(0, fingerprint=fingerprint(OTHER))
    assert [one.verdict.value for one in timeline([live, second], references=[copy])] == ["live", "live"]


def test_a_page_in_the_place_of_a_file_has_drifted() -> None:
    file = seen(0, media_type="application/pdf", sha256="a")
    page = seen(30, media_type="text/html", sha256="b", fingerprint=fingerprint(LONG))
    assert verdict(file, page) == "drifted"
    assert verdict(file, page, seen(60, media_type="application/pdf", sha256="c")) == "live"
    assert verdict(page, file) == "live", "a file where a page was may be what the page held"


def test_short_pages_are_not_compared() -> None:
    assert verdict(seen(0, fingerprint=fingerprint("a b c")), seen(9, fingerprint=fingerprint("d e f"))) == "live"


def test_half_a_page_is_the_page_unless_its_title_is_another_too() -> None:
    half = " ".join(LONG.split()[:60])
    kept = fingerprint(f"{half} {OTHER[:1200]}")
    then = fingerprint(LONG)
    assert 0.2 < contained(Sketch.of(f"{half} {OTHER[:1200]}"), Sketch.of(LONG)) < 0.35
    assert verdict(seen(0, fingerprint=then, title="A"), seen(9, fingerprint=kept, title="A")) == "live"
    assert verdict(seen(0, fingerprint=then, title="A"), seen(9, fingerprint=kept, title="B")) == "drifted"


def test_since_is_when_it_became_so() -> None:
    line = timeline([seen(0), seen(1, 404), seen(2, 404), seen(3, 404)])
    assert [one.verdict.value for one in line] == ["live", "uncertain", "dead", "dead"]
    assert line[-1].since == START + timedelta(days=2)
    assert line[-1].until == START + timedelta(days=3)


def test_the_numbers_of_the_policy_can_be_others() -> None:
    patient = Policy(days_to_dead=5)
    history = [seen(day, 404) for day in range(5)]
    assert judge(history[:4], policy=patient).verdict is Verdict.UNCERTAIN
    assert judge(history, policy=patient).verdict is Verdict.DEAD


STATUSES = st.sampled_from([200, 204, 301, 403, 404, 410, 429, 500, 503])


@given(st.lists(STATUSES, max_size=12))
def test_the_past_of_a_timeline_does_not_depend_on_its_future(statuses: list[int]) -> None:
    history = [seen(day, status) for day, status in enumerate(statuses)]
    line = timeline(history)
    for number in range(len(history)):
        assert timeline(history[: number + 1]) == line[: number + 1]


@given(st.lists(STATUSES, min_size=1, max_size=12))
def test_only_failures_on_two_days_make_a_link_dead(statuses: list[int]) -> None:
    history = [seen(day, status) for day, status in enumerate(statuses)]
    if judge(history).verdict is Verdict.DEAD:
        last_good = max((day for day, status in enumerate(statuses) if status in (200, 403)), default=-1)
        assert sum(status in (404, 410, 500, 503) for status in statuses[last_good + 1 :]) >= 2


@given(WORDS, WORDS)
def test_resemblance_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = Sketch.of(one), Sketch.of(other)
    assert 0 <= resemblance(first, second) <= 1
    assert resemblance(first, second) == resemblance(second, first)
    assert resemblance(first, first) == 1


@given(WORDS, WORDS)
def test_a_fingerprint_is_kept_as_text(main: str, whole: str) -> None:
    made = Fingerprint.of(main, whole)
    assert Fingerprint.from_text(made.to_text()) == made


@pytest.mark.parametrize("text", ["", "2:1:a:2:b", "1:x:a:2:b", "1:1:!!:2:b", "1:1"])
def test_what_is_no_fingerprint_is_none(text: str) -> None:
    assert Fingerprint.from_text(text) is None


def test_the_text_of_a_page_is_found_in_the_whole_page() -> None:
    words = [f"w{number}" for number in range(1000)]
    part, whole = Sketch.of(" ".join(words[300:800])), Sketch.of(" ".join(words))
    assert contained(part, whole) > 0.8
    assert contained(Sketch.of(" ".join(f"x{number}" for number in range(500))), whole) == 0
    assert contained(Sketch.of(""), whole) == 0


def test_the_sketch_of_a_long_text_tells_how_much_is_left() -> None:
    words = [f"w{number}" for number in range(4000)]
    changed = words[:3000] + [f"x{number}" for number in range(1000)]
    assert abs(resemblance(Sketch.of(" ".join(words)), Sketch.of(" ".join(changed))) - 0.6) < 0.15

"""Splink with DuckDB on the same file: what `citekit dedupe` is measured beside. Settings follow Splink's tutorial."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

__all__ = ["main"]

_THRESHOLD = 0.9


def _plain(text: object) -> str | None:
    decomposed = unicodedata.normalize("NFKD", str(text or "")).casefold()
    return "".join(char for char in decomposed if char.isalnum() or char == " ").strip() or None


def _row(place: int, item: dict[str, Any]) -> dict[str, Any]:
    people = item.get("author") or item.get("editor") or [{}]
    family = _plain(people[0].get("family") or str(people[0].get("literal", "")).split(",")[0].split(" ")[-1])
    year = item.get("issued", {}).get("date-parts", [[None]])[0][0]
    title = _plain(item.get("title"))
    return {
        "unique_id": place,
        "title": title,
        "opening": (title or "")[:12] or None,
        "family": family,
        "year": str(year) if year else None,
        "volume": _plain(item.get("volume")),
        "container": _plain(item.get("container-title")),
        "page": _plain(item.get("page")),
    }


def main() -> int:
    """Print a line for each record of the file that is named; the exit status."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [_row(place, json.loads(line)) for place, line in enumerate(lines)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("opening"), block_on("family", "year")],
        comparisons=[
            cl.JaroWinklerAtThresholds("title", [0.95, 0.88]),
            cl.JaroWinklerAtThresholds("family", [0.92]),
            cl.ExactMatch("year"),
            cl.ExactMatch("volume"),
            cl.JaroWinklerAtThresholds("container", [0.9]),
            cl.ExactMatch("page"),
        ],
    )
    api = DuckDBAPI()
    table = pa.Table.from_pylist(rows)
    given = api.register(table) if hasattr(api, "register") else table
    linker = Linker(given, settings) if hasattr(api, "register") else Linker(given, settings, api)
    linker.training.estimate_probability_two_random_records_match([block_on("title", "year")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("opening"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("family", "year"))
    pairs = linker.inference.predict(threshold_match_probability=_THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, _THRESHOLD)
    found = {row["unique_id"]: row["cluster_id"] for row in clusters.as_record_list()}
    for place in range(len(rows)):
        print(json.dumps({"work": str(found[place])}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Writing down what was seen at a link. Takes a connection and never commits."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from citekit.archive.observation import Observation, hop_to_json
from citekit.store.link_tables import observations
from citekit.version import VERSION

__all__ = ["keep_observation"]


def keep_observation(connection: Connection, link: int, observation: Observation, *, memento: int | None = None) -> int:
    """Write an observation of a link, or of a memento of it, and return its id."""
    values = {
        "link_id": link,
        "memento_id": memento,
        "observed_at": observation.observed_at.isoformat(timespec="microseconds"),
        "url": observation.url,
        "method": observation.method,
        "chain": [hop_to_json(hop) for hop in observation.hops],
        "status": observation.status,
        "final_url": observation.final_url,
        "failure": observation.failure.value if observation.failure else None,
        "message": observation.message,
        "headers": dict(observation.headers),
        "media_type": observation.media_type,
        "length": observation.length,
        "truncated": observation.truncated,
        "sha256": observation.sha256,
        "title": observation.title,
        "fingerprint": observation.fingerprint,
        "signs": {sign.value: words for sign, words in observation.signs.items()},
        "seconds": observation.seconds,
        "attempts": observation.attempts,
        "citekit_version": observation.version or VERSION,
    }
    made: int = connection.execute(insert(observations).returning(observations.c.id), values).scalar_one()
    return made

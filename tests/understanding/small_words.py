"""A few words of a made-up clinic: enough to learn from in no time."""

from collections.abc import Mapping
from typing import Any

TOPICS = {
    "makeup": ["makeup", "when can i wear foundation", "is mascara ok", "concealer again?", "powder on my face"],
    "sun": ["sun", "can i tan", "is the beach ok", "sunbathing after laser", "how long no sun"],
    "swimming": ["swimming", "when can i go in the pool", "sea water ok?", "is a lake fine", "swim again"],
}


def small_words(**more: list[str]) -> dict[str, Mapping[str, Any]]:
    """As the content's files; `more` adds topics or replaces their lines."""
    return {
        "en/red_flags.toml": {
            "scopes": {"denial": ["no"], "denial-ends": ["but"], "over": ["gone"]},
            "words": {"pus": ["pus"], "hot": ["hot"]},
            "flag": [
                {
                    "id": "RF-U1",
                    "level": "urgent",
                    "rules": ["pus", "hot"],
                    "examples": ["pus", "it is hot and leaks", "yellow pus on my cheek"],
                    "counters": ["a hot drink"],
                }
            ],
        },
        "en/out_of_scope.toml": {
            "family": [{"id": "price", "examples": ["what does it cost", "price list", "refund"]}]
        },
        **{f"en/faq/{topic}.toml": {"phrasings": lines, "also": []} for topic, lines in (TOPICS | more).items()},
    }

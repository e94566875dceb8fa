"""Every phrasing that the clinic wrote leads to its own topic, and none of them is taken for a danger sign."""

from collections.abc import Iterator

import pytest

from bot.care.model.triage import Assessment
from bot.care.ports.hearing import Match, Situation
from bot.understanding.taking_in import mean_together
from bot.understanding.understander import Understander
from tests.understanding.conftest import Files

ANYONE = Situation("en")
TOGETHER = 48
"""Lines whose meaning is looked up at once; they stay taken in until they were listened to."""


def _heard(files: Files, understanding: Understander) -> Iterator[tuple[tuple[str, str], tuple[Assessment, Match]]]:
    """(File, line) -> what is made of it."""
    lines = [(path, line) for path, table in files.items() if "/faq/" in path for line in table["phrasings"]]
    for start in range(0, len(lines), TOGETHER):
        some = lines[start : start + TOGETHER]
        mean_together([understanding.tongues["en"].take(line) for _, line in some])
        for path, line in some:
            yield (path, line), (understanding.triage(line, ANYONE), understanding.match(line, ANYONE))


@pytest.mark.timeout(180)
def test_nearly_all_lead_to_their_topic_and_none_raises_a_flag_for_certain(
    files: Files, understanding: Understander
) -> None:
    heard = dict(_heard(files, understanding))
    own = {path: path.removeprefix("en/faq/").removesuffix(".toml") for path, _ in heard}

    astray = [
        line
        for (path, line), (_, found) in heard.items()
        if found.candidates[0].topic not in {own[path], *files[path]["also"]}
    ]
    raised = [line for (_, line), (found, _) in heard.items() if found.raised and found.certain]

    assert len(astray) / len(heard) < 0.03
    assert raised == []

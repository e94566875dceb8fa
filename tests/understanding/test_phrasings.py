"""Every phrasing that the clinic wrote leads to its own topic, and none of them is taken for a danger sign."""

from collections.abc import Iterator

import pytest

from bot.care.model.triage import Assessment
from bot.care.ports.hearing import Match, Situation
from bot.understanding.understander import Understander
from tests.understanding.conftest import Files
from tests.understanding.recalling import meanings, take_in

ANYONE = Situation("en")


def _heard(files: Files, understanding: Understander) -> Iterator[tuple[tuple[str, str], tuple[Assessment, Match]]]:
    """(File, line) -> what is made of it."""
    lines = [(path, line) for path, table in files.items() if "/faq/" in path for line in table["phrasings"]]
    known = meanings(line for _, line in lines)
    for path, line in lines:
        take_in(understanding, line, known)
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

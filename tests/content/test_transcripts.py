"""What patients read is kept as text, so that a change of wording is seen as words."""

from difflib import unified_diff

import pytest

from bot.library.filled_in import PHRASES
from tests.content.transcribing import FOLDER, NAMES, page, phrases

RENEW = "wording has changed: read it, then `make transcripts`"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_transcript_says_what_a_patient_reads_today(name: str) -> None:
    path = FOLDER / name
    kept = path.read_text("utf-8") if path.exists() else ""

    changed = list(unified_diff(kept.splitlines(), page(name).splitlines(), name, "now", lineterm="", n=2))

    assert not changed, "\n".join([RENEW, *changed])


def test_the_list_of_phrases_is_that_of_our_own_words() -> None:
    """Against it the words of every clinic are checked."""
    assert PHRASES.read_text("utf-8") == phrases(), "a phrase came, went or says other placeholders: `make transcripts`"


def test_no_transcript_is_of_a_treatment_that_is_no_more() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(NAMES)

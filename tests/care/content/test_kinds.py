"""What a draft is to change is told by its item's key alone."""

import pytest

from bot.care.model.revision import DraftKind, Item


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("faq/makeup", DraftKind.WORDS),
        ("steps/picosure/PS-03", DraftKind.WORDS),
        ("phrases/timing/page", DraftKind.WORDS),
        ("phrases/plans/file", DraftKind.WORDS),
        ("timing/picosure/PS-03", DraftKind.TIMING),
        ("approval/answers", DraftKind.APPROVAL),
        ("plans/picosure", DraftKind.PLANS),
        ("file/en/faq/makeup.toml", DraftKind.FILE),
    ],
)
def test_words_are_words_and_the_rest_is_named_by_its_section(key: str, kind: DraftKind) -> None:
    assert Item("", key).kind is kind

"""New words take the place of the old ones, and not one other letter of the file changes."""

from datetime import UTC, datetime

import pytest

from bot.care.model.revision import Item, Revision
from bot.library.edited import Edited
from bot.library.folder import Snapshot, read
from bot.library.rewording import NoSuchWords, change_of, changes, said, undone, with_words
from tests.own_content import CONTENT

AT = datetime(2026, 11, 20, tzinfo=UTC)
FILE = "en/faq/sun.toml"
TEXT = '''# Reviewed in May.
title = "Sun"  # short
phrasings = ["sun",   "tan"]   # as patients write it

[[answer]]
when = { phase = "before-first" }
say = """
Stay out of it.   # no comment
"""

[[answer]]
say = 'Cover up.'
'''
FIRST, SECOND, TITLE = Item("en", "faq/sun", 0), Item("en", "faq/sun", 1), Item("en", "faq/sun/title")


@pytest.fixture
def folder() -> Snapshot:
    return Snapshot({FILE: TEXT.encode()})


def _revision(before: Snapshot, after: Edited) -> Revision:
    return Revision(AT, 7, "edit", change_of(before, after.snapshot, FILE))


@pytest.mark.parametrize(
    ("item", "words", "old", "new"),
    [
        pytest.param(TITLE, "Sunlight", '"Sun"  # short', '"Sunlight"  # short', id="short words"),
        pytest.param(FIRST, "A hat.", "Stay out of it.   # no comment", "A hat.", id="a block stays a block"),
        pytest.param(SECOND, "One.\nTwo.", "'Cover up.'", '"""\nOne.\nTwo."""', id="several lines need a block"),
        pytest.param(SECOND, 'Say "no" \\ “ü”', "'Cover up.'", '"Say \\"no\\" \\\\ “ü”"', id="quotes"),
    ],
)
def test_only_the_words_change(folder: Snapshot, item: Item, words: str, old: str, new: str) -> None:
    found = with_words(folder, FILE, item, words)

    assert found.text == TEXT.replace(old, new)
    assert said(found.snapshot, FILE, item) == words


def test_an_item_that_is_not_there_cannot_be_edited(folder: Snapshot) -> None:
    with pytest.raises(NoSuchWords):
        with_words(folder, FILE, Item("en", "faq/sun", 2), "Hello.")
    with pytest.raises(NoSuchWords):
        with_words(folder, "en/faq/moon.toml", FIRST, "Hello.")


def test_a_change_names_each_item_that_differs(folder: Snapshot) -> None:
    after = with_words(folder, FILE, FIRST, "A hat.")

    (change,) = changes(folder, after.snapshot)

    assert [(one.item, one.old, one.new) for one in change.rewordings] == [
        (FIRST, "Stay out of it.   # no comment", "A hat.")
    ]
    assert (change.old, change.new) == (TEXT, after.text)


def test_what_is_taken_back_leaves_the_file_as_it_was(folder: Snapshot) -> None:
    after = with_words(folder, FILE, FIRST, "A hat.\n\nAnd shade.")

    assert undone(after.snapshot, _revision(folder, after)).text == TEXT


def test_what_was_changed_since_stays_when_something_is_taken_back(folder: Snapshot) -> None:
    after = with_words(folder, FILE, FIRST, "A hat.")
    since = with_words(after.snapshot, FILE, TITLE, "Sunlight")

    back = undone(since.snapshot, _revision(folder, after))

    assert back.text == TEXT.replace('"Sun"', '"Sunlight"')


def test_what_has_no_words_of_its_own_is_taken_back_only_while_its_file_is_the_same(folder: Snapshot) -> None:
    after = Snapshot({FILE: TEXT.replace('"tan"', '"tanning"').encode()})
    revision = Revision(AT, 0, "file", change_of(folder, after, FILE))

    assert undone(after, revision).text == TEXT
    with pytest.raises(NoSuchWords):
        undone(with_words(after, FILE, TITLE, "Sunlight").snapshot, revision)


def test_each_kind_of_the_clinic_s_own_files_takes_new_words_and_gives_them_back() -> None:
    content = read(CONTENT)
    for file, item in (
        ("en/steps/picosure/PS-03.toml", Item("en", "steps/picosure/PS-03/answer/signs/swelling")),
        ("en/phrases/team.toml", Item("en", "phrases/seeing/card")),
        ("en/out_of_scope.toml", Item("en", "out_of_scope/price")),
        ("en/red_flags.toml", Item("en", "red_flags/RF-E1")),
        ("en/treatments.toml", Item("en", "treatments/picosure/name")),
    ):
        after = with_words(content, file, item, "Other “words”\nin two lines")
        change = change_of(content, after.snapshot, file)

        assert [one.item for one in change.rewordings] == [item]
        assert undone(after.snapshot, Revision(AT, 7, "edit", change)).text.encode() == content.files[file]

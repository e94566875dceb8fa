"""A phrasing is added and taken out again, and nothing else in the file changes."""

from pathlib import Path

import pytest

from bot.care.model.unanswered import Phrasing
from bot.library.edited import Changed
from bot.library.folder import Snapshot, read
from bot.library.phrasings import AlreadyThere, NoSuchTopic, NotThere, with_phrasing, without_phrasing
from tests.own_content import CONTENT, move_in

OIL = Phrasing("en", "moisturiser", 'castor "oil" ok?')
CAT = Phrasing("en", "~pets", "my cat ate the tube")


@pytest.fixture(scope="module")
def content() -> Snapshot:
    return read(CONTENT)


@pytest.mark.parametrize(
    ("phrasing", "name"), [(OIL, "en/faq/moisturiser.toml"), (CAT, "en/out_of_scope.toml")], ids=["topic", "family"]
)
def test_one_line_more_and_then_the_file_as_it_was(content: Snapshot, phrasing: Phrasing, name: str) -> None:
    before = content.files[name].decode()

    edited = with_phrasing(content, phrasing)
    back = without_phrasing(edited.snapshot, phrasing)

    new = [line for line in edited.text.splitlines() if line not in before.splitlines()]
    assert edited.name == name
    assert len(new) == 1
    assert len(edited.text.splitlines()) == len(before.splitlines()) + 1
    assert back.text == before


def test_every_topic_takes_a_phrasing_and_gives_it_back(content: Snapshot) -> None:
    for name in content.files:
        if name.startswith("en/faq/"):
            phrasing = Phrasing("en", Path(name).stem, "some new words")
            edited = with_phrasing(content, phrasing)
            assert without_phrasing(edited.snapshot, phrasing).text == content.files[name].decode()


def test_words_that_are_there_already_are_named_with_their_place(content: Snapshot) -> None:
    with pytest.raises(AlreadyThere) as found:
        with_phrasing(content, Phrasing("en", "makeup", "  Why is it  so ITCHY"))

    assert found.value.homes == ("itching",)


@pytest.mark.parametrize(
    "phrasing", [Phrasing("en", "nothing", "x y"), Phrasing("en", "~nothing", "x y"), Phrasing("fr", "makeup", "x y")]
)
def test_what_is_not_there_takes_nothing(content: Snapshot, phrasing: Phrasing) -> None:
    with pytest.raises(NoSuchTopic):
        with_phrasing(content, phrasing)


def test_what_was_never_filed_cannot_be_taken_out(content: Snapshot) -> None:
    with pytest.raises(NotThere):
        without_phrasing(content, OIL)


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    folder = move_in(tmp_path / "content")
    edited, file = with_phrasing(read(folder), OIL), folder / "en/faq/moisturiser.toml"
    file.write_text(file.read_text() + "# mine\n")

    with pytest.raises(Changed):
        edited.write(folder)

    assert file.read_text().endswith("# mine\n")


def test_a_file_is_written_whole_with_the_permissions_it_had(tmp_path: Path) -> None:
    folder = move_in(tmp_path / "content")
    file = folder / "en/faq/moisturiser.toml"
    file.chmod(0o640)

    with_phrasing(read(folder), OIL).write(folder)

    assert 'castor \\"oil\\" ok?' in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in file.parent.glob(".*")) == []

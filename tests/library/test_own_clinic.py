"""A clinic moves in where the words fit it, and what was found to fit before is not tried again."""

from pathlib import Path

import pytest

from bot.library.faults import ContentRefused
from bot.library.folder import Snapshot, read
from bot.library.own_clinic import FILE, OwnClinic, move_in, rewritten
from bot.library.verdicts import Verdicts
from tests.library.shelves import a_folder

NOWHERE = OwnClinic("Nord", "+49 30 1234567", "XX", "Europe/Berlin", ("en",))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "content")


def test_where_the_words_do_not_fit_nothing_is_written(content: Path, tmp_path: Path) -> None:
    before = (content / FILE).read_text()

    with pytest.raises(ContentRefused, match="XX"):
        move_in(content, NOWHERE, Verdicts(tmp_path / "verdicts"))

    assert (content / FILE).read_text() == before


def test_what_was_found_to_fit_is_not_tried_again(content: Path, tmp_path: Path) -> None:
    verdicts, text = Verdicts(tmp_path / "verdicts"), rewritten((content / FILE).read_text(), NOWHERE)
    verdicts.keep(Snapshot({**read(content).files, FILE: text.encode()}).version)

    move_in(content, NOWHERE, verdicts)

    assert (content / FILE).read_text() == text

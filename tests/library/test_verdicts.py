"""What passed once under this very code is not proved again; whatever else is, every time."""

import os
from pathlib import Path

import pytest

from bot.library.faults import ContentRefused
from bot.library.keeping import LibraryKeeper
from bot.library.proof import Trial
from bot.library.shelf import ContentShelf
from bot.library.verdicts import KEPT, Verdicts, judging_code
from tests.library.shelves import FACTS, a_folder, write

MENU = "en/phrases/menu.toml"
KEY = "phrases/menu/help"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "content")


def _proved(content: Path, verdicts: Verdicts, data: str = "var") -> list[str]:
    """What a start finds itself obliged to prove."""
    said: list[str] = []

    def look(shelf: ContentShelf) -> tuple[()]:
        said.append(shelf.say(KEY, "en", FACTS))
        return ()

    LibraryKeeper(
        content,
        content.parent / data,
        fictitious_allowed=True,
        proof=(Trial(look, once=True),),
        verdicts=verdicts,
    )
    return said


def _on_disk(content: Path, judge: str = "this code") -> Verdicts:
    """As another start finds them."""
    return Verdicts(content.parent / "verdicts", judge)


def test_a_start_in_a_fresh_data_folder_does_not_prove_again_what_passed_before(content: Path) -> None:
    assert _proved(content, _on_disk(content), "one")

    assert not _proved(content, _on_disk(content), "other")


def test_edited_content_is_proved_anew(content: Path) -> None:
    _proved(content, _on_disk(content))
    write(content, MENU, '[menu]\nhelp = "New words."\n')

    assert _proved(content, _on_disk(content)) == ["New words."]


def test_changed_code_proves_anew_what_the_old_found_good(content: Path) -> None:
    _proved(content, _on_disk(content))

    assert _proved(content, _on_disk(content, "newer code"))


def test_any_changed_line_is_other_code(tmp_path: Path) -> None:
    for root, line in (("one", "a = 1\n"), ("other", "a = 2\n"), ("twin", "a = 1\n")):
        write(tmp_path / root, "bot/library/checks/rule.py", line)

    one, other, twin = (judging_code(tmp_path / root) for root in ("one", "other", "twin"))

    assert one == twin
    assert one != other


def test_where_nothing_can_be_written_every_start_proves_again(content: Path) -> None:
    (content.parent / "verdicts").write_text("a file where the folder should be")

    assert _proved(content, _on_disk(content))
    assert _proved(content, _on_disk(content))


def test_a_verdict_of_which_a_power_cut_left_nothing_is_proved_again(content: Path) -> None:
    _proved(content, _on_disk(content))
    for file in (content.parent / "verdicts").iterdir():
        file.write_bytes(b"")

    assert _proved(content, _on_disk(content), "other")


def test_content_that_failed_is_never_known_as_good(content: Path) -> None:
    broken = '[menu]\nhelp = "{{ nobody }}"\n'
    write(content, MENU, broken)

    for _ in range(2):
        with pytest.raises(ContentRefused):
            _proved(content, _on_disk(content))


def test_content_that_only_a_trial_objects_to_is_never_known_as_good(content: Path) -> None:
    def falls_over(_: ContentShelf) -> tuple[()]:
        raise KeyError("phrasings")

    for _ in range(2):
        with pytest.raises(ContentRefused):
            LibraryKeeper(
                content,
                content.parent / "var",
                fictitious_allowed=True,
                proof=(Trial(falls_over, once=True),),
                verdicts=_on_disk(content),
            )


def test_made_up_numbers_never_reach_a_patient_though_all_else_passed_before(content: Path) -> None:
    _proved(content, _on_disk(content))

    with pytest.raises(ContentRefused, match="fictitious"):
        LibraryKeeper(content, content.parent / "other", fictitious_allowed=False, proof=(), verdicts=_on_disk(content))


def test_only_so_many_verdicts_are_kept_and_the_newest_of_them(content: Path) -> None:
    verdicts = _on_disk(content)
    for number in range(KEPT + 5):
        verdicts.keep(str(number))
        for file in (content.parent / "verdicts").iterdir():
            os.utime(file, ns=(at := file.stat().st_mtime_ns - 1_000_000_000, at))

    assert not _on_disk(content).passed("0")
    assert _on_disk(content).passed(str(KEPT + 4))
    assert len(list((content.parent / "verdicts").iterdir())) == KEPT

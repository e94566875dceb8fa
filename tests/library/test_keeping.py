"""Broken content cannot go live, and what was good stays in use, also across a restart."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as Folder

import pytest

from bot.care.model.in_use import InUse
from bot.compose.parting import parting
from bot.library.faults import ContentRefused
from bot.library.keeping import HELD_UP_FOR, LibraryKeeper, News
from bot.library.places import Path
from bot.library.proof import ALONE, Parting, Proof, Trial, nothing_missed
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts
from tests.library.shelves import CLINIC, FACTS, FILES, PICO, a_folder, write

MENU = "en/phrases/menu.toml"
KEY = "phrases/menu/help"


@pytest.fixture
def content(tmp_path: Folder) -> Folder:
    return a_folder(tmp_path / "content")


def _keeper(
    content: Folder, proof: Proof = ALONE, verdicts: Verdicts | None = None, parting: Parting = nothing_missed
) -> LibraryKeeper:
    known, data = verdicts or Verdicts(content.parent / "verdicts"), content.parent / "var"
    return LibraryKeeper(content, data, fictitious_allowed=True, proof=proof, verdicts=known, parting=parting)


def _say(keeper: LibraryKeeper) -> str:
    return keeper.shelf.say(KEY, "en", FACTS)


def _next_news(keeper: LibraryKeeper) -> News | None:
    """A change is seen at one look and judged at the next."""
    assert keeper.look() is None
    return _noted(keeper)


def _noted(keeper: LibraryKeeper) -> News | None:
    """One look, and what it found is in the records."""
    news = keeper.look()
    if news is not None:
        keeper.noted(news)
    return news


def test_an_edited_file_goes_live(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, MENU, '[menu]\nhelp = "New words."\n')

    news = _next_news(keeper)

    assert news is not None
    assert news.accepted
    assert _say(keeper) == "New words."
    assert news.version == keeper.shelf.version


def test_nothing_changed_is_no_news(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, MENU, FILES[MENU])

    assert [keeper.look() for _ in range(4)] == [None] * 4


def test_a_file_that_is_still_being_written_is_left_alone(content: Folder) -> None:
    keeper = _keeper(content)
    words = '[menu]\nhelp = "All of it."\n'

    for length in range(1, len(words), 5):
        write(content, MENU, words[:length])
        assert keeper.look() is None
    write(content, MENU, words)
    news = _next_news(keeper)

    assert news is not None
    assert news.accepted
    assert _say(keeper) == "All of it."


def _remove(folder: Folder) -> None:
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()


def _replace_by_a_file(folder: Folder) -> None:
    _remove(folder)
    folder.write_text("gone")


def _lock(file: Folder) -> None:
    """Nobody may read it; root, whom no permission stops, gets a file that the kernel refuses to read."""
    file.unlink()
    file.symlink_to("/proc/self/mem")
    if os.geteuid() != 0:
        file.unlink()
        file.touch(mode=0)


BREAKAGES: dict[str, Callable[[Folder], None]] = {
    "syntax": lambda root: write(root, MENU, "[menu\n"),
    "unknown placeholder": lambda root: write(root, MENU, '[menu]\nhelp = "{{ nobody }}"\n'),
    "duplicate key": lambda root: write(root, MENU, '[menu]\nhelp = "a"\nhelp = "b"\n'),
    "wrong encoding": lambda root: write(root, MENU, "[menu]\nhelp = 'é'\n".encode("utf-16")),
    "5 MB": lambda root: write(root, MENU, b"#" * 5_000_000),
    "half written": lambda root: write(root, MENU, '[menu]\nhelp = "Write HEL'),
    "empty clinic": lambda root: write(root, "clinic.toml", ""),
    "no emergency number": lambda root: write(root, "clinic.toml", CLINIC.replace('"999"', '""')),
    "deleted folder": _remove,
    "folder is a file": _replace_by_a_file,
    "symlink loop": lambda root: (root / "en" / "faq" / "a.toml").symlink_to(root / "en" / "faq" / "a.toml"),
    "folder loop": lambda root: (root / "en" / "faq" / "loop").symlink_to(root),
    "dangling link": lambda root: (root / "en" / "faq" / "a.toml").symlink_to(root / "nowhere.toml"),
    "named pipe": lambda root: os.mkfifo(root / "en" / "faq" / "a.toml"),
    "unknown file": lambda root: write(root, "x.toml", ""),
    "no permission": lambda root: _lock(root / MENU),
    "step in use removed": lambda root: (root / "en/steps/pico/PC-03.toml").unlink(),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_broken_content_is_refused_and_the_last_good_stays(content: Folder, breakage: str) -> None:
    keeper = _keeper(content)
    before = keeper.shelf

    BREAKAGES[breakage](content)
    news = _next_news(keeper)

    assert news is not None
    assert not news.accepted
    assert news.report.faults
    assert keeper.shelf is before
    assert keeper.on_last_good
    assert [keeper.look() for _ in range(3)] == [None] * 3


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_start_with_broken_content_uses_the_last_good(content: Folder, breakage: str) -> None:
    version = _keeper(content).shelf.version

    BREAKAGES[breakage](content)
    keeper = _keeper(content)

    assert keeper.on_last_good
    assert keeper.shelf.version == version
    assert _say(keeper) == "Write HELP, Anna."


def test_a_start_with_broken_content_is_news_once(content: Folder) -> None:
    _keeper(content)
    write(content, MENU, "[menu\n")
    keeper = _keeper(content)

    first, *later = (_noted(keeper) for _ in range(4))

    assert first is not None
    assert not first.accepted
    assert later == [None] * 3


def test_content_that_is_mended_goes_live_again(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, MENU, "[menu\n")
    _next_news(keeper)
    write(content, MENU, FILES[MENU])

    news = _next_news(keeper)

    assert news is not None
    assert news.accepted
    assert not keeper.on_last_good


def test_a_start_without_any_good_content_is_refused(content: Folder) -> None:
    write(content, MENU, "[menu\n")

    with pytest.raises(ContentRefused) as refused:
        _keeper(content)

    assert refused.value.report.faults[0].file == MENU


def test_a_last_good_set_that_somebody_touched_is_not_trusted(content: Folder) -> None:
    version = _keeper(content).shelf.version
    write(content.parent / "var" / "content" / version, MENU, '[menu]\nhelp = "Forged."\n')
    write(content, MENU, "[menu\n")

    with pytest.raises(ContentRefused):
        _keeper(content)


def test_made_up_numbers_never_reach_a_patient(content: Folder) -> None:
    with pytest.raises(ContentRefused, match="fictitious"):
        LibraryKeeper(content, content.parent / "var", fictitious_allowed=False, proof=ALONE, verdicts=Verdicts())


def test_only_a_few_old_sets_are_kept(content: Folder) -> None:
    keeper = _keeper(content)
    for number in range(7):
        write(content, MENU, f'[menu]\nhelp = "Words {number}."\n')
        _next_news(keeper)

    kept = [entry.name for entry in (content.parent / "var" / "content").iterdir() if entry.is_dir()]

    assert len(kept) == 5
    assert keeper.shelf.version in kept


def test_words_go_live_even_when_their_copy_cannot_be_kept(content: Folder) -> None:
    (content.parent / "var").write_text("a file where the folder should be")

    keeper = _keeper(content)

    assert _say(keeper) == "Write HELP, Anna."
    assert any("could not be kept" in warning.reason for warning in keeper.report.warnings)


@dataclass(frozen=True)
class Against:
    file: str = MENU
    path: Path = ("menu", "help")
    reason: str = "nobody should read this"
    blocks: bool = True


@dataclass
class Witness:
    """Writes down that it was asked, and has nothing against it."""

    looked: list[str]
    name: str

    def __call__(self, _: ContentShelf) -> list[Against]:
        self.looked.append(self.name)
        return []


def _no_new_words(shelf: ContentShelf) -> list[Against]:
    said = shelf.say(KEY, "en", FACTS)
    return [Against()] if said.startswith("New") else []


def _falls_over(shelf: ContentShelf) -> list[Against]:
    if shelf.say(KEY, "en", FACTS).startswith("New"):
        raise KeyError("phrasings")
    return []


@pytest.mark.parametrize(
    ("look", "said"),
    [
        pytest.param(_no_new_words, f"{MENU}:2: nobody should read this", id="objects"),
        pytest.param(_falls_over, ".:1: a clinic cannot run on this: KeyError: 'phrasings'", id="falls over"),
    ],
)
def test_content_that_a_clinic_could_not_run_on_is_neither_used_nor_kept(
    content: Folder, look: Callable[[ContentShelf], list[Against]], said: str
) -> None:
    keeper = _keeper(content, (Trial(look),))
    good = keeper.shelf.version

    write(content, MENU, '[menu]\nhelp = "New words."\n')
    news = _next_news(keeper)

    assert news is not None
    assert [str(fault) for fault in news.report.faults] == [said]
    assert keeper.shelf.version == good
    again = _keeper(content, (Trial(look),))
    assert (again.shelf.version, again.on_last_good) == (good, True)


def test_what_a_trial_only_remarks_on_goes_live_with_a_warning(content: Folder) -> None:
    keeper = _keeper(content, (Trial(lambda _: [Against(blocks=False)]),))

    assert not keeper.on_last_good
    assert "nobody should read this" in "".join(map(str, keeper.report.warnings))


def test_a_start_with_what_was_kept_repeats_only_what_it_must(content: Folder) -> None:
    looked: list[str] = []
    proof = (
        Trial(Witness(looked, "once"), once=True),
        Trial(Witness(looked, "every time")),
    )

    _keeper(content, proof)
    _keeper(content, proof)

    assert looked == ["once", "every time", "every time"]


def test_a_trial_that_needs_whole_content_is_left_out_where_it_is_broken(content: Folder) -> None:
    looked: list[str] = []
    proof = (
        Trial(Witness(looked, "whatever there is"), on_faults=True),
        Trial(Witness(looked, "whole content")),
    )
    keeper = _keeper(content, proof)
    looked.clear()

    write(content, MENU, '[menu]\nhelp = "{{ nobody }}"\n')
    _next_news(keeper)

    assert looked == ["whatever there is"]


def test_what_was_changed_in_a_file_comes_with_the_news(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, MENU, '[menu]\nhelp = "New words."\n')

    news = _next_news(keeper)

    assert news is not None
    (change,) = news.changes
    assert (change.file, change.old, change.new) == (MENU, FILES[MENU], '[menu]\nhelp = "New words."\n')
    assert [(str(one.item), one.new) for one in change.rewordings] == [(f"en {KEY} 0", "New words.")]


def test_what_was_changed_while_nobody_looked_is_news_at_the_next_start(content: Folder) -> None:
    _keeper(content)
    write(content, MENU, '[menu]\nhelp = "New words."\n')

    started = _keeper(content)

    news = _noted(started)
    assert news is not None
    assert news.accepted
    assert [change.file for change in news.changes] == [MENU]
    assert started.look() is None
    assert _keeper(content).look() is None


def test_what_no_start_and_no_look_could_note_is_news_until_one_does(content: Folder) -> None:
    _keeper(content)
    write(content, MENU, '[menu]\nhelp = "New words."\n')
    _keeper(content)
    killed = _keeper(content)
    write(content, MENU, '[menu]\nhelp = "Newer words."\n')
    refused_by_the_records = [killed.look() for _ in range(3)]

    started = _keeper(content)
    news = _noted(started)

    assert [one and one.version for one in refused_by_the_records] == [killed.shelf.version] * 3
    assert news is not None
    assert [(change.old, change.new) for change in news.changes] == [(FILES[MENU], '[menu]\nhelp = "Newer words."\n')]
    assert [started.look() for _ in range(3)] == [None] * 3


def test_news_of_a_running_keeper_that_was_never_noted_is_news_at_the_next_start(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, MENU, '[menu]\nhelp = "New words."\n')
    keeper.look()
    lost = keeper.look()

    found = _keeper(content).look()

    assert lost is not None
    assert found == lost


@dataclass
class InCare:
    """Patients with the message of day 3 before them."""

    patients: int = 3

    def used(self) -> list[InUse]:
        return [InUse(("pico",), step, self.patients) for step in ("", "PC-03") if self.patients]


def _without_day_3(content: Folder) -> None:
    write(
        content, "protocols/pico.toml", PICO[: PICO.index('[[step]]\nid = "PC-03"')] + PICO[PICO.index("[[window]]") :]
    )
    (content / "en/steps/pico/PC-03.toml").unlink()


def test_a_step_that_patients_have_before_them_stays_until_they_are_through(content: Folder) -> None:
    care = InCare()
    keeper = _keeper(content, parting=parting(care.used))
    _without_day_3(content)

    news = _next_news(keeper)

    assert news is not None
    (fault,) = news.report.faults
    assert "the step PC-03 is gone, and 3 patients in care have its message before them: end or" in fault.reason
    assert keeper.shelf.protocols["pico"].step("PC-03") is not None

    quiet = [keeper.look() for _ in range(2 * HELD_UP_FOR)]
    care.patients = 0
    found = [news for _ in range(HELD_UP_FOR) if (news := _noted(keeper)) is not None]

    assert not any(quiet)
    assert [news.accepted for news in found] == [True]
    assert keeper.shelf.protocols["pico"].step("PC-03") is None


def test_a_step_that_went_while_nobody_looked_is_still_said_from_the_last_good_words(content: Folder) -> None:
    _keeper(content)
    _without_day_3(content)

    keeper = _keeper(content, parting=parting(InCare().used))

    assert keeper.on_last_good
    assert keeper.shelf.protocols["pico"].step("PC-03") is not None


def test_what_was_not_there_before_either_is_in_nobody_s_way(content: Folder) -> None:
    _without_day_3(content)
    keeper = _keeper(content, parting=parting(InCare().used))
    write(content, MENU, '[menu]\nhelp = "New words."\n')

    news = _next_news(keeper)

    assert news is not None
    assert news.accepted


def test_a_timing_that_was_changed_while_nobody_looked_is_named_at_the_next_start(content: Folder) -> None:
    _keeper(content)
    later = PICO.replace("day = 3\n", "day = 5\n").replace("day = 4 }", "day = 6 }")
    write(content, "protocols/pico.toml", later)

    news = _keeper(content).look()

    assert news is not None
    ((one,),) = [change.retimed for change in news.changes]
    assert (one.step, one.old, one.new) == (
        "PC-03",
        "3 - drop morning 4 20:30:00 - -",
        "5 - drop morning 6 20:30:00 - -",
    )


def test_a_question_or_the_words_of_a_step_that_change_are_no_other_timing(content: Folder) -> None:
    keeper = _keeper(content)
    write(content, "protocols/pico.toml", PICO.replace("alarm = true", "alarm = true\nrank = 20"))

    news = _next_news(keeper)

    assert news is not None
    assert [change.retimed for change in news.changes] == [()]


def test_a_step_that_counts_from_another_day_waits_for_whoever_is_on_that_plan(content: Folder) -> None:
    """Whoever had it would get it again: it is another occasion."""
    keeper = _keeper(content, parting=parting(lambda: [InUse(("pico",), "", 2)]))
    start = PICO.index('id = "PC-03"')
    turned = PICO[:start] + PICO[start:].replace('anchor = "session"', 'anchor = "next_session"', 1)
    write(content, "protocols/pico.toml", turned.replace("until = { day = 4 }", "until = { day = 2 }"))

    news = _next_news(keeper)

    assert news is not None
    (fault,) = news.report.faults
    assert fault.file == "protocols/pico.toml"
    assert "PC-03 counts its days otherwise, and 2 patients in care have this plan and could get it twice" in str(fault)

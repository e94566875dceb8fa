"""Whatever one replica publishes stands in every other one's folder within seconds; nobody's own change is lost."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.care.services.publishing import Publishing
from bot.compose.following import Following
from bot.library.keeping import LibraryKeeper
from bot.library.proof import ALONE
from bot.library.verdicts import Verdicts
from tests.care.scene import FRIDAY_NOON
from tests.fakes.records import FakeRecords
from tests.library.shelves import a_folder

MENU = "en/phrases/menu.toml"
LOOKS = 4
"""Half a second each: two for a changed file to be taken, one for the record, one for the others."""


@dataclass
class Replica:
    """One process of the clinic: a folder, what watches it, and what follows the others."""

    content: Path
    keeper: LibraryKeeper
    following: Following

    @property
    def menu(self) -> Path:
        return self.content / MENU

    def edits(self, old: str, new: str) -> None:
        self.menu.write_text(self.menu.read_text().replace(old, new))

    async def looks(self) -> None:
        """As the house does."""
        news = self.keeper.look()
        if news is not None:
            publishing, work = Publishing(self.keeper), self.following.records
            await work.write(
                lambda one: publishing.note(one, news.changes, version=news.version, held_back={}, at=FRIDAY_NOON)
            )
            self.keeper.noted(news)
        await self.following.look()


def a_replica(records: FakeRecords, folder: Path) -> Replica:
    content = a_folder(folder / "content") if not (folder / "content").exists() else folder / "content"
    verdicts = Verdicts(folder / "verdicts")
    keeper = LibraryKeeper(content, folder / "var", fictitious_allowed=True, proof=ALONE, verdicts=verdicts)
    return Replica(content, keeper, Following(records, content))


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def pair(records: FakeRecords, tmp_path: Path) -> tuple[Replica, Replica]:
    return a_replica(records, tmp_path / "one"), a_replica(records, tmp_path / "two")


async def turn(*replicas: Replica, looks: int = LOOKS) -> None:
    for _ in range(looks):
        for one in replicas:
            await one.looks()


async def test_what_is_changed_in_one_folder_stands_in_the_other_byte_for_byte(pair: tuple[Replica, Replica]) -> None:
    one, two = pair
    await turn(*pair)

    one.edits("Write HELP", "Somebody")
    await turn(*pair)

    assert one.menu.read_bytes() == two.menu.read_bytes()
    assert "Somebody" in two.menu.read_text()
    assert two.keeper.report.clean


async def test_it_goes_on_in_turns_and_ends_with_the_newest(
    pair: tuple[Replica, Replica], records: FakeRecords
) -> None:
    one, two = pair
    await turn(*pair)

    for number in range(6):
        pair[number % 2].menu.write_text(f"{two.menu.read_text()}# {number}\n")
        await turn(*pair)

    assert one.menu.read_bytes() == two.menu.read_bytes()
    assert one.menu.read_text().endswith("# 4\n# 5\n")
    assert len(records.memory.revisions) == 6


async def test_what_was_put_back_by_hand_stays_put_back(pair: tuple[Replica, Replica]) -> None:
    one, two = pair
    before = one.menu.read_text()
    one.edits("Write HELP", "Somebody")
    await turn(*pair)

    one.menu.write_text(before)
    await turn(*pair)

    assert one.menu.read_text() == two.menu.read_text() == before


async def test_a_replica_that_was_away_catches_up_at_its_start(records: FakeRecords, tmp_path: Path) -> None:
    one, two = a_replica(records, tmp_path / "one"), a_replica(records, tmp_path / "two")
    await turn(one, two)
    for words in ("Somebody", "Whoever"):
        one.edits("Write HELP" if words == "Somebody" else "Somebody", words)
        await turn(one)

    back = a_replica(records, tmp_path / "two")
    await turn(back)

    assert back.menu.read_bytes() == one.menu.read_bytes()
    assert two.menu == back.menu


async def test_a_change_of_its_own_is_never_written_over(pair: tuple[Replica, Replica]) -> None:
    one, two = pair
    await turn(*pair)

    one.edits("Write HELP", "Somebody")
    two.edits("Write HELP", "Whoever")
    await turn(one)
    await two.following.look()
    kept = two.menu.read_text()
    await turn(*pair)

    assert "Whoever" in kept
    assert one.menu.read_bytes() == two.menu.read_bytes()
    assert "Whoever" in one.menu.read_text()


async def test_a_folder_that_cannot_be_written_is_tried_again(pair: tuple[Replica, Replica]) -> None:
    one, two = pair
    await turn(*pair)
    folder = two.menu.parent
    hidden = folder.with_name(".phrases-away")

    one.edits("Write HELP", "Somebody")
    await turn(one)
    folder.rename(hidden)
    folder.write_text("a file in its place")
    for _ in range(LOOKS):
        await two.following.look()
    folder.unlink()
    hidden.rename(folder)
    await turn(*pair)

    assert "Somebody" in two.menu.read_text()


async def test_after_a_refused_change_of_its_own_is_put_back_a_replica_goes_on_with_the_newest(
    pair: tuple[Replica, Replica],
) -> None:
    one, two = pair
    await turn(*pair)
    before = two.menu.read_text()
    two.menu.write_text('[menu]\nhelp = "{{ nobody }}"\n')
    await turn(*pair)

    one.edits("Write HELP", "Somebody")
    await turn(*pair)
    kept = two.menu.read_text()
    two.menu.write_text(before)
    await turn(*pair, looks=2 * LOOKS)

    assert "nobody" in kept
    assert "Somebody" in two.menu.read_text()


async def test_a_revision_that_is_seen_only_after_a_newer_one_leaves_nobody_behind(
    pair: tuple[Replica, Replica], records: FakeRecords
) -> None:
    one, two = pair
    await turn(*pair)
    one.edits("Write HELP", "Somebody")
    await turn(one)
    older = records.memory.revisions.pop(1)
    one.edits("Somebody", "Whoever")
    await turn(*pair)

    records.memory.revisions[1] = older
    await turn(*pair)

    assert "Whoever" in one.menu.read_text()
    assert one.menu.read_bytes() == two.menu.read_bytes()

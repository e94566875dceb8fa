"""The content's own files are changed only by what passes every check, and only as they were looked at."""

import os
import resource
from pathlib import Path

import pytest

from bot.care.model.unanswered import End, Phrasing
from bot.compose.cabinet import ContentCabinet
from bot.library.folder import read
from bot.library.phrasings import with_phrasing
from bot.library.verdicts import Verdicts
from bot.settings import CACHE
from tests.own_content import move_in

OIL = Phrasing("en", "moisturiser", "would castor oil be alright")
FILE = "en/faq/moisturiser.toml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return move_in(tmp_path / "content")


@pytest.fixture
def cabinet(content: Path) -> ContentCabinet:
    return ContentCabinet(content, CACHE, Verdicts(CACHE / "verdicts"))


def test_words_that_are_there_already_are_found_at_once(cabinet: ContentCabinet) -> None:
    found = cabinet.weigh(Phrasing("en", "moisturiser", "why is it so itchy"))

    assert (found.end, found.reasons) == (End.THERE, ("itching",))


def test_words_that_raise_a_danger_sign_are_never_a_phrasing(cabinet: ContentCabinet, content: Path) -> None:
    before = (content / FILE).read_text()

    found = cabinet.weigh(Phrasing("en", "moisturiser", "my cheek is leaking yellow stuff"))

    assert found.end is End.DANGER
    assert found.reasons[0].startswith("RF-")
    assert (content / FILE).read_text() == before


def test_a_folder_with_faults_takes_nothing_and_says_where(cabinet: ContentCabinet, content: Path) -> None:
    makeup = content / "en/faq/makeup.toml"
    makeup.write_text(makeup.read_text().replace('say = "', 'say = "{{ nobody }} ', 1))

    weighed, filed = cabinet.weigh(OIL), cabinet.file(OIL, print=_print(content))

    assert weighed.end is filed.end is End.REFUSED
    assert weighed.reasons[0].startswith("en/faq/makeup.toml:")
    assert OIL.words not in (content / FILE).read_text()


def test_a_file_that_is_another_than_was_weighed_is_left_alone(cabinet: ContentCabinet, content: Path) -> None:
    assert cabinet.file(OIL, print="another").end is End.CHANGED
    assert OIL.words not in (content / FILE).read_text()


def test_a_topic_that_is_not_there_takes_nothing(cabinet: ContentCabinet) -> None:
    assert cabinet.weigh(Phrasing("en", "nothing", "x y z")).end is End.NO_TOPIC


def test_a_disk_that_takes_nothing_is_said_to_be_so_and_loses_nothing(cabinet: ContentCabinet, content: Path) -> None:
    before, print_ = (content / FILE).read_text(), _print(content)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        filed = cabinet.file(OIL, print=print_)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert filed.end is End.READ_ONLY
    assert (content / FILE).read_text() == before
    assert [path.name for path in (content / FILE).parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: the full disk above is for everybody")
def test_a_folder_that_cannot_be_written_is_said_to_be_so(cabinet: ContentCabinet, content: Path) -> None:
    (content / FILE).parent.chmod(0o555)

    weighed, filed = cabinet.weigh(OIL), cabinet.file(OIL, print=_print(content))

    (content / FILE).parent.chmod(0o755)
    assert weighed.end is filed.end is End.READ_ONLY
    assert weighed.reasons == (str(content / FILE),)


def test_what_is_filed_can_be_taken_out_again_and_leaves_the_file_as_it_was(
    cabinet: ContentCabinet, content: Path
) -> None:
    before = (content / FILE).read_text()

    filed = cabinet.file(OIL, print=_print(content))
    there = cabinet.file(OIL, print="whatever")
    taken = cabinet.take_out(OIL)

    assert (filed.end, there.end, taken.end) == (End.DONE, End.THERE, End.DONE)
    assert (content / FILE).read_text() == before
    assert cabinet.take_out(OIL).end is End.NOT_THERE


def _print(content: Path) -> str:
    return with_phrasing(read(content), OIL).print

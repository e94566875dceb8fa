"""Files, revisions and what patients are told always agree, whatever is edited, by whom, and taken back."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from bot.care.model.revision import Draft, DraftState, FileChange, Item, Revision, Rewording, Verdict
from bot.care.model.sign_off import FILE as APPROVALS
from bot.care.services.publishing import Publishing
from bot.compose.press import ContentPress
from bot.library.keeping import LibraryKeeper
from bot.library.proof import ALONE
from bot.library.verdicts import Verdicts
from tests.care.scene import FRIDAY_NOON, MARIA
from tests.fakes.records import FakeRecords
from tests.library.shelves import FACTS, a_folder

MENU, TITLE = Item("en", "phrases/menu/help"), Item("en", "faq/makeup/title")
ADVICE, PRICE = Item("en", "red_flags/RF-U1"), Item("en", "out_of_scope/price")
FILES = {
    MENU: "en/phrases/menu.toml",
    TITLE: "en/faq/makeup.toml",
    ADVICE: "en/red_flags.toml",
    PRICE: "en/out_of_scope.toml",
}
COMMENT = "# kept, whatever is edited\n"
WORDS = (
    "Short words.",
    "Two lines,\n\nand one more.",
    'With "quotes", a \\ and “ü” 💄.',
    "<b>Bold</b> and <i>slanted</i> &amp; plain.",
    "It is {{ first_name }}.",
)
FAULTY = (
    "{{ nobody }}", "{{ 9**9 }}", "{% for x in y %}{% endfor %}", "<u>no</u>", "<b>open", "a < b", "", "We cure.",
    "{{ first_name.upper() }}", "See you at 9:30 in 2 hours.",
)  # fmt: skip


@dataclass
class Desk:
    """One clinic's folder, what watches it, and what is noted of it."""

    content: Path
    keeper: LibraryKeeper
    press: ContentPress
    records: FakeRecords = field(default_factory=FakeRecords)

    def edit(self, item: Item, words: str) -> Verdict:
        return self._go(self._draft(item, words), None)

    def undo(self, number: int) -> Verdict:
        revision = self.records.work.revisions.get(number)
        item = next((one.item for one in revision.change.rewordings), Item("", "file"))
        return self._go(self._draft(item, "", file=revision.change.file, undoes=number), revision)

    def on_disk(self, item: Item, text: str) -> None:
        self.file(item).write_text(text)
        self.look()

    def look(self) -> None:
        """As the house does, until there is no news."""
        for _ in range(2):
            news = self.keeper.look()
            if news is not None:
                publishing = Publishing(self.keeper)
                publishing.note(self.records.work, news.changes, version=news.version, held_back={}, at=FRIDAY_NOON)
                self.keeper.noted(news)

    def file(self, item: Item) -> Path:
        return self.content / FILES[item]

    def said(self, item: Item) -> str:
        return self.keeper.shelf.say(item.key, "en", FACTS)

    def revisions(self) -> list[Revision]:
        return list(self.records.memory.revisions.values())

    def _draft(self, item: Item, words: str, file: str = "", undoes: int = 0) -> Draft:
        before = next((one.text for one in self.keeper.shelf.written(item.key, "en")), "")
        state, chat = DraftState.CHECKING, MARIA.chat
        return Draft(item, file or FILES[item], words, before, state, MARIA.account, chat, FRIDAY_NOON, undoes=undoes)

    def _go(self, draft: Draft, undone: Revision | None) -> Verdict:
        checked = self.press.check(draft, undone)
        if checked.verdict is not Verdict.DONE:
            return checked.verdict
        assert checked.change is not None
        done = self.press.publish(draft.turned(DraftState.SAVING, print=checked.change.old_print), undone)
        assert done.change is not None
        why = "edit" if undone is None else f"undo:{undone.id}"
        self.records.work.revisions.add(Revision(FRIDAY_NOON, MARIA.account, why, done.change, done.version))
        self.look()
        return done.verdict


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    content = a_folder(tmp_path / "content")
    for name in FILES.values():
        (content / name).write_text(COMMENT + (content / name).read_text())
    verdicts = Verdicts(tmp_path / "verdicts")
    keeper = LibraryKeeper(content, tmp_path / "var", fictitious_allowed=True, proof=ALONE, verdicts=verdicts)
    return Desk(content, keeper, ContentPress(content, ALONE, verdicts))


def _agree(desk: Desk, expected: dict[Item, str]) -> None:
    newest: dict[str, Revision] = {}
    for revision in desk.revisions():
        before = newest.get(revision.change.file)
        assert before is None or before.change.new == revision.change.old
        newest[revision.change.file] = revision
    for item, words in expected.items():
        text = desk.file(item).read_text()
        last = newest.get(FILES[item])
        assert last is None or last.change.new == text
        assert text.startswith(COMMENT)
        assert desk.said(item) == words.replace("{{ first_name }}", FACTS["first_name"])
    assert desk.keeper.report.clean


def test_whatever_is_edited_and_taken_back_file_log_and_words_agree(desk: Desk, history: int) -> None:
    rng = Random(history)
    # words with names that are no patient's own stay out of it
    texts = {item: desk.keeper.shelf.written(item.key, "en")[0].text for item in (MENU, TITLE, PRICE)}
    for _ in range(rng.randint(4, 10)):
        item = rng.choice(list(texts))
        match rng.choice(("edit", "edit", "disk", "undo", "undo", "faulty")):
            case "edit":
                words = rng.choice([one for one in WORDS if item is MENU or "{{" not in one])
                same = desk.edit(item, words) is Verdict.SAME
                assert same == (words == texts[item])
                texts[item] = words
            case "faulty":
                assert desk.edit(item, rng.choice(FAULTY[:7])) is Verdict.REFUSED
            case "disk":
                desk.on_disk(item, desk.file(item).read_text() + f"# {rng.random()}\n")
            case "undo" if desk.revisions():
                _undo(desk, rng.choice(desk.revisions()), texts)
        _agree(desk, texts)


def _undo(desk: Desk, revision: Revision, texts: dict[Item, str]) -> None:
    """Its words are as they were before it, whatever else was changed since."""
    newest = desk.records.work.revisions.latest(limit=1, file=revision.change.file)[0]
    verdict = desk.undo(revision.id)
    if verdict is Verdict.DONE:
        texts |= {one.item: one.old for one in revision.change.rewordings if one.item in texts}
        if newest.id == revision.id:
            assert (desk.content / revision.change.file).read_text() == revision.change.old
    else:
        assert verdict is (Verdict.SAME if revision.change.rewordings else Verdict.GONE)


@pytest.mark.parametrize("words", FAULTY)
def test_what_is_refused_says_why_and_changes_nothing(desk: Desk, words: str) -> None:
    before = desk.file(PRICE).read_bytes()

    draft = Draft(PRICE, FILES[PRICE], words, "", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)

    assert checked.verdict is Verdict.REFUSED
    assert checked.reasons
    assert not any(reason.startswith(FILES[PRICE]) for reason in checked.reasons)
    assert desk.file(PRICE).read_bytes() == before


def test_a_file_that_was_changed_since_the_check_is_left_alone(desk: Desk) -> None:
    draft = Draft(TITLE, FILES[TITLE], "Cover", "Makeup", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    saving = draft.turned(DraftState.SAVING, print=checked.change.old_print)
    desk.on_disk(TITLE, desk.file(TITLE).read_text() + "# meanwhile\n")

    assert desk.press.publish(saving, None).verdict is Verdict.CHANGED
    assert desk.said(TITLE) == "Makeup"


def test_words_that_a_killed_process_had_written_are_published_once(desk: Desk) -> None:
    draft = Draft(TITLE, FILES[TITLE], "Cover", "Makeup", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    saving = draft.turned(DraftState.SAVING, print=checked.change.old_print)
    desk.records.work.drafts.add(saving)

    desk.press.publish(saving, None)
    desk.look()
    again = desk.press.publish(saving, None)

    assert again.verdict is Verdict.DONE
    assert again.change == checked.change
    # the file's own change is not noted beside the draft's
    assert desk.revisions() == []


DAY_3, PLAN = Item("", "timing/pico/PC-03"), "protocols/pico.toml"


def test_the_same_words_may_be_confirmed_and_nothing_is_written(desk: Desk) -> None:
    words = desk.keeper.shelf.written(MENU.key, "en")[0].text
    before = desk.file(MENU).read_bytes()
    draft = desk._draft(MENU, words)

    checked = desk.press.check(draft, None)
    assert checked.change is not None
    saving = draft.turned(DraftState.SAVING, print=checked.change.old_print)
    done, again = desk.press.publish(saving, None), desk.press.publish(saving, None)

    assert checked.verdict is Verdict.SAME
    assert done.verdict is again.verdict is Verdict.DONE
    assert done.change is not None
    assert done.change.rewordings == (Rewording(MENU, words, words),)
    assert done.change.old_print == done.change.new_print == checked.change.old_print
    assert desk.file(MENU).read_bytes() == before


PICO = Item("", "approval/pico")


@pytest.mark.parametrize(
    ("item", "file", "words", "there"),
    [
        pytest.param(DAY_3, PLAN, "5 - drop move", None, id="another day"),
        pytest.param(DAY_3, PLAN, "3 - drop skin:choice,pain:pain10", None, id="another question"),
        pytest.param(PICO, APPROVALS, "{hash} 2026-11-20 Clara", COMMENT, id="an approval"),
        pytest.param(PICO, APPROVALS, "{hash} 2026-11-20 Clara", None, id="the first approval, in a file of its own"),
    ],
)
def test_what_is_no_words_and_a_killed_process_had_written_is_published_once(
    desk: Desk, item: Item, file: str, words: str, there: str | None
) -> None:
    if there is not None:
        (desk.content / APPROVALS).write_text(there)
    words = words.format(hash=desk.keeper.shelf.sign_offs["pico"].print)
    draft = Draft(item, file, words, "", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    saving = draft.turned(DraftState.SAVING, print=checked.change.old_print, before=checked.now)

    first = desk.press.publish(saving, None)
    again = desk.press.publish(saving, None)

    assert [first.verdict, again.verdict] == [Verdict.DONE, Verdict.DONE]
    assert first.change == again.change == checked.change


def test_the_first_approval_can_be_taken_back(desk: Desk) -> None:
    words = f"{desk.keeper.shelf.sign_offs['pico'].print} 2026-11-20 Clara"
    draft = Draft(PICO, APPROVALS, words, "", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    desk.press.publish(draft.turned(DraftState.SAVING, print=checked.change.old_print), None)
    revision = Revision(FRIDAY_NOON, 1, "approve:pico", checked.change, id=1)

    back = desk.press.check(replace(draft, item=Item("", f"file/{APPROVALS}"), words="", undoes=1), revision)

    assert back.verdict is Verdict.DONE
    assert back.change is not None
    assert back.change.new == ""


def test_of_an_undone_timing_it_is_known_what_it_was_and_will_be(desk: Desk) -> None:
    draft = Draft(DAY_3, PLAN, "5 - drop", "", DraftState.CHECKING, 1, 1, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    desk.press.publish(draft.turned(DraftState.SAVING, print=checked.change.old_print), None)
    revision = Revision(FRIDAY_NOON, 1, "timing:pico/PC-03", checked.change, id=1)

    back = desk.press.check(replace(draft, words="", undoes=1), revision)

    assert (checked.now, checked.then) == ("3 - drop skin:choice", "5 - drop skin:choice")
    assert (back.now, back.then) == ("5 - drop skin:choice", "3 - drop skin:choice")


def test_a_question_taken_off_is_rolled_back_with_its_answers_to_the_very_bytes(desk: Desk) -> None:
    before = (desk.content / PLAN).read_bytes()
    draft = Draft(DAY_3, PLAN, "3 - drop -", "", DraftState.CHECKING, 2, 2, FRIDAY_NOON)
    checked = desk.press.check(draft, None)
    assert checked.change is not None
    desk.press.publish(draft.turned(DraftState.SAVING, print=checked.change.old_print), None)
    revision = Revision(FRIDAY_NOON, 2, "timing:pico/PC-03", checked.change, id=1)
    undoing = replace(draft, words="", undoes=1)

    back = desk.press.check(undoing, revision)
    assert back.change is not None
    gone = (desk.content / PLAN).read_text()
    desk.press.publish(undoing.turned(DraftState.SAVING, print=back.change.old_print), revision)

    assert "skin" not in gone
    assert (desk.content / PLAN).read_bytes() == before


def test_an_edit_of_the_file_is_a_revision_of_its_own(desk: Desk) -> None:
    desk.on_disk(PRICE, desk.file(PRICE).read_text().replace("The desk knows", "We know"))

    (revision,) = desk.revisions()
    assert (revision.why, revision.by) == ("file", 0)
    assert isinstance(revision.change, FileChange)
    assert [(one.item, one.new) for one in revision.change.rewordings] == [(PRICE, "We know the prices.")]
    assert desk.undo(revision.id) is Verdict.DONE
    assert desk.said(PRICE) == "The desk knows the prices."

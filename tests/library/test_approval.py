"""A clinician's approval holds for exactly what was read: a plan with its words, or all answers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import tomli

from bot.care.model.sign_off import ANSWERS, FILE, Approval, SignOff
from bot.library.approval import CannotBeKept, with_approval
from bot.library.folder import Snapshot, read
from bot.library.loading import inspect
from tests.own_content import CONTENT

GIVEN = Approval("picosure", "0" * 16, "Dr Lind", date(2026, 11, 20))
Change = Callable[[str], str]


def sign_off(snapshot: Snapshot, treatment: str = "picosure") -> SignOff:
    # what is signed does not hang on whether the rest is sound
    shelf = inspect(snapshot, tried=True).shelf
    assert shelf is not None
    return shelf.sign_offs[treatment]


def changed(file: str, change: Change) -> Snapshot:
    folder = read(CONTENT)
    after = change(folder.files[file].decode())
    assert after != folder.files[file].decode()
    return Snapshot({**folder.files, file: after.encode()})


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("protocols/picosure.toml", "ends = 42", "ends = 43", id="the plan"),
        pytest.param("en/steps/picosure/PS-03.toml", "Today I ask", "Today we ask", id="a message"),
        pytest.param("en/steps/picosure/PRE-07.toml", 'say = """\n', 'say = """\nDear, ', id="a message it shares"),
        pytest.param("en/phrases/plan.toml", "[window]\n", '[window]\nnew = "new"\n', id="what placeholders say"),
        pytest.param("en/phrases/also.toml", "Spots often flare", "Spots may flare", id="what another treatment adds"),
        pytest.param("en/red_flags.toml", 'level = "urgent"\nname = "', 'level = "urgent"\nname = "Now: ', id="advice"),
    ],
)
def test_an_approval_ends_with_any_change_of_what_patients_are_sent(file: str, old: str, new: str) -> None:
    before = sign_off(read(CONTENT)).print

    assert sign_off(changed(file, lambda text: text.replace(old, new))).print != before


@pytest.mark.parametrize(
    ("file", "change"),
    [
        pytest.param("protocols/picosure.toml", lambda text: f"# read twice\n{text}", id="a comment"),
        pytest.param("en/steps/resurfacing/RS-03.toml", lambda text: text.replace("say = ", "say  = "), id="a blank"),
        pytest.param("en/faq/makeup.toml", lambda text: text.replace("makeup", "make-up", 1), id="an answer"),
        pytest.param("en/phrases/signing.toml", lambda text: text.replace("Sign-off", "Signed"), id="what staff read"),
    ],
)
def test_an_approval_outlives_what_its_patients_are_not_sent(file: str, change: Change) -> None:
    before = sign_off(read(CONTENT)).print

    assert sign_off(changed(file, change)).print == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("en/faq/actives.toml", "Spot gels", "All spot gels", id="an answer"),
        pytest.param("en/faq/actives.toml", 'title = "Acids', 'title = "All acids', id="what a topic is called"),
        pytest.param("en/faq/actives.toml", 'surface = "removed", ', "", id="who reads an answer"),
        pytest.param("en/red_flags.toml", "If you have an adrenaline", "Should you have an adrenaline", id="advice"),
        pytest.param("en/red_flags.toml", 'level = "same-day"', 'level = "urgent"', id="how urgent a sign is"),
        pytest.param("en/red_flags.toml", 'name = "Burn', 'name = "A burn', id="what a sign is called"),
    ],
)
def test_an_approval_of_the_answers_ends_with_any_change_of_them(file: str, old: str, new: str) -> None:
    before = sign_off(read(CONTENT), ANSWERS).print

    assert sign_off(changed(file, lambda text: text.replace(old, new, 1)), ANSWERS).print != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("en/faq/actives.toml", '"acids",', '"acid",', id="how a topic is recognised"),
        pytest.param("en/red_flags.toml", '"cant breathe",', '"cant breathe", "cannot breathe",', id="how a sign is"),
        pytest.param("en/red_flags.toml", "# Danger signs", "# All danger signs", id="a comment"),
        pytest.param("en/steps/picosure/PS-03.toml", "Today I ask", "Today we ask", id="a message"),
        pytest.param("protocols/picosure.toml", "ends = 42", "ends = 43", id="a plan"),
    ],
)
def test_an_approval_of_the_answers_outlives_all_else(file: str, old: str, new: str) -> None:
    before = sign_off(read(CONTENT), ANSWERS).print

    assert sign_off(changed(file, lambda text: text.replace(old, new, 1)), ANSWERS).print == before


def test_an_answer_in_another_language_is_among_what_is_approved() -> None:
    folder = read(CONTENT)
    french = folder.files["en/faq/makeup.toml"].replace(b"title = ", b'title = "Maquillage"\nwas = ', 1)
    with_it = Snapshot({**folder.files, "fr/faq/makeup.toml": french})

    assert sign_off(with_it, ANSWERS).print != sign_off(folder, ANSWERS).print


def test_advice_that_a_plan_may_raise_is_among_both() -> None:
    before = read(CONTENT)
    after = changed("en/red_flags.toml", lambda text: text.replace("the redness with a pen", "it with a pen"))

    for name in ("picosure", ANSWERS):
        assert sign_off(after, name).print != sign_off(before, name).print


def test_no_treatment_takes_the_name_of_the_answers() -> None:
    folder = read(CONTENT)
    plan = folder.files["protocols/picosure.toml"].replace(b'id = "picosure"', b'id = "answers"', 1)
    report = inspect(Snapshot({**folder.files, "protocols/answers.toml": plan})).report

    assert any("no treatment can be called 'answers'" in fault.reason for fault in report.faults)


def test_approvals_are_added_below_what_the_file_says_and_an_old_one_holds_again() -> None:
    folder = read(CONTENT)
    now = sign_off(folder).print
    first = with_approval(folder, Approval("picosure", now, "Dr Lind", date(2026, 11, 2))).snapshot
    second = with_approval(first, GIVEN)

    found = sign_off(second.snapshot)

    assert second.text.startswith(folder.files[FILE].decode())
    assert [one["by"] for one in tomli.loads(second.text)["approval"]] == ["Dr Lind", "Dr Lind"]
    assert found.is_approved
    assert inspect(second.snapshot).report.clean


def test_an_approval_of_other_words_says_whose_it_was() -> None:
    found = sign_off(with_approval(read(CONTENT), GIVEN).snapshot)

    assert not found.is_approved
    assert found.approval == GIVEN


def test_a_clinic_without_the_file_gets_it(tmp_path: Path) -> None:
    folder = read(CONTENT)
    bare = Snapshot({name: data for name, data in folder.files.items() if name != FILE})

    with_approval(bare, GIVEN).write(tmp_path)

    assert tomli.loads((tmp_path / FILE).read_text())["approval"][0]["treatment"] == "picosure"


def test_a_file_that_is_no_list_of_approvals_is_left_alone() -> None:
    folder = Snapshot({FILE: b'approval = "yes"\n'})

    with pytest.raises(CannotBeKept):
        with_approval(folder, GIVEN)

"""Every fact of the sources can be followed to the words that rest on it."""

import pytest

from bot.library.ledger import used_facts
from tests.library.shelves import FILES, a_shelf, faults_of

NO_SOURCE = {"protocols/pico.toml": FILES["protocols/pico.toml"].replace("S001-03", "S001-18")}


def test_a_fact_knows_where_it_is_used() -> None:
    identity, redness = used_facts(a_shelf())

    assert identity.as_json() == {"id": "S001-03", "use": ["STAFF"], "where": ["protocols/pico.toml"]}
    assert redness.where == ("en/faq/redness.toml", "en/steps/pico/PC-00.toml", "protocols/pico.toml:step.PC-00")


def test_a_fact_for_patients_that_nothing_says_is_a_gap() -> None:
    text = FILES["facts.toml"].replace("S001-18", "S001-19")

    gaps = [fact.id for fact in used_facts(a_shelf({"facts.toml": text})) if fact.is_a_gap]

    assert gaps == ["S001-19"]


@pytest.mark.parametrize(
    ("use", "gaps"),
    [("MSG", ["S001-09"]), ("FAQ", ["S001-09"]), ("ENR", ["S001-09"]), ("STAFF", ["S001-09"])],
)
def test_only_a_fact_that_is_for_somebody_needs_a_place(use: str, gaps: list[str]) -> None:
    unused = f'[[fact]]\nid = "S001-09"\nuse = ["{use}"]\ntreatment = "pico"\nsay = "Nobody says this"\n'

    found = used_facts(a_shelf({"facts.toml": unused + FILES["facts.toml"]}))

    assert [fact.id for fact in found if fact.is_a_gap] == gaps


UNSAID = '[[fact]]\nid = "S001-09"\nuse = ["{use}"]\ntreatment = "pico"\nsay = "Says it is for ever"\n'
CLAIM = '\n[[claim]]\nfact = "S001-09"\nnever = ["always works"]\n'


@pytest.mark.parametrize("use", ["AVOID", "TEMPER"])
def test_a_claim_is_a_gap_until_its_plain_forms_are_refused(use: str) -> None:
    facts = UNSAID.format(use=use) + FILES["facts.toml"]
    claimed = FILES["en/promises.toml"] + CLAIM

    before = used_facts(a_shelf({"facts.toml": facts}))[0]
    after = used_facts(a_shelf({"facts.toml": facts, "en/promises.toml": claimed}))[0]

    assert (before.is_a_gap, after.is_a_gap) == (True, False)
    assert after.as_json()["where"] == ["en/promises.toml:claim.S001-09"]


def test_a_rule_about_words_is_no_use_of_a_fact() -> None:
    facts = FILES["facts.toml"].replace("S001-18", "S001-19")
    musts = FILES["en/musts.toml"].replace("S001-18", "S001-19")

    gaps = [fact.id for fact in used_facts(a_shelf({"facts.toml": facts, "en/musts.toml": musts})) if fact.is_a_gap]

    assert gaps == ["S001-19"]


def test_a_reason_stands_in_for_a_place() -> None:
    text = FILES["facts.toml"].replace('id = "S001-03"', 'id = "S001-09"\nreason = "governance"')

    first = used_facts(a_shelf({"facts.toml": text, **NO_SOURCE}))[0]

    assert (first.where, first.reason, first.is_a_gap) == ((), "governance", False)


def test_a_reason_not_to_use_a_fact_that_is_used_is_a_fault() -> None:
    text = FILES["facts.toml"].replace('id = "S001-03"', 'id = "S001-03"\nreason = "background"')

    assert faults_of({"facts.toml": text}) == [
        "facts.toml:3: S001-03 has a reason not to be used, but protocols/pico.toml uses it"
    ]

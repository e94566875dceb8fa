"""Every fact of the sources can be followed to the words that rest on it."""

from bot.library.ledger import used_facts
from tests.library.shelves import FILES, a_shelf


def test_a_fact_knows_where_it_is_used() -> None:
    identity, redness = used_facts(a_shelf())

    assert identity.as_json() == {"id": "S001-03", "use": ["STAFF"], "where": ["protocols/pico.toml"]}
    assert redness.where == ("en/faq/redness.toml", "en/steps/pico/PC-00.toml", "protocols/pico.toml:step.PC-00")


def test_a_fact_for_patients_that_nothing_says_is_a_gap() -> None:
    text = FILES["facts.toml"].replace("S001-18", "S001-19")

    gaps = [fact.id for fact in used_facts(a_shelf({"facts.toml": text})) if fact.is_a_gap]

    assert gaps == ["S001-19"]


def test_what_is_only_for_staff_is_no_gap() -> None:
    text = FILES["facts.toml"].replace("S001-03", "S001-09")

    assert not any(fact.is_a_gap for fact in used_facts(a_shelf({"facts.toml": text})))

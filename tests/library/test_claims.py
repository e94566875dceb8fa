"""No claim of the sources slips through in its plain form, and each is known."""

import pytest

from bot.library.checks.promises import promised, wrongs
from bot.library.content import Content, gather
from bot.library.content_files import Claim
from bot.library.faults import Notes
from bot.library.folder import read
from tests.library.shelves import CONTENT, FILES, faults_of

REAL: Content = gather(read(CONTENT), Notes())
PROMISES = REAL.tongues["en"].promises
CLAIMS = {claim.fact: claim for claim in PROMISES.claim}
CAREFUL = [fact for fact in REAL.ledger.fact if {"AVOID", "TEMPER"} & set(fact.use)]


def test_there_are_all_111_facts() -> None:
    assert len({fact.id for fact in REAL.ledger.fact}) == 111


@pytest.mark.parametrize("fact", CAREFUL, ids=lambda fact: fact.id)
def test_the_plain_forms_of_a_claim_are_refused_wherever_they_stand(fact: object) -> None:
    claim: Claim = CLAIMS[getattr(fact, "id", "")]

    refused = [phrase for phrase in claim.never if any(wrongs(f"We say: {phrase.upper()}\nto you.", PROMISES))]

    assert refused == list(claim.never)
    assert refused


@pytest.mark.parametrize("fact", [fact for fact in CAREFUL if "TEMPER" in fact.use], ids=lambda fact: fact.id)
def test_a_tempered_claim_names_words_that_may_be_said(fact: object) -> None:
    claim: Claim = CLAIMS[getattr(fact, "id", "")]

    assert claim.instead
    assert list(promised(claim.instead, PROMISES)) == []


FACT = '[[fact]]\nid = "S001-09"\nuse = ["TEMPER"]\ntreatment = "pico"\nsay = "Says it is for ever"\n'


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("", "S001-09 is TEMPER but no [[claim]] says its plain forms"),
        ('[[claim]]\nfact = "S001-09"\ninstead = "calm"', "S001-09 needs its plain forms in `never`"),
        ('[[claim]]\nfact = "S001-09"\nnever = ["always"]', "S001-09 is TEMPER and needs its tempered words"),
        ('[[claim]]\nfact = "S001-09"\nnever = ["always"]\ninstead = "Often"', "its tempered words are said nowhere"),
        ('[[claim]]\nfact = "S001-09"\nnever = ["if"]\ninstead = "if your skin"', "promise too much themselves"),
        ('[[claim]]\nfact = "S009-99"\nnever = ["always"]', "facts.toml has no S009-99 that is AVOID or TEMPER"),
    ],
)
def test_a_claim_that_is_not_whole_is_refused(claim: str, fault: str) -> None:
    files = {"facts.toml": FACT + FILES["facts.toml"], "en/promises.toml": f"{FILES['en/promises.toml']}\n{claim}\n"}

    found = faults_of(files)

    assert any(line.startswith("en/promises.toml:") and fault in line for line in found), found


@pytest.mark.parametrize(
    "words",
    [
        "Never stop a prescribed medicine because of this chat.",
        "Please do not stop your antibiotics.",
        "Skip the perfume. Prescribed creams go on.",
        "Take no shop-bought ibuprofen; prescribed medicines go on.",
        "Permanent makeup counts too; it is not a cure.",
        "I cannot give doses.",
        "Wash twice a day.",
    ],
)
def test_careful_words_are_left_alone(words: str) -> None:
    assert list(wrongs(words, PROMISES)) == []

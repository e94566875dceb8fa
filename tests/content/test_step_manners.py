"""Messages are short, plain, honest and kind, and each shows the way to a person."""

import re

from bot.care.model.words import PLACEHOLDERS
from tests.content.reading_grade import grade
from tests.content.step_words import LONG, Piece, fill, labels, questions, replies, safety_lines, texts
from tests.each import each

DAY_0 = {"picosure/PS-00", "pico/PC-00", "acne-scar-laser/AS-00", "resurfacing/RS-00a", "acne-laser/AL-00"}
LATE_DAY_0 = {"picosure/PS-00-late", "acne-scar-laser/AS-00-late", "resurfacing/RS-00-late"}
HELP = "Reply HELP for a person."
TEXTS = texts()
SENTENCES = [*TEXTS, *safety_lines(), *questions(), *replies()]
EVERYTHING = [*SENTENCES, *labels()]

DASH = re.compile(r"[–—]|\s-{1,2}\s")
PROMISES = re.compile(
    r"permanent|\bcur(e|es|ed|ing)\b|painless|flawless|guarante|once and for all|eras(e|es|ed|ing)\b|remov\w* complete"
    r"|complete\w* remov|magic|miracle|perfect|for good\b|forever|for ever\b|risk-free|100 ?%|clinically proven"
    r"|no (side effects|complications|risks?)\b|nothing to worry|don't worry|do not worry|around the clock|24/7",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(D\+?\d|N-\d|NSAID|erythema|o?edema|ablative|comedogenic|retinoids?|epiderm|dermis|lesion|herpes|bacteri|topical"
    r"|purpura|petechia|hyperpigment|pigment|collagen|photosens|contraindicat|analges|occlusive|emollient|exfoliat)",
    re.IGNORECASE,
)
SCOLDING = re.compile(
    r"you (must|failed|forgot|should have|have not followed|did not)|your fault|warned you|ugly", re.IGNORECASE
)
DOSES = re.compile(r"\d\s*(mg|ml|g|µg|mcg|tablets?|capsules?|pills?)\b", re.IGNORECASE)
DATES = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\d+ (January|February|March|April|May|June|July|August|September|October|November|December)"
)
STOPPING = re.compile(r"\b(stop|leave off|pause|skip)\b[^.]*\b(prescribed|blood thinner|antibiotic)", re.IGNORECASE)


def said(piece: Piece, values: dict[str, str] = PLACEHOLDERS) -> list[str]:
    return [fill(variant.say, values) for variant in piece.variants]


def first_question(piece: Piece) -> str:
    """What stands below the message, above its buttons."""
    return next((question.variants[0].say for question in questions() if question.step == piece.step), "")


@each(TEXTS)
def test_a_message_with_its_question_fits_its_measure(piece: Piece) -> None:
    measure = 1000 if piece.step in DAY_0 else 700
    question = fill(first_question(piece), PLACEHOLDERS)

    assert [text for text in said(piece) if len(f"{text}\n\n{question}") > measure] == []


@each(TEXTS)
def test_the_longest_names_dates_and_states_do_not_make_a_wall_of_text(piece: Piece) -> None:
    # the lists of day 0 are measured as they are really rendered, in test_rendered.py
    longest = said(piece, LONG) if piece.step not in DAY_0 else []

    assert [len(text) for text in longest if len(text) > 800] == []


@each(SENTENCES)
def test_seven_years_of_school_are_enough_to_understand(piece: Piece) -> None:
    assert [round(grade(text), 1) for text in said(piece) if grade(text) > 7] == []


@each(TEXTS)
def test_a_message_opens_with_the_day_and_ends_with_the_way_to_a_person(piece: Piece) -> None:
    openings = ("{{ day_words }}. ", "{{ countdown }}: ", "Tonight. ", "Today and tonight. ")

    assert all(variant.say.lstrip().startswith(openings) for variant in piece.variants)
    assert all(text.endswith(f"\n\n{HELP}") for text in said(piece))


@each(TEXTS)
def test_a_message_says_what_to_watch_for_and_when_to_speak_up(piece: Piece) -> None:
    asks_to_speak = re.compile(r"tell (me|us)|answer below|phone |urgent care|Call ", re.IGNORECASE)

    assert all("Watch for " in text or piece.step in DAY_0 | LATE_DAY_0 for text in said(piece))
    assert all(asks_to_speak.search(text) for text in said(piece))


@each(EVERYTHING)
def test_words_are_calm_plain_and_promise_nothing(piece: Piece) -> None:
    for variant in piece.variants:
        assert "!" not in variant.say
        assert len(DASH.findall(variant.say)) <= 1
        for wrong in (PROMISES, JARGON, SCOLDING, DOSES, DATES, STOPPING):
            assert wrong.findall(variant.say) == []


@each(sorted(DAY_0 | LATE_DAY_0))
def test_the_first_message_carries_the_warning_signs_and_all_numbers(key: str) -> None:
    piece = next(piece for piece in TEXTS if piece.step == key)
    needed = ("urgent_any_hour", "emergency_number")

    assert all(f"{{{{ {name} }}}}" in variant.say for variant in piece.variants for name in needed)
    for sign in ("breathing", "tongue", "sight", "fainting", "fever", "pus", "strong pain"):
        assert all(sign in text.lower() for text in said(piece))


@each(sorted(DAY_0))
def test_day_0_gives_every_end_date_and_keeps_the_cool_pack_off_numb_skin(key: str) -> None:
    (variant,) = next(piece for piece in TEXTS if piece.step == key).variants

    assert "{{ restriction_ends }}" in variant.say
    assert all(
        words in variant.say for words in ("wrapped", "5-10 minutes", "at most once an hour", "Never on numb skin")
    )


@each(safety_lines())
def test_a_safety_line_is_one_short_line_with_somebody_to_turn_to(piece: Piece) -> None:
    assert all(len(text) <= 300 and "\n" not in text for text in said(piece, LONG))
    assert all(re.search(r"urgent_any_hour|clinic_phone|ell (me|us)", variant.say) for variant in piece.variants)


@each(labels())
def test_an_answer_fits_on_its_button(piece: Piece) -> None:
    assert all(len(text) <= 32 for text in said(piece))


@each([*questions(), *replies()])
def test_a_question_or_reply_is_read_at_a_glance(piece: Piece) -> None:
    assert all(len(text) <= 320 for text in said(piece, LONG))

"""The names that approved words may use: what can be filled in, and what a variant may depend on."""


class Html(str):
    """Text that is Telegram HTML already; templates insert it as it is, everything else is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


PLACEHOLDERS: dict[str, str] = {
    # who and when
    "first_name": "Anna",
    "patient_code": "A-17",
    "day": "3",
    "day_words": "Day 3",
    "today": "Friday 20 November",
    "treatment_name": "PicoSure",
    "session_date": "17 November",
    "next_session": "15 December",
    "days_to_next": "25",
    "n28": "17 November",
    "n14": "1 December",
    "n7": "8 December",
    "n3": "12 December",
    "n1": "14 December",
    # whom to reach; computed from hours, holidays and who is on call
    "clinic_name": "Northlight Skin Clinic",
    "clinic_phone": "+44 20 5550 0143",
    "clinic_hours": "Mon-Fri 9:00-18:00",
    "ooh_text": "go to out-of-hours care",
    "emergency_number": "112",
    "crisis_line": "116 123",
    "reply_promise": "a person answers by 18:00 today",
    "urgent_route": "phone +44 20 5550 0143 now; not answered within 30 minutes: urgent care",
    # what holds today, from both anchors, with the date of the next change
    "makeup_state": "off until 19 November",
    "shave_state": "off until 20 November",
    "spf_state": "daily until 16 May",
    "sun_state": "off until 29 December",
    "retinol_state": "off until 24 November",
    "actives_state": "off until 24 November",
    "exercise_state": "open if your skin is calm",
    "heat_state": "off until 24 November",
    "swim_state": "off until 24 November",
    "wax_state": "off until 1 December",
    "procedures_state": "off until 15 December",
    "nsaid_state": "open until 1 December",
    "smoke_state": "off for the whole course",
    "alcohol_state": "open, off again on 14 December",
    "sleep_state": "no special position any more",
    "restriction_ends": "makeup until 19 November; retinol until 24 November",
    # first day allowed again, or until when asked for
    "makeup_from": "19 November",
    "shave_from": "20 November",
    "spf_from": "18 November",
    "spf_until": "16 May",
    "sun_until": "29 December",
    "retinol_from": "24 November",
    "retinol_stop": "8 December",
    "actives_from": "24 November",
    "exercise_from": "20 November",
    "heat_from": "24 November",
    "swim_from": "24 November",
    "wax_from": "1 December",
    # what is expected of this treatment, and on which day that ends
    "redness_normal": "pinkness that is gone within a day or two",
    "redness_verdict": "it should be gone by now",
    "swelling_normal": "up to one day",
    "swelling_limit": "19 November",
    "swelling_rising_from": "tell us the same day on 19 November, urgent from 20 November",
    "sting_normal": "for a day or two",
    "pain_state": "it should be gone by now",
    "peel_window": "light flakes up to day 7",
    "raw_limit": "on any day",
    "itch_normal": "up to day 7",
    "dark_verdict": "still the usual bronzing",
    "dark_limit": "28",
    "flare_normal": "any day up to day 28",
    "flare_limit": "day 28",
    "downtime_text": "everyday things the next day",
    "area_note": "no extra days",
    "pillow_line": "an extra pillow for two nights",
    "first_wash": "this evening",
    "sessions_plan": "your team plans the number with you",
    "visit_length": "about 45 minutes plus numbing time",
    "schedule_days": "1, 2, 3, 7, 14, 28 and 42",
}
"""Placeholder -> what it might say; the example is what `check` fills in and what an admin sees."""

WINDOW_STATES = ("off", "open", "off-again", "never")
"""off: inside the window after a session. open. off-again: inside the days before the next. never: whole course."""

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "face": ("yes", "no"),
    "area": ("face", "neck", "chest", "back", "hands"),
    "surface": ("intact", "micro-wounds", "removed"),
    "protocol": ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser"),
    "phase": ("before-first", "early", "late"),
    "gate": ("calm", "not-calm", "unanswered"),
    "next": ("known", "unknown"),
    "near_next": ("yes", "no"),
    "retinol_variant": ("R1", "R2", "R3"),
    "clinic_open": ("yes", "no"),
    "makeup": WINDOW_STATES,
    "shaving": WINDOW_STATES,
    "sunscreen": WINDOW_STATES,
    "sun": WINDOW_STATES,
    "retinol": WINDOW_STATES,
    "actives": WINDOW_STATES,
    "exercise": WINDOW_STATES,
    "heat": WINDOW_STATES,
    "swimming": WINDOW_STATES,
    "hair_removal": WINDOW_STATES,
    "other_treatments": WINDOW_STATES,
    "nsaid": WINDOW_STATES,
    "smoking": WINDOW_STATES,
    "alcohol": WINDOW_STATES,
    "sleep": ("raised", "free"),
}
"""What a variant's `when` may name, and the values it may have. `phase`: early = no gate has passed yet."""

Facts = dict[str, str]
"""Values for placeholders and dimensions, all text, computed afresh for the moment of sending."""

EXTRA: dict[str, str] = {}
"""Further placeholders, for the bot's own phrases to patients and staff."""

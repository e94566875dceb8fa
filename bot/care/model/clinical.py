"""Which words go live only after a clinician's tap: what is about symptoms or recovery, and whom to reach with them."""

from collections.abc import Set as AbstractSet

SHARED = ("also", "asks", "expected", "lists", "plan", "promise", "route", "things", "things_short", "window")
"""Groups of phrases that are put into the messages of every treatment."""
GROUPS = frozenset({*SHARED, "answering", "leaflet", "listening"})
"""Groups of phrases that are said about symptoms and recovery."""
ALERTS = frozenset({
    "also-emergency", "before-session", "being-told", "from-team", "nobody", "nobody-self-harm", "plain-advice",
    "raised", "seen", "sorry", "sorry-self-harm",
    "ended-advice", "ended-duplicate", "ended-emergency", "ended-false_alarm", "ended-seen", "ended-self-harm",
})  # fmt: skip
"""Of the phrases about alerts, those that patients read."""
NAMED = {"alerts": ALERTS, "health": frozenset({"timing-checked"})}
TOLD = "patient-"
"""How the phrases begin that patients read of their sessions."""
WHOM = frozenset({"crisis_line", "emergency_number", "urgent_any_hour", "urgent_route"})
"""Placeholders that say whom to reach at once."""
SECTIONS = ("steps", "red_flags", "out_of_scope")


def is_clinical(key: str, names: AbstractSet[str], *, is_symptom: bool) -> bool:
    """`names`: placeholders in the words as they are; `is_symptom`: they belong to a topic about a symptom."""
    section, _, name = key.partition("/")
    if section != "phrases":
        return section in SECTIONS or is_symptom
    group, _, phrase = name.partition("/")
    is_told = phrase.startswith(TOLD) if group in ("session_day", "sessions") else phrase in NAMED.get(group, ())
    return group in GROUPS or is_told or not WHOM.isdisjoint(names)

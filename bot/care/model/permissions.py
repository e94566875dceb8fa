"""Which role may do what: a deed that is not written here is nobody's."""

from bot.care.model.people import Member, Role

ANY = frozenset(Role)
CLINICAL = frozenset({Role.ADMIN, Role.CLINICIAN})
ADMINS = frozenset({Role.ADMIN})
FRONT = frozenset({Role.ADMIN, Role.RECEPTION})

MATRIX: dict[str, frozenset[Role]] = {
    "enroll": ANY,
    "import": FRONT,
    "session": ANY,
    "reschedule": ANY,
    "cancel": ANY,
    "correct": CLINICAL,
    "window": ANY,
    "health": CLINICAL,
    "patients": ANY,
    "patient": ANY,
    "compare-photos": ANY,
    "wrong-person": ANY,
    "transfer": ANY,
    "patient-hours": ANY,
    "pause-patient": CLINICAL,
    "resume-patient": CLINICAL,
    "end-course": CLINICAL,
    "templates": CLINICAL,
    "unanswered": CLINICAL,
    "file-phrasing": CLINICAL,
    "file-symptom-phrasing": frozenset({Role.CLINICIAN}),
    "content": CLINICAL,
    "hold": CLINICAL,
    "edit-words": ADMINS,
    "publish-words": CLINICAL,
    "publish-clinical-words": frozenset({Role.CLINICIAN}),
    "digest": ANY,
    "set-digest": ADMINS,
    "drill": ADMINS,
    "oncall": ANY,
    "take-oncall": CLINICAL,
    "set-oncall": ADMINS,
    "alerts": ANY,
    "acknowledge": ANY,
    "reply": ANY,
    "unsend": ANY,
    "close-alert": ANY,
    "close-red-flag": CLINICAL,
    "decide-unclear": ANY,
    "staff": ADMINS,
    "desk": ADMINS,
    "guest": ADMINS,
    "got-it": ANY,
    "staff-help": ANY,
}
"""Command or button -> roles."""


COMMANDS = (
    "enroll", "import", "patients", "patient", "session", "reschedule", "cancel", "correct", "window", "health",
    "alerts", "oncall", "unsend", "digest", "templates", "content", "hold", "unanswered", "staff", "desk", "drill",
)  # fmt: skip
"""What is typed, in the order of a help page."""
PATIENT_COMMANDS = ("today", "plan", "faq", "settings", "pause", "resume", "stop", "privacy", "help")
"""Everybody's, in the order of their menu."""


def commands_of(role: Role) -> tuple[str, ...]:
    """What a help page and a menu offer."""
    return tuple(command for command in COMMANDS if role in MATRIX[command])


def may(member: Member | None, deed: str) -> bool:
    return member is not None and member.role in MATRIX.get(deed, frozenset())

"""Approvals name a treatment (or all answers), a person and what exactly they stand for."""

import re

from bot.care.model.sign_off import ANSWERS
from bot.library.content import Content
from bot.library.faults import Notes

HASH = re.compile(r"[0-9a-f]{16}")


def check_approvals(content: Content, notes: Notes) -> None:
    del notes
    if ANSWERS in content.protocols:
        reason = f"no treatment can be called {ANSWERS!r}: approvals of all answers have that name"
        content.files[f"protocols/{ANSWERS}.toml"].fault(("id",), reason)
    file = content.files.get("approvals.toml")
    if file is None:
        return
    for place, approval in enumerate(content.approvals.approval):
        if approval.treatment != ANSWERS and f"protocols/{approval.treatment}.toml" not in content.present:
            file.fault(("approval", place, "treatment"), f"there is no treatment {approval.treatment!r}")
        if not approval.by.strip():
            file.fault(("approval", place, "by"), "an approval needs the name of the clinician")
        if not HASH.fullmatch(approval.hash):
            file.fault(("approval", place, "hash"), "a hash has 16 signs: `aftercare check --go-live` prints it")

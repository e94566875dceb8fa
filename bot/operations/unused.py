"""What libraries load for uses that are not ours."""

import sys

UNUSED = ("httpx._main",)
"""httpx's own command line brings rich, pygments and click: 5 MB and a twentieth of a start; httpx does without."""


def leave_out() -> None:
    """Before anything else is imported: to Python these are not installed."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]

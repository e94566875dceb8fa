"""What libraries load for uses that are not ours."""

import sys

UNUSED = ("httpx._main", "sniffio")
"""httpx's own command line brings rich, pygments and click: 5 MB and a twentieth of a start; httpx does without.

sniffio tells asyncio from trio, which nobody here runs: httpcore asked for it four times with every request, and each
time Python looked through all its folders in vain, together half a millisecond.
"""


def leave_out() -> None:
    """Before anything else is imported: to Python these are not installed."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]

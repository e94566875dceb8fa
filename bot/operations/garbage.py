"""Python's own collector: what was loaded once is not looked through again in the middle of an answer."""

import atexit
import ctypes
import gc

WHILE_LOADING, AT_WORK = 1_000_000, 100_000
"""New objects that are looked through together; a start makes a quarter of a million."""


def collect_seldom() -> None:
    """From the first line on: loading makes many objects and no rubbish; looking for it takes a seventh of a start.

    Nor on the way out, where Python would look through all of it once more: 0.2 s that somebody waits for nothing.
    """
    gc.set_threshold(WHILE_LOADING, 50, 100)
    atexit.register(gc.freeze)


def keep_what_is_loaded() -> None:
    """Once all is loaded; nor is it looked through for this: one object in a hundred would go."""
    gc.freeze()
    gc.set_threshold(AT_WORK, 50, 100)
    _give_back()


def keep_what_was_changed() -> None:
    """After each change of what is loaded: the long stop, 50 to 300 ms, is now and not while somebody waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """What loading needed for a while: 3 MB after a start. The C library keeps it; where it is another one, be it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)

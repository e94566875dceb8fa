"""Python's own collector: what was loaded once is not looked through again in the middle of an answer."""

import atexit
import gc


def collect_seldom() -> None:
    """From the first line on: loading makes many objects and no rubbish; looking for it takes a tenth of a start.

    Nor on the way out, where Python would look through all of it once more: 0.2 s that somebody waits for nothing.
    """
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)


def keep_what_is_loaded() -> None:
    """Once all is loaded, and after each change of it: the long stop, 50 to 300 ms, is now and not while one waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()

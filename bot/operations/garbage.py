"""Python's own collector: what was loaded once is not looked through again in the middle of an answer."""

import gc


def collect_seldom() -> None:
    """From the first line on: loading makes many objects and no rubbish; looking for it takes a tenth of a start."""
    gc.set_threshold(100_000, 50, 100)


def keep_what_is_loaded() -> None:
    """Once all is loaded, and after each change of it: the long stop, 50 to 300 ms, is now and not while one waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()

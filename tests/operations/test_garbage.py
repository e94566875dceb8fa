"""Nothing is looked through for rubbish while a start is waited for."""

import subprocess
import sys

START = """
import gc
from bot.operations.garbage import collect_seldom, keep_what_is_loaded, keep_what_was_changed

def looks():
    return sum(generation["collections"] for generation in gc.get_stats())

before = looks()
collect_seldom()
import bot.cli.run
loaded = len(gc.get_objects())
keep_what_is_loaded()
print(looks() - before, loaded > 100_000, gc.get_freeze_count() >= loaded, gc.get_threshold()[0])

ring = []
ring.append(ring)
del ring
keep_what_was_changed()
print(looks() - before, gc.get_freeze_count() > 100_000)
"""


def test_a_start_is_not_searched_and_a_change_is() -> None:
    said = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout

    assert said.splitlines() == ["0 True True 100000", "1 True"]

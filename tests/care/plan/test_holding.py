"""What is typed after /hold and names no planned message."""

from tests.care.scene import CLARA, a_scene


def test_a_name_that_nobody_knows_is_read_as_it_was_typed() -> None:
    scene = a_scene()

    scene.office.holding.command(scene.work, CLARA, "<u>&PS-99")

    assert "“&lt;u&gt;&amp;PS-99”" in scene.last(CLARA)

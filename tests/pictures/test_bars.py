"""The picture of the weeks is whole on a phone, and says in figures what its colours say."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.care.model.chart import Bar, Chart, Panel, Series
from bot.pictures.bars import LEVELS, PAIR, WIDTH, draw
from bot.pictures.drawing import Drawings


def a_chart(*, name: str = "16 November", series: int = 2, height: float = 3, said: str = "3") -> Chart:
    bars = (Bar(height, said),) * 4
    panel = Panel("Alerts", tuple(Series(f"kind {n}", bars) for n in range(series)))
    return Chart("The last four weeks", name, (name,) * 4, (panel,) * 4)


def opened(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


def _edges(image: Image.Image) -> set[object]:
    """Every colour in the margins, where nothing may be."""
    strips = [(0, 0, 20, image.height), (image.width - 20, 0, image.width, image.height)]
    return {colour for strip in strips for _, colour in image.crop(strip).getcolors(99) or ()}


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(a_chart(), id="two kinds"),
        pytest.param(a_chart(series=4, said="1,204"), id="four kinds"),
        pytest.param(a_chart(name="Clinic " * 40), id="long names"),
        pytest.param(a_chart(height=0, said="-"), id="nothing at all"),
        pytest.param(a_chart(height=1e9, said="13 h 05"), id="very much"),
    ],
)
def test_nothing_runs_over_the_edge(chart: Chart) -> None:
    image = opened(chart)

    assert image.width == WIDTH
    assert image.height < 2 * WIDTH
    assert _edges(image) == {(255, 255, 255)}


def test_the_same_figures_give_the_same_picture() -> None:
    assert draw(a_chart()) == draw(a_chart())
    assert Drawings().chart(a_chart()) == draw(a_chart())


@pytest.mark.parametrize("colours", [PAIR, LEVELS])
def test_neighbouring_colours_differ_in_lightness_for_eyes_that_see_no_hue(colours: tuple[str, ...]) -> None:
    greys = [Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)) for colour in colours]

    assert all(isinstance(a, int) and isinstance(b, int) and abs(a - b) >= 20 for a, b in pairwise(greys)), greys

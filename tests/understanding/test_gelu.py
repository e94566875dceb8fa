"""What stands between the encoder's layers is as exact as its weights deserve."""

import math

import numpy as np

from bot.understanding.encoder import gelu


def test_it_is_half_of_x_and_its_error_function_far_beyond_what_a_layer_gives() -> None:
    given = np.linspace(-60, 60, 240_001, dtype=np.float32)

    exact = [x / 2 * (1 + math.erf(x / math.sqrt(2))) for x in given.tolist()]

    assert np.abs(gelu(given) - exact).max() < 3e-5

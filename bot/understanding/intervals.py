"""How far a share may lie from what was counted (Wilson's interval, 95 %)."""

import math

Z = 1.96


def wilson(part: float, whole: int) -> tuple[float, float]:
    """(0, 1) where nothing was counted."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, Z * Z / whole
    centre = share + square / 2
    reach = Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    low, high = (centre - reach) / (1 + square), (centre + reach) / (1 + square)
    return round(max(0.0, low), 4), round(min(1.0, high), 4)

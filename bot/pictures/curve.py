"""A curve on paper: the risk of answering more often, as SVG."""

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT, MARGIN = 640, 400, 56
LINES = (("precision of answers", "#1f6f8b"), ("out-of-scope answered", "#c0392b"))

Point = tuple[float, float, float]
"""Coverage, precision, out-of-scope answered: shares."""


def risk_coverage(points: Sequence[Point], *, at: float) -> str:
    """`at`: the coverage in use, drawn as an upright line."""
    in_use = f'x1="{_x(at):.1f}" x2="{_x(at):.1f}" y1="{_y(0):.1f}" y2="{_y(1):.1f}"'
    body = [
        *_grid(),
        *(_line([(x, ys[index]) for x, *ys in points], colour) for index, (_, colour) in enumerate(LINES)),
        f'<line {in_use} stroke="#888" stroke-dasharray="4 4"/>',
        _text(_x(at) + 4, _y(0.5), "in use"),
        *(_text(MARGIN + 8, _y(0.5) + 20 * row, name, colour) for row, (name, colour) in enumerate(LINES, start=1)),
        _text(WIDTH / 2 - 60, HEIGHT - 12, "share of questions answered"),
    ]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *body, "</svg>", ""])


def _grid() -> Iterable[str]:
    for step in range(6):
        share = step / 5
        x, y = _x(share), _y(share)
        yield f'<line x1="{_x(0):.1f}" x2="{_x(1):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield _text(14, y + 4, f"{share:.0%}")
        yield _text(x - 12, _y(0) + 18, f"{share:.0%}")


def _line(points: Iterable[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _text(x: float, y: float, words: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}">{words}</text>'


def _x(share: float) -> float:
    return MARGIN + share * (WIDTH - MARGIN - 16)


def _y(share: float) -> float:
    return HEIGHT - MARGIN - share * (HEIGHT - MARGIN - 16)

"""Two pictures beside each other, equally high: the earlier one on the left."""

from io import BytesIO

from PIL import Image

HEIGHT = 1_280
GAP = 24
QUALITY = 90


def side_by_side(left: bytes, right: bytes) -> bytes:
    """Of two pictures that were cleaned before."""
    with Image.open(BytesIO(left), formats=("JPEG",)) as one, Image.open(BytesIO(right), formats=("JPEG",)) as other:
        halves = [_of_height(one), _of_height(other)]
    both = Image.new("RGB", (sum(half.width for half in halves) + GAP, HEIGHT), "white")
    both.paste(halves[0], (0, 0))
    both.paste(halves[1], (halves[0].width + GAP, 0))
    out = BytesIO()
    both.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _of_height(picture: Image.Image) -> Image.Image:
    # a strip would be wider than Telegram takes
    width = min(round(picture.width * HEIGHT / picture.height), 2 * HEIGHT)
    return picture.convert("RGB").resize((max(1, width), HEIGHT))

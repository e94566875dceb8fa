"""Redraw a picture so that nothing is left but what is seen: no place, no camera, no hidden words.

It runs as a process of its own, with little memory and time: what somebody sends may be made to harm whoever opens it.
"""

import resource
import subprocess
import sys
from io import BytesIO

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2_560
"""Pixels: as much as Telegram itself keeps of a photo, and enough to see a pore."""
QUALITY = 90
MEMORY = 768 * 1024 * 1024
SECONDS = 15
UNREADABLE = 3


class NotAPicture(Exception):
    """It is cut off, no picture of a common kind, or larger than any camera makes them."""


def clean(content: bytes) -> bytes:
    """The same picture as a JPEG; raises `NotAPicture`."""
    command = [sys.executable, "-m", "bot.pictures.cleaning"]
    try:
        # without our surroundings: whoever takes over the child finds no token there
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, check=False, env={})  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise NotAPicture("takes too long") from error
    if done.returncode != 0:
        raise NotAPicture(f"ended with {done.returncode}")
    return done.stdout


def redrawn(content: bytes) -> bytes:
    """Raises `ValueError` and whatever else a broken picture makes Pillow raise."""
    # only the child pays for the import
    from PIL import Image, ImageOps  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        # the header says it: not one pixel of a bomb is unpacked
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        # wide colours stay as they are: redness is looked at
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = Image.new("RGB", upright.size, "white")
        seen = upright.convert("RGBA")
        plain.paste(seen, mask=seen.getchannel("A"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, icc_profile=profile if upright.mode == "RGB" else None)
    return out.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.buffer.write(redrawn(sys.stdin.buffer.read()))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not passed on
        sys.exit(UNREADABLE)


if __name__ == "__main__":
    main()

"""Keep the sound of an MP3 and nothing else: tags before and behind it hold names, pictures and places."""

KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By the four bits of a frame's head, for MPEG 1 and for its halved rates (layer III)."""
HERTZ = {0b11: (44_100, 48_000, 32_000), 0b10: (22_050, 24_000, 16_000), 0b00: (11_025, 12_000, 8_000)}
LAYER_3 = 0b01
FEWEST = 3
"""Frames: fewer are chance."""
TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
ID3_HEAD = 10
LONGEST_FRAME = 2_881


def frames(content: bytes) -> bytes:
    """Raises `ValueError` where there is no sound, or something in it that is neither sound nor a tag."""
    start = at = _behind_tags(content)
    count = 0
    while length := _length(content, at):
        if at + length > len(content):
            break
        at, count = at + length, count + 1
    rest = content[at:]
    is_end = len(rest) < LONGEST_FRAME or rest.startswith(TAGS) or not any(rest)
    if count < FEWEST or not is_end:
        raise ValueError("no sound, or more than that")
    return content[start:at]


def _behind_tags(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3":
        size = content[at + 6 : at + ID3_HEAD]
        if len(size) < 4 or max(size) > 127:
            raise ValueError("a damaged tag")
        at += ID3_HEAD + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    return at


def _length(content: bytes, at: int) -> int:
    """Of the frame that begins here; 0 where none does."""
    head = int.from_bytes(content[at : at + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, hertz = head >> 12 & 15, head >> 10 & 3
    if len(content) - at < 4 or head >> 21 != 0x7FF or layer != LAYER_3 or version not in HERTZ:
        return 0
    if rate in (0, 15) or hertz == 3:
        return 0
    is_first = version == 0b11
    return (144 if is_first else 72) * KBITS[is_first][rate] * 1000 // HERTZ[version][hertz] + (head >> 9 & 1)

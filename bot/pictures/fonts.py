"""Letters for paper, whatever script a name is written in: the fonts come with the program."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = "NotoSans[wght].ttf"
"""Greek and Cyrillic too."""
BOLD = 650.0
SCRIPTS = (
    "Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Georgian", "Bengali", "Gujarati", "Gurmukhi", "Kannada",
    "Malayalam", "Oriya", "Sinhala", "Tamil", "Telugu", "Ethiopic", "Khmer", "Lao", "Myanmar", "Symbols",
)  # fmt: skip
EASTERN = (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"), ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf"))
"""Chinese and kana; Korean."""


def latin() -> Path:
    return _in_package("manimgx_fonts", LATIN)


def bold_in(folder: Path) -> Path:
    """The Latin one at the weight of headings, made anew: without the tables of how letters meet, which take five times
    as long to work out as all letters."""
    path = folder / "bold.ttf"
    with TTFont(latin(), lazy=True) as font:
        for table in ("GPOS", "GSUB", "GDEF"):
            del font[table]
        instantiateVariableFont(font, {"wght": BOLD}, inplace=True)
        font.save(path)
    return path


def others_for(words: Iterable[str]) -> Iterator[Path]:
    """Beside the Latin one, those that are needed to write these words."""
    missing = {sign for word in words for sign in word if sign.isprintable()} - _letters(latin())
    for path in _others():
        if not missing:
            return
        letters = _letters(path)
        if letters & missing:
            missing -= letters
            yield path


def _others() -> Iterator[Path]:
    yield from (_in_package("manimgx_fonts", f"NotoSans{script}[wght].ttf") for script in SCRIPTS)
    yield from (_in_package(*eastern) for eastern in EASTERN)


def _in_package(package: str, name: str) -> Path:
    return Path(str(files(package) / name))


def _letters(path: Path) -> set[str]:
    with TTFont(path, lazy=True) as font:
        return {chr(number) for number in font.getBestCmap()}

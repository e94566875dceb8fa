"""How many years of school a text asks for: the Flesch-Kincaid grade level."""

import re

SENTENCE_END = re.compile(r"[.?!]+(?:\s+|$)|\n{2,}|\n(?=• )")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^aeioudt]ed$|[^aeioucgsxz]es$")


def grade(text: str) -> float:
    """0.39 x words a sentence + 11.8 x syllables a word - 15.59; figures and numbers are not words."""
    words = WORD.findall(text)
    sentences = [part for part in SENTENCE_END.split(text) if WORD.search(part)]
    if not words:
        return 0.0
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    plain = word.lower().replace("'", "").replace("’", "")
    heard = len(VOWELS.findall(plain)) - bool(SILENT_END.search(plain))
    return max(heard, 1)

"""Advice for a red flag always says whom to reach."""

from bot.care.model.triage import Level
from bot.library.content import Content
from bot.library.content_files import FlagWords
from bot.library.faults import Notes
from bot.library.source import SourceFile

ROUTE = {Level.EMERGENCY: "emergency_number", Level.URGENT: "urgent_route", Level.SAME_DAY: "reply_promise"}
"""What advice of a level must hold, in each of its variants."""


def check_red_flags(content: Content, notes: Notes) -> None:
    del notes
    for language, tongue in content.tongues.items():
        for flag in tongue.flags.flag:
            _check_route(content.files[f"{language}/red_flags.toml"], flag)


def _check_route(file: SourceFile, flag: FlagWords) -> None:
    needed = ROUTE[flag.level]
    for variant in flag.advice.variants:
        if needed not in variant.compiled.names:
            file.fault(variant.path, f"{flag.id} is {flag.level}: its advice must hold {{{{ {needed} }}}}")

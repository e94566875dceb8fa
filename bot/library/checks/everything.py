"""All rules, in the order in which an admin would ask."""

from bot.library.checks.approvals import check_approvals
from bot.library.checks.claims import check_claims
from bot.library.checks.clinic import check_clinic
from bot.library.checks.decisions import check_decisions
from bot.library.checks.figures import check_figures
from bot.library.checks.languages import check_languages
from bot.library.checks.manners import check_manners
from bot.library.checks.musts import check_musts
from bot.library.checks.names import check_names
from bot.library.checks.own_days import check_own_days
from bot.library.checks.promises import check_promises
from bot.library.checks.protocols import check_protocols
from bot.library.checks.reachable import check_reachable
from bot.library.checks.routes import check_routes
from bot.library.checks.sources import check_sources
from bot.library.checks.step_words import check_step_words
from bot.library.content import Content
from bot.library.faults import Notes

RULES = (
    check_clinic,
    check_decisions,
    check_names,
    check_protocols,
    check_own_days,
    check_step_words,
    check_routes,
    check_sources,
    check_approvals,
    check_manners,
    check_promises,
    check_claims,
    check_figures,
    check_musts,
    check_languages,
    check_reachable,
)


def check(content: Content, notes: Notes) -> None:
    for rule in RULES:
        rule(content, notes)

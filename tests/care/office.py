"""The services of enrolling, joining, sessions, seeing, the team and leaving, put together for a test."""

from dataclasses import dataclass

from bot.care.model.page import MAIL, WEBHOOK
from bot.care.ports.outside import Clock, Keys
from bot.care.ports.words import Dates, EditableLibrary
from bot.care.services.admitting import Admitting
from bot.care.services.alert_card import AlertCard
from bot.care.services.alert_list import AlertList
from bot.care.services.before_closing import BeforeClosing
from bot.care.services.browsing import Browsing
from bot.care.services.carding import Carding
from bot.care.services.comparing import Comparing
from bot.care.services.confirming import Confirming
from bot.care.services.consenting import Consenting
from bot.care.services.content_effect import ContentEffect
from bot.care.services.content_pages import ContentPages
from bot.care.services.content_readers import ContentReaders
from bot.care.services.content_words import ContentWords
from bot.care.services.continuing import Continuing
from bot.care.services.correcting import Correcting
from bot.care.services.digest_words import DigestWords
from bot.care.services.digesting import Digesting
from bot.care.services.doubles import Doubles
from bot.care.services.draft_outcome import DraftOutcome
from bot.care.services.draft_pages import DraftPages
from bot.care.services.drilling import Drilling
from bot.care.services.editing import Editing
from bot.care.services.effect_words import EffectWords
from bot.care.services.enrolling import Enrolling
from bot.care.services.escalating import Escalating
from bot.care.services.filing import Filing
from bot.care.services.finding import Finding
from bot.care.services.going_live import GoingLive
from bot.care.services.guarding import Guarding
from bot.care.services.handing_over import HandingOver
from bot.care.services.health_asking import HealthAsking
from bot.care.services.health_noting import HealthNoting
from bot.care.services.holding import Holding
from bot.care.services.holding_words import HoldingWords
from bot.care.services.importing import Importing
from bot.care.services.importing_by_chat import ImportingByChat
from bot.care.services.inviting import Inviting
from bot.care.services.joining import Joining
from bot.care.services.knowing import Knowing
from bot.care.services.leaving import Leaving
from bot.care.services.listing import Listing
from bot.care.services.on_call_entering import OnCallEntering
from bot.care.services.on_call_week import OnCallWeek
from bot.care.services.on_call_words import OnCallWords
from bot.care.services.on_calling import OnCalling
from bot.care.services.overriding import Overriding
from bot.care.services.paging import Paging
from bot.care.services.patient_hours import PatientHours
from bot.care.services.placing import Placing
from bot.care.services.planning import Planning
from bot.care.services.plans_words import PlansWords
from bot.care.services.previewing import Previewing
from bot.care.services.proving import Proving
from bot.care.services.putting_right import PuttingRight
from bot.care.services.reading_as import ReadingAs
from bot.care.services.receipts import Receipts
from bot.care.services.retiming import Retiming
from bot.care.services.running_plans import RunningPlans
from bot.care.services.sampling import Sampling
from bot.care.services.seeing import Seeing
from bot.care.services.session_moving import SessionMoving
from bot.care.services.session_said import SessionSaid
from bot.care.services.sessions import Sessions
from bot.care.services.signing import Signing
from bot.care.services.since_approval import SinceApproval
from bot.care.services.speaking import Speaking
from bot.care.services.staff_changing import StaffChanging
from bot.care.services.staff_inviting import StaffInviting
from bot.care.services.staff_reply import StaffReply
from bot.care.services.staffing import Staffing
from bot.care.services.teaming import Teaming
from bot.care.services.telling import Telling
from bot.care.services.timing_words import TimingWords
from bot.care.services.tracking import Tracking
from bot.care.services.transferring import Transferring
from bot.care.services.translating import Translating
from bot.care.services.unanswered import Unanswered
from bot.care.services.unanswered_pages import UnansweredPages
from bot.care.services.unclear import Unclear
from bot.care.services.undelivered import Undelivered
from bot.care.services.unlinking import Unlinking
from bot.care.services.weekly import Weekly
from bot.care.services.welcoming import Today, Welcoming

PAGERS = (WEBHOOK, MAIL)
"""What a practice alert leaves by, beside Telegram."""


@dataclass(frozen=True)
class FrontOffice:
    enrolling: Enrolling
    importing: ImportingByChat
    joining: Joining
    sessions: Sessions
    overriding: Overriding
    noting: HealthNoting
    seeing: Seeing
    guarding: Guarding
    teaming: Teaming
    staffing: Staffing
    leaving: Leaving
    unanswered: Unanswered
    on_calling: OnCalling
    drilling: Drilling
    holding: Holding
    patient_hours: PatientHours
    before_closing: BeforeClosing
    unclear: Unclear
    digesting: Digesting
    browsing: Browsing


@dataclass(frozen=True)
class Needs:
    """What they all share. `bot_name` is the bot's user name, `today` whoever answers `/today`.

    `on_telegram`: as on Telegram itself, where not everybody may be enrolled.
    """

    clock: Clock
    library: EditableLibrary
    dates: Dates
    keys: Keys
    bot_name: str
    planning: Planning
    telling: Telling
    today: Today
    on_telegram: bool = False


class Bench:
    """The tools that several services share, each made once."""

    def __init__(self, needs: Needs) -> None:
        self.clock, self.planning = needs.clock, needs.planning
        self.speaking = Speaking(needs.library, needs.dates)
        self.knowing = Knowing(self.speaking, needs.telling)
        self.admitting = Admitting(self.speaking)
        self.confirming = Confirming(self.speaking)
        self.going_live = GoingLive(self.speaking, on_telegram=needs.on_telegram)
        self.inviting = Inviting(self.speaking, needs.keys, needs.bot_name)
        self.continuing = Continuing(needs.planning)
        self.proving = Proving(needs.clock, self.speaking, self.admitting)
        self.colleagues = StaffInviting(
            needs.clock, self.speaking, needs.keys, self.admitting, self.proving, self.inviting
        )
        self.escalating = Escalating(self.clock, self.knowing, self.admitting)
        self.receipts = Receipts(needs.clock, self.speaking)
        self.unclear = Unclear(needs.clock, self.speaking, self.admitting)
        self.finding = Finding(self.speaking, self.inviting)
        self.noting = HealthNoting(self.clock, self.knowing, self.admitting, self.finding, self.continuing)
        self.overriding = Overriding(
            self.clock,
            self.knowing,
            self.admitting,
            self.finding,
            self.confirming,
            self.continuing,
            self.receipts,
        )


def front_office(needs: Needs) -> FrontOffice:
    bench = Bench(needs)
    clock, speaking, admitting = bench.clock, bench.speaking, bench.admitting
    pages = UnansweredPages(speaking)
    filing = Filing(clock, speaking, admitting, EffectWords(speaking, pages))
    return FrontOffice(
        enrolling=Enrolling(
            clock,
            speaking,
            admitting,
            bench.inviting,
            bench.continuing,
            bench.overriding,
            bench.going_live,
            bench.confirming,
        ),
        importing=ImportingByChat(
            clock,
            speaking,
            admitting,
            bench.going_live,
            Importing(clock, speaking, bench.inviting),
        ),
        joining=_joining(needs, bench),
        sessions=_sessions(bench),
        overriding=bench.overriding,
        noting=bench.noting,
        seeing=_seeing(bench),
        guarding=Guarding(
            clock, speaking, admitting, bench.escalating.alerting, bench.escalating.falling_through, bench.confirming
        ),
        teaming=Teaming(clock, speaking, needs.keys, admitting, bench.proving, bench.escalating.alerting),
        staffing=Staffing(
            clock,
            speaking,
            admitting,
            bench.proving,
            bench.colleagues,
            StaffChanging(clock, speaking, admitting, bench.confirming, bench.colleagues, AlertCard(bench.knowing)),
        ),
        leaving=Leaving(clock, speaking, admitting, bench.planning),
        unanswered=Unanswered(clock, speaking, admitting, pages, filing),
        on_calling=_on_calling(bench),
        patient_hours=PatientHours(clock, speaking, admitting, bench.confirming, bench.planning),
        holding=Holding(clock, admitting, bench.confirming, HoldingWords(speaking)),
        drilling=Drilling(clock, speaking, admitting, bench.confirming, Paging(speaking, PAGERS)),
        before_closing=BeforeClosing(clock, bench.knowing, admitting, bench.confirming),
        unclear=bench.unclear,
        digesting=_digesting(bench),
        browsing=_browsing(needs, bench),
    )


def _browsing(needs: Needs, bench: Bench) -> Browsing:
    pages = ContentPages(bench.speaking, Sampling(needs.library, needs.telling))
    timing = TimingWords(bench.speaking, bench.planning)
    effect, reading_as = ContentEffect(bench.knowing, pages.sampling), ReadingAs(bench.knowing, pages)
    words = ContentWords(bench.speaking, pages, effect, timing, reading_as)
    draft_pages = DraftPages(bench.speaking, pages)
    outcome = DraftOutcome(bench.speaking, words, draft_pages)
    editing = Editing(bench.clock, bench.speaking, bench.admitting, words, draft_pages, outcome)
    signing = Signing(bench.clock, bench.speaking, bench.admitting, SinceApproval(bench.speaking, pages))
    retiming = Retiming(bench.clock, bench.speaking, bench.admitting, timing)
    translating = Translating(bench.clock, bench.speaking, bench.admitting, pages)
    readers = ContentReaders(bench.speaking)
    return Browsing(
        bench.clock,
        bench.speaking,
        bench.admitting,
        pages,
        words,
        editing,
        signing,
        retiming,
        RunningPlans(bench.clock, bench.speaking, bench.admitting, PlansWords(timing)),
        translating,
        readers,
        PuttingRight(bench.clock, bench.admitting, bench.confirming, readers, bench.receipts),
    )


def _joining(needs: Needs, bench: Bench) -> Joining:
    clock, speaking, admitting = bench.clock, bench.speaking, bench.admitting
    health = HealthAsking(clock, speaking, bench.planning)
    placing = Placing(clock, speaking, bench.planning)
    doubles = Doubles(clock, speaking, admitting, bench.inviting, bench.continuing, bench.going_live)
    consenting = Consenting(clock, speaking, admitting, bench.inviting, bench.planning, health, placing, doubles)
    welcoming = Welcoming(speaking, admitting, bench.proving, needs.today)
    replying = StaffReply(bench.knowing, bench.escalating)
    return Joining(
        clock,
        speaking,
        needs.keys,
        admitting,
        bench.inviting,
        consenting,
        health,
        placing,
        doubles,
        welcoming,
        bench.colleagues,
        Transferring(clock, speaking, admitting, bench.confirming, bench.inviting, bench.planning, replying),
    )


def _sessions(bench: Bench) -> Sessions:
    correcting = Correcting(
        bench.speaking, bench.admitting, bench.confirming, bench.continuing, bench.receipts, bench.going_live
    )
    said = SessionSaid(
        bench.clock,
        bench.knowing,
        bench.admitting,
        bench.continuing,
        bench.inviting,
        bench.receipts,
        bench.overriding,
        bench.noting,
    )
    return Sessions(
        bench.clock,
        bench.speaking,
        bench.admitting,
        bench.finding,
        bench.confirming,
        bench.continuing,
        bench.inviting,
        correcting,
        said,
        SessionMoving(bench.clock, bench.speaking, bench.continuing, bench.escalating),
        bench.noting,
    )


def _seeing(bench: Bench) -> Seeing:
    clock, speaking, admitting = bench.clock, bench.speaking, bench.admitting
    listing = Listing(speaking)
    carding = Carding(speaking, bench.knowing, bench.inviting, listing, bench.receipts, bench.overriding)
    unlinking = Unlinking(speaking, admitting, bench.confirming, bench.inviting, bench.planning, bench.continuing)
    comparing, tracking = Comparing(clock, speaking, admitting), Tracking(clock, speaking, admitting)
    previewing = Previewing(speaking, bench.knowing, bench.finding)
    return Seeing(
        clock, speaking, admitting, bench.finding, listing, carding, unlinking, previewing, comparing, tracking
    )


def _on_calling(bench: Bench) -> OnCalling:
    words = OnCallWords(bench.knowing)
    entering = OnCallEntering(bench.clock, words, bench.admitting)
    week = OnCallWeek(bench.clock, entering, bench.admitting, bench.confirming, bench.proving)
    handing_over = HandingOver(bench.clock, entering, bench.admitting)
    return OnCalling(bench.clock, words, bench.admitting, bench.proving, entering, handing_over, week)


def _digesting(bench: Bench) -> Digesting:
    alerts = AlertList(AlertCard(bench.knowing))
    words = DigestWords(bench.speaking, Listing(bench.speaking), alerts, Undelivered(bench.unclear))
    return Digesting(bench.clock, bench.speaking, bench.admitting, words, Weekly(bench.speaking), bench.unclear)

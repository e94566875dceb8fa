"""Every service with what it needs: the wiring, written out."""

from dataclasses import dataclass

from bot.care.house import House
from bot.care.model.people import Contact
from bot.care.ports.hearing import Hearing
from bot.care.ports.outside import Clock, Keys
from bot.care.ports.words import Dates, EditableLibrary
from bot.care.services.admitting import Admitting
from bot.care.services.aftermath import Aftermath
from bot.care.services.alert_card import AlertCard
from bot.care.services.alert_list import AlertList
from bot.care.services.answering import Answering
from bot.care.services.asking import Asking
from bot.care.services.before_closing import BeforeClosing
from bot.care.services.browsing import Browsing
from bot.care.services.carding import Carding
from bot.care.services.comparing import Comparing
from bot.care.services.composing import Composing
from bot.care.services.confirming import Confirming
from bot.care.services.consenting import Consenting
from bot.care.services.content_effect import ContentEffect
from bot.care.services.content_pages import ContentPages
from bot.care.services.content_readers import ContentReaders
from bot.care.services.content_words import ContentWords
from bot.care.services.continuing import Continuing
from bot.care.services.correcting import Correcting
from bot.care.services.desk import DeskWork
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
from bot.care.services.forum import Forum
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
from bot.care.services.keeping_unanswered import KeepingUnanswered
from bot.care.services.knowing import Knowing
from bot.care.services.leaving import Leaving
from bot.care.services.listening import Listening
from bot.care.services.listing import Listing
from bot.care.services.on_call_entering import OnCallEntering
from bot.care.services.on_call_week import OnCallWeek
from bot.care.services.on_call_words import OnCallWords
from bot.care.services.on_calling import OnCalling
from bot.care.services.overriding import Overriding
from bot.care.services.patient_hours import PatientHours
from bot.care.services.placing import Placing
from bot.care.services.planning import Planning
from bot.care.services.plans_words import PlansWords
from bot.care.services.previewing import Previewing
from bot.care.services.proving import Proving
from bot.care.services.publishing import Publishing
from bot.care.services.putting_right import PuttingRight
from bot.care.services.reading_as import ReadingAs
from bot.care.services.receipts import Receipts
from bot.care.services.reception import Reception
from bot.care.services.retiming import Retiming
from bot.care.services.running_plans import RunningPlans
from bot.care.services.sampling import Sampling
from bot.care.services.seeing import Seeing
from bot.care.services.selfcare import SelfCare
from bot.care.services.session_day import SessionDay
from bot.care.services.session_moving import SessionMoving
from bot.care.services.session_said import SessionSaid
from bot.care.services.sessions import Sessions
from bot.care.services.signing import Signing
from bot.care.services.since_approval import SinceApproval
from bot.care.services.speaking import Speaking
from bot.care.services.staff_changing import StaffChanging
from bot.care.services.staff_inviting import StaffInviting
from bot.care.services.staffing import Staffing
from bot.care.services.teaming import Teaming
from bot.care.services.telling import Telling
from bot.care.services.timers import Timers
from bot.care.services.timing_words import TimingWords
from bot.care.services.tracking import Tracking
from bot.care.services.transferring import Transferring
from bot.care.services.translating import Translating
from bot.care.services.unanswered import Unanswered
from bot.care.services.unanswered_pages import UnansweredPages
from bot.care.services.unclear import Unclear
from bot.care.services.undelivered import Undelivered
from bot.care.services.unhandled import Unhandled
from bot.care.services.unlinking import Unlinking
from bot.care.services.weekly import Weekly
from bot.care.services.welcoming import Welcoming


@dataclass(frozen=True)
class Furniture:
    """The house, and what the dispatcher needs beside it."""

    house: House
    composing: Composing
    aftermath: Aftermath
    timers: Timers


def furnish(
    clock: Clock,
    library: EditableLibrary,
    dates: Dates,
    understanding: Hearing,
    keys: Keys,
    *,
    bot_name: str,
    on_telegram: bool,
    pagers: tuple[Contact, ...] = (),
) -> Furniture:
    """`bot_name` is the bot's user name, for the links that open it; `on_telegram`: on Telegram itself.

    `pagers`: the second alarm channel.
    """
    speaking, telling, planning = Speaking(library, dates), Telling(dates), Planning(library)
    admitting, confirming, inviting = Admitting(speaking), Confirming(speaking), Inviting(speaking, keys, bot_name)
    knowing, continuing = Knowing(speaking, telling), Continuing(planning)
    keeping = KeepingUnanswered(knowing, understanding)
    escalating = Escalating(clock, knowing, admitting, pagers)
    asking = Asking(knowing, escalating)
    answering = Answering(clock, knowing, escalating, asking, planning)
    selfcare = SelfCare(clock, knowing, escalating, planning, keeping)
    leaving = Leaving(clock, speaking, admitting, planning)
    proving = Proving(clock, speaking, admitting)
    welcoming = Welcoming(speaking, admitting, proving, selfcare)
    finding, listing = Finding(speaking, inviting), Listing(speaking)
    receipts = Receipts(clock, speaking)
    going_live = GoingLive(speaking, on_telegram=on_telegram)
    correcting = Correcting(speaking, admitting, confirming, continuing, receipts, going_live)
    noting = HealthNoting(clock, knowing, admitting, finding, continuing)
    moving = SessionMoving(clock, speaking, continuing, escalating)
    overriding = Overriding(clock, knowing, admitting, finding, confirming, continuing, receipts)
    session_said = SessionSaid(clock, knowing, admitting, continuing, inviting, receipts, overriding, noting)
    health, placing = HealthAsking(clock, speaking, planning), Placing(clock, speaking, planning)
    doubles = Doubles(clock, speaking, admitting, inviting, continuing, going_live)
    consenting = Consenting(clock, speaking, admitting, inviting, planning, health, placing, doubles)
    colleagues = StaffInviting(clock, speaking, keys, admitting, proving, inviting)
    desk, forum = DeskWork(clock, knowing, escalating), Forum(knowing)
    joining = Joining(
        clock,
        speaking,
        keys,
        admitting,
        inviting,
        consenting,
        health,
        placing,
        doubles,
        welcoming,
        colleagues,
        Transferring(clock, speaking, admitting, confirming, inviting, planning, desk.replying),
    )
    changing = StaffChanging(clock, speaking, admitting, confirming, colleagues, AlertCard(knowing))
    enrolling = Enrolling(clock, speaking, admitting, inviting, continuing, overriding, going_live, confirming)
    browsing = _browsing(
        clock,
        knowing,
        admitting,
        Sampling(library, telling),
        planning=planning,
        confirming=confirming,
        receipts=receipts,
    )
    listening = Listening(
        clock,
        knowing,
        understanding,
        escalating,
        answering,
        selfcare,
        leaving,
        enrolling,
        joining,
        desk,
        browsing.editing,
        browsing.putting_right,
    )
    unclear = Unclear(clock, speaking, admitting)
    pages = UnansweredPages(speaking)
    filing = Filing(clock, speaking, admitting, EffectWords(speaking, pages))
    digest_words = DigestWords(speaking, listing, AlertList(AlertCard(knowing)), Undelivered(unclear))
    digesting = Digesting(clock, speaking, admitting, digest_words, Weekly(speaking), unclear)
    guarding = Guarding(clock, speaking, admitting, escalating.alerting, escalating.falling_through, confirming)
    drilling, before_closing = (
        Drilling(clock, speaking, admitting, confirming, escalating.paging),
        BeforeClosing(clock, knowing, admitting, confirming),
    )
    house = House(
        clock=clock,
        library=library,
        reception=Reception(clock, listening),
        listening=listening,
        answering=answering,
        selfcare=selfcare,
        joining=joining,
        leaving=leaving,
        enrolling=enrolling,
        before_closing=before_closing,
        importing=ImportingByChat(clock, speaking, admitting, going_live, Importing(clock, speaking, inviting)),
        sessions=Sessions(
            clock,
            speaking,
            admitting,
            finding,
            confirming,
            continuing,
            inviting,
            correcting,
            session_said,
            moving,
            noting,
        ),
        health_noting=noting,
        overriding=overriding,
        seeing=Seeing(
            clock,
            speaking,
            admitting,
            finding,
            listing,
            Carding(speaking, knowing, inviting, listing, receipts, overriding),
            Unlinking(speaking, admitting, confirming, inviting, planning, continuing),
            Previewing(speaking, knowing, finding),
            Comparing(clock, speaking, admitting),
            Tracking(clock, speaking, admitting),
        ),
        patient_hours=PatientHours(clock, speaking, admitting, confirming, planning),
        escalating=escalating,
        desk=desk,
        on_calling=_on_calling(clock, knowing, admitting, confirming, proving),
        holding=Holding(clock, admitting, confirming, HoldingWords(speaking)),
        drilling=drilling,
        guarding=guarding,
        teaming=Teaming(clock, speaking, keys, admitting, proving, escalating.alerting),
        staffing=Staffing(clock, speaking, admitting, proving, colleagues, changing),
        unclear=unclear,
        unhandled=Unhandled(clock, knowing, escalating),
        unanswered=Unanswered(clock, speaking, admitting, pages, filing),
        browsing=browsing,
        digesting=digesting,
        publishing=Publishing(library),
    )
    timers = Timers(
        escalating, SessionDay(knowing), keeping, forum, listening.talking, drilling, guarding, before_closing
    )
    aftermath = Aftermath(escalating, leaving, unclear, forum, desk.replying, digesting, guarding)
    return Furniture(house, Composing(knowing), aftermath, timers)


def _on_calling(
    clock: Clock, knowing: Knowing, admitting: Admitting, confirming: Confirming, proving: Proving
) -> OnCalling:
    words = OnCallWords(knowing)
    entering = OnCallEntering(clock, words, admitting)
    week = OnCallWeek(clock, entering, admitting, confirming, proving)
    return OnCalling(clock, words, admitting, proving, entering, HandingOver(clock, entering, admitting), week)


def _browsing(
    clock: Clock,
    knowing: Knowing,
    admitting: Admitting,
    sampling: Sampling,
    *,
    planning: Planning,
    confirming: Confirming,
    receipts: Receipts,
) -> Browsing:
    speaking, pages = knowing.speaking, ContentPages(knowing.speaking, sampling)
    timing = TimingWords(speaking, planning)
    words = ContentWords(speaking, pages, ContentEffect(knowing, sampling), timing, ReadingAs(knowing, pages))
    signing = Signing(clock, speaking, admitting, SinceApproval(speaking, pages))
    draft_pages = DraftPages(speaking, pages)
    outcome = DraftOutcome(speaking, words, draft_pages)
    editing = Editing(clock, speaking, admitting, words, draft_pages, outcome)
    retiming = Retiming(clock, speaking, admitting, timing)
    plans = RunningPlans(clock, speaking, admitting, PlansWords(timing))
    translating = Translating(clock, speaking, admitting, pages)
    readers = ContentReaders(speaking)
    putting_right = PuttingRight(clock, admitting, confirming, readers, receipts)
    return Browsing(
        clock, speaking, admitting, pages, words, editing, signing, retiming, plans, translating, readers, putting_right
    )

"""Patients, enrolments, invitations and the team are remembered as they were said."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.enrolment import Area, EnrolmentStatus, HealthFacts, KeptTiming, Surface
from bot.care.model.overrides import Override
from bot.care.model.people import Consent, Contact, Desk, Guest, Patient, Role
from bot.care.model.things import Thing
from bot.care.ports.records import NotRemembered, Records, Work
from tests.records.builders import ANNA, BEN, DESK, NOW, a_member, a_patient, an_enrolment, an_invitation, later


async def test_a_patient_comes_back_exactly_as_stored(records: Records) -> None:
    patient = a_patient(
        zone=ZoneInfo("Asia/Kolkata"),
        morning=time(10, 15),
        evening=time(19, 45),
        ref="R-1234",
        phone="+44 20 5550 0143",
        born=1990,
        contact=Contact(501, thread=7),
        consent=Consent(NOW, "v1", "en", photos=True),
        paused_until=date(2026, 12, 1),
        stopped_at=later(days=1),
        unreachable_since=later(days=2),
        test=True,
        no_telegram_at=later(days=3),
    )

    added = await records.write(lambda work: work.patients.add(patient))

    assert added == replace(patient, id=added.id, code="A-1")
    assert await records.read(lambda work: work.patients.get(added.id)) == added


async def test_who_is_new_unconnected_and_may_have_telegram_is_found(records: Records) -> None:
    agreed = Consent(NOW, "v1", "en")

    def begin(work: Work) -> None:
        for patient in (
            a_patient(first_name="Anna"),
            a_patient(first_name="Ben", contact=Contact(501), consent=agreed),
            a_patient(first_name="Carl", no_telegram_at=NOW),
            a_patient(first_name="Dora"),
            a_patient(first_name="Emil"),
        ):
            added = work.patients.add(patient)
            begun = later(days=-1) if added.first_name == "Dora" else NOW
            status = EnrolmentStatus.CANCELLED if added.first_name == "Emil" else EnrolmentStatus.ACTIVE
            work.enrolments.add(replace(an_enrolment(added.id), created_at=begun, status=status))

    await records.write(begin)

    found = await records.read(lambda work: work.patients.unconnected(since=NOW, until=later(hours=1)))
    assert [patient.first_name for patient in found] == ["Anna"]


async def test_every_patient_gets_the_next_short_code(records: Records) -> None:
    codes = [await records.write(lambda work: work.patients.add(a_patient()).code) for _ in range(3)]

    assert codes == ["A-1", "A-2", "A-3"]


async def test_a_code_brought_along_is_kept_and_never_given_again(records: Records) -> None:
    await records.write(lambda work: work.patients.add(a_patient(code="A-2")))

    codes = [await records.write(lambda work: work.patients.add(a_patient()).code) for _ in range(2)]

    assert codes == ["A-1", "A-3"]


async def test_a_code_that_is_taken_is_refused(records: Records) -> None:
    await records.write(lambda work: work.patients.add(a_patient(code="A-2")))

    with pytest.raises(Exception):  # noqa: B017, PT011 - each keeper has its own word for it
        await records.write(lambda work: work.patients.add(a_patient(code="A-2")))


async def test_a_patient_is_found_by_code_chat_reference_and_name(records: Records) -> None:
    anna = await records.write(lambda work: work.patients.add(a_patient(contact=ANNA, ref="R-12")))
    await records.write(lambda work: work.patients.add(a_patient(first_name="Ben", contact=BEN)))

    assert await records.read(lambda work: work.patients.by_code(" a-1 ")) == anna
    assert await records.read(lambda work: work.patients.by_chat(501)) == anna
    assert await records.read(lambda work: work.patients.by_ref("r-12 ")) == anna
    assert await records.read(lambda work: work.patients.with_refs(["R-13", "", " r-12"])) == [anna]
    assert await records.read(lambda work: work.patients.named("ANNA")) == [anna]


async def test_who_is_not_there_is_not_found(records: Records) -> None:
    await records.write(lambda work: work.patients.add(a_patient()))

    assert await records.read(lambda work: work.patients.by_code("Z-9")) is None
    assert await records.read(lambda work: work.patients.by_chat(9)) is None
    assert await records.read(lambda work: work.patients.by_ref("")) is None
    assert await records.read(lambda work: work.patients.named("Ann")) == []
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.patients.get(99))


async def test_saving_a_patient_changes_also_what_they_are_found_by(records: Records) -> None:
    anna = await records.write(lambda work: work.patients.add(a_patient()))
    renamed = replace(anna, first_name="Hannah", ref="R-9", contact=ANNA)

    await records.write(lambda work: work.patients.save(renamed))

    assert await records.read(lambda work: work.patients.named("hannah")) == [renamed]
    assert await records.read(lambda work: work.patients.named("Anna")) == []
    assert await records.read(lambda work: work.patients.by_ref("R-9")) == renamed


async def test_saving_somebody_unknown_is_refused(records: Records) -> None:
    with pytest.raises(NotRemembered):
        await records.write(lambda work: work.patients.save(a_patient(id=4, code="A-4")))


async def test_an_instant_without_a_zone_is_refused(records: Records) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - each keeper has its own word for it
        await records.write(lambda work: work.patients.add(a_patient(created_at=NOW.replace(tzinfo=None))))


async def test_an_enrolment_comes_back_exactly_as_stored(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    enrolment = an_enrolment(
        patient.id,
        also=("acne-laser",),
        surface=Surface.REMOVED,
        area=Area.NECK,
        surface_confirmed=True,
        session_on=None,
        ended=time(16, 30),
        next_on=date(2026, 12, 18),
        next_at=time(14, 0),
        status=EnrolmentStatus.BOOKED,
        closed_at=NOW,
        provisional=True,
        health=HealthFacts(cold_sores=True, isotretinoin="2026-05-01", pregnancy=False, dark_marks=None),
        overrides=(Override(Thing.EXERCISE, after=10, by=77, reason="runs marathons", confirmed=False),),
        kept_timings=(KeptTiming("picosure", "PS-03", "3 09:30:00 fold"),),
    )

    added = await records.write(lambda work: work.enrolments.add(enrolment))

    assert added == replace(enrolment, id=added.id)
    assert await records.read(lambda work: work.enrolments.get(added.id)) == added


async def test_the_newest_running_enrolment_is_the_current_one(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    statuses = (EnrolmentStatus.CLOSED, EnrolmentStatus.ACTIVE, EnrolmentStatus.BOOKED, EnrolmentStatus.CANCELLED)
    course = [
        await records.write(lambda work, status=status: work.enrolments.add(an_enrolment(patient.id, status=status)))  # type: ignore[misc]
        for status in statuses
    ]

    assert await records.read(lambda work: work.enrolments.course(patient.id)) == course
    assert await records.read(lambda work: work.enrolments.current(patient.id)) == course[2]
    assert await records.read(lambda work: work.enrolments.running()) == course[1:3]


async def test_sessions_to_ask_about_are_those_whose_day_has_come_and_those_on_a_patient_s_word(
    records: Records,
) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    today = date(2026, 12, 18)
    made = [
        an_enrolment(patient.id, next_on=today),
        an_enrolment(patient.id, next_on=date(2026, 12, 19)),
        an_enrolment(patient.id, session_on=None, next_on=date(2026, 12, 17), status=EnrolmentStatus.BOOKED),
        an_enrolment(patient.id, next_on=today, status=EnrolmentStatus.CLOSED),
        an_enrolment(patient.id, session_on=today, provisional=True),
        an_enrolment(patient.id),
    ]
    kept = [await records.write(lambda work, one=one: work.enrolments.add(one)) for one in made]  # type: ignore[misc]

    awaited = await records.read(lambda work: work.enrolments.awaiting(until=today))

    assert awaited == [kept[0], kept[2], kept[4]]


async def test_an_enrolment_of_nobody_is_refused(records: Records) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - each keeper has its own word for it
        await records.write(lambda work: work.enrolments.add(an_enrolment(99)))


async def test_an_invitation_is_found_by_either_hash(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))

    added = await records.write(lambda work: work.invitations.add(an_invitation(patient.id)))

    assert await records.read(lambda work: work.invitations.find("t" * 64)) == added
    assert await records.read(lambda work: work.invitations.find("c" * 64)) == added
    assert await records.read(lambda work: work.invitations.find("x" * 64)) is None
    assert await records.read(lambda work: work.invitations.latest(patient.id)) == added


@pytest.mark.parametrize(
    ("fields", "at", "redeemed"),
    [
        pytest.param({}, NOW, True, id="fresh"),
        pytest.param({}, later(hours=72), False, id="expired"),
        pytest.param({"used_at": NOW, "used_by": 1}, NOW, False, id="used"),
        pytest.param({"revoked_at": NOW}, NOW, False, id="revoked"),
    ],
)
async def test_only_a_fresh_invitation_is_redeemed(
    records: Records, fields: dict[str, object], at: datetime, *, redeemed: bool
) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    link = await records.write(lambda work: work.invitations.add(an_invitation(patient.id, **fields)))

    assert await records.write(lambda work: work.invitations.redeem(link.id, by=501, at=at)) is redeemed


async def test_an_invitation_is_redeemed_once_and_remembers_by_whom(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    link = await records.write(lambda work: work.invitations.add(an_invitation(patient.id)))

    tries = await records.write(
        lambda work: [work.invitations.redeem(link.id, by=account, at=NOW) for account in (501, 502)]
    )

    assert tries == [True, False]
    used = await records.read(lambda work: work.invitations.latest(patient.id))
    assert used is not None
    assert (used.used_at, used.used_by) == (NOW, 501)


async def test_revoking_ends_every_unused_invitation_of_a_patient(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    link = await records.write(lambda work: work.invitations.add(an_invitation(patient.id)))

    await records.write(lambda work: work.invitations.revoke_all(patient.id, at=NOW))

    assert await records.write(lambda work: work.invitations.redeem(link.id, by=501, at=NOW)) is False


async def test_bad_tokens_are_counted_for_an_hour_and_per_chat(records: Records) -> None:
    counts = [
        await records.write(lambda work, at=at, chat=chat: work.invitations.rejected(chat, at=at))  # type: ignore[misc]
        for chat, at in ((1, NOW), (1, later(minutes=1)), (2, later(minutes=2)), (1, later(minutes=60)))
    ]

    assert counts == [1, 2, 1, 2]


async def test_the_team_is_known_by_account(records: Records) -> None:
    maria = await records.write(lambda work: work.team.add(a_member()))
    tested = replace(maria, name="Maria B", role=Role.ADMIN, tested_at=NOW)

    await records.write(lambda work: work.team.save(tested))

    assert await records.read(lambda work: work.team.member(77)) == tested
    assert await records.read(lambda work: work.team.members()) == [tested]
    await records.write(lambda work: work.team.remove(77))
    assert await records.read(lambda work: work.team.member(77)) is None


async def test_saving_an_unknown_member_is_refused(records: Records) -> None:
    with pytest.raises(NotRemembered):
        await records.write(lambda work: work.team.save(a_member()))


async def test_a_new_desk_takes_the_old_ones_place(records: Records) -> None:
    first = Desk(DESK, "Staff", is_forum=False, set_by=77, set_at=NOW)
    second = Desk(Contact(-901, 3), "Staff room", is_forum=True, set_by=77, set_at=NOW, tested_at=later(hours=1))
    assert await records.read(lambda work: work.team.desk()) is None

    await records.write(lambda work: work.team.set_desk(first))
    await records.write(lambda work: work.team.set_desk(second))

    assert await records.read(lambda work: work.team.desk()) == second


async def test_an_arrival_is_written_down_once_and_decided_once(records: Records) -> None:
    eve, first = Guest(DESK.chat, 9, "Eve", NOW), Guest(DESK.chat, 8, "Ada", NOW)

    greeted = [await records.write(lambda work, one=one: work.team.greet(one)) for one in (eve, first, eve)]  # type: ignore[misc]
    decided = [
        await records.write(lambda work, by=by: work.team.decide(replace(eve, decided_by=by, stays=by == 1)))  # type: ignore[misc]
        for by in (1, 2)
    ]

    assert (greeted, decided) == ([True, True, False], [True, False])
    assert await records.read(lambda work: work.team.guests(DESK.chat)) == [
        first,
        replace(eve, decided_by=1, stays=True),
    ]
    assert await records.read(lambda work: work.team.guests(-1)) == []


async def test_what_could_not_be_done_is_open_again_and_who_has_left_is_forgotten(records: Records) -> None:
    eve = Guest(DESK.chat, 9, "Eve", NOW)
    await records.write(lambda work: work.team.greet(eve))
    await records.write(lambda work: work.team.decide(replace(eve, decided_by=1)))

    await records.write(lambda work: work.team.undecide(DESK.chat, 9))
    again = await records.read(lambda work: work.team.guests(DESK.chat))
    gone = [await records.write(lambda work: work.team.forget_guest(DESK.chat, 9)) for _ in range(2)]

    assert (again, gone) == ([eve], [True, False])
    assert not await records.write(lambda work: work.team.decide(replace(eve, decided_by=1)))


async def test_who_is_in_a_group_is_in_it_under_its_new_number_too(records: Records) -> None:
    await records.write(lambda work: work.team.greet(Guest(DESK.chat, 9, "Eve", NOW)))

    await records.write(lambda work: work.outbox.move_chat(DESK.chat, -1009))

    assert await records.read(lambda work: work.team.guests(-1009)) == [Guest(-1009, 9, "Eve", NOW)]


async def test_a_claim_code_makes_one_admin_only(records: Records) -> None:
    await records.write(lambda work: work.team.add_claim("h", expires_at=later(minutes=15)))

    tries = [await records.write(lambda work: work.team.use_claim("h", at=NOW)) for _ in range(2)]

    assert tries == [True, False]


async def test_a_claim_code_is_worth_nothing_once_replaced_expired_or_when_there_is_an_admin(records: Records) -> None:
    await records.write(lambda work: work.team.add_claim("old", expires_at=later(minutes=15)))
    await records.write(lambda work: work.team.add_claim("new", expires_at=later(minutes=15)))

    assert not await records.write(lambda work: work.team.use_claim("old", at=NOW))
    assert not await records.write(lambda work: work.team.use_claim("new", at=NOW + timedelta(minutes=15)))
    await records.write(lambda work: work.team.add(a_member(role=Role.ADMIN)))
    assert not await records.write(lambda work: work.team.use_claim("new", at=NOW))


async def test_a_patient_is_a_frozen_value_with_its_own_types(records: Records) -> None:
    added = await records.write(lambda work: work.patients.add(a_patient()))

    held = await records.read(lambda work: work.patients.named("Anna"))

    assert [type(patient) for patient in held] == [Patient]
    assert held[0].created_at.utcoffset() == timedelta(0)
    assert held == [added]

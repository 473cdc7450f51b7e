"""What cases told us, and who is asked to look."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from services.notifications.app import parts
from services.notifications.notification.rules import not_for
from services.notifications.reactions import CONSUMES, REACTIONS
from shared.messaging.message import Message
from shared.messaging.messages.cases import (
    AccompanimentAnswered,
    AccompanimentPlanned,
    BreachAssessed,
    CaretakerInformed,
    CaseAssigned,
    CaseClosed,
    CaseFrozen,
    CaseMovedAlong,
    CaseOpened,
    CaseReopened,
    CaseRetracted,
    CompanionReleased,
    ConcernRaised,
    ConcernTriaged,
    DeadlineMissed,
    FollowUpMissed,
    GlassBroken,
    LookQuestioned,
    ReferralSilent,
    VisitPlanned,
    WrongPersonCorrected,
)
from shared.messaging.messages.chain import ChainBroken
from shared.messaging.messages.reporters import ReporterThanked, ThanksMissed
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from shared.web.sign_in import cookie_for
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Role
from tests.notifications.heard import CARETAKER, CASE, HANDLER, LEAD, OBSERVATION, record
from tests.support.colleagues import heard_of, wears
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW, Running, browser, keys_for, running_service

DPO = "staff-dpo-1"
OTHER_CASE = UUID("c0000000-0000-4000-8000-000000000002")
RAISED = ConcernRaised(
    case_id=CASE,
    observation_id=OBSERVATION,
    observer=CARETAKER,
    observed_at=NOW,
    estate_id="estate-1",
    municipality="nordby",
    severity="high",
    signals=("home.hoarding",),
    consent_answer="granted",
    triage_due=NOW,
)
SILENT = ReferralSilent(case_id=CASE, referral_id=CASE, target="municipal.visitation", municipality="nordby", handler=HANDLER, step=1)


def opened(handler: str = HANDLER) -> CaseOpened:
    return CaseOpened(
        case_id=CASE,
        observation_id=OBSERVATION,
        observer=CARETAKER,
        observed_at=NOW,
        estate_id="estate-1",
        municipality="nordby",
        category="elderly_care",
        severity="high",
        handler=handler,
        contact_due=NOW,
    )


def answered(*, comes: bool) -> AccompanimentAnswered:
    return AccompanimentAnswered(case_id=CASE, visit_id=CASE, companion=CARETAKER, comes=comes, handler=HANDLER)


def released(companion: str) -> CompanionReleased:
    return CompanionReleased(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, visit_id=CASE, companion=companion)


async def asked_for(notifications: Running) -> set[tuple[str, str, str, str]]:
    """Who is to be told what, with which word and link."""
    rows = await notifications.rows("select recipient, kind, severity, link from notice_list")
    return {(row["recipient"], row["kind"], row["severity"], row["link"]) for row in rows}


async def hear(notifications: Running, message: Message, *, actor: str = LEAD, version: int = 1) -> None:
    await Listener(notifications.service).take_in([record(message, actor=actor, version=version)])


async def notices(notifications: Running) -> int:
    return int(await notifications.value("select count(*) from notice_list"))


@pytest.mark.parametrize(
    ("message", "actor", "expected"),
    [
        (RAISED, CARETAKER, {(LEAD, "concern_raised", "high", f"/cases/{CASE}")}),
        (opened(HANDLER), LEAD, {(HANDLER, "case_opened", "high", f"/cases/{CASE}")}),
        (opened(LEAD), LEAD, set()),
        (CaseAssigned(case_id=CASE, handler=HANDLER), LEAD, {(HANDLER, "case_assigned", "", f"/cases/{CASE}")}),
        (CaseAssigned(case_id=CASE, handler=HANDLER), HANDLER, set()),
        (SILENT, "clock", {(who, "referral_silent", "", f"/cases/{CASE}") for who in (HANDLER, LEAD)}),
        (
            FollowUpMissed(case_id=CASE, follow_up_id=CASE, handler=HANDLER),
            "clock",
            {(who, "follow_up_missed", "", f"/cases/{CASE}") for who in (HANDLER, LEAD)},
        ),
        (FollowUpMissed(case_id=CASE, follow_up_id=CASE, handler=LEAD), "clock", {(LEAD, "follow_up_missed", "", f"/cases/{CASE}")}),
        (DeadlineMissed(case_id=CASE, kind="triage", due=NOW, handler=""), "clock", {(LEAD, "triage_missed", "", f"/cases/{CASE}")}),
        (
            DeadlineMissed(case_id=CASE, kind="first_contact", due=NOW, handler=HANDLER),
            "clock",
            {(who, "first_contact_missed", "", f"/cases/{CASE}") for who in (HANDLER, LEAD)},
        ),
        (
            DeadlineMissed(case_id=CASE, kind="tell_caretaker", due=NOW, handler=HANDLER),
            "clock",
            {(who, "caretaker_not_told", "", f"/cases/{CASE}") for who in (HANDLER, LEAD)},
        ),
        (DeadlineMissed(case_id=CASE, kind="added_later", due=NOW, handler=""), "clock", {(LEAD, "deadline_missed", "", f"/cases/{CASE}")}),
        (
            AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion=CARETAKER, at=NOW, observation_id=OBSERVATION),
            HANDLER,
            {(CARETAKER, "companion_wanted", "", f"/cases/{CASE}/part")},
        ),
        (
            AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion=CARETAKER, at=NOW),
            HANDLER,
            {(CARETAKER, "companion_wanted", "", f"/cases/{CASE}/part")},
        ),
        (
            VisitPlanned(case_id=CASE, visit_id=CASE, visitor=CARETAKER, due=NOW),
            HANDLER,
            {(CARETAKER, "visit_planned", "", f"/cases/{CASE}/part")},
        ),
        (VisitPlanned(case_id=CASE, visit_id=CASE, visitor=HANDLER, due=NOW), HANDLER, set()),
        (answered(comes=True), CARETAKER, set()),
        (answered(comes=False), CARETAKER, {(HANDLER, "companion_declined", "", f"/cases/{CASE}")}),
        (answered(comes=False), HANDLER, set()),
        (released(CARETAKER), HANDLER, {(CARETAKER, "companion_released", "", f"/intake/observations/{OBSERVATION}")}),
        (released("staff-caretaker-2"), HANDLER, {("staff-caretaker-2", "companion_released", "", "/intake/")}),
        (
            CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="in_good_hands", on_time=True),
            HANDLER,
            {(CARETAKER, "in_good_hands", "", f"/intake/observations/{OBSERVATION}")},
        ),
        (
            CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="closed", on_time=True),
            HANDLER,
            {(CARETAKER, "observation_news", "", f"/intake/observations/{OBSERVATION}")},
        ),
        (ConcernTriaged(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, severity="high", category="other"), LEAD, set()),
        (CaseClosed(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, outcome="help_established"), LEAD, set()),
        (
            CaseReopened(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, handler=HANDLER, contact_due=NOW),
            LEAD,
            {
                (CARETAKER, "observation_news", "", f"/intake/observations/{OBSERVATION}"),
                (HANDLER, "case_assigned", "", f"/cases/{CASE}"),
            },
        ),
        (
            CaseReopened(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, handler=LEAD, contact_due=NOW),
            LEAD,
            {(CARETAKER, "observation_news", "", f"/intake/observations/{OBSERVATION}")},
        ),
        (
            CaseReopened(case_id=CASE, observation_id=OBSERVATION, observer=HANDLER, handler=HANDLER, contact_due=NOW),
            LEAD,
            {(HANDLER, "case_assigned", "", f"/cases/{CASE}")},
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Message) else None,
)
async def test_who_is_asked_to_look(notifications: Running, message: Message, actor: str, expected: set[tuple[str, str, str, str]]) -> None:
    await hear(notifications, message, actor=actor)
    assert await asked_for(notifications) == expected
    assert await notifications.value("select count(*) from parked") == 0


def test_every_message_of_cases_is_known_and_each_reaction_belongs_to_one() -> None:
    assert set(REACTIONS) < set(CONSUMES)


async def test_the_same_message_twice_in_a_row_asks_once(notifications: Running) -> None:
    for _ in range(2):
        await hear(notifications, RAISED)
    assert await notices(notifications) == 1


async def test_the_same_message_twice_at_once_asks_once(notifications: Running) -> None:
    await asyncio.gather(*(hear(notifications, RAISED) for _ in range(4)))
    assert await notices(notifications) == 1
    assert await notifications.value("select count(*) from parked") == 0


async def test_the_same_message_heard_again_by_an_empty_inbox_asks_once(notifications: Running) -> None:
    await hear(notifications, RAISED)
    await notifications.service.pool.execute("delete from inbox")
    notifications.clock.forward(timedelta(hours=1))
    await hear(notifications, RAISED)
    assert await notices(notifications) == 1


async def test_the_same_thing_about_the_same_case_within_ten_minutes_is_one_notice(notifications: Running) -> None:
    await hear(notifications, SILENT, version=1)
    notifications.clock.forward(timedelta(minutes=9, seconds=59))
    await hear(notifications, SILENT, version=2)
    assert await notices(notifications) == 2
    notifications.clock.forward(timedelta(seconds=1))
    await hear(notifications, SILENT, version=3)
    assert await notices(notifications) == 4


async def test_two_messages_about_the_same_thing_at_once_are_one_notice(notifications: Running) -> None:
    await asyncio.gather(*(hear(notifications, SILENT, version=version) for version in range(1, 6)))
    assert await notices(notifications) == 2
    assert await notifications.value("select count(*) from parked") == 0


async def test_the_same_thing_about_another_case_is_another_notice(notifications: Running) -> None:
    await hear(notifications, SILENT)
    other = SILENT.model_copy(update={"case_id": OTHER_CASE})
    await Listener(notifications.service).take_in([record(other, case_id=OTHER_CASE)])
    assert await notices(notifications) == 4


async def test_without_a_social_lead_the_message_waits_for_a_person_instead_of_being_lost(postgres: PostgresServer, tmp_path: Path) -> None:
    staff = tmp_path / "staff.yaml"
    staff.write_text("association: bakkegaarden\nstaff: [{id: staff-caretaker-1, name: Asger Testvang, role: caretaker}]\n")
    async with running_service(parts(), postgres, tmp_path) as notifications:
        notifications.service.settings = notifications.settings.model_copy(update={"staff_file": staff})
        await hear(notifications, RAISED)
        assert await notices(notifications) == 0
        assert await notifications.value("select reason from parked") == (
            "Der er ingen boligsocial leder i medarbejderlisten, så ingen kan få besked."
        )


async def test_a_message_that_cannot_be_read_is_put_aside(notifications: Running) -> None:
    await Listener(notifications.service).take_in([replace(record(RAISED), value=b'{"case_id": 7}')])
    assert await notifications.value("select code from parked") == "malformed"
    assert await notices(notifications) == 0


async def test_who_stands_in_is_told_instead_of_who_is_away(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, stand_in=HANDLER)
    await hear(notifications, RAISED, actor=CARETAKER)
    assert {who for who, *_ in await asked_for(notifications)} == {HANDLER}


async def test_where_the_only_lead_is_away_without_a_stand_in_a_social_caretaker_is_told(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, stand_in="")
    await hear(notifications, RAISED, actor=CARETAKER)
    assert {who for who, *_ in await asked_for(notifications)} == {HANDLER}


async def test_a_stand_in_is_not_told_what_they_did_themselves(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, stand_in=HANDLER)
    await hear(notifications, CaseAssigned(case_id=CASE, handler=LEAD), actor=HANDLER)
    assert await notices(notifications) == 0


@pytest.mark.parametrize(("severity", "told"), [("acute", {LEAD, HANDLER}), ("high", {LEAD})])
async def test_whoever_is_on_call_hears_of_what_is_acute(notifications: Running, severity: str, told: set[str]) -> None:
    await heard_of(notifications, HANDLER, Role.SOCIAL_CARETAKER, on_call=True)
    await hear(notifications, RAISED.model_copy(update={"severity": severity}), actor=CARETAKER)
    assert {who for who, *_ in await asked_for(notifications)} == told


HOME = UUID("40000000-0000-4000-8000-000000000001")


async def raised_at(notifications: Running, home: UUID) -> ConcernRaised:
    """The same in a home, sealed as cases says it."""
    keys = await keys_for(notifications, CASE)
    return RAISED.model_copy(update={"home": keys.seal(Personal(CASE, str(home)), of="event/home")})


@pytest.mark.parametrize("shut", [CASE, HOME])
async def test_who_keeps_out_gets_no_mail_about_it_and_somebody_else_does(notifications: Running, shut: UUID) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, shut_from=(shut,))
    await heard_of(notifications, "staff-lead-2", Role.SOCIAL_LEAD)
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    await hear(notifications, DeadlineMissed(case_id=CASE, kind="triage", due=NOW, handler=""), actor="clock", version=2)
    assert {(who, kind) for who, kind, *_ in await asked_for(notifications)} == {
        ("staff-lead-2", "concern_raised"),
        ("staff-lead-2", "triage_missed"),
    }


async def test_everybody_who_saw_it_hears_that_it_goes_on(notifications: Running) -> None:
    said = {"case_id": CASE, "observation_id": OBSERVATION, "observer": CARETAKER, "handler": HANDLER, "contact_due": NOW}
    await hear(notifications, CaseReopened(**said, also={OTHER_CASE: "staff-caretaker-2"}))
    told = {(who, link) for who, kind, _, link in await asked_for(notifications) if kind == "observation_news"}
    assert told == {
        (CARETAKER, f"/intake/observations/{OBSERVATION}"),
        ("staff-caretaker-2", f"/intake/observations/{OTHER_CASE}"),
    }


@pytest.mark.parametrize("said", [WrongPersonCorrected, CaseMovedAlong, CaseRetracted])
async def test_what_was_told_follows_a_case_to_another_home(notifications: Running, said: type[Message]) -> None:
    other = UUID("40000000-0000-4000-8000-000000000002")
    keys = await keys_for(notifications, CASE)
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    sealed = {name: keys.seal(Personal(CASE, str(other)), of=f"moved/{name}") for name in ("home", "address")}
    place = {"estate_id": "estate-1", "estate_name": "Bakken", "municipality": "nordby"}
    facts = {"observation_id": OBSERVATION, "observer": CARETAKER, **place, **sealed}
    await hear(notifications, said(case_id=CASE, **{name: value for name, value in facts.items() if name in said.model_fields}), version=2)
    assert await notifications.value("select home_id from notice_list") == (None if said is CaseRetracted else other)


async def test_who_saw_it_hears_that_it_stands_elsewhere(notifications: Running) -> None:
    place = {"estate_id": "estate-1", "estate_name": "Bakken", "municipality": "nordby"}
    keys = await keys_for(notifications, CASE)
    sealed = {name: keys.seal(Personal(CASE, str(HOME)), of=f"moved/{name}") for name in ("home", "address")}
    moved = WrongPersonCorrected(case_id=CASE, observation_id=OBSERVATION, observer=CARETAKER, **place, **sealed)
    await hear(notifications, moved)
    assert await asked_for(notifications) == {(CARETAKER, "observation_news", "", f"/intake/observations/{OBSERVATION}")}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (CaseFrozen(case_id=CASE, handler=HANDLER), "wrong_person"),
        (BreachAssessed(case_id=CASE, finding="not_notifiable", on_time=True), "breach_assessed"),
    ],
)
async def test_the_data_protection_officer_hears_of_the_wrong_person(notifications: Running, message: Message, kind: str) -> None:
    await heard_of(notifications, DPO, Role.DPO)
    await hear(notifications, message)
    assert await asked_for(notifications) == {(DPO, kind, "", f"/cases/{CASE}/wrong-person")}


async def test_the_leads_and_the_data_protection_officer_hear_of_each_broken_glass_and_who_broke_it_does_not(
    notifications: Running,
) -> None:
    await heard_of(notifications, DPO, Role.DPO)
    first, second = uuid4(), uuid4()
    until = notifications.clock.now() + timedelta(hours=3)
    await hear(notifications, GlassBroken(case_id=CASE, break_id=first, who=LEAD, until=until), actor=LEAD)
    await hear(notifications, GlassBroken(case_id=CASE, break_id=second, who=HANDLER, until=until), actor=HANDLER, version=2)
    told = {(recipient, kind, link) for recipient, kind, _, link in await asked_for(notifications)}
    leads = {person.id for person in notifications.service.staff.with_role(Role.SOCIAL_LEAD)}
    everybody = {DPO, *leads}
    assert told == {(who, "glass_broken", f"/cases/glasses/{first}") for who in everybody - {LEAD}} | {
        (who, "glass_broken", f"/cases/glasses/{second}") for who in everybody - {HANDLER}
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_who_looked_is_asked_whatever_they_are_and_once_for_a_check(notifications: Running, role: Role) -> None:
    await heard_of(notifications, CARETAKER, role)
    for version in (1, 2):
        await hear(notifications, LookQuestioned(check_id=CASE, who=CARETAKER), actor=DPO, version=version)
    assert await asked_for(notifications) == {(CARETAKER, "look_questioned", "", "/cases/own-looks")}
    assert await notices(notifications) == 1
    assert NoticeKind.LOOK_QUESTIONED not in not_for(role)


async def test_who_judged_the_breach_is_not_told_of_it(notifications: Running) -> None:
    await heard_of(notifications, DPO, Role.DPO)
    await hear(notifications, BreachAssessed(case_id=CASE, finding="notifiable", on_time=True), actor=DPO)
    assert await asked_for(notifications) == set()


async def test_a_broken_chain_is_told_to_who_checks_and_who_runs_it_once(notifications: Running) -> None:
    for _ in range(2):
        await hear(notifications, ChainBroken(broken_id=OTHER_CASE), actor="system:clock")
    assert await asked_for(notifications) == {
        (DPO, "chain_broken", "", "/cases/audit"),
        ("staff-auditor-1", "chain_broken", "", "/cases/audit"),
        ("staff-operator-1", "chain_broken", "", "/notifications/mine"),
    }
    assert await notices(notifications) == 3


async def test_a_broken_chain_lies_with_the_leads_where_nobody_checks(notifications: Running) -> None:
    for who in (DPO, "staff-auditor-1", "staff-operator-1"):
        await heard_of(notifications, who, Role.CARETAKER)
    await hear(notifications, ChainBroken(broken_id=OTHER_CASE), actor="system:clock")
    assert await asked_for(notifications) == {(LEAD, "chain_broken", "", "/notifications/mine")}


async def test_when_the_only_lead_keeps_out_it_lies_with_the_social_caretakers(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, shut_from=(HOME,))
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    assert {who for who, *_ in await asked_for(notifications)} == {HANDLER}


async def test_when_everybody_keeps_out_the_message_waits_for_a_person(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, stand_in=HANDLER)
    await heard_of(notifications, HANDLER, Role.SOCIAL_CARETAKER, shut_from=(HOME,))
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    assert await notices(notifications) == 0
    assert "inhabile" in await notifications.value("select reason from parked")


async def test_what_was_told_before_is_not_listed_any_more(notifications: Running) -> None:
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    async with browser(notifications, as_=LEAD) as lead:
        assert len((await lead.get("/notifications/api/notices/mine")).json()["notices"]) == 1
        await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, shut_from=(HOME,))
        assert (await lead.get("/notifications/api/notices/mine")).json()["notices"] == []
        assert (await lead.get("/notifications/api/notices")).json()["notices"] == []


@pytest.mark.parametrize("shut", [CASE, HOME])
async def test_news_of_an_observation_is_about_its_case_and_home_too(notifications: Running, shut: UUID) -> None:
    await hear(notifications, await raised_at(notifications, HOME), actor=CARETAKER)
    informed = CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="in_good_hands", on_time=True)
    await hear(notifications, informed, version=2)
    await heard_of(notifications, "staff-dpo-1", Role.DPO, shut_from=(shut,))
    await heard_of(notifications, CARETAKER, Role.CARETAKER, shut_from=(shut,))
    for who, address in (("staff-dpo-1", ""), (CARETAKER, "/mine")):
        async with browser(notifications, as_=who) as client:
            assert (await client.get(f"/notifications/api/notices{address}")).json()["notices"] == []
    async with browser(notifications, as_="staff-dpo-1") as dpo:
        assert "I gode hænder" not in (await dpo.get("/notifications/", headers={"Accept": "text/html"})).text


async def own_in(notifications: Running, who: str, hat: str) -> list[str]:
    """The kinds of what somebody was told, in one of their hats."""
    async with browser(notifications) as client:
        client.cookies.set("brobygger", cookie_for(notifications.settings, who, hat))
        return [one["kind"] for one in (await client.get("/notifications/api/notices/mine")).json()["notices"]]


async def test_a_hat_shows_what_was_told_in_it(notifications: Running) -> None:
    await wears(notifications, CARETAKER, Role.CARETAKER, Role.DPO)
    informed = CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="in_good_hands", on_time=True)
    await hear(notifications, informed)
    assert await own_in(notifications, CARETAKER, f"caretaker:{ASSOCIATION}") == ["in_good_hands"]
    assert await own_in(notifications, CARETAKER, f"dpo:{ASSOCIATION}") == []


async def test_a_lent_hat_shows_what_who_is_away_was_told_since_they_are(notifications: Running) -> None:
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD)
    await hear(notifications, RAISED, actor=CARETAKER)
    notifications.clock.forward(timedelta(days=1))
    begins = notifications.clock.now()
    await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, stand_in=HANDLER, begins=begins, version=2)
    await hear(notifications, DeadlineMissed(case_id=CASE, kind="triage", due=NOW, handler=""), actor="clock", version=2)
    await hear(notifications, CaseAssigned(case_id=OTHER_CASE, handler=HANDLER), version=3)
    own, lent = f"social_caretaker:{ASSOCIATION}", f"social_lead:{ASSOCIATION}:{LEAD}"
    assert await own_in(notifications, HANDLER, own) == ["case_assigned"]
    assert await own_in(notifications, HANDLER, lent) == ["triage_missed"]
    assert await own_in(notifications, LEAD, f"social_lead:{ASSOCIATION}") == ["triage_missed", "concern_raised"]


async def test_when_nobody_thanked_who_called_whoever_took_the_call_and_the_leads_hear_of_it(notifications: Running) -> None:
    reporter = UUID("018f0000-0000-4000-8000-00000000000d")
    missed = ThanksMissed(reporter_id=reporter, taken_by=CARETAKER, due=NOW)
    for _ in range(2):
        await hear(notifications, missed, actor="system:clock")
    rows = await notifications.rows("select recipient, kind, about, link, case_id from notice_list order by recipient")
    assert [tuple(row) for row in rows] == [
        (who, "thanks_missed", reporter, f"/intake/calls/{reporter}", None) for who in sorted((CARETAKER, LEAD))
    ]
    await hear(notifications, ReporterThanked(reporter_id=reporter), version=2)
    assert {row["state"] for row in await notifications.rows("select state from notice_list")} == {"withdrawn"}

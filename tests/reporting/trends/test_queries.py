"""Counts and times as they come out of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from services.reporting.trends.queries.counts import (
    Answers,
    Duration,
    Kept,
    RightNow,
    Selection,
    choices_of,
    concerns_of,
    durations_of,
    freshness,
    promises_of,
    referrals_of,
    right_now,
    signals_of,
)
from services.reporting.trends.rules.period import Month, Period, calendar_year
from shared.messaging.inbox import Record
from shared.running.listener import Listener
from tests.reporting.lives import HOUR, Life, record, whole_life
from tests.support.services import ASSOCIATION, NOW, Running

YEAR = Selection(ASSOCIATION, calendar_year(2026))
DAY = timedelta(days=1)


async def hear(reporting: Running, lives: Iterable[Life]) -> None:
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])


def opened(name: str, at: datetime = NOW, **more: str) -> Life:
    return Life(name, at, **more).registered().raised().triaged().opened()  # type: ignore[arg-type]


async def test_concerns_are_counted_by_how_far_they_have_come(reporting: Running) -> None:
    waiting, dismissed = Life("w").registered().raised(), Life("d").registered().raised().dismissed()
    closed, again = opened("c").closed("moved"), opened("a").closed("moved").opened()
    only_registered = Life("r").registered()
    reopened, closed_again = opened("g").closed("moved").reopened(), opened("h").closed("moved").reopened().closed("not_reachable")
    await hear(reporting, [waiting, dismissed, opened("o"), closed, again, only_registered, reopened, closed_again])
    async with reporting.service.read() as connection:
        counted = await concerns_of(connection, YEAR)
        now = await right_now(connection, ASSOCIATION, municipality="", now=NOW)
    assert counted.how_many == 7
    assert counted.stages == {"waiting": 1, "dismissed": 1, "open": 3, "closed": 2}
    assert counted.categories == {"elderly_care": 5}
    assert counted.outcomes == {"moved": 1, "not_reachable": 1}
    assert now.open_cases == 3


async def test_what_is_erased_still_counts_and_is_neither_open_nor_late(reporting: Running) -> None:
    lives = [Life("w").registered().raised().erased(), opened("o").erased(), opened("c").closed("moved").erased()]
    await hear(reporting, lives)
    async with reporting.service.read() as connection:
        counted = await concerns_of(connection, YEAR)
        promises = await promises_of(connection, YEAR, now=NOW + 9 * DAY)
        now = await right_now(connection, ASSOCIATION, municipality="", now=NOW + 9 * DAY)
    assert counted.stages == {"dismissed": 1, "closed": 2}
    assert counted.outcomes == {"moved": 1}
    assert (promises.kept["triage"].judged, promises.kept["first_contact"].judged) == (2, 1)
    assert (now.open_cases, now.waiting, now.waiting_too_long, now.not_contacted_in_time) == (0, 0, 0, 0)


async def test_concerns_belong_to_the_danish_month_and_the_place_of_the_observation(reporting: Running) -> None:
    new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    await hear(reporting, [opened("a", new_year), opened("b", estate="estate-3", municipality="Beby"), opened("c", new_year - HOUR)])
    async with reporting.service.read() as connection:
        counted = await concerns_of(connection, YEAR)
        in_beby = await concerns_of(connection, Selection(ASSOCIATION, YEAR.period, "Beby"))
        in_march = await concerns_of(connection, Selection(ASSOCIATION, Period(Month(2026, 3), Month(2026, 3))))
    assert counted.months == {Month(2026, 1): 1, Month(2026, 3): 1}
    assert counted.places == {("Aaby", "estate-1"): 1, ("Beby", "estate-3"): 1}
    assert (in_beby.how_many, in_march.how_many) == (1, 1)


async def test_nothing_of_another_association_is_counted(reporting: Running) -> None:
    await hear(reporting, [opened("a").referred()])
    other = Selection("another", YEAR.period)
    async with reporting.service.read() as connection:
        assert (await concerns_of(connection, other)).how_many == 0
        assert await signals_of(connection, other) == {}
        assert await referrals_of(connection, other, now=NOW) == {}
        assert (await right_now(connection, "another", municipality="", now=NOW)).open_cases == 0
        assert (await choices_of(connection, "another")).municipalities == ()


async def test_a_concern_counts_once_for_each_of_its_signals(reporting: Running) -> None:
    await hear(reporting, [opened("a"), Life("b", signals=("smell", "self.neglect")).raised()])
    async with reporting.service.read() as connection:
        assert await signals_of(connection, YEAR) == {"home.hoarding": 1, "self.neglect": 2, "smell": 1}


async def test_steps_are_timed_from_the_observation_and_answers_from_the_referral(reporting: Running) -> None:
    lives = [
        Life(f"{hours}").raised(0 * HOUR).triaged(hours * HOUR).opened(0 * HOUR).referred(after=HOUR).acknowledged(after=3 * HOUR)
        for hours in (1, 2, 12)
    ]
    await hear(reporting, lives)
    async with reporting.service.read() as connection:
        durations = await durations_of(connection, YEAR)
    assert durations["triage"] == Duration(3, 2.0, 10.0)
    assert durations["first_referral"] == Duration(3, 3.0, 11.0)
    assert durations["acknowledged"] == Duration(3, 3.0, 3.0)
    assert durations["answered"] == Duration(0, None, None)


async def test_promises_are_judged_when_they_were_kept_or_their_time_is_over(reporting: Running) -> None:
    kept = opened("kept").contacted().told().planned("a").followed_up("a").referred().acknowledged().noticed()
    broken = opened("broken").contacted(on_time=False).told(on_time=False).planned("a").missed("a").followed_up("a", on_time=False)
    broken.referred().noticed(sent=False)
    still_time = Life("still", NOW + 9 * DAY).raised()
    too_late = Life("late").raised()
    await hear(reporting, [kept, broken, still_time, too_late])
    async with reporting.service.read() as connection:
        promises = await promises_of(connection, YEAR, now=NOW + 9 * DAY)
    assert promises.kept == {
        "triage": Kept(2, 3),
        "first_contact": Kept(1, 2),
        "told": Kept(2, 4),
        "told_on_time": Kept(1, 2),
        "follow_ups": Kept(1, 2),
        "acknowledged": Kept(1, 2),
        "notices": Kept(1, 2),
    }


async def test_the_damage_service_and_company_are_counted_by_case(reporting: Running) -> None:
    await hear(reporting, [opened("a").cleared().accompanied().accompanied(), opened("b")])
    async with reporting.service.read() as connection:
        promises = await promises_of(connection, YEAR, now=NOW)
    assert (promises.damage_service, promises.accompanied) == (1, 1)


async def test_a_referral_is_answered_waiting_or_silent(reporting: Running) -> None:
    answered, acknowledged = opened("a").referred().answered(), opened("b").referred().acknowledged()
    waiting, silent = opened("c", NOW + 5 * DAY).referred(target="volunteer"), opened("d").referred()
    await hear(reporting, [answered, acknowledged, waiting, silent])
    async with reporting.service.read() as connection:
        found = await referrals_of(connection, YEAR, now=NOW + 5 * DAY)
    assert found == {("municipal.visitation", "Aaby"): Answers(2, 0, 1), ("volunteer", "Aaby"): Answers(0, 1, 0)}


async def test_what_is_open_and_overdue_now(reporting: Running) -> None:
    lives = [
        Life("not looked at").raised(),
        opened("nobody came"),
        opened("no answer").contacted().referred().planned("a"),
        opened("all well").contacted().referred().acknowledged().planned("a").followed_up("a"),
        opened("over").contacted().referred().planned("a").closed(),
    ]
    await hear(reporting, lives)
    async with reporting.service.read() as connection:
        assert await right_now(connection, ASSOCIATION, municipality="", now=NOW + 9 * DAY) == RightNow(
            open_cases=3, waiting=1, waiting_too_long=1, not_contacted_in_time=1, referrals_unanswered=1, follow_ups_overdue=1
        )
        assert await right_now(connection, ASSOCIATION, municipality="", now=NOW) == RightNow(
            open_cases=3, waiting=1, waiting_too_long=0, not_contacted_in_time=0, referrals_unanswered=0, follow_ups_overdue=0
        )


async def test_one_may_choose_among_the_years_and_municipalities_there_are(reporting: Running) -> None:
    await hear(reporting, [opened("a"), opened("b", NOW - 400 * DAY, municipality="Beby")])
    async with reporting.service.read() as connection:
        choices = await choices_of(connection, ASSOCIATION)
    assert (choices.years, choices.municipalities) == ((2026, 2025), ("Aaby", "Beby"))


async def test_freshness_tells_when_something_was_last_heard_and_what_is_parked(reporting: Running) -> None:
    async with reporting.service.read() as connection:
        nothing = await freshness(connection, reader="reporting")
    assert (nothing.heard_at, nothing.seconds_behind, nothing.parked) == (None, None, 0)
    await hear(reporting, [whole_life()])
    await Listener(reporting.service).take_in([Record("brobygger.cases", 0, 9, b"other", (("ce_id", b"1"),), b"{")])
    async with reporting.service.read() as connection:
        fresh = await freshness(connection, reader="reporting")
    assert fresh.heard_at is not None
    assert fresh.seconds_behind is not None
    assert fresh.seconds_behind >= 0
    assert fresh.parked == 1

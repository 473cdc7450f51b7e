"""A believable year in Bakkegården: ordinary work, what went well, what was late, and the story of the leak (domain.md §7 S1, §9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from local.demo.bakkegaarden.register import SEED, EstateEntry, HomeEntry, estates, moves
from local.demo.plots import PLOTS, Plot
from local.demo.story import LEAD, Act, Away, Call, Forgotten, Happening, Look, PutRight, SampleDrawn, Script, Sight, Story
from shared.ground.working_days import ZONE, is_working_day, local_day
from shared.privacy.matter import case_of
from shared.privacy.staff import StaffDirectory
from shared.words.vocabulary.people import Role

OBSERVATIONS = 200
DAYS = 364
STAFF = Path(__file__).parent / "bakkegaarden" / "staff.yaml"

COURSES = ("dismissed",) * 20 + ("judged_and_dismissed",) * 8 + ("referred",) * 9 + ("not_referred",) * 3
"""The way forty observations go: half of them are concerns, twelve become cases, nine of those are passed on (domain.md §9.2)."""

FOLLOW_UP_DAYS = {"acute": (3, 14, 30), "high": (3, 14, 30), "medium": (14, 30), "low": (30,)}
"""As the procedure says."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An estate, who sees to it, and who carries its cases."""

    estate: EstateEntry
    caretaker: str
    carer: str


def script(*, until: datetime, days: int = DAYS) -> Script:
    """The year (or the last days of it) before a moment, in all of Bakkegården."""
    begins = until.astimezone(ZONE).date() - timedelta(days=days)
    happenings = year(until=until, days=days)
    return Script(
        begins=begins,
        estates=estates(),
        happenings=happenings,
        moving=tuple(_between_the_stories(moves(first=begins, days=days), happenings)),
    )


def _between_the_stories(
    moving: Iterable[tuple[date, EstateEntry, HomeEntry]], happenings: Iterable[Happening]
) -> Iterator[tuple[date, EstateEntry, HomeEntry]]:
    """Without those who would move in the middle of their story: it would stop there, as it does for anybody who moves (S13)."""
    lasts: dict[UUID, date] = {}
    for happening in happenings:
        if not isinstance(happening, Sight | Call | Away | SampleDrawn):
            lasts[happening.case_id] = local_day(happening.at)
    stories: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for happening in happenings:
        if isinstance(happening, Sight | Call) and happening.home:
            seen = local_day(happening.at)
            stories[happening.home.home_id].append((seen, lasts.get(case_of(happening.observation_id), seen)))
    for day, estate, home in moving:
        if not any(first < day <= last for first, last in stories[home.home_id]):
            yield day, estate, home


def year(*, until: datetime, days: int = DAYS) -> list[Happening]:
    """Everything that happens in the year (or the last days of it) before a moment, in order; the same every time for the same moment."""
    random = Random(SEED + 2)  # noqa: S311 -- the same every time is what is wanted
    begins = until.astimezone(ZONE).date() - timedelta(days=days)
    happenings: list[Happening] = []
    everywhere = places()
    observations = round(OBSERVATIONS * days / DAYS)
    for number, (day, course) in enumerate(zip(_days(random, begins, days, observations), _courses(random, observations), strict=True)):
        story = _story(number, random, everywhere, day)
        _COURSES[course](story)
        happenings += story.happens
    happenings += _the_leak(random, everywhere, until)
    happenings += _from_outside(random, everywhere, until)
    happenings += _life(everywhere, until)
    happenings += _forgotten(happenings, begins, days, until)
    return sorted((happening for happening in happenings if happening.at < until), key=lambda happening: happening.at)


def places() -> list[Place]:
    """Every estate with those who see to it, as the staff file says."""
    staff = StaffDirectory.read(STAFF)
    caretakers = {estate: person.id for person in staff.with_role(Role.CARETAKER) for estate in person.estates}
    carers = {estate: person.id for person in staff.with_role(Role.SOCIAL_CARETAKER) for estate in person.estates}
    return [Place(estate=each, caretaker=caretakers[each.estate_id], carer=carers[each.estate_id]) for each in estates()]


def _days(random: Random, begins: date, days: int, observations: int) -> Iterator[date]:
    """Working days spread over the year: more on Mondays and in December, few in July."""
    every_day = [begins + timedelta(days=offset) for offset in range(days)]
    return iter(sorted(random.choices(every_day, [_busy(day) for day in every_day], k=observations)))


def _busy(day: date) -> float:
    if not is_working_day(day):
        return 0
    return (1.5 if day.weekday() == 0 else 1.0) * {7: 0.4, 12: 1.4, 1: 1.2}.get(day.month, 1.0)


def _courses(random: Random, observations: int) -> Sequence[str]:
    courses = [COURSES[number * 7 % len(COURSES)] for number in range(observations)]
    random.shuffle(courses)
    return courses


def _story(number: int, random: Random, everywhere: list[Place], day: date) -> Story:
    # The larger the estate, the more is seen there.
    place = random.choices(everywhere, [len(each.estate.homes) for each in everywhere])[0]
    plot = random.choices(PLOTS, [each.how_often for each in PLOTS])[0]
    return Story(
        number=number,
        estate=place.estate,
        home=random.choice(place.estate.homes),
        caretaker=place.caretaker,
        carer=place.carer,
        plot=plot,
        at=datetime.combine(day, time(random.randrange(7, 14), random.randrange(60)), tzinfo=ZONE),
        random=random,
    )


def _until_judged(story: Story) -> None:
    """Usually in time; one in twelve is judged too late, and the clock has said so by then."""
    is_late = story.random.random() < 1 / 12
    usual = {"acute": 0, "high": 0, "medium": 1, "low": 2}[story.plot.severity]
    story.wait(days=usual + (4 if is_late else 0), minutes=story.random.randrange(10, 60))


def _dismissed(story: Story) -> None:
    story.see(consent=story.random.choice(("not_asked", "not_asked", "declined", "granted")), scope=("municipal.visitation",))
    _until_judged(story)
    story.look(LEAD)
    # One in ten is never told: that is what the clock is for.
    story.dismiss(told=story.random.random() > 0.1)


def _judged_and_dismissed(story: Story) -> None:
    story.see(consent=story.random.choice(("granted", "declined", "not_able")), scope=("municipal.visitation",))
    _until_judged(story)
    story.judge()
    story.wait(days=story.random.randrange(1, 3))
    story.dismiss()


def _referred(story: Story) -> None:
    if not story.plot.targets:
        story.plot = next(plot for plot in PLOTS if plot.category == "loneliness" and plot.targets)
    answered = story.random.choices(("granted", "not_asked", "declined"), (6, 3, 1))[0]
    story.see(consent=answered, scope=tuple(story.plot.targets))
    _until_judged(story)
    story.judge()
    story.open()
    opened = story.at
    if not _reached_and_asked(story, has_said_yes=answered == "granted"):
        _looked_after(story, opened, "resident_declined")
        return
    story.wait(minutes=30)
    if "damage_service" in story.plot.targets:
        _cleared(story)
    target = next(each for each in story.plot.targets if each != "damage_service")
    _passed_on(story, target)
    outcome = story.outcome_of_silence or story.plot.outcome
    if outcome == "resident_declined":
        story.act(story.carer, "withdrawal", recipient=target, how="oral")
    _looked_after(story, opened, outcome)


def _not_referred(story: Story) -> None:
    story.see(consent="not_asked")
    _until_judged(story)
    story.judge()
    story.open()
    opened = story.at
    story.wait(days=1 if story.plot.severity != "high" else 0, minutes=60)
    story.reach()
    _looked_after(story, opened, "handled_with_association_help")


def _reached_and_asked(story: Story, *, has_said_yes: bool) -> bool:
    """Somebody gets hold of the resident, late one time in twelve, and has leave to pass it on."""
    late = 6 if story.random.random() < 1 / 12 else 0
    story.wait(days=late, minutes=story.random.randrange(30, 120))
    if story.random.random() < 0.25:
        story.reach(reached=False)
        story.wait(days=1)
    story.reach()
    if has_said_yes or story.plot.basis != "consent":
        return True
    granted = story.random.random() < 0.8
    story.ask_leave(*story.plot.targets, granted=granted)
    return granted


def _cleared(story: Story) -> None:
    """The damage service comes two working days later."""
    order = story.act(story.carer, "damage-service")
    story.later(story.carer, "damage-service-done", days=2, query={"order_id": str(order)})


def _passed_on(story: Story, target: str) -> None:
    """It is passed on; most answer in time, one in seven is silent for a while, and a few for ever."""
    referral = story.refer(target, told=story.random.random() > 0.1)
    luck = story.random.random()
    if luck < 0.05 and target.startswith("municipal."):
        story.outcome_of_silence = "municipality_no_answer"
        return
    story.wait(days=7 if luck < 0.15 else 1, minutes=90)
    story.hear(referral, "received")
    story.wait(days=story.random.randrange(2, 8))
    final = (
        "help_established"
        if story.plot.outcome == "help_established"
        else story.random.choice(("acknowledged_no_detail", "help_established", "no_help"))
    )
    story.hear(referral, final)
    if final == "help_established":
        story.act(story.carer, "informed", milestone="help_established", channel="phone")


def _looked_after(story: Story, opened: datetime, outcome: str) -> None:
    """The procedure's follow-ups, one in seven too late; then the end."""
    for days in FOLLOW_UP_DAYS[story.plot.severity]:
        late = story.random.randrange(2, 6) if story.random.random() < 1 / 7 else 0
        story.wait_until(opened.astimezone(ZONE).date() + timedelta(days=days + late))
        story.follow_up()
    story.wait(days=story.random.randrange(20, 110))
    story.close(outcome)


FROM_OUTSIDE = 100
"""Behind the numbers of what else happens in every year."""


def _from_outside(random: Random, everywhere: list[Place], until: datetime) -> list[Happening]:
    """S17: a neighbour and a member of the board ring about two homes, and somebody without a name about a stairwell."""
    place = next(each for each in everywhere if each.estate.municipality == "bakkelund" and len(each.estate.homes) > 100)
    today = until.astimezone(ZONE).date()
    stories = []
    for number, days in enumerate((25, 11, 6), start=1):
        day = today - timedelta(days=days)
        while not is_working_day(day):
            day -= timedelta(days=1)
        plot = Plot(signals=("not.seen", "mailbox.full"), severity="medium", category="loneliness", words=(), dismissal="explained")
        stories.append(
            Story(
                number=OBSERVATIONS + FROM_OUTSIDE + number,
                estate=place.estate,
                home=place.estate.homes[30 + number],
                caretaker=place.caretaker,
                carer=place.carer,
                plot=plot,
                at=datetime.combine(day, time(10, 5), tzinfo=ZONE),
                random=random,
            )
        )
    neighbour, board, stairwell = stories
    neighbour.hear_from(
        "neighbour", name="Nora Opdigtet", phone="00000000", words="Har ikke set hende i over en uge, og posten hober sig op."
    )
    board.hear_from(
        "board_member", name="Bo Opdigtet", phone="00000001", words="Det sidste halve år er han ikke kommet til noget som helst."
    )
    stairwell.hear_from("anonymous", area="stairwell", words="Der står indkøbsposer på trappen, som ingen tager ind.")
    for story in stories:
        story.wait(minutes=40)
        story.judge()
    neighbour.open(told=False)
    neighbour.wait(minutes=30)
    neighbour.reach()
    stairwell.dismiss(told=False)
    return [happening for story in stories for happening in story.happens]


def _the_leak(random: Random, everywhere: list[Place], until: datetime) -> list[Happening]:
    """S1, told with its own words and without a slip; it ended a few days ago."""
    place = next(each for each in everywhere if each.estate.municipality == "bakkelund" and len(each.estate.homes) > 100)
    day = until.astimezone(ZONE).date() - timedelta(days=44)
    while not is_working_day(day):
        day -= timedelta(days=1)
    plot = Plot(
        signals=("home.hoarding", "self.neglect"),
        severity="high",
        category="elderly_care",
        words=(),
        targets=("municipal.visitation", "damage_service", "volunteer"),
        outcome="help_established",
    )
    story = Story(
        number=OBSERVATIONS,
        estate=place.estate,
        home=place.estate.homes[17],
        caretaker=place.caretaker,
        carer=place.carer,
        plot=plot,
        at=datetime.combine(day, time(9, 20), tzinfo=ZONE),
        random=random,
    )
    story.see(
        consent="granted",
        scope=tuple(plot.targets),
        words="Kom for at se på en utæt vandhane. Der er stablet affald i alle rum, og beboeren på 91 år siger, at det er blevet "
        "for meget. Vil gerne have hjælp, og at jeg er med, når nogen kommer.",
    )
    story.wait(minutes=35)
    story.judge()
    story.open()
    opened = story.at
    story.wait(minutes=40)
    story.reach()
    order = story.act(story.caretaker, "damage-service")
    visitation = story.refer("municipal.visitation")
    story.wait(days=1)
    story.hear(visitation, "received")
    meeting = (story.at + timedelta(days=4)).astimezone(ZONE)
    while not is_working_day(meeting.date()):
        meeting += timedelta(days=1)
    visit = story.act(story.carer, "accompaniment", companion=story.caretaker, meeting_at=meeting.strftime("%Y-%m-%dT10:00"))
    story.act(story.caretaker, "accompaniment-answer", comes="yes", query={"visit_id": str(visit)})
    story.wait(days=1)
    story.act(story.caretaker, "let-in", query={"order_id": str(order)})
    story.wait(minutes=240)
    story.act(story.caretaker, "damage-service-done", query={"order_id": str(order)})
    story.wait_until(opened.date() + timedelta(days=3))
    story.follow_up()
    story.wait_until(meeting.date())
    story.at = max(story.at, meeting.replace(hour=11, minute=15))
    story.act(story.caretaker, "accompanied", query={"visit_id": str(visit)})
    story.wait(minutes=60)
    story.act(story.caretaker, "kept-an-eye", text="Hun havde selv båret to poser ned og hilste, da jeg gik forbi.")
    volunteer = story.refer("volunteer")
    story.wait(days=1)
    story.hear(visitation, "help_established")
    story.act(story.carer, "informed", milestone="help_established", channel="phone")
    story.hear(volunteer, "help_established")
    story.act(story.carer, "informed", milestone="help_established", channel="phone")
    for days in (14, 30):
        story.wait_until(opened.date() + timedelta(days=days))
        story.follow_up()
    story.wait(days=2)
    story.close("help_established")
    return story.happens


def _life(everywhere: list[Place], until: datetime) -> list[Happening]:
    """What life brought lately: a resident died, another was said to have died, and a third moved and is still to be asked."""
    random = Random(SEED + 3)  # noqa: S311 -- the same every time is what is wanted
    plots = [plot for plot in PLOTS if plot.targets and plot.basis == "consent" and plot.severity == "medium"]
    happenings: list[Happening] = []
    for number, (days, course) in enumerate(((26, _died), (17, _said_to_be_dead), (9, _moved), (13, _at_the_wrong_home)), start=1):
        story = _story(OBSERVATIONS + number, random, everywhere, until.astimezone(ZONE).date() - timedelta(days=days))
        story.plot = plots[number % len(plots)]
        story.wait()  # until somebody works
        story.see(consent="granted", scope=tuple(story.plot.targets))
        story.wait(minutes=20)
        story.judge()
        story.open()
        story.wait(minutes=40)
        story.reach()
        course(story)
        happenings += story.happens
    return [*happenings, _away(everywhere, until)]


def _forgotten(happenings: list[Happening], begins: date, days: int, until: datetime) -> Iterator[Forgotten]:
    """Somebody about whom there was nothing to do after all asks to be erased, a fortnight after the first such concern."""
    movers = {home.home_id for _, _, home in moves(first=begins, days=days)}
    told = Counter(seen.home.home_id for seen in happenings if isinstance(seen, Sight | Call) and seen.home)
    homes = {
        case_of(seen.observation_id): seen.home
        for seen in happenings
        if isinstance(seen, Sight) and told[seen.home.home_id] == 1 and seen.home.home_id not in movers
    }
    ended = next((one for one in happenings if isinstance(one, Act) and one.step == "dismissal" and one.case_id in homes), None)
    if ended is None:
        return
    last = max(one.at for one in happenings if isinstance(one, Act | Look) and one.case_id == ended.case_id)
    day = last.astimezone(ZONE).date() + timedelta(days=14)
    while not is_working_day(day):
        day += timedelta(days=1)
    at = datetime.combine(day, time(10, 30), tzinfo=ZONE)
    if at < until:
        yield Forgotten(at=at, who="staff-dpo-1", case_id=ended.case_id, tenancy_id=homes[ended.case_id].tenancy_id)


def _away(everywhere: list[Place], until: datetime) -> Away:
    """A caretaker is away for two weeks now, and a colleague of a neighbouring estate stands in."""
    one, other = sorted({place.caretaker for place in everywhere})[:2]
    day = until.astimezone(ZONE).date() - timedelta(days=4)
    while not is_working_day(day):
        day -= timedelta(days=1)
    at = datetime.combine(day, time(9, 0), tzinfo=ZONE)
    return Away(at=at, who=one, begins=at + timedelta(days=1), ends=at + timedelta(days=15), stand_in=other)


def _at_the_wrong_home(story: Story) -> None:
    """Floor and side were mixed up (S14): it is stopped, moved, and the one who was told is asked to delete it."""
    referral = story.refer(story.plot.targets[0])
    story.wait(days=1)
    story.act(LEAD, "freeze", reason="Beboeren siger, at det er naboen.")
    story.wait(minutes=30)
    right = next(home for home in story.estate.homes if home.street == story.home.street and home != story.home)
    story.happens.append(PutRight(at=story.at, who=LEAD, case_id=story.case_id, estate=story.estate, home=right))
    story.wait(minutes=20)
    asked = {"recipient_id": str(referral)}
    story.act(LEAD, "asked-to-delete", channel="phone", reply="deletes", query=asked, **asked)


def _died(story: Story) -> None:
    story.refer(story.plot.targets[0])
    story.wait(days=1)
    story.learn("death", source="relative")
    story.wait(minutes=90)
    story.act(story.carer, "staff-care")
    story.close("deceased")


def _said_to_be_dead(story: Story) -> None:
    story.wait(days=1)
    story.learn("death", source="colleague")
    story.wait(minutes=60)
    story.act(LEAD, "death-taken-back", reason="Det var naboen i nummer 12.")
    story.act(LEAD, "apology", channel="visit")


def _moved(story: Story) -> None:
    referral = story.refer(story.plot.targets[0])
    story.wait(days=1)
    story.learn("move", source="rent_office")
    story.act(story.carer, "recipient-told", referral_id=str(referral), channel="phone", query={"referral_id": str(referral)})


_COURSES = {
    "dismissed": _dismissed,
    "judged_and_dismissed": _judged_and_dismissed,
    "referred": _referred,
    "not_referred": _not_referred,
}

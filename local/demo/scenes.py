"""A little about one subject: two small estates, and what happened there lately; for whoever will not wait for a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from local.demo.bakkegaarden.register import SEED
from local.demo.plots import PLOTS, Plot
from local.demo.story import LEAD, Happening, Script, Story
from local.demo.year import FOLLOW_UP_DAYS, Place, places
from shared.ground.working_days import ZONE, is_working_day

SMALL = 20
"""Homes of an estate at most."""
ESTATES = 2
JUST_NOW = timedelta(minutes=10)

Course = Callable[[Story], None]


def waiting(story: Story) -> None:
    """It was seen; nobody has looked at it yet."""
    story.see(consent="granted", scope=tuple(story.plot.targets))


def judged(story: Story) -> None:
    """The lead has judged it."""
    waiting(story)
    story.wait(minutes=20)
    story.judge()


def told_by_a_neighbour(story: Story) -> None:
    """A neighbour rang; the lead has judged it, and whoever took the call is to thank her."""
    story.hear_from("neighbour", name="Nora Opdigtet", phone="00000000", words="Har ikke set hende i over en uge, og posten hober sig op.")
    story.wait(minutes=20)
    story.judge()


def told_of_a_laundry(story: Story) -> None:
    """Somebody who does not want to give a name rang about the laundry; no case came of it."""
    story.hear_from("anonymous", area="laundry", words="Der sidder en og sover i vaskeriet om natten og har sine ting i poser.")
    story.wait(minutes=20)
    story.judge()
    story.dismiss(told=False)


def dismissed(story: Story) -> None:
    """No case came of it."""
    story.see(consent="not_asked")
    story.wait(minutes=20)
    story.judge()
    story.dismiss()


def reached(story: Story) -> None:
    """It is a case, and somebody has talked to the resident."""
    judged(story)
    story.open()
    story.wait(minutes=30)
    story.reach(reached=False)
    story.wait(days=1)
    story.reach()


def asked_along(story: Story) -> None:
    """The caretaker is asked along to a meeting, and has not answered."""
    reached(story)
    story.act(story.carer, "person", role="resident", way_to_reach="in_person")
    meeting = story.at + timedelta(days=3)
    while not is_working_day(meeting.astimezone(ZONE).date()):
        meeting += timedelta(days=1)
    story.act(story.carer, "accompaniment", companion=story.caretaker, meeting_at=meeting.astimezone(ZONE).strftime("%Y-%m-%dT10:00"))


def silent(story: Story) -> None:
    """It was passed on, and the recipient says nothing."""
    reached(story)
    story.refer(story.plot.targets[0])


def ended(story: Story) -> None:
    """It was passed on, there is help, and it is closed."""
    begun = story.at.astimezone(ZONE).date()
    reached(story)
    referral = story.refer(story.plot.targets[0])
    story.wait(days=1)
    story.hear(referral, "help_established")
    story.act(story.carer, "informed", milestone="help_established", channel="phone")
    for days in FOLLOW_UP_DAYS[story.plot.severity]:
        story.wait_until(begun + timedelta(days=days + 1))
        story.follow_up()
    story.close("help_established")


def stopped(story: Story) -> None:
    """It may be about the wrong home: nothing goes out until somebody has found out."""
    reached(story)
    story.wait(days=1)
    story.act(LEAD, "freeze", reason="Beboeren siger, at det er naboen.")


def dead(story: Story) -> None:
    """A meeting was planned when the resident died; somebody is to talk with those who knew her."""
    asked_along(story)
    story.wait(days=1)
    story.learn("death", source="relative")


def moved(story: Story) -> None:
    """It was passed on when the resident moved: the recipient is to know, and the resident to be asked."""
    silent(story)
    story.wait(days=1)
    story.learn("move", source="rent_office")


def behind_glass(story: Story) -> None:
    """Somebody from another estate reads it through a broken glass, and nobody has said yet whether that was right."""
    reached(story)
    story.wait(minutes=30)
    story.break_glass(
        next(one.carer for one in places() if one.carer != story.carer), "Naboen ringer igen, og den, der har sagen, er syg i dag."
    )


def checked(story: Story) -> None:
    """The look-ups at it are drawn by lot; one of them went through a broken glass."""
    behind_glass(story)
    story.wait(minutes=30)
    story.draw(size=3)


SCENES: dict[str, tuple[tuple[int, Course], ...]] = {
    "home": (),
    "procedure": (),
    "staff": ((0, waiting), (4, reached)),
    "observation": ((0, waiting), (1, judged), (2, dismissed), (4, reached)),
    "reporter": ((0, told_by_a_neighbour), (1, told_of_a_laundry)),
    "callback": (),
    "erasure": ((4, reached), (40, ended)),
    "redaction": ((4, reached),),
    "case": (
        (0, waiting),
        (1, judged),
        (2, dismissed),
        (2, asked_along),
        (4, reached),
        (5, dead),
        (6, moved),
        (6, stopped),
        (14, silent),
        (40, ended),
    ),
    "glass": ((1, behind_glass), (4, reached), (8, behind_glass)),
    "spot_check": ((4, checked),),
    "audit": ((4, reached), (6, stopped), (40, ended)),
    "notification": ((0, waiting), (4, reached), (5, dead), (14, silent)),
    "trends": tuple((days, course) for days in (45, 48, 52, 55, 58) for course in (ended, dismissed)),
}
"""What happened, for each subject: so many days ago it was seen, and how it went from there."""


def script(subject: str, *, until: datetime) -> Script:
    """The little that happens around one subject until a moment; the same every time for the same moment."""
    random = Random(f"{SEED} {subject}")  # noqa: S311 -- the same every time is what is wanted
    where = [each for each in places() if len(each.estate.homes) <= SMALL][:ESTATES]
    plots = [plot for plot in PLOTS if plot.targets and plot.basis == "consent" and plot.severity == "medium"]
    happenings: list[Happening] = []
    for number, (days, course) in enumerate(SCENES[subject]):
        story = _story(number, where[number % ESTATES], plots[number % len(plots)], random, _at(until, days))
        course(story)
        happenings += story.happens
    happenings = sorted((each for each in happenings if each.at < until), key=lambda each: each.at)
    begins = happenings[0].at if happenings else until
    return Script(begins=begins.astimezone(ZONE).date(), estates=tuple(each.estate for each in where), happenings=happenings)


def _story(number: int, place: Place, plot: Plot, random: Random, at: datetime) -> Story:
    return Story(
        number=number,
        estate=place.estate,
        home=place.estate.homes[number % len(place.estate.homes)],
        caretaker=place.caretaker,
        carer=place.carer,
        plot=plot,
        at=at,
        random=random,
    )


def _at(until: datetime, days: int) -> datetime:
    """A morning when somebody worked, at least so many days ago; a moment ago when it is none."""
    if days == 0:
        return until - JUST_NOW
    day = until.astimezone(ZONE).date() - timedelta(days=days)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9, 10), tzinfo=ZONE)

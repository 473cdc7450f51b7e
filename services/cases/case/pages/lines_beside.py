"""What is said of events that are about more than this one case: several observations in it, and the wrong person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.cases.case.pages.line import Line, by_which_channel, late
from services.cases.case.pages.voice import Voice
from services.cases.case.rules import erased, observations, pattern, verifying, wrong_person
from shared.ground.working_days import local_day
from shared.history.aggregate import Event
from shared.words.language import marked

# Several observations


def _pattern_noticed(event: pattern.PatternNoticed, to: Voice) -> Line:
    title = to.say(marked("Anden uafhængige observation inden for %(days)s dage"), days=event.days)
    details = (
        (to.say(marked("Først set")), f"{to.day(local_day(event.earlier_at))}, {to.whoever_saw(event.earlier_role)}"),
        (to.say(marked("Nu set")), f"{to.moment(event.observed_at)}, {to.whoever_saw(event.observer_role)}"),
        (to.say(marked("Foreslås som")), to.called(event.severity, "severities")),
    )
    return Line(title=title, kind="concern", details=details)


def _observation_linked(event: observations.ObservationLinked, to: Voice) -> Line:
    title = to.say(marked("En observation mere hører til sagen"))
    seen = ((to.say(marked("Set af")), f"{to.name_of(event.observer)}, {to.moment(event.observed_at)}"),)
    return Line(title=title, kind="concern", details=seen)


def _observation_unlinked(event: observations.ObservationUnlinked, to: Voice) -> Line:
    title = to.say(marked("En observation hører ikke til sagen længere"))
    return Line(title=title, kind="course", details=((to.say(marked("Set af")), to.name_of(event.observer)),), words=to.open(event.reason))


def _linked_to(event: observations.LinkedTo, to: Voice) -> Line:
    return Line(title=to.say(marked("Samlet med en anden sag om de samme")), kind="course", words=to.open(event.reason))


def _stands_alone(event: observations.StandsAlone, to: Voice) -> Line:
    return Line(title=to.say(marked("Skilt fra den anden sag igen")), kind="course")


def _taken_up_again(event: observations.TakenUpAgain, to: Voice) -> Line:
    judged = ((to.say(marked("Vurderes senest")), to.by(event.triage_due)),)
    return Line(title=to.say(marked("Taget op igen")), kind="concern", details=judged, words=to.open(event.reason))


# Whether it is so


def _visit_planned(event: verifying.VisitPlanned, to: Voice) -> Line:
    title = to.say(marked("%(visitor)s kigger forbi"), visitor=to.name_of(event.visitor))
    return Line(title=title, kind="contact", details=((to.say(marked("Senest")), to.by(event.due)),))


def _visit_ended(event: verifying.VisitEnded, to: Voice) -> Line:
    visitor = to.name_of(event.visitor)
    made, off = marked("%(visitor)s har kigget forbi"), marked("%(visitor)s skal ikke kigge forbi")
    return Line(title=to.say(made if event.was_made else off, visitor=visitor), kind="contact")


# The wrong person


def _frozen(event: wrong_person.Frozen, to: Voice) -> Line:
    title = to.say(marked("Sat i stå: måske en forkert person eller bolig"))
    details = ((to.say(marked("Bruddet vurderes senest")), to.by(event.breach_due)),)
    return Line(title=title, kind="clock", details=details, words=to.open(event.reason), missed=True)


def _unfrozen(event: wrong_person.Unfrozen, to: Voice) -> Line:
    return Line(title=to.say(marked("Det var den rigtige: sagen går videre")), kind="course", words=to.open(event.reason))


def _wrong_person_corrected(event: wrong_person.WrongPersonCorrected, to: Voice) -> Line:
    title = to.say(marked("Flyttet til den rigtige"))
    details = ((to.say(marked("Modtagere bedes slette senest")), to.by(event.ask_due)),)
    ended = (to.say(marked("Ender med det")), to.say(marked("Personer, samtykker, henvisninger og bestillinger, som var den forkertes")))
    return Line(title=title, kind="course", details=(*details, ended), words=to.open(event.reason))


def _retracted(event: wrong_person.Retracted, to: Voice) -> Line:
    return Line(title=to.say(marked("Taget tilbage som en fejl")), kind="course", words=to.open(event.reason))


def _asked_to_delete(event: wrong_person.RecipientAskedToDelete, to: Voice) -> Line:
    title = to.say(marked("%(target)s er bedt om at slette"), target=to.called(event.target, "targets"))
    answer = ((to.say(marked("Svar")), to.called(event.reply, "deletion_replies")),)
    details = (*answer, *by_which_channel(event.channel, to), *late(event.on_time, to))
    return Line(title=title, kind="telling", details=details, words=to.open(event.note))


def _breach_assessed(event: wrong_person.BreachAssessed, to: Voice) -> Line:
    title = to.say(marked("Bruddet er vurderet: %(finding)s"), finding=to.called(event.finding, "breach_findings").lower())
    return Line(title=title, kind="course", details=late(event.on_time, to), words=to.open(event.reason))


def _subject_informed(event: wrong_person.SubjectInformed, to: Voice) -> Line:
    title = to.say(marked("Den, det handlede om, har fået besked"))
    return Line(title=title, kind="telling", details=by_which_channel(event.channel, to))


def _exception_recorded(event: wrong_person.ExceptionRecorded, to: Voice) -> Line:
    title = to.say(marked("Den, det handlede om, får ikke besked"))
    details = ((to.say(marked("Hjemmel")), to.called(event.provision, "not_told_because")),)
    return Line(title=title, kind="course", details=details, words=to.open(event.reason))


def _erased(_: erased.Erased, to: Voice) -> Line:
    return Line(title=to.say(marked("Slettet: det, der stod i sagen, kan ikke læses mere")), kind="course")


LINES_BESIDE: Mapping[type[Event], Callable[[Any, Voice], Line]] = {
    pattern.PatternNoticed: _pattern_noticed,
    observations.ObservationLinked: _observation_linked,
    observations.ObservationUnlinked: _observation_unlinked,
    observations.LinkedTo: _linked_to,
    observations.StandsAlone: _stands_alone,
    observations.TakenUpAgain: _taken_up_again,
    verifying.VisitPlanned: _visit_planned,
    verifying.VisitEnded: _visit_ended,
    wrong_person.Frozen: _frozen,
    wrong_person.Unfrozen: _unfrozen,
    wrong_person.WrongPersonCorrected: _wrong_person_corrected,
    wrong_person.Retracted: _retracted,
    wrong_person.RecipientAskedToDelete: _asked_to_delete,
    wrong_person.BreachAssessed: _breach_assessed,
    wrong_person.SubjectInformed: _subject_informed,
    wrong_person.ExceptionRecorded: _exception_recorded,
    erased.Erased: _erased,
}

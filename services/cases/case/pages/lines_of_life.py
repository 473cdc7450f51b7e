"""What is said of what life brings: a death, a move, a guardian, a protected address, and what is done after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.cases.case.pages.line import Line, by_which_channel, late
from services.cases.case.pages.voice import Pairs, Voice
from services.cases.case.rules import aftermath, damage_service, life, moving_along, outbound, protection
from shared.history.aggregate import Event
from shared.words.language import marked


def _died(event: life.ResidentDied, to: Voice) -> Line:
    title = to.say(marked("Beboeren er død")) if event.person is None else to.say(marked("En person i sagen er død"))
    day = (to.say(marked("Dag")), to.told_day(event.on))
    return Line(title=title, kind="course", details=(*_whom(event.person, to), day, *_said_by(event.source, to)))


def _whom(person: UUID | None, to: Voice) -> Pairs:
    """Who of the case it is about, where it is not the resident."""
    return ((to.say(marked("Hvem")), to.person(person)),) if person is not None else ()


def _death_taken_back(event: life.DeathTakenBack, to: Voice) -> Line:
    title = to.say(marked("Det var en fejl: beboeren lever")) if event.person is None else to.say(marked("Det var en fejl: personen lever"))
    return Line(title=title, kind="course", details=(*_whom(event.person, to), *_said_by(event.source, to)), words=to.open(event.reason))


def _moved(event: life.ResidentMoved, to: Voice) -> Line:
    title = to.say(marked("Beboeren flytter")) if event.person is None else to.say(marked("En person i sagen flytter"))
    return Line(title=title, kind="course", details=((to.say(marked("Dag")), to.told_day(event.on)), *_said_by(event.source, to)))


def _move_taken_back(event: life.MoveTakenBack, to: Voice) -> Line:
    title = to.say(marked("Det var en fejl: beboeren flytter ikke"))
    return Line(title=title, kind="course", details=_said_by(event.source, to), words=to.open(event.reason))


def _moved_along(event: moving_along.MovedAlong, to: Voice) -> Line:
    return Line(title=to.say(marked("Sagen er fulgt med til den nye bolig")), kind="course", words=to.open(event.reason))


def _stopped(event: outbound.OutboundStopped, to: Voice) -> Line:
    title = to.say(marked("Alt, hvad der går ud, er standset: %(why)s"), why=to.called(event.why, "standstills"))
    ran = ", ".join(dict.fromkeys(to.called(run["kind"], "clocks") for run in event.ran))
    return Line(title=title, kind="course", details=((to.say(marked("Det løb")), ran),) if ran else ())


def _resumed(event: outbound.OutboundResumed, to: Voice) -> Line:
    runs = ", ".join(dict.fromkeys(to.called(run["kind"], "clocks") for run in event.runs))
    title = to.say(marked("Sagen er i gang igen"))
    return Line(title=title, kind="course", details=((to.say(marked("Det løber")), runs),) if runs else ())


def _staff_care_noted(event: aftermath.StaffCareNoted, to: Voice) -> Line:
    return Line(title=to.say(marked("Der er talt med dem, der kendte beboeren")), kind="telling", details=late(event.on_time, to))


def _apology_noted(event: aftermath.ApologyNoted, to: Voice) -> Line:
    details = (*by_which_channel(event.channel, to), *late(event.on_time, to))
    return Line(title=to.say(marked("Der er sagt undskyld til beboeren")), kind="contact", details=details)


def _asked_to_continue(event: aftermath.AskedToContinue, to: Voice) -> Line:
    title = to.say(marked("Må sagen fortsætte? %(answer)s"), answer=to.called(event.answer, "continuing"))
    details = (*by_which_channel(event.channel, to), *late(event.on_time, to))
    return Line(title=title, kind="contact", details=details)


def _recipient_told(event: aftermath.RecipientTold, to: Voice) -> Line:
    title = to.say(marked("%(recipient)s ved, at beboeren er flyttet"), recipient=to.called(event.target, "targets"))
    details = (*by_which_channel(event.channel, to), *late(event.on_time, to))
    return Line(title=title, kind="referral", details=details)


def _retention_started(event: aftermath.RetentionStarted, to: Voice) -> Line:
    return Line(title=to.say(marked("Tiden, sagen må gemmes, regnes fra %(day)s"), day=to.told_day(event.on)), kind="course")


def _guardian_appointed(event: protection.GuardianAppointed, to: Voice) -> Line:
    title = to.say(marked("Beboeren har en værge")) if event.person is None else to.say(marked("En person i sagen har en værge"))
    matters = ", ".join(to.called(matter, "guardian_matters") for matter in event.may_decide)
    return Line(title=title, kind="course", details=((to.say(marked("Bestemmer over")), matters), *_said_by(event.source, to)))


def _address_protected(event: protection.AddressProtected, to: Voice) -> Line:
    return Line(title=to.say(marked("Adressen er beskyttet")), kind="course", details=_said_by(event.source, to))


def _address_unprotected(event: protection.AddressUnprotected, to: Voice) -> Line:
    return Line(title=to.say(marked("Adressen er ikke beskyttet mere")), kind="course", details=_said_by(event.source, to))


def _damage_service_cancelled(event: damage_service.DamageServiceCancelled, to: Voice) -> Line:
    return Line(title=to.say(marked("Bestillingen hos skadesservice er taget tilbage")), kind="help")


def _said_by(source: str, to: Voice) -> Pairs:
    return ((to.say(marked("Det siger")), to.called(source, "fact_sources")),) if source else ()


LINES_OF_LIFE: Mapping[type[Event], Callable[[Any, Voice], Line]] = {
    life.ResidentDied: _died,
    life.DeathTakenBack: _death_taken_back,
    life.ResidentMoved: _moved,
    life.MoveTakenBack: _move_taken_back,
    moving_along.MovedAlong: _moved_along,
    outbound.OutboundStopped: _stopped,
    outbound.OutboundResumed: _resumed,
    aftermath.StaffCareNoted: _staff_care_noted,
    aftermath.ApologyNoted: _apology_noted,
    aftermath.AskedToContinue: _asked_to_continue,
    aftermath.RecipientTold: _recipient_told,
    aftermath.RetentionStarted: _retention_started,
    protection.GuardianAppointed: _guardian_appointed,
    protection.AddressProtected: _address_protected,
    protection.AddressUnprotected: _address_unprotected,
    damage_service.DamageServiceCancelled: _damage_service_cancelled,
}

"""The history of a case in sentences: who did what, when and why, one entry for each event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.cases.case.pages.line import Line
from services.cases.case.pages.lines import LINES
from services.cases.case.pages.voice import Pairs, Voice
from services.cases.case.rules.case import Case
from services.cases.case.rules.erased import tells_of_the_erased
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.history.aggregate import Event
from shared.privacy.personal import Sealed
from shared.words.language import marked
from shared.words.vocabulary.people import Role

BREAKS = {
    "changed": marked("Indholdet er ændret"),
    "missing_before": marked("Der mangler noget før denne"),
    "wrong_previous": marked("Den hører ikke til her"),
    "gone": marked("Det hele er fjernet"),
    "fewer": marked("Der er færre forløb, end der var"),
}
"""What can be wrong at a place of the chain (`event_store.Break`), or of histories taken away (`watching.GONE`, `FEWER`)."""
_LATER = timedelta(minutes=5)
"""Registered so much later than it happened is worth saying."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Line):
    """One entry of the history: its line, when it happened, and whose doing it was."""

    version: int
    at: datetime
    who: str
    role: str


def sealed_in(events: Iterable[Event]) -> list[Sealed]:
    """Every sealed value of a history, so that their keys can be fetched at once."""
    return [value for event in events for value in vars(event).values() if isinstance(value, Sealed)]


def told(events: Sequence[Event], to: Voice) -> list[Entry]:
    """The history, newest first."""
    sent = [event for event in events if isinstance(event, Case.ReferralSent)]
    recipients = {event.referral_id: event.target for event in sent}
    to = replace(to, recipients=recipients, sent_under={event.referral_id: event.provenance.procedure_version for event in sent})
    return [_entry(event, to, since=events[0]) for event in reversed(events)]


def _entry(event: Event, to: Voice, *, since: Event) -> Entry:
    line, who = _of_the_erased(event, to) or LINES[type(event)](event, to), event.provenance
    is_ours = who.role == Role.SYSTEM
    return Entry(
        version=event.originator_version,
        at=who.happened_at,
        who="" if is_ours else to.name_of(who.actor),
        role="" if is_ours else to.called(who.role, "roles"),
        title=line.title,
        kind=line.kind,
        details=(*line.details, *_circumstances(event, to), *_doubtful(event, to, since), *_not_as_written(event, to)),
        words=line.words,
        missed=line.missed or event.originator_version in to.broken,
    )


def _of_the_erased(event: Event, to: Voice) -> Line | None:
    """What is said of an answer of somebody who was erased, or of what was noted of them."""
    if tells_of_the_erased(event, to.people.persons):
        return Line(title=to.say(marked("Noget om en person, der er slettet")), kind="course")
    return None


def _doubtful(event: Event, to: Voice, since: Event) -> Pairs:
    """That it cannot have been then: earlier releases took every time that was typed, and history is not rewritten."""
    seen_at = since.observed_at if isinstance(since, Case.ConcernRaised) else since.provenance.happened_at
    if event.provenance.happened_at + CLOCKS_MAY_DIFFER >= seen_at:
        return ()
    return ((to.say(marked("Tidspunktet kan ikke passe")), to.say(marked("Det ligger før det, der blev set."))),)


def _not_as_written(event: Event, to: Voice) -> Pairs:
    """That somebody changed it, or took something away before it, behind the system."""
    what = to.broken.get(event.originator_version)
    return ((to.say(marked("Ændret uden om Brobygger")), to.say(BREAKS[what])),) if what else ()


def _circumstances(event: Event, to: Voice) -> Pairs:
    """For whom somebody stood in; when it was registered, if that was later; and, for those who check, why and under what."""
    who = event.provenance
    stood_in = who.on_behalf_of and who.role != Role.SYSTEM
    behalf: Pairs = ((to.say(marked("På vegne af")), to.name_of(who.on_behalf_of)),) if stood_in else ()
    if not to.in_full and who.recorded_at - who.happened_at <= _LATER:
        return behalf  # most of them; dates in words are the dearest part of a long page
    recorded = to.moment(who.recorded_at)
    if not to.in_full:
        return (*behalf, (to.say(marked("Registreret")), recorded))
    trail = [
        to.say(marked("nr. %(version)s"), version=event.originator_version),
        to.say(marked("registreret %(moment)s"), moment=recorded),
        to.say(marked("formål %(purpose)s"), purpose=to.called(who.purpose, "purposes").lower()),
    ]
    if who.basis:
        trail.append(to.say(marked("grundlag %(basis)s"), basis=to.called(who.basis, "bases").lower()))
    if who.procedure_version:
        trail.append(to.say(marked("procedure %(version)s"), version=who.procedure_version))
    return (*behalf, (to.say(marked("Sporing")), " · ".join(trail)))

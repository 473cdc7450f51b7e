"""What each event of a case is called in its history: a line for every kind, by the part of the case it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.cases.case.pages.line import Line, by_which_channel, late
from services.cases.case.pages.lines_beside import LINES_BESIDE
from services.cases.case.pages.lines_of_life import LINES_OF_LIFE
from services.cases.case.pages.voice import Pairs, Voice
from services.cases.case.rules import (
    accompaniment,
    concern,
    consents,
    damage_service,
    deadlines,
    ending,
    erased,
    facts,
    follow_ups,
    handling,
    persons,
    pinned,
    place,
    referrals,
)
from services.cases.case.rules.people import Details
from shared.history.aggregate import Event
from shared.words.language import language_name, marked
from shared.words.vocabulary.beginning import SEEN_BY_STAFF, PlaceKind, Source, begins_as
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.persons import EVERYTHING, ConsentPurpose
from shared.words.vocabulary.referral import OFFICE, OTHERS

# From concern to case


def _raised(event: concern.ConcernRaised, to: Voice) -> Line:
    was_seen, said = event.source in SEEN_BY_STAFF, begins_as(event.source, event.how) is None
    seen = (
        ((to.say(marked("Tegn") if was_seen else marked("Fortalt")), ", ".join(to.called(signal, "signals") for signal in event.signals)),)
        if event.signals
        else ()
    )
    where = ((to.say(marked("Sted")), to.called(event.area, "areas") if event.area else to.called(event.place, "places")),)
    details = (
        *seen,
        *(((to.say(marked("Meldt som")), to.called(event.severity, "severities")),) if said else ()),
        *(() if event.place == PlaceKind.HOME else where),
        *_answered_at_first(event, to),
        (to.say(marked("Kommer fra")), f"{to.called(event.source, 'sources')}, {to.called(event.how, 'ways').lower()}")
        if event.source != Source.OBSERVATION
        else (to.say(marked("Set af")), f"{to.name_of(event.observer)}, {to.moment(event.observed_at)}"),
    )
    return Line(title=to.say(marked("Bekymring modtaget")), kind="concern", details=details, words=to.open(event.words))


def _answered_at_first(event: concern.ConcernRaised, to: Voice) -> Pairs:
    """What the resident answered, unless nobody asked, or they were erased; before decision 0048 a yes to the office stands only here."""
    if event.consent_answer == Answer.NOT_ASKED or to.people.persons.tells_of_the_erased(None, version=event.originator_version):
        return ()
    return ((to.say(marked("Spurgt om lov")), to.called(event.consent_answer, "consents")),)


def _place_linked(event: place.PlaceLinked, to: Voice) -> Line:
    return Line(title=to.say(marked("Boligen er kendt")), kind="concern", words=to.where(event.address))


def _seen(event: concern.Seen, to: Voice) -> Line:
    return Line(title=to.say(marked("Set og læst")), kind="course")


def _triaged(event: concern.Triaged, to: Voice) -> Line:
    title = to.say(marked("Vurderet: %(severity)s"), severity=to.called(event.severity, "severities"))
    details = ((to.say(marked("Handler om")), to.called(event.category, "categories")),)
    return Line(title=title, kind="concern", details=details, words=to.open(event.reason))


def _dismissed(event: concern.Dismissed, to: Voice) -> Line:
    title = to.say(marked("Ingen sag: %(reason)s"), reason=to.called(event.reason, "dismissals"))
    return Line(title=title, kind="course", words=to.open(event.remark))


# Handling it


def _opened(event: handling.Opened, to: Voice) -> Line:
    title = to.say(marked("Sag oprettet hos %(handler)s"), handler=to.name_of(event.handler))
    return Line(title=title, kind="course", details=((to.say(marked("Første kontakt senest")), to.by(event.contact_due)),))


def _assigned(event: handling.Assigned, to: Voice) -> Line:
    return Line(title=to.say(marked("Sagen er givet til %(handler)s"), handler=to.name_of(event.handler)), kind="course")


def _severity_changed(event: handling.SeverityChanged, to: Voice) -> Line:
    title = to.say(marked("Alvor ændret til %(severity)s"), severity=to.called(event.severity, "severities"))
    return Line(title=title, kind="concern", words=to.open(event.reason))


def _contact_attempted(event: handling.ContactAttempted, to: Voice) -> Line:
    details = by_which_channel(event.channel, to)
    return Line(title=to.say(marked("Forsøgte at få kontakt")), kind="contact", details=details, words=to.open(event.note))


def _contact_reached(event: handling.ContactReached, to: Voice) -> Line:
    details = (*by_which_channel(event.channel, to), *late(event.on_time, to))
    return Line(title=to.say(marked("Kontakt med beboeren")), kind="contact", details=details, words=to.open(event.note))


def _note_added(event: handling.NoteAdded, to: Voice) -> Line:
    title = to.say(marked("Holdt øje")) if event.kind == Step.KEEP_AN_EYE else to.say(marked("Notat"))
    return Line(title=title, kind="contact", words=to.open(event.text))


def _resident_details_noted(event: handling.ResidentDetailsNoted, to: Voice) -> Line:
    return Line(title=to.say(marked("Beboerens navn eller telefon noteret")), kind="course")


def _person_noted(event: persons.PersonNoted, to: Voice) -> Line:
    noted = Details.within(event.details, to.opened)
    if noted is None:
        return Line(title=to.say(marked("Med i sagen: %(role)s"), role=to.person(event.person)), kind="course")
    role = to.called(noted.role, "person_roles")
    language = ((to.say(marked("Sprog")), language_name(noted.language, to.words.language)),) if noted.language else ()
    interpreter = ((to.say(marked("Tolk")), to.say(marked("Nødvendig"))),) if noted.needs_interpreter else ()
    name = ((to.say(marked("Navn")), to.open(event.name)),) if event.name is not None else ()
    phone = ((to.say(marked("Telefon")), to.open(event.phone)),) if event.phone is not None else ()
    way = ((to.say(marked("Nås bedst")), to.called(noted.way_to_reach, "ways_to_reach")),) if noted.way_to_reach else ()
    title = to.say(marked("Med i sagen: %(role)s"), role=role)
    return Line(title=title, kind="course", details=(*name, *phone, *way, *language, *interpreter))


def _person_left(event: persons.PersonLeft, to: Voice) -> Line:
    return Line(title=to.say(marked("Ikke med i sagen mere: %(who)s"), who=to.person(event.person)), kind="course")


def _resident_named(event: persons.ResidentNamed, to: Voice) -> Line:
    return Line(title=to.say(marked("De svar, der ikke havde et navn, er fra: %(who)s"), who=to.person(event.person)), kind="consent")


def _person_erased(event: erased.PersonErased, to: Voice) -> Line:
    return Line(title=to.say(marked("En person på sagen er slettet")), kind="course")


def _notice_failed(event: handling.NoticeFailed, to: Voice) -> Line:
    title = to.say(marked("En besked til %(who)s kom ikke frem. Ring i stedet."), who=to.name_of(event.recipient))
    return Line(title=title, kind="clock", missed=True)


def _procedure_changed(event: pinned.ProcedureChanged, to: Voice) -> Line:
    title = to.say(marked("Sagen følger nu proceduren %(version)s"), version=event.procedure_version)
    before = ((to.say(marked("Før")), event.provenance.procedure_version),)
    return Line(title=title, kind="course", details=before, words=to.open(event.reason))


def _fact_noted(event: facts.FactNoted, to: Voice) -> Line:
    details = (
        (to.say(marked("Dag")), to.day(event.day)),
        (to.say(marked("Det siger")), to.called(event.source, "fact_sources")),
    )
    return Line(title=to.called(event.kind, "facts"), kind="course", details=details)


def _fact_taken_back(event: facts.FactTakenBack, to: Voice) -> Line:
    title = to.say(marked("Taget tilbage: %(fact)s"), fact=to.called(event.kind, "facts"))
    return Line(title=title, kind="course", words=to.open(event.reason))


def _closed(event: ending.Closed, to: Voice) -> Line:
    title = to.say(marked("Sagen er lukket: %(outcome)s"), outcome=to.called(event.outcome, "outcomes"))
    return Line(title=title, kind="course", words=to.open(event.remark))


def _reopened(event: ending.Reopened, to: Voice) -> Line:
    return Line(title=to.say(marked("Sagen er genåbnet")), kind="course", words=to.open(event.reason))


# Consents


def _granted(event: consents.ConsentGranted, to: Voice) -> Line:
    if event.recipient == OFFICE:
        title = to.say(marked("Ja til, at kontoret ved det og går videre"))
        return Line(title=title, kind="consent", details=(*_whose(event, to), *_how_it_was_asked(event, to)))
    title = to.say(marked("Ja til at fortælle det til: %(recipient)s"), recipient=to.called(event.recipient, "targets"))
    until = ((to.say(marked("Gælder til")), to.by(event.valid_until)),) if event.valid_until is not None else ()
    return Line(title=title, kind="consent", details=(*_whose(event, to), *_how_it_was_asked(event, to), *_about_what(event, to), *until))


def _declined(event: consents.ConsentDeclined, to: Voice) -> Line:
    if event.recipient == OTHERS:
        title = to.say(marked("Nej til, at andre uden for kontoret får det at vide"))
    elif event.purpose != ConsentPurpose.HELP:
        recipient, purpose = to.called(event.recipient, "targets"), to.called(event.purpose, "consent_purposes").lower()
        title = to.say(
            marked("Nej til at fortælle det til %(recipient)s, hvis det er for %(purpose)s"), recipient=recipient, purpose=purpose
        )
    else:
        title = to.say(marked("Nej til at fortælle det til: %(recipient)s"), recipient=to.called(event.recipient, "targets"))
    return Line(title=title, kind="consent", details=(*_whose(event, to), *_how_it_was_asked(event, to)))


def _not_obtainable(event: consents.ConsentNotObtainable, to: Voice) -> Line:
    if event.recipient == OFFICE:  # of an observation of before decision 0048, whatever its words had asked
        title = to.say(marked("Beboeren kunne ikke svare på spørgsmålet om lov"))
    elif event.recipient == OTHERS:
        title = to.say(marked("Beboeren kunne ikke svare på, om andre uden for kontoret må få det at vide"))
    else:
        recipient = to.called(event.recipient, "targets")
        title = to.say(marked("Beboeren kunne ikke svare på, om det må fortælles til: %(recipient)s"), recipient=recipient)
    return Line(title=title, kind="consent", details=(*_whose(event, to), *_what_for(event, to)))


def _withdrawn(event: consents.ConsentWithdrawn, to: Voice) -> Line:
    title = to.say(marked("Samtykket er trukket tilbage: %(recipient)s"), recipient=to.called(event.recipient, "targets"))
    tell_them = (to.say(marked("Husk")), to.say(marked("Modtageren har fået noget at vide og skal have besked om det")))
    details = (*_whose(event, to), *((tell_them,) if event.already_shared else ()))
    return Line(title=title, kind="consent", details=details, missed=event.already_shared)


# Referrals


def _sent(event: referrals.ReferralSent, to: Voice) -> Line:
    title = to.say(marked("Givet videre til: %(target)s"), target=to.called(event.target, "targets"))
    details = (
        (to.say(marked("Sendt med")), to.called(event.channel, "channels")),
        (to.say(marked("Grundlag")), to.called(event.basis, "bases")),
        (to.say(marked("Svar senest")), to.by(event.answer_due)),
        (to.say(marked("Hvis oplysninger")), to.person(event.person)),
        (to.say(marked("Om")), "; ".join(to.called(kind, "information") for kind in event.information)),
    )
    return Line(title=title, kind="referral", details=(*details, *_reason(event, to)), words=to.open(event.content))


def _delivered(event: referrals.ReferralDelivered, to: Voice) -> Line:
    return Line(title=to.say(marked("%(recipient)s: nået frem"), recipient=_recipient(event.referral_id, to)), kind="referral")


def _acknowledged(event: referrals.ReferralAcknowledged, to: Voice) -> Line:
    title = to.say(marked("%(recipient)s har kvitteret"), recipient=_recipient(event.referral_id, to))
    return Line(title=title, kind="referral", details=late(event.on_time, to))


def _accepted(event: referrals.ReferralAccepted, to: Voice) -> Line:
    return Line(title=to.say(marked("%(recipient)s tager imod"), recipient=_recipient(event.referral_id, to)), kind="referral")


def _rejected(event: referrals.ReferralRejected, to: Voice) -> Line:
    title = to.say(marked("%(recipient)s afviser"), recipient=_recipient(event.referral_id, to))
    return Line(title=title, kind="referral", words=to.open(event.reason))


def _answered(event: referrals.ReferralAnswered, to: Voice) -> Line:
    answer = to.called(event.outcome, "answers")
    title = to.say(marked("%(recipient)s har svaret: %(answer)s"), recipient=_recipient(event.referral_id, to), answer=answer)
    return Line(title=title, kind="referral")


def _silent(event: referrals.ReferralSilent, to: Voice) -> Line:
    title = to.say(marked("%(target)s svarer ikke (trin %(step)s)"), target=to.called(event.target, "targets"), step=event.step)
    do = to.ladder(to.sent_under.get(event.referral_id, event.provenance.procedure_version), event.step)
    return Line(title=title, kind="clock", details=((to.say(marked("Proceduren siger")), do),) if do else (), missed=True)


# Practical help


def _damage_service_ordered(event: damage_service.DamageServiceOrdered, to: Voice) -> Line:
    basis = ((to.say(marked("Grundlag")), to.called(event.basis, "bases")),)
    return Line(title=to.say(marked("Skadesservice bestilt")), kind="help", details=(*basis, *_reason(event, to)))


def _damage_service_let_in(event: damage_service.DamageServiceLetIn, to: Voice) -> Line:
    return Line(title=to.say(marked("Skadesservice er lukket ind")), kind="help")


def _damage_service_completed(event: damage_service.DamageServiceCompleted, to: Voice) -> Line:
    return Line(title=to.say(marked("Skadesservice er færdig")), kind="help")


def _accompaniment_planned(event: accompaniment.AccompanimentPlanned, to: Voice) -> Line:
    title = to.say(marked("%(companion)s er spurgt om at tage med til møde"), companion=to.name_of(event.companion))
    return Line(title=title, kind="help", details=((to.say(marked("Hvornår")), to.by(event.meeting_at)),))


def _companion_released(event: accompaniment.CompanionReleased, to: Voice) -> Line:
    return Line(title=to.say(marked("%(companion)s skal ikke med til mødet alligevel"), companion=to.name_of(event.companion)), kind="help")


def _accompaniment_agreed(event: accompaniment.AccompanimentAgreed, to: Voice) -> Line:
    return Line(title=to.say(marked("%(companion)s vil gerne med til mødet"), companion=to.name_of(event.companion)), kind="help")


def _accompaniment_declined(event: accompaniment.AccompanimentDeclined, to: Voice) -> Line:
    return Line(title=to.say(marked("%(companion)s kan ikke tage med til mødet"), companion=to.name_of(event.companion)), kind="help")


def _accompaniment_done(event: accompaniment.AccompanimentDone, to: Voice) -> Line:
    return Line(title=to.say(marked("%(companion)s var med til mødet"), companion=to.name_of(event.companion)), kind="help")


# Follow-ups and deadlines


def _follow_up_planned(event: follow_ups.FollowUpPlanned, to: Voice) -> Line:
    return Line(title=to.say(marked("Opfølgning planlagt senest %(due)s"), due=to.by(event.due)), kind="course")


def _follow_up_done(event: follow_ups.FollowUpDone, to: Voice) -> Line:
    return Line(title=to.say(marked("Fulgt op")), kind="contact", details=late(event.on_time, to), words=to.open(event.note))


def _follow_up_missed(event: follow_ups.FollowUpMissed, to: Voice) -> Line:
    details = ((to.say(marked("Skulle være sket senest")), to.by(event.due)),)
    return Line(title=to.say(marked("Ingen fulgte op i tide")), kind="clock", details=details, missed=True)


def _follow_up_cancelled(event: follow_ups.FollowUpCancelled, to: Voice) -> Line:
    return Line(title=to.say(marked("En planlagt opfølgning er aflyst")), kind="course")


def _deadline_missed(event: deadlines.DeadlineMissed, to: Voice) -> Line:
    title = to.say(marked("Fristen blev overskredet: %(kind)s"), kind=to.called(event.kind, "clocks"))
    details = ((to.say(marked("Skulle være sket senest")), to.by(event.due)),)
    about = ((to.say(marked("Om")), to.called(event.milestone, "milestones")),) if event.milestone else ()
    return Line(title=title, kind="clock", details=(*details, *about), missed=True)


def _caretaker_informed(event: deadlines.CaretakerInformed, to: Voice) -> Line:
    told = to.called(event.milestone, "milestones")
    title = to.say(marked("%(caretaker)s har fået besked: %(told)s"), caretaker=to.name_of(event.caretaker), told=told)
    return Line(title=title, kind="telling", details=(*by_which_channel(event.channel, to), *late(event.on_time, to)))


# What several of them say


def _recipient(referral_id: UUID, to: Voice) -> str:
    """Who was asked by a referral."""
    return to.called(to.recipients.get(referral_id, ""), "targets")


Answered = consents.ConsentGranted | consents.ConsentDeclined | consents.ConsentNotObtainable | consents.ConsentWithdrawn


def _whose(event: Answered, to: Voice) -> Pairs:
    """Whose answer it is, when it is not the resident's; and who gave it, when it was not themselves."""
    theirs = ((to.say(marked("Hvem")), to.person(event.person)),) if to.people.persons.people else ()
    given_by = event.given_by if isinstance(event, consents.ConsentGranted | consents.ConsentDeclined) else event.person
    return (*theirs, (to.say(marked("Svarede")), to.person(given_by))) if given_by != event.person else theirs


def _about_what(event: consents.ConsentGranted, to: Voice) -> Pairs:
    """What for, and what of it, where it is less than everything."""
    purpose = _what_for(event, to)
    if set(event.information) >= set(EVERYTHING):
        return purpose
    kinds = "; ".join(to.called(kind, "information") for kind in event.information)
    return (*purpose, (to.say(marked("Kun")), kinds))


def _what_for(event: consents.ConsentGranted | consents.ConsentNotObtainable, to: Voice) -> Pairs:
    """What it would be told for, where it is not help."""
    return () if event.purpose == ConsentPurpose.HELP else ((to.say(marked("Formål")), to.called(event.purpose, "consent_purposes")),)


def _how_it_was_asked(event: consents.ConsentGranted | consents.ConsentDeclined, to: Voice) -> Pairs:
    pairs = (
        (to.say(marked("Spurgt af")), f"{to.name_of(event.asked_by)}, {to.moment(event.asked_at)}"),
        (to.say(marked("Hvordan")), to.called(event.how, "consent_manners")),
    )
    return (*pairs, (to.say(marked("Ordlyd")), to.wording(event.wording))) if event.wording else pairs


def _reason(event: referrals.ReferralSent | damage_service.DamageServiceOrdered, to: Voice) -> Pairs:
    """Why it was told without leave."""
    return ((to.say(marked("Begrundelse")), to.open(event.basis_reason)),) if event.basis_reason is not None else ()


LINES: Mapping[type[Event], Callable[[Any, Voice], Line]] = {
    **LINES_OF_LIFE,
    concern.ConcernRaised: _raised,
    place.PlaceLinked: _place_linked,
    concern.Seen: _seen,
    concern.Triaged: _triaged,
    concern.Dismissed: _dismissed,
    handling.Opened: _opened,
    handling.Assigned: _assigned,
    handling.SeverityChanged: _severity_changed,
    handling.ContactAttempted: _contact_attempted,
    handling.ContactReached: _contact_reached,
    handling.NoteAdded: _note_added,
    handling.ResidentDetailsNoted: _resident_details_noted,
    persons.PersonNoted: _person_noted,
    persons.PersonLeft: _person_left,
    persons.ResidentNamed: _resident_named,
    erased.PersonErased: _person_erased,
    handling.NoticeFailed: _notice_failed,
    pinned.ProcedureChanged: _procedure_changed,
    facts.FactNoted: _fact_noted,
    facts.FactTakenBack: _fact_taken_back,
    ending.Closed: _closed,
    ending.Reopened: _reopened,
    consents.ConsentGranted: _granted,
    consents.ConsentDeclined: _declined,
    consents.ConsentNotObtainable: _not_obtainable,
    consents.ConsentWithdrawn: _withdrawn,
    referrals.ReferralSent: _sent,
    referrals.ReferralDelivered: _delivered,
    referrals.ReferralAcknowledged: _acknowledged,
    referrals.ReferralAccepted: _accepted,
    referrals.ReferralRejected: _rejected,
    referrals.ReferralAnswered: _answered,
    referrals.ReferralSilent: _silent,
    damage_service.DamageServiceOrdered: _damage_service_ordered,
    damage_service.DamageServiceLetIn: _damage_service_let_in,
    damage_service.DamageServiceCompleted: _damage_service_completed,
    accompaniment.AccompanimentPlanned: _accompaniment_planned,
    accompaniment.CompanionReleased: _companion_released,
    accompaniment.AccompanimentAgreed: _accompaniment_agreed,
    accompaniment.AccompanimentDeclined: _accompaniment_declined,
    accompaniment.AccompanimentDone: _accompaniment_done,
    follow_ups.FollowUpPlanned: _follow_up_planned,
    follow_ups.FollowUpDone: _follow_up_done,
    follow_ups.FollowUpMissed: _follow_up_missed,
    follow_ups.FollowUpCancelled: _follow_up_cancelled,
    deadlines.DeadlineMissed: _deadline_missed,
    deadlines.CaretakerInformed: _caretaker_informed,
    **LINES_BESIDE,
}
"""The line of each kind of event; a test sees to it that none is missing."""

"""What happened in intake → what the others are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from services.intake.erasure.rules.erasure import Erasure
from services.intake.home.rules.estate import Estate
from services.intake.home.rules.tenancy import Tenancy
from services.intake.observation.rules import linking
from services.intake.observation.rules.observation import Observation
from services.intake.reporter.rules.reporter import Reporter
from services.intake.staff.projections import facts_of
from services.intake.staff.rules.colleague import Colleague
from shared.history.aggregate import Aggregate, Event
from shared.history.unit_of_work import Opened
from shared.messaging.message import Message
from shared.messaging.messages.erasure import PersonErased
from shared.messaging.messages.intake import (
    AddressProtectionChanged,
    EstateRegistered,
    GuardianAppointed,
    ObservationRegistered,
    PlaceLinked,
    ResidentDeathTakenBack,
    ResidentDied,
    TenancyEnded,
    TenancyEndTakenBack,
    TenancyStarted,
)
from shared.messaging.messages.reporters import ReporterThanked, ThanksMissed
from shared.messaging.messages.staff import ColleagueChanged
from shared.privacy.personal import Personal, Sealed, as_sealed
from shared.privacy.small_estate import also_told


def announce(happened: Event, _: Opened) -> Iterable[Message]:
    """Codes, ids, times, and what is personal only as it is stored: sealed."""
    match happened:
        case Observation.Registered():
            yield _registered(happened)
        case Observation.PlaceLinked():
            yield PlaceLinked(
                observation_id=happened.originator_id,
                estate_id=happened.estate_id,
                municipality=happened.municipality,
                estate_name=happened.estate_name,
                home=as_sealed(happened.home),
                tenancy=as_sealed(happened.tenancy),
                address=as_sealed(happened.address),
                **also_told(happened),
                **_told_before(happened),
            )
        case Estate.Registered() | Estate.Described():
            yield EstateRegistered(estate_id=happened.estate_id, municipality=happened.municipality, estate_name=happened.name)
        case Tenancy.Started() | Tenancy.StartHeardLater() | Tenancy.StartMoved():
            yield TenancyStarted(
                matter_id=happened.originator_id,
                tenancy=as_sealed(happened.tenancy),
                home=as_sealed(happened.home),
                started_on=_day(happened.started_on),
            )
        case Erasure.KeysDestroyed():
            yield PersonErased(erasure_id=happened.originator_id, matters=as_sealed(happened.listed))
        case Tenancy.Ended():
            yield TenancyEnded(
                matter_id=happened.originator_id,
                tenancy=as_sealed(happened.tenancy),
                ended_on=_day(happened.ended_on),
            )
        case Tenancy.EndTakenBack():
            yield TenancyEndTakenBack(matter_id=happened.originator_id, tenancy=as_sealed(happened.tenancy))
        case Reporter.ThanksMissed():
            yield ThanksMissed(reporter_id=happened.originator_id, taken_by=happened.taken_by, due=happened.due)
        case Reporter.ReporterThanked():
            yield ReporterThanked(reporter_id=happened.originator_id)
        case Tenancy.PersonDied():
            yield ResidentDied(**_of_person(happened), died_on=_day(happened.died_on), lives_alone=happened.lived_alone)
        case Tenancy.DeathTakenBack():
            yield ResidentDeathTakenBack(**_of_person(happened), lives_alone=happened.lives_alone)
        case Tenancy.GuardianAppointed():
            yield GuardianAppointed(**_of_person(happened), may_decide=tuple(happened.may_decide), lives_alone=happened.lives_alone)
        case Tenancy.HouseholdDescribed(protection_is_news=True):
            yield AddressProtectionChanged(
                matter_id=happened.originator_id, tenancy=as_sealed(happened.tenancy), is_protected=happened.is_protected
            )


def _day(told: Personal | Sealed | date) -> Sealed | date:
    """As it is stored: sealed."""
    return told if isinstance(told, date) else as_sealed(told)


def _of_person(happened: Tenancy.PersonDied | Tenancy.DeathTakenBack | Tenancy.GuardianAppointed) -> dict[str, Any]:
    """Whom it is about, sealed."""
    return {"matter_id": happened.originator_id, "tenancy": as_sealed(happened.tenancy), "person": as_sealed(happened.person)}


def tell(aggregate: Aggregate, happened: Sequence[Event]) -> Iterable[Message]:
    """A colleague is told whole each time, so that whoever hears only the last of it knows everything."""
    if isinstance(aggregate, Colleague):
        yield ColleagueChanged(**facts_of(aggregate, happened))


def _registered(happened: Observation.Registered) -> ObservationRegistered:
    return ObservationRegistered(
        observation_id=happened.originator_id,
        observer=happened.observer,
        observed_at=happened.observed_at,
        estate_id=happened.estate_id,
        municipality=happened.municipality,
        estate_name=happened.estate_name,
        home=as_sealed(happened.home),
        tenancy=as_sealed(happened.tenancy),
        signals=tuple(happened.signals),
        severity=happened.severity,
        consent_answer=happened.consent_answer,
        consent_wording=happened.consent_wording,
        consent_scope=tuple(happened.consent_scope),
        address=as_sealed(happened.address),
        words=as_sealed(happened.words),
        source=happened.source,
        how=happened.how,
        place=happened.place,
        area=happened.area,
        earlier_case=as_sealed(happened.earlier_case),
        **also_told(happened),
        **_told_before(happened),
    )


def _told_before(happened: Observation.Registered | linking.PlaceLinked) -> dict[str, Any]:
    """What the ERP had told of the tenancy by then."""
    decides = happened.guardian_decides
    return {
        "is_protected": happened.is_protected,
        "died_on": as_sealed(happened.died_on),
        "moves_on": as_sealed(happened.moves_on),
        "guardian_decides": None if decides is None else tuple(decides),
    }

"""What intake tells the others."""

from __future__ import annotations

from typing import ClassVar

from shared.messaging.message import Message
from shared.messaging.messages.fields import (
    Address,
    CaseId,
    CommonArea,
    ConsentAnswer,
    DiedBefore,
    EarlierCase,
    EstateId,
    EstateInTheClear,
    GuardianDecides,
    Home,
    HomeIfKnown,
    LivesAlone,
    MatterId,
    MayDecide,
    MovesOn,
    Municipality,
    MunicipalityInTheClear,
    NamedInAYes,
    ObservationId,
    ObservedAt,
    Observer,
    Person,
    PlaceKind,
    ProtectedMunicipality,
    SealedDay,
    Severity,
    Signals,
    SmallEstate,
    SmallEstateName,
    Source,
    Tenancy,
    TenancyIfKnown,
    WasProtected,
    Way,
    Words,
)


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.intake"


class ObservationRegistered(_Said):
    """Signs that somebody may not be thriving: seen by a caretaker, or told by somebody else, as `source` says."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.observation_registered.v2"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "observation_id"

    observation_id: ObservationId
    observer: Observer
    observed_at: ObservedAt
    estate_id: EstateInTheClear
    municipality: MunicipalityInTheClear
    home: HomeIfKnown = None
    tenancy: TenancyIfKnown = None
    signals: Signals
    severity: Severity
    consent_answer: ConsentAnswer
    consent_wording: str
    """The version of the wording that was used; empty when nobody asked."""
    consent_scope: NamedInAYes
    address: Address
    words: Words = None
    estate_name: str = ""
    """What people call the estate; empty where its code is."""
    source: Source = "observation"
    how: Way = "seen"
    place: PlaceKind = "home"
    area: CommonArea = ""
    is_protected: WasProtected = False
    died_on: DiedBefore = None
    moves_on: MovesOn = None
    guardian_decides: GuardianDecides = None
    small_estate: SmallEstate = None
    small_estate_name: SmallEstateName = None
    protected_municipality: ProtectedMunicipality = None
    earlier_case: EarlierCase = None


class PlaceLinked(_Said):
    """It is known now which home an observation is about, that was told of without one."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.place_linked.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "observation_id"

    observation_id: ObservationId
    estate_id: EstateInTheClear
    municipality: MunicipalityInTheClear
    estate_name: str = ""
    """What people call the estate; empty where its code is."""
    home: Home
    tenancy: TenancyIfKnown = None
    address: Address
    is_protected: WasProtected = False
    died_on: DiedBefore = None
    moves_on: MovesOn = None
    guardian_decides: GuardianDecides = None
    small_estate: SmallEstate = None
    small_estate_name: SmallEstateName = None
    protected_municipality: ProtectedMunicipality = None


class PlaceCorrected(_Said):
    """An observation stands where it belongs, after it stood on the wrong person or home: what the ERP had told of whom it is about holds
    for the case it led to.
    """

    TYPE: ClassVar[str] = "dk.brobygger.intake.place_corrected.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "observation_id"

    observation_id: ObservationId
    case_id: CaseId
    is_protected: WasProtected = False
    died_on: DiedBefore = None
    moves_on: MovesOn = None
    guardian_decides: GuardianDecides = None


class EstateRegistered(_Said):
    """The register has an estate in a municipality; said again when it lies elsewhere or is called otherwise."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.estate_registered.v1"

    estate_id: EstateId
    municipality: Municipality
    estate_name: str
    """What people call the estate."""


class TenancyStarted(_Said):
    """Somebody lets a home from a date."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.tenancy_started.v2"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    home: Home
    estate_id: EstateId = ""
    municipality: Municipality = ""
    started_on: SealedDay
    """The first day; in the clear, with the estate, only in what was said before they were sealed."""


class TenancyEnded(_Said):
    """A tenancy ended; the day given is its last."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.tenancy_ended.v2"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    estate_id: EstateId = ""
    ended_on: SealedDay
    """The last day; likewise."""


class TenancyEndTakenBack(_Said):
    """A tenancy does not end after all."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.tenancy_end_taken_back.v1"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy


class ResidentDied(_Said):
    """The ERP tells that somebody in a tenancy died: everything outbound to them stops."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.resident_died.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    person: Person
    died_on: SealedDay
    """The day they died, as far as it is known; likewise, with the key of their part."""
    lives_alone: LivesAlone


class ResidentDeathTakenBack(_Said):
    """It was not true that somebody in a tenancy died."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.resident_death_taken_back.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    person: Person
    lives_alone: LivesAlone


class GuardianAppointed(_Said):
    """The ERP tells that somebody else decides for somebody in a tenancy."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.guardian_appointed.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    person: Person
    may_decide: MayDecide
    lives_alone: LivesAlone


class AddressProtectionChanged(_Said):
    """Somebody in a tenancy has a protected address now, or has not any more."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.address_protection_changed.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "matter_id"

    matter_id: MatterId
    tenancy: Tenancy
    is_protected: bool
    """Whether it is protected."""


MESSAGES: tuple[type[Message], ...] = (
    ObservationRegistered,
    PlaceLinked,
    PlaceCorrected,
    EstateRegistered,
    TenancyStarted,
    TenancyEnded,
    TenancyEndTakenBack,
    ResidentDied,
    ResidentDeathTakenBack,
    GuardianAppointed,
    AddressProtectionChanged,
)

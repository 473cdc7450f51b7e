"""What the fields of messages mean, each said once. Values are ids, codes and times; which codes there are stands with the field.

A reader takes every text, also one that no list knows (yet). A list that the law or the domain fixes is told as closed; one that
grows with the work is told by its examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from re import ASCII, compile
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from shared.privacy.personal import Sealed
from shared.words.code import Code, one_of
from shared.words.vocabulary import beginning, case, consent, correction, notice, observation, referral, waiting

_DAY = compile(r"\d{4}-\d{2}-\d{2}", ASCII)
_NUMBER = compile(r"\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*")


def _day(value: Any) -> Any:
    """A number is no day, though it could be read as seconds since 1970; messages are read strictly, so a day is read here."""
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise PydanticKnownError("date_from_datetime_parsing", {"error": "a number is no day"})
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


Day = Annotated[date, BeforeValidator(_day)]
"""A day in Denmark, as `2026-03-03`."""


def _closed(description: str, codes: Iterable[Code]) -> Any:
    """A code of a list to which nothing is added inside `v1`."""
    return Field(description=description, json_schema_extra=one_of(codes))


def _growing(description: str, codes: Iterable[Code]) -> Any:
    """A code of a list to which more may be added."""
    return Field(description=f"{description} More codes may come.", json_schema_extra={"examples": [code.value for code in codes]})


# --- what it is about -------------------------------------------------------------------------------------------------

ObservationId = Annotated[UUID, Field(description="The observation, by the id it got where it was made.")]
CaseId = Annotated[UUID, Field(description="The case, from the concern it begins with to its end.")]
ConcernId = Annotated[UUID, Field(description="The concern it began with, which is a case of its own whenever it stands alone.")]
ReferralId = Annotated[UUID, Field(description="The referral.")]
OrderId = Annotated[UUID, Field(description="The order; the same when it is said again.")]
VisitId = Annotated[UUID, Field(description="The meeting, or the visit; the same when it is moved.")]
BreakId = Annotated[UUID, Field(description="This one time the glass was broken.")]
CheckId = Annotated[UUID, Field(description="The spot check.")]
FollowUpId = Annotated[UUID, Field(description="The follow-up.")]
NoticeId = Annotated[UUID, Field(description="The notice.")]
MatterId = Annotated[UUID, Field(description="The matter: its own id, which leads to nobody.")]
TenancyId = Annotated[UUID, Field(description="The tenancy. It has one id for ever; a new tenant is a new tenancy.")]
PersonId = Annotated[UUID, Field(description="The person, by an id of the ERP's own that is no CPR number and tells nothing.")]
HomeId = Annotated[UUID, Field(description="The home, by the id the register of homes has it under.")]
EstateId = Annotated[str, Field(description="The estate, by the code the register of homes has it under.")]
EstateInTheClear = Annotated[
    str,
    Field(
        description="Likewise; empty where it is not known, has fewer than 20 homes, or the address is protected: then it is sealed, or not"
        " told at all."
    ),
]
Municipality = Annotated[str, Field(description="The municipality, as a code.")]
MunicipalityInTheClear = Annotated[str, Field(description="The municipality, as a code; empty where the address is protected.")]

# --- people who work here: opaque staff ids, never names -----------------------------------------------------------------

Observer = Annotated[str, Field(description="Who saw it: an opaque staff id; empty where nobody who works here did.")]
Handler = Annotated[str, Field(description="Who carries the case: an opaque staff id; empty while nobody does.")]
Companion = Annotated[str, Field(description="Who comes along: an opaque staff id.")]
Visitor = Annotated[str, Field(description="Who goes by: an opaque staff id.")]
WhoBrokeIt = Annotated[str, Field(description="Who broke the glass: an opaque staff id.")]
WhoLooked = Annotated[str, Field(description="Who looked: an opaque staff id.")]
Recipient = Annotated[str, Field(description="Who was to be told: an opaque staff id.")]

# --- times ------------------------------------------------------------------------------------------------------------

ObservedAt = Annotated[AwareDatetime, Field(description="When it was seen, which may be long before it was written down.")]
TriageDue = Annotated[AwareDatetime, Field(description="Until when somebody is to have judged it.")]
ContactDue = Annotated[AwareDatetime, Field(description="Until when the resident is to be reached.")]
OpenUntil = Annotated[AwareDatetime, Field(description="Until when the case can be read through the broken glass, at most.")]
AnswerDue = Annotated[AwareDatetime, Field(description="Until when the recipient is to have answered.")]
StartedOn = Annotated[Day, Field(description="The first day of the tenancy.")]
EndedOn = Annotated[Day, Field(description="The last day of the tenancy.")]
OnTime = Annotated[bool, Field(description="Whether it came before its deadline.")]

# --- codes ------------------------------------------------------------------------------------------------------------

Severity = Annotated[str, _closed("How serious it is, most serious first.", observation.Severity)]
ConsentAnswer = Annotated[str, _closed("What the resident answered when asked whether it may be passed on.", consent.Answer)]
Basis = Annotated[str, _closed("What allows it: a consent that covers it, or a legal basis.", consent.Basis)]
Signals = Annotated[
    tuple[Annotated[str, _growing("A sign.", observation.Signal)], ...],
    Field(description="The signs that were ticked."),
]
Recipients = Annotated[
    tuple[Annotated[str, _growing("A recipient.", referral.RECIPIENTS)], ...],
    Field(description="Whom it may, or may not, be passed on to."),
]
NamedInAYes = Annotated[
    tuple[Annotated[str, _growing("A recipient.", (*referral.Unit, *referral.Target))], ...],
    Field(description="Whom a yes named; one that names nobody is a yes to the office, which may go on, and lets nobody be told."),
]
Target = Annotated[str, _growing("Whom it was passed on to.", referral.Target)]
ReferralOutcome = Annotated[str, _growing("What the recipient told.", (referral.Reply.REJECTED, *referral.ReferralOutcome))]
Source = Annotated[str, _growing("Who, or what, it comes from.", beginning.Source)]
Way = Annotated[str, _growing("How it came.", beginning.Way)]
PlaceKind = Annotated[str, _growing("What kind of place it is about.", beginning.PlaceKind)]
CommonArea = Annotated[str, _growing("Which common area, where it is about one; else empty.", beginning.CommonArea)]
Category = Annotated[str, _growing("What it is about.", case.Category)]
DismissalReason = Annotated[str, _growing("Why no case came of it.", case.DismissalReason)]
Milestone = Annotated[str, _growing("What the one who saw it was told.", case.Milestone)]
CaseOutcome = Annotated[str, _growing("How it ended.", case.Outcome)]
BreachFinding = Annotated[str, _growing("Whether the data protection authority is told of it.", correction.BreachFinding)]
Standstill = Annotated[str, _growing("Why nothing reaches out.", case.Standstill)]
DeadlineKind = Annotated[str, _growing("What did not happen in time.", waiting.DeadlineKind)]
NoticeKind = Annotated[str, _growing("What they were to be told.", notice.NoticeKind)]
Work = Annotated[str, _growing("What is to be done.", (referral.Target.DAMAGE_SERVICE,))]

# --- what the ERP tells of people ----------------------------------------------------------------------------------------

DiedOn = Annotated[Day, Field(description="The day they died, as far as it is known.")]
MayDecide = Annotated[
    tuple[
        Annotated[
            str,
            Field(
                max_length=60,
                description="A matter. More codes may come.",
                json_schema_extra={"examples": [matter.value for matter in case.GuardianMatter]},
            ),
        ],
        ...,
    ],
    Field(max_length=20, description="What they may decide."),
]

# --- what opens only with a key -----------------------------------------------------------------------------------------

Home = Annotated[Sealed, Field(description="The id of the home; opens only with its key.")]
HomeIfKnown = Annotated[Sealed | None, Field(description="The id of the home, as far as it is known; opens only with its key.")]
EarlierCase = Annotated[Sealed | None, Field(description="The case it goes on from; opens only with the key of the observation.")]
SmallEstate = Annotated[
    Sealed | None,
    Field(description="The estate where it has fewer than 20 homes, or the address is protected; opens only with its key."),
]
SmallEstateName = Annotated[Sealed | None, Field(description="What people call it; likewise.")]
ProtectedMunicipality = Annotated[
    Sealed | None, Field(description="The municipality where the address is protected, as a code; opens only with its key.")
]
TenancyIfKnown = Annotated[
    Sealed | None, Field(description="The id of the tenancy in the ERP, as far as it is known; opens only with its key.")
]
SealedDay = Annotated[Sealed | date, Field(description="A day; opens only with the key of the matter.")]
Tenancy = Annotated[Sealed, Field(description="The id of the tenancy in the ERP; opens only with its key.")]
LivesAlone = Annotated[bool, Field(description="Whether nobody else is told to live there.")]
Person = Annotated[Sealed, Field(description="The id of the person in the ERP; opens only with the key of their part.")]
Address = Annotated[Sealed, Field(description="Where it was seen; opens only with the key of the matter.")]
Words = Annotated[
    Sealed | None, Field(description="What the observer wrote; opens only with the key of the matter. Null when there was nothing.")
]

PartOfCase = Annotated[
    UUID | None, Field(description="A person of the case, by the id of their part in it, which leads to nobody; null for the resident.")
]
ConsentPurpose = Annotated[str | None, Field(description="What it may be passed on for, as a code; null where it is about everything.")]
InformationKinds = Annotated[tuple[str, ...], Field(description="What kinds of information a yes is about, as codes.")]

WasProtected = Annotated[bool, Field(description="Whether the address was protected already when it was told.")]
DiedBefore = Annotated[Sealed | None, Field(description="When whoever lives there alone had died, sealed; null where nobody had.")]
MovesOn = Annotated[Sealed | None, Field(description="The last day of the tenancy as far as it was known, sealed; null while it goes on.")]
GuardianDecides = Annotated[
    MayDecide | None, Field(description="What a guardian decides for whoever lives there alone; null where there is none.")
]

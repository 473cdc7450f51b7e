"""What the fields of a step mean, each said once, with the codes that are taken; which they are, the rule checks itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from shared.ground.fields import Code
from shared.words import code
from shared.words.vocabulary import case, consent, correction, observation, persons, referral


def _one_of(codes: Iterable[code.Code], description: str) -> Any:
    return Field(description=description, json_schema_extra=code.one_of(codes))


Severity = Annotated[Code, _one_of(observation.Severity, "How serious it is, most serious first.")]
Category = Annotated[Code, _one_of(case.Category, "What it is about.")]
Dismissal = Annotated[Code, _one_of(case.DismissalReason, "Why no case comes of it.")]
Outcome = Annotated[Code, _one_of(case.Outcome, "How it ends.")]
FactKind = Annotated[Code, _one_of(case.FactKind, "What happened.")]
FactSource = Annotated[Code, _one_of(case.FactSource, "Who says so.")]
Continuing = Annotated[Code, _one_of(case.Continuing, "What the resident who moved answered.")]
GuardianMatters = Annotated[
    list[Annotated[Code, Field(json_schema_extra=code.one_of(case.GuardianMatter))]],
    Field(max_length=20, description="What they may decide.", json_schema_extra={"minItems": 1}),
]
MayDecide = Annotated[
    list[Annotated[Code, Field(json_schema_extra=code.one_of(case.GuardianMatter))]],
    Field(max_length=20, default_factory=list, description="What a guardian may decide; nothing, for everybody else."),
]
PersonRole = Annotated[Code, _one_of(persons.PersonRole, "What they are in the case.")]
WayToReach = Annotated[
    str,
    Field(
        max_length=64,
        description="How they are best reached; empty where it is not known.",
        json_schema_extra=code.one_of(persons.WayToReach),
    ),
]
Person = Annotated[UUID | None, Field(description="A person of the case, by the id of their part; without it, the resident.")]
ConsentPurpose = Annotated[Code, _one_of(persons.ConsentPurpose, "What it is passed on for.")]
Information = Annotated[
    list[Annotated[Code, Field(json_schema_extra=code.one_of(persons.Information))]],
    Field(
        max_length=20,
        default_factory=lambda: list(persons.LEAST),
        description="What kinds of information it is about; where nothing is said, neither money nor health.",
    ),
]
Milestone = Annotated[Code, _one_of(case.Milestone, "What the one who saw it was told.")]
Channel = Annotated[Code, _one_of(referral.Channel, "By which way.")]
Target = Annotated[Code, _one_of(referral.Target, "Whom it is passed on to.")]
ReferralOutcome = Annotated[Code, _one_of(referral.ReferralOutcome, "What the recipient told.")]
Basis = Annotated[Code, _one_of(consent.Basis, "What allows it: a consent that covers it, or a legal basis.")]
How = Annotated[Code, _one_of(consent.HowAsked, "How the resident said so.")]
Recipient = Annotated[Code, _one_of((*referral.Unit, *referral.Target), "Whom it is about.")]
Recipients = Annotated[
    list[Annotated[Code, Field(json_schema_extra=code.one_of(referral.Target))]],
    Field(max_length=20, description="Whom it may, or may not, be passed on to.", json_schema_extra={"minItems": 1}),
]
"""At least one, at most every one there is."""

DeletionReply = Annotated[Code, _one_of(correction.DeletionReply, "What they said.")]
BreachFinding = Annotated[Code, _one_of(correction.BreachFinding, "Whether the data protection authority is told.")]
NotToldBecause = Annotated[Code, _one_of(correction.NotToldBecause, "The provision that allows not to tell.")]

ProcedureVersion = Annotated[Code, Field(description="A version of the procedure, as the association calls it.")]
Handler = Annotated[Code, Field(description="Who carries it from now on: the id of a colleague in the staff file, not a caretaker.")]
Visitor = Annotated[Code, Field(description="Who goes by: the id of a colleague in the staff file.")]
Companion = Annotated[Code, Field(description="Who comes along: the id of a colleague in the staff file.")]

"""The steps somebody may take in a case, as forms: what each is called, and which request its fields make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from services.cases.case.rules import concern, consents, deadlines, follow_ups, handling, practical_help, referrals
from services.cases.case.rules.step import StepRequest
from shared.web.forms import Filled
from shared.words.language import marked
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.referral import Reply


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A field of a form that decides which step is taken."""

    field: str
    steps: Mapping[str, type[StepRequest]]
    otherwise: type[StepRequest] | None = None
    """The step for everything not named here, which knows the field itself; without it, what is not named is refused."""

    def step(self, filled: Filled) -> type[StepRequest]:
        """Raises `FormIsWrong`, naming the field."""
        step = self.steps.get(filled.value(self.field), self.otherwise)
        return step or self.steps[getattr(filled.read(self._named), self.field)]

    @property
    def _named(self) -> type[BaseModel]:
        named: dict[str, Any] = {self.field: (Literal[tuple(map(str, self.steps))], ...)}
        return create_model("Choice", **named)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the step it takes, its title, and what is said when it is done."""

    step: type[StepRequest]
    title: str
    done: str
    choice: Choice | None = None

    def read(self, filled: Filled) -> StepRequest:
        """The filled-in form as the request it makes. Raises `FormIsWrong`, or what a text that may not be kept is refused with."""
        return filled.read(self.choice.step(filled) if self.choice else self.step)


FORMS: dict[str, Form] = {
    "seen": Form(concern.SeeConcern, marked("Jeg har set den"), marked("Viceværten kan nu se, at du har set bekymringen.")),
    "triage": Form(concern.TriageConcern, marked("Vurdér bekymringen"), marked("Vurderingen er gemt.")),
    "opening": Form(handling.OpenCase, marked("Opret sagen"), marked("Sagen er oprettet.")),
    "contact": Form(handling.RecordContact, marked("Kontakt beboeren"), marked("Kontakten er noteret.")),
    "consent": Form(
        consents.GrantConsent,
        marked("Spørg om lov"),
        marked("Svaret er noteret."),
        Choice(
            field="answer",
            steps={
                Answer.GRANTED: consents.GrantConsent,
                Answer.DECLINED: consents.DeclineConsent,
                Answer.NOT_ABLE: consents.RecordConsentNotObtainable,
            },
        ),
    ),
    "referral": Form(referrals.SendReferral, marked("Giv det videre"), marked("Det er givet videre.")),
    "answer": Form(
        referrals.RecordAnswer,
        marked("Notér et svar"),
        marked("Svaret er noteret."),
        Choice(
            field="outcome",
            steps={
                Reply.DELIVERED: referrals.RecordDelivery,
                Reply.RECEIVED: referrals.RecordAcknowledgement,
                Reply.ACCEPTED: referrals.RecordAcceptance,
                Reply.REJECTED: referrals.RecordRejection,
            },
            otherwise=referrals.RecordAnswer,
        ),
    ),
    "damage-service": Form(practical_help.OrderDamageService, marked("Bestil skadesservice"), marked("Skadesservice er bestilt.")),
    "damage-service-done": Form(practical_help.CompleteDamageService, marked("Skadesservice er færdig"), marked("Det er noteret.")),
    "accompaniment": Form(practical_help.PlanAccompaniment, marked("Aftal et møde med et kendt ansigt"), marked("Mødet er aftalt.")),
    "accompanied": Form(practical_help.RecordAccompaniment, marked("Mødet er holdt"), marked("Det er noteret.")),
    "informed": Form(deadlines.InformCaretaker, marked("Giv viceværten besked"), marked("Det er noteret, at viceværten har fået besked.")),
    "followed-up": Form(
        follow_ups.DoFollowUp,
        marked("Følg op"),
        marked("Opfølgningen er noteret."),
        Choice(field="done", steps={"done": follow_ups.DoFollowUp, "cancelled": follow_ups.CancelFollowUp}),
    ),
    "follow-up": Form(follow_ups.PlanFollowUp, marked("Planlæg en opfølgning"), marked("Opfølgningen er planlagt.")),
    "note": Form(handling.AddNote, marked("Skriv et notat"), marked("Notatet er gemt.")),
    "kept-an-eye": Form(handling.KeepAnEye, marked("Holdt øje"), marked("Det er noteret.")),
    "resident": Form(handling.NoteResidentDetails, marked("Beboerens navn og telefon"), marked("Oplysningerne er gemt.")),
    "severity": Form(handling.ChangeSeverity, marked("Ret alvor"), marked("Alvoren er rettet.")),
    "assignment": Form(handling.AssignCase, marked("Giv sagen til en anden"), marked("Sagen er givet videre.")),
    "withdrawal": Form(consents.WithdrawConsent, marked("Samtykke trækkes tilbage"), marked("Det er noteret. Del ikke mere.")),
    "dismissal": Form(concern.DismissConcern, marked("Det er ikke en sag"), marked("Det er noteret.")),
    "closing": Form(handling.CloseCase, marked("Luk sagen"), marked("Sagen er lukket.")),
    "reopening": Form(handling.ReopenCase, marked("Genåbn sagen"), marked("Sagen er genåbnet.")),
}
"""Every form by the last part of its address, in the order in which a case usually goes."""


def form_of(step: type[StepRequest] | None) -> str:
    """The name of the form that takes a step; empty for none."""
    return next((name for name, form in FORMS.items() if form.step is step), "")

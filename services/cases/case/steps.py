"""Every step somebody may take in a case: where it is sent to as JSON, and the form it is filled in on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from services.cases.case.rules import (
    accompaniment,
    aftermath,
    concern,
    consents,
    correcting,
    damage_service,
    deadlines,
    ending,
    facts,
    follow_ups,
    handling,
    life,
    moving_along,
    observations,
    persons,
    pinned,
    protection,
    referrals,
    verifying,
)
from services.cases.case.rules.step import StepRequest
from shared.privacy.access import Action
from shared.web.forms import Filled
from shared.words.language import marked
from shared.words.vocabulary.case import CARETAKER_STEPS
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.referral import Reply


@dataclass(frozen=True, slots=True)
class Form:
    """A step with a form of its own: its address as JSON, the title of its form, and what is said when it is done."""

    address: str
    step: type[StepRequest]
    title: str
    done: str

    @property
    def addresses(self) -> dict[str, type[StepRequest]]:
        """The one step, by its address as JSON."""
        return {self.address: self.step}

    def read(self, filled: Filled) -> StepRequest:
        """The filled-in form as the request it makes. Raises `FormIsWrong`, or what a text that may not be kept is refused with."""
        return filled.read(self.step)


@dataclass(frozen=True, slots=True)
class Choice:
    """A form for several steps: one of its fields decides which is taken."""

    field: str
    steps: Mapping[str, tuple[str, type[StepRequest]]]
    """For each value the address as JSON and the step."""
    title: str
    done: str
    otherwise: tuple[str, type[StepRequest]] | None = None
    """The step for everything not named here, which knows the field itself; without it, what is not named is refused."""

    @property
    def addresses(self) -> dict[str, type[StepRequest]]:
        """All its steps, by their addresses as JSON."""
        return dict([*self.steps.values(), *([self.otherwise] if self.otherwise else [])])

    @property
    def step(self) -> type[StepRequest]:
        """The step it is offered for."""
        _, step = self.otherwise or next(iter(self.steps.values()))
        return step

    def read(self, filled: Filled) -> StepRequest:
        """As for a `Form`; `FormIsWrong` names the field too."""
        _, step = self.steps.get(filled.value(self.field)) or self.otherwise or self.steps[getattr(filled.read(self._named), self.field)]
        return filled.read(step)

    @property
    def _named(self) -> type[BaseModel]:
        named: dict[str, Any] = {self.field: (Literal[tuple(map(str, self.steps))], ...)}
        return create_model("Choice", **named)


FORMS: dict[str, Form | Choice] = {
    "seen": Form("/seen", concern.SeeConcern, marked("Jeg har set den"), marked("Det er noteret, at du har set bekymringen.")),
    "triage": Form("/triage", concern.TriageConcern, marked("Vurdér bekymringen"), marked("Vurderingen er gemt.")),
    "joining": Form(
        "/joining",
        observations.JoinCase,
        marked("Saml med en sag om de samme"),
        marked("Det er samlet. Der arbejdes videre i den anden sag."),
    ),
    "visit": Form("/visits", verifying.PlanVisit, marked("Aftal, hvem der kigger forbi"), marked("Besøget er planlagt.")),
    "visit-off": Form("/visits/called-off", verifying.CallOffVisit, marked("Aflys besøget"), marked("Besøget er aflyst.")),
    "opening": Form("/opening", handling.OpenCase, marked("Opret sagen"), marked("Sagen er oprettet.")),
    "contact": Form("/contacts", handling.RecordContact, marked("Kontakt beboeren"), marked("Kontakten er noteret.")),
    "consent": Choice(
        "answer",
        {
            Answer.GRANTED: ("/consents/granted", consents.GrantConsent),
            Answer.DECLINED: ("/consents/declined", consents.DeclineConsent),
            Answer.NOT_ABLE: ("/consents/not-obtainable", consents.RecordConsentNotObtainable),
        },
        marked("Spørg om lov"),
        marked("Svaret er noteret."),
    ),
    "referral": Form("/referrals", referrals.SendReferral, marked("Giv det videre"), marked("Det er givet videre.")),
    "answer": Choice(
        "outcome",
        {
            Reply.DELIVERED: ("/referrals/{referral_id}/delivery", referrals.RecordDelivery),
            Reply.RECEIVED: ("/referrals/{referral_id}/acknowledgement", referrals.RecordAcknowledgement),
            Reply.ACCEPTED: ("/referrals/{referral_id}/acceptance", referrals.RecordAcceptance),
            Reply.REJECTED: ("/referrals/{referral_id}/rejection", referrals.RecordRejection),
        },
        marked("Notér et svar"),
        marked("Svaret er noteret."),
        otherwise=("/referrals/{referral_id}/answer", referrals.RecordAnswer),
    ),
    "damage-service": Form(
        "/damage-service-orders", damage_service.OrderDamageService, marked("Bestil skadesservice"), marked("Skadesservice er bestilt.")
    ),
    "let-in": Form(
        "/damage-service-orders/{order_id}/let-in",
        damage_service.LetDamageServiceIn,
        marked("Skadesservice er lukket ind"),
        marked("Det er noteret, at de er lukket ind."),
    ),
    "damage-service-done": Form(
        "/damage-service-orders/{order_id}/completion",
        damage_service.CompleteDamageService,
        marked("Skadesservice er færdig"),
        marked("Det er noteret."),
    ),
    "accompaniment": Form(
        "/accompaniments", accompaniment.PlanAccompaniment, marked("Aftal et møde med et kendt ansigt"), marked("Mødet er aftalt.")
    ),
    "accompaniment-answer": Choice(
        "comes",
        {
            "yes": ("/accompaniments/{visit_id}/acceptance", accompaniment.AgreeToAccompany),
            "no": ("/accompaniments/{visit_id}/rejection", accompaniment.DeclineToAccompany),
        },
        marked("Vil ledsageren med?"),
        marked("Svaret er noteret."),
    ),
    "accompanied": Form(
        "/accompaniments/{visit_id}/done", accompaniment.RecordAccompaniment, marked("Mødet er holdt"), marked("Det er noteret.")
    ),
    "informed": Form(
        "/caretaker-informed",
        deadlines.InformCaretaker,
        marked("Giv viceværten besked"),
        marked("Det er noteret, at viceværten har fået besked."),
    ),
    "followed-up": Choice(
        "done",
        {
            "done": ("/follow-ups/{follow_up_id}/done", follow_ups.DoFollowUp),
            "cancelled": ("/follow-ups/{follow_up_id}/cancellation", follow_ups.CancelFollowUp),
        },
        marked("Følg op"),
        marked("Opfølgningen er noteret."),
    ),
    "follow-up": Form("/follow-ups", follow_ups.PlanFollowUp, marked("Planlæg en opfølgning"), marked("Opfølgningen er planlagt.")),
    "note": Form("/notes", handling.AddNote, marked("Skriv et notat"), marked("Notatet er gemt.")),
    "kept-an-eye": Form("/eyes-kept", handling.KeepAnEye, marked("Notér, at du har holdt øje"), marked("Det er noteret.")),
    "person": Form("/persons", persons.NotePerson, marked("Skriv en person på sagen"), marked("Oplysningerne er gemt.")),
    "person-corrected": Form(
        "/persons/{person}/correction", persons.CorrectPerson, marked("Ret en persons oplysninger"), marked("Oplysningerne er rettet.")
    ),
    "person-left": Form("/persons/{person}/left", persons.LetPersonGo, marked("Er ikke med i sagen mere"), marked("Det er noteret.")),
    "severity": Form("/severity", handling.ChangeSeverity, marked("Ret alvor"), marked("Alvoren er rettet.")),
    "assignment": Form("/assignment", handling.AssignCase, marked("Giv sagen til en anden"), marked("Sagen er givet videre.")),
    "withdrawal": Form(
        "/consents/withdrawn",
        consents.WithdrawConsent,
        marked("Registrér, at samtykket er trukket tilbage"),
        marked("Det er noteret. Del ikke mere."),
    ),
    "dismissal": Form("/dismissal", concern.DismissConcern, marked("Afslut uden sag"), marked("Det er noteret.")),
    "fact": Form("/facts", facts.NoteFact, marked("Notér noget, der er sket"), marked("Det er noteret.")),
    "fact-taken-back": Form("/facts/{fact_id}/taken-back", facts.TakeFactBack, marked("Det var en fejl"), marked("Det er taget tilbage.")),
    "death": Form(
        "/deaths",
        life.RecordDeath,
        marked("Beboeren er død"),
        marked("Det er noteret. Alt, hvad der ellers går ud til beboeren, er standset."),
    ),
    "staff-care": Form(
        "/staff-care",
        aftermath.NoteStaffCare,
        marked("Der er talt med dem, der kendte beboeren"),
        marked("Det er noteret. Hvad der blev sagt, bliver mellem jer."),
    ),
    "death-taken-back": Form(
        "/deaths/taken-back",
        life.RetractDeath,
        marked("Beboeren er ikke død"),
        marked("Dødsfaldet er taget tilbage, og alt er, som det var. Nogen skal sige undskyld."),
    ),
    "apology": Form("/apologies", aftermath.Apologise, marked("Der er sagt undskyld"), marked("Det er noteret.")),
    "move": Form(
        "/moves",
        life.RecordMove,
        marked("Beboeren flytter"),
        marked("Flytningen er noteret. Den dag standser alt, til beboeren er spurgt."),
    ),
    "recipient-told": Form(
        "/referrals/{referral_id}/told",
        aftermath.TellRecipient,
        marked("Sig til modtageren, at beboeren er flyttet"),
        marked("Det er noteret, at modtageren har fået besked."),
    ),
    "continuing": Form(
        "/continuing", aftermath.AskToContinue, marked("Spørg, om sagen må fortsætte"), marked("Beboerens svar er noteret.")
    ),
    "moving-along": Form(
        "/moving-along",
        moving_along.MoveAlong,
        marked("Lad sagen følge med til den nye bolig"),
        marked("Sagen er nu i den nye bolig."),
    ),
    "move-taken-back": Form(
        "/moves/taken-back",
        life.RetractMove,
        marked("Beboeren flytter ikke"),
        marked("Flytningen er taget tilbage, og alt er, som det var."),
    ),
    "guardian": Form("/guardians", protection.RecordGuardian, marked("Beboeren har en værge"), marked("Værgen er noteret.")),
    "address-protected": Form(
        "/address-protected",
        protection.RecordProtection,
        marked("Adressen er beskyttet"),
        marked("Adressen vises nu kun for den, der har sagen, og for lederen, når de beder om det."),
    ),
    "address-unprotected": Form(
        "/address-unprotected",
        protection.RecordProtectionEnded,
        marked("Adressen er ikke beskyttet mere"),
        marked("Det er noteret. Adressen vises igen."),
    ),
    "splitting": Form("/splitting", observations.SplitOff, marked("Skil observationer fra"), marked("De står for sig selv igen.")),
    "taking-up": Form(
        "/taking-up", observations.TakeUpAgain, marked("Tag bekymringen op igen"), marked("Den venter på at blive vurderet igen.")
    ),
    "closing": Form("/closing", ending.CloseCase, marked("Luk sagen"), marked("Sagen er lukket.")),
    "procedure": Form(
        "/procedure-change",
        pinned.MoveToProcedure,
        marked("Følg den procedure, der gælder"),
        marked("Sagen følger nu den procedure, der gælder."),
    ),
    "reopening": Form("/reopening", ending.ReopenCase, marked("Genåbn sagen"), marked("Sagen er genåbnet.")),
    "freeze": Form(
        "/freeze", correcting.FreezeCase, marked("Det er en forkert person eller bolig"), marked("Sagen er sat i stå. Intet går ud.")
    ),
    "right-person": Form(
        "/right-person", correcting.MoveToRightPerson, marked("Flyt sagen til den rigtige"), marked("Sagen står nu, hvor den hører hjemme.")
    ),
    "retraction": Form("/retraction", correcting.RetractCase, marked("Tag sagen tilbage"), marked("Sagen er taget tilbage.")),
    "going-on": Form("/going-on", correcting.LetGoOn, marked("Det var den rigtige"), marked("Sagen går videre.")),
    "asked-to-delete": Form(
        "/recipients/{recipient_id}/deletion", correcting.AskToDelete, marked("Modtageren er bedt om at slette"), marked("Det er noteret.")
    ),
    "breach": Form("/breach", correcting.AssessBreach, marked("Vurdér bruddet"), marked("Vurderingen er gemt.")),
    "subject-informed": Form(
        "/subject-informed", correcting.InformSubject, marked("Den, det handlede om, har fået besked"), marked("Det er noteret.")
    ),
    "exception": Form(
        "/exception", correcting.RecordException, marked("Den, det handlede om, får ikke besked"), marked("Det er noteret med hjemmel.")
    ),
}
"""Every form by the last part of its address, in the order in which a case usually goes."""

CORRECTIONS = {name: form for name, form in FORMS.items() if form.step.ACTION is Action.CORRECT_PERSON}
"""The forms with which a case of the wrong person is put right."""

FORMS_OF_A_PART = {name: form for name, form in FORMS.items() if form.step.STEP in CARETAKER_STEPS}
"""The forms of steps that may be somebody's own part of a case (`rules/part.py`)."""

STEPS = {address: step for form in FORMS.values() for address, step in form.addresses.items()}
"""Every step by its address as JSON; what stands in the address is left out of the body."""

STEPS_OF_A_PART = {address: step for address, step in STEPS.items() if step.STEP in CARETAKER_STEPS}


def form_of(step: type[StepRequest] | None) -> str:
    """The name of the form that takes a step; empty for none."""
    return next((name for name, form in FORMS.items() if form.step is step), "")

"""Everything that may be asked about a colleague: where it is sent to as JSON, and the form it is filled in on."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.staff.rules import away, conflicts, working
from services.intake.staff.rules.asking import StaffRequest
from shared.ground.provenance import Context
from shared.privacy.access import Action, Resource, allow, may_ever
from shared.words.language import marked
from shared.words.vocabulary.people import Role


@dataclass(frozen=True, slots=True)
class Form:
    """A request with its address, the title of its form, and what is said when it is done."""

    request: type[StaffRequest]
    title: str
    done: str
    is_grave: bool = False
    """Whether its button warns."""
    action: Action = Action.MANAGE_STAFF
    """What somebody must be allowed who asks it about others."""


FORMS: dict[str, Form] = {
    "details": Form(working.ChangeDetails, marked("Ret navn, mail og telefon"), marked("Oplysningerne er gemt.")),
    "hat": Form(working.GiveHat, marked("Giv en rolle"), marked("Rollen er givet.")),
    "hat-off": Form(working.TakeHatOff, marked("Tag en rolle fra"), marked("Rollen er taget fra."), is_grave=True),
    "absence": Form(away.PlanAbsence, marked("Registrér fravær"), marked("Fraværet er registreret.")),
    "absence-ended": Form(away.EndAbsence, marked("Afslut fraværet"), marked("Fraværet er afsluttet.")),
    "on-call": Form(away.PlanOnCall, marked("Sæt på vagt"), marked("Vagten er planlagt.")),
    "on-call-cancelled": Form(away.CancelOnCall, marked("Aflys vagten"), marked("Vagten er aflyst.")),
    "conflict": Form(
        conflicts.DeclareConflict,
        marked("Meld inhabilitet"),
        marked("Inhabiliteten er noteret; det lukker boligen eller sagen."),
    ),
    "conflict-lifted": Form(
        conflicts.LiftConflict,
        marked("Ophæv inhabiliteten"),
        marked("Inhabiliteten er ophævet."),
        is_grave=True,
        action=Action.LIFT_CONFLICT,
    ),
    "leaving": Form(working.Leave, marked("Er stoppet"), marked("Det er noteret, at medarbejderen er stoppet."), is_grave=True),
}
"""By the word in its address."""


OWN: dict[str, Form] = {name: form for name, form in FORMS.items() if form.request.FOR_ONESELF}
"""What everybody may ask about themselves."""


def may_read(context: Context) -> None:
    """Who manages the staff of the association sees everybody in it, and so does the director."""
    allow(context, Action.READ_STAFF, Resource(association=context.actor.association))


def may_manage(context: Context, action: Action = Action.MANAGE_STAFF) -> None:
    """Who manages the staff of the association changes everybody in it; who may lift a conflict does that alone."""
    allow(context, action, Resource(association=context.actor.association))


def may_keep_own(context: Context) -> None:
    """Everybody sees to their own absence and conflicts."""
    allow(context, Action.KEEP_OWN_DUTIES, Resource(association=context.actor.association, recipient=context.actor.id))


def sees_places(context: Context, person: str) -> bool:
    """Whether somebody is shown which home or case a colleague keeps out of: the person, and the social leads."""
    return person == context.actor.id or context.actor.role == Role.SOCIAL_LEAD


def sees_reasons(context: Context, person: str) -> bool:
    """Whether somebody is shown why: those, and who else may lift it."""
    return sees_places(context, person) or may_ever(context.actor.role, Action.LIFT_CONFLICT)


HAPPENED: dict[str, str] = {
    "colleague.taken_on": marked("Ansat"),
    "colleague.came_back": marked("Ansat igen"),
    "colleague.details_changed": marked("Navn, mail eller telefon rettet"),
    "colleague.hat_given": marked("Rolle eller afdelinger givet"),
    "colleague.hat_taken_off": marked("Rolle taget fra"),
    "colleague.left": marked("Stoppet"),
    "colleague.absence_planned": marked("Fravær registreret"),
    "colleague.absence_ended": marked("Fravær afsluttet"),
    "colleague.on_call_planned": marked("Vagt planlagt"),
    "colleague.on_call_cancelled": marked("Vagt aflyst"),
    "colleague.conflict_declared": marked("Inhabilitet meldt"),
    "colleague.conflict_lifted": marked("Inhabilitet ophævet"),
}
"""What happened, in words, by its topic; where and why somebody keeps out is not among them."""

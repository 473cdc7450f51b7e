"""What a case is about, what may be done with it, and how it ends."""

from __future__ import annotations

from shared.words.code import Code, Since
from shared.words.vocabulary.people import Role


class Category(Code):
    """What it is about (domain.md §1.5)."""

    ECONOMY = "economy", "Økonomi eller restance", "Money or arrears"
    ELDERLY_CARE = "elderly_care", "Ældre eller plejebehov", "Old age or need of care"
    MENTAL_HEALTH = "mental_health", "Psykisk mistrivsel", "Mental distress"
    SUBSTANCE_USE = "substance_use", "Misbrug", "Substance use"
    LONELINESS = "loneliness", "Ensomhed", "Loneliness"
    DWELLING_CONDITION = "dwelling_condition", "Boligens tilstand eller ophobning", "Condition of the home or hoarding"
    NEIGHBOUR_CONFLICT = "neighbour_conflict", "Nabokonflikt", "Neighbour conflict"
    CHILD_WELFARE = "child_welfare", "Barn eller ung", "Child or young person"
    VIOLENCE_THREAT = "violence_threat", "Vold eller trusler", "Violence or threats"
    PHYSICAL_ILLNESS = "physical_illness", "Sygdom eller funktionstab", "Illness or loss of function"
    NEWLY_REHOUSED = "newly_rehoused", "Ny i bolig efter hjemløshed", "Newly housed after homelessness"
    OTHER = "other", "Andet", "Other"


class Step(Code):
    """Everything somebody may do with a case; the procedure says which role may take which (design.md §5)."""

    SEE = "see", "Se bekymringen", "See the concern"
    TRIAGE = "triage", "Vurdere", "Assess"
    DISMISS = "dismiss", "Beslutte, at det ikke er en sag", "Decide that it is not a case"
    OPEN = "open", "Oprette sagen", "Open the case"
    ASSIGN = "assign", "Give sagen til en anden", "Assign the case"
    CHANGE_SEVERITY = "change_severity", "Rette alvor", "Change severity"
    CONTACT = "contact", "Kontakte beboeren", "Contact the resident"
    ASK_LEAVE = "ask_leave", "Spørge om lov", "Ask for leave"
    REFER = "refer", "Give det videre", "Refer"
    RECORD_ANSWER = "record_answer", "Notere et svar", "Record an answer"
    ORDER_DAMAGE_SERVICE = "order_damage_service", "Bestille skadesservice", "Order the damage service"
    PLAN_ACCOMPANIMENT = "plan_accompaniment", "Aftale et møde med et kendt ansigt", "Arrange an accompanied meeting"
    ACCOMPANY = "accompany", "Gå med som kendt ansigt", "Come along as a known face"
    LET_IN = "let_in", "Lukke skadesservice ind", "Let the damage service in"
    FOLLOW_UP = "follow_up", "Følge op", "Follow up"
    NOTE = "note", "Skrive et notat", "Write a note"
    KEEP_AN_EYE = "keep_an_eye", "Holde øje", "Keep an eye"
    RESIDENT_DETAILS = "resident_details", "Notere, hvem der er med i sagen", "Note who is part of the case"
    INFORM_CARETAKER = "inform_caretaker", "Give viceværten besked", "Tell the caretaker"
    NOTE_LIFE = (
        "note_life",
        "Notere dødsfald, flytning, værge eller beskyttet adresse",
        "Note a death, a move, a guardian or a protected address",
    )
    MOVE_ALONG = "move_along", "Lade sagen følge med til den nye bolig", "Let the case go along to the new home"
    CARE_FOR_STAFF = "care_for_staff", "Tage sig af kolleger efter et dødsfald", "Care for colleagues after a death"
    NOTE_FACT = "note_fact", "Notere noget, et udfald hviler på", "Note something that an outcome rests on"
    CLOSE = "close", "Lukke sagen", "Close the case"
    REOPEN = "reopen", "Genåbne sagen", "Reopen the case"
    LINK = "link", "Samle det, der handler om de samme", "Join what is about the same people"
    SPLIT = "split", "Skille observationer ad igen", "Part observations again"
    TAKE_UP_AGAIN = "take_up_again", "Tage en bekymring op igen", "Take a concern up again"
    CORRECT_PERSON = "correct_person", "Rette forkert person eller bolig", "Correct a wrong person or home"
    MOVE_TO_PROCEDURE = "move_to_procedure", "Flytte sagen til den procedure, der gælder", "Move the case to the procedure in force"


TAKEN_MEANWHILE: dict[Step, Since[tuple[Role, ...]]] = {
    Step.NOTE_FACT: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.NOTE_LIFE: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.MOVE_ALONG: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.CARE_FOR_STAFF: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.LET_IN: Since("0.2.0", (Role.CARETAKER, Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.MOVE_TO_PROCEDURE: Since("0.2.0", (Role.SOCIAL_LEAD,)),
    Step.LINK: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.SPLIT: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.TAKE_UP_AGAIN: Since("0.2.0", (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)),
    Step.CORRECT_PERSON: Since("0.2.0", (Role.SOCIAL_LEAD,)),
}
"""Who takes a later step until an association has agreed on it: `Step.FLY: Since("0.3.0", (Role.SOCIAL_LEAD,))`."""

TAKEN_WHATEVER_IS_AGREED: dict[Step, frozenset[Role]] = {Step.CORRECT_PERSON: frozenset({Role.SOCIAL_LEAD, Role.DPO})}
"""Who takes a step whatever a procedure says: what stands about the wrong person is put right by the law (GDPR 5(1)(d), 33), and no
association agrees that away."""

CARETAKER_STEPS = frozenset({Step.ASK_LEAVE, Step.ACCOMPANY, Step.KEEP_AN_EYE, Step.ORDER_DAMAGE_SERVICE, Step.LET_IN})
"""All a caretaker may ever do with a case, whatever a procedure says; observing and handing over happen in intake (design.md §5)."""

COMPANION_STEPS = frozenset({Step.ACCOMPANY, Step.KEEP_AN_EYE})
"""What of it a companion does who did not see it first: he is asked along, and no more."""


class Status(Code):
    """How far a concern has come."""

    RAISED = "raised", "Ny bekymring", "New concern"
    TRIAGED = "triaged", "Vurderet", "Assessed"
    OPEN = "open", "Åben sag", "Open case"
    DISMISSED = "dismissed", "Ikke en sag", "Not a case"
    CLOSED = "closed", "Lukket", "Closed"
    LINKED = "linked", "Samlet med en anden sag", "Joined with another case"
    RETRACTED = "retracted", "Taget tilbage som en fejl", "Retracted as a mistake"
    ERASED = "erased", "Slettet", "Erased"


ENDED = frozenset({Status.DISMISSED, Status.CLOSED, Status.LINKED, Status.RETRACTED, Status.ERASED})
"""Nobody works on it any more."""


class DismissalReason(Code):
    """Why no case came of a concern."""

    UNFOUNDED = "unfounded", "Grundløs", "Unfounded", "Der er ikke noget om det", "There is nothing in it"
    EXPLAINED = "explained", "Der er en god forklaring", "There is a good explanation"
    DUPLICATE = "duplicate", "Der er allerede en sag om det samme", "There is a case about the same"
    RESIDENT_DECLINED = "resident_declined", "Beboeren ønsker ikke hjælp", "The resident does not want help"
    HANDLED_ON_THE_SPOT = "handled_on_the_spot", "Klaret på stedet", "Handled on the spot"
    MOVED = "moved", "Beboeren er flyttet", "The resident has moved"
    DECEASED = "deceased", "Beboeren er død", "The resident has died"


class Outcome(Code):
    """How a case ended (domain.md §4.3)."""

    HELP_ESTABLISHED = "help_established", "Hjælpen er på plads", "Help is in place"
    HANDLED_WITH_ASSOCIATION_HELP = (
        "handled_with_association_help",
        "Klaret med boligorganisationens hjælp",
        "Handled with the association's help",
    )
    RESIDENT_DECLINED = "resident_declined", "Beboeren sagde nej tak", "The resident declined"
    NOT_REACHABLE = "not_reachable", "Kunne ikke træffes", "Could not be reached"
    MOVED = "moved", "Fraflyttet", "Moved away"
    DECEASED = "deceased", "Død", "Deceased"
    EVICTION_AVERTED = "eviction_averted", "Udsættelse afværget", "Eviction averted"
    EVICTED = "evicted", "Udsat af boligen", "Evicted"
    UNFOUNDED = "unfounded", "Grundløs", "Unfounded"
    TRANSFERRED_TO_MUNICIPALITY = "transferred_to_municipality", "Overdraget til kommunen", "Transferred to the municipality"
    MUNICIPALITY_NO_ANSWER = "municipality_no_answer", "Kommunen svarede ikke", "The municipality did not answer"
    MEDIATED_SETTLED = "mediated_settled", "Mægling med aftale", "Mediated, settled"
    MEDIATED_NOT_SETTLED = "mediated_not_settled", "Mægling uden aftale", "Mediated, not settled"


class FactKind(Code):
    """What an outcome may rest on that no part of the system knows by itself."""

    HELP = "help", "Hjælpen er kommet i gang", "Help has begun"
    TERMINATION = "termination", "Lejemålet er opsagt eller ophævet", "The tenancy was terminated"
    TENANCY_KEPT = (
        "tenancy_kept",
        "Opsigelsen er faldet bort, og lejemålet fortsætter",
        "The termination was dropped and the tenancy goes on",
    )
    EVICTION = "eviction", "Beboeren er sat ud", "The resident was evicted"
    MEDIATION_SETTLED = "mediation_settled", "En mægling endte med en aftale", "A mediation ended in an agreement"
    MEDIATION_NOT_SETTLED = "mediation_not_settled", "En mægling endte uden aftale", "A mediation ended without one"
    MOVE = "move", "Beboeren er flyttet", "The resident has moved"
    DEATH = "death", "Beboeren er død", "The resident has died"


class FactSource(Code):
    """Who says so."""

    RESIDENT = "resident", "Beboeren selv", "The resident"
    RELATIVE = "relative", "En pårørende", "A relative"
    HELPER = "helper", "Dem, der hjælper", "Those who help"
    COLLEAGUE = "colleague", "En kollega", "A colleague"
    RENT_OFFICE = "rent_office", "Udlejningen", "The letting office"
    AUTHORITY = "authority", "Kommune, politi eller fogedret", "Municipality, police or bailiff's court"
    DOCUMENT = "document", "Et brev eller dokument", "A letter or document"
    ERP = "erp", "Boligsystemet", "The housing system"


class Standstill(Code):
    """Why nothing reaches out in a case (S12, S13, S14)."""

    FROZEN = "frozen", "Sagen er sat i stå: måske en forkert", "The case is stopped: maybe the wrong one"
    DIED = "died", "Beboeren er død", "The resident has died"
    MOVED = "moved", "Beboeren er flyttet", "The resident has moved"


class Continuing(Code):
    """What came of asking somebody who moved whether the case may go on (S13)."""

    YES = "yes", "Ja, sagen må fortsætte", "Yes, the case may go on"
    NO = (
        "no",
        "Nej, og beboeren ved, hvem der nu kan ringes til",
        "No, and the resident knows whom to call now",
    )
    NOT_REACHED = "not_reached", "Beboeren kunne ikke træffes", "The resident could not be reached"


class GuardianMatter(Code):
    """What a guardian may decide."""

    ECONOMY = "economy", "Økonomi", "Money"
    HOUSING = "housing", "Bolig", "Housing"
    HEALTH = "health", "Helbred", "Health"


class Ending(Code):
    """What the one who saw it reads of an outcome: enough to let go of it, and nothing of what it was about."""

    HELPED = "helped", "Der er taget hånd om det. Tak, fordi du sagde til.", "It has been taken care of. Thank you for telling us."
    DECLINED = (
        "declined",
        "Beboeren ville ikke have hjælp nu. Det er beboerens valg. Hils pænt, og hold gerne øje.",
        "The resident did not want help now. That is the resident's choice. Say hello, and do keep an eye.",
    )
    NOT_REACHED = (
        "not_reached",
        "Vi fik ikke fat i beboeren. Ser du noget nyt, så registrér det.",
        "We could not reach the resident. If you see anything new, register it.",
    )
    OVER = "over", "Sagen er afsluttet. Det var rigtigt at sige til.", "The case is over. It was right to tell us."


ENDINGS = {
    Outcome.HELP_ESTABLISHED: Ending.HELPED,
    Outcome.HANDLED_WITH_ASSOCIATION_HELP: Ending.HELPED,
    Outcome.TRANSFERRED_TO_MUNICIPALITY: Ending.HELPED,
    Outcome.EVICTION_AVERTED: Ending.HELPED,
    Outcome.MEDIATED_SETTLED: Ending.HELPED,
    Outcome.RESIDENT_DECLINED: Ending.DECLINED,
    Outcome.NOT_REACHABLE: Ending.NOT_REACHED,
}
"""Which outcome is told how; every other is simply over."""


def ending_of(outcome: str) -> Ending:
    """What the one who saw it reads; an outcome that is not known (yet) is over."""
    return ENDINGS.get(Outcome(outcome), Ending.OVER) if outcome in set(Outcome) else Ending.OVER


class Milestone(Code):
    """What the caretaker is told about, in the order it comes; a later one makes the earlier ones superfluous (domain.md §1.8)."""

    IN_GOOD_HANDS = "in_good_hands", "I gode hænder", "In good hands", "Nogen har taget over.", "Somebody has taken over."
    CASE_OPENED = "case_opened", "Sag oprettet", "Case opened"
    REFERRAL_SENT = "referral_sent", "Givet videre", "Passed on"
    HELP_ESTABLISHED = "help_established", "Hjælpen er på plads", "Help is in place"
    DISMISSED = "dismissed", "Ikke en sag", "Not a case"
    CLOSED = "closed", "Afsluttet", "Closed"


SAID_MEANWHILE: dict[Milestone, Since[str]] = {}
"""What the caretaker is told at a later milestone until an association has agreed on its own words."""

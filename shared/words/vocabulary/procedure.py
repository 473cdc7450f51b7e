"""What a procedure says besides the steps, what may be odd about a new one, and how far a version has come."""

from __future__ import annotations

from shared.words.code import Code


class Weekday(Code):
    """The days on which an office may be open, in their order."""

    MONDAY = "monday", "Mandag", "Monday"
    TUESDAY = "tuesday", "Tirsdag", "Tuesday"
    WEDNESDAY = "wednesday", "Onsdag", "Wednesday"
    THURSDAY = "thursday", "Torsdag", "Thursday"
    FRIDAY = "friday", "Fredag", "Friday"


class VersionState(Code):
    """How far a version of a procedure has come."""

    PROPOSED = "proposed", "Foreslået", "Proposed", "En anden skal bekræfte den.", "Somebody else is to confirm it."
    ADOPTED = "adopted", "Vedtaget", "Adopted"
    WITHDRAWN = "withdrawn", "Trukket tilbage", "Withdrawn"


class WithdrawalReason(Code):
    """Why a version is withdrawn before it holds."""

    WRONG_DAY = "wrong_day", "Den gælder fra en forkert dag", "It holds from the wrong day"
    WRONG_CONTENT = "wrong_content", "Der står noget forkert i den", "Something in it is wrong"
    NOT_AGREED = "not_agreed", "Der er ikke enighed om den", "It is not agreed on"
    NOT_NEEDED = "not_needed", "Der bliver ikke brug for den", "It will not be needed"


class Oddity(Code):
    """What may be right in a new procedure, but is more often a mistake: a second person looks at it."""

    HOLDS_ALREADY = (
        "holds_already",
        "Den gælder fra en dag, der ligger mere end en uge tilbage: den gælder, så snart den er vedtaget, og kan ikke trækkes tilbage",
        "It holds from a day more than a week ago: it is in force as soon as it is adopted, and cannot be withdrawn",
    )
    MUNICIPALITY_MISSING = (
        "municipality_missing",
        "I har en afdeling i en kommune, som proceduren ikke nævner",
        "You have an estate in a municipality that the procedure does not name",
    )
    MUNICIPALITY_DROPPED = (
        "municipality_dropped",
        "En kommune fra den forrige version står der ikke længere",
        "A municipality of the version before is no longer there",
    )
    MUNICIPALITY_UNKNOWN = (
        "municipality_unknown",
        "I har ingen afdeling i den kommune, og den stod ikke i den forrige version",
        "You have no estate in that municipality, and the version before did not name it",
    )
    NO_CONTACTS = (
        "no_contacts",
        "Der står ingen at henvende sig til i kommunen",
        "There is nobody to turn to in the municipality",
    )
    AGREEMENT_IS_OVER = (
        "agreement_is_over",
        "Aftalen er udløbet, før versionen begynder at gælde",
        "The agreement ends before the version begins to hold",
    )
    AGREEMENT_LASTS_LONG = (
        "agreement_lasts_long",
        "Aftalen gælder i mere end 20 år",
        "The agreement lasts for more than 20 years",
    )
    NOBODY_MAY = (
        "nobody_may",
        "Ingen, der arbejder her, må tage trinnet",
        "Nobody who works here may take the step",
    )
    NO_SOCIAL_STAFF = (
        "no_social_staff",
        "Trinnet er socialt arbejde, men ingen boligsocial medarbejder må tage det",
        "The step is social work, but no social staff may take it",
    )
    TAKES_LONG = "takes_long", "Der er usædvanligt lang tid", "The time is unusually long"
    ACUTE_IN_DAYS = (
        "acute_in_days",
        "Det akutte tælles i dage: der er tid, til dagen er slut",
        "What is acute is counted in days: there is time until the day is over",
    )
    LADDER_IS_SHORT = (
        "ladder_is_short",
        "Alle trin, når en modtager ikke svarer, er taget på under to arbejdsdage",
        "All steps for a recipient who does not answer are taken in under two working days",
    )
    OFFICE_DAY_IS_SHORT = (
        "office_day_is_short",
        "Kontoret er åbent i under tre timer den dag",
        "The office is open for less than three hours on that day",
    )
    OFFICE_HOURS_DROPPED = (
        "office_hours_dropped",
        "Den forrige version havde åbningstider; uden dem slutter en dag ved midnat",
        "The version before had office hours; without them a day ends at midnight",
    )
    WORDING_DROPPED = (
        "wording_dropped",
        "En ordlyd, der spørges med i dag, står der ikke længere",
        "A wording that is used today is no longer there",
    )

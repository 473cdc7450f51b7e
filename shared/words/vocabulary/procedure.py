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
    WORDING_DROPPED = (
        "wording_dropped",
        "En ordlyd, der spørges med i dag, står der ikke længere",
        "A wording that is used today is no longer there",
    )

"""How a concern reaches the association, and where it is about."""

from __future__ import annotations

from shared.words.code import Code


class Source(Code):
    """Who, or what, a concern comes from."""

    OBSERVATION = "observation", "En medarbejder så det", "A colleague saw it"
    OUTREACH = (
        "outreach",
        "Opsøgende besøg",
        "Outreach",
        "Den sociale vicevært opsøgte beboeren",
        "The social caretaker sought the resident out",
    )
    NEIGHBOUR = "neighbour", "En nabo", "A neighbour"
    BOARD_MEMBER = "board_member", "Et medlem af bestyrelsen", "A member of the board"
    ANONYMOUS = "anonymous", "En, der ikke vil sige sit navn", "Somebody who does not want to give a name"
    RESIDENT = "resident", "Beboeren selv", "The resident"
    ERP = "erp", "Boligsystemet", "The housing system"
    TRANSFER = "transfer", "En tidligere sag", "An earlier case"
    WELCOME = "welcome", "Velkomst efter hjemløshed", "Welcome after homelessness"


SEEN_BY_STAFF = frozenset({Source.OBSERVATION, Source.OUTREACH})
"""Where somebody who works here saw it, and is told what comes of it."""

REPORTED = (Source.NEIGHBOUR, Source.BOARD_MEMBER, Source.ANONYMOUS)
"""Where somebody outside told of somebody else. They are protected, thanked, and told nothing about the resident."""

TAKEN_BY_PHONE = (*REPORTED, Source.RESIDENT)
"""What somebody who works here can take a call about."""


class Way(Code):
    """How it came."""

    SEEN = "seen", "Set på stedet", "Seen on the spot"
    PHONE = "phone", "På telefon", "By phone"
    CARD = "card", "På et kort", "On a card"
    PAGE = "page", "På siden »Ring mig op«", "On the page “Call me”"
    SYSTEM = "system", "Fra et andet system", "From another system"


class Beginning(Code):
    """What a case begins as where nobody saw anything, nor said how serious it is: until somebody judges it, this is all there is."""

    CALL_BACK = (
        "call_back",
        "Vil ringes op",
        "Wants to be called",
        "Beboeren beder selv om at blive ringet op.",
        "The resident asks to be called.",
    )
    NEWCOMER = (
        "newcomer",
        "Velkomst",
        "Welcome",
        "Beboeren flytter ind efter hjemløshed. Ingen har set noget, der bekymrer.",
        "The resident moves in after homelessness. Nobody saw anything worrying.",
    )
    TOLD_BY_SYSTEM = (
        "told_by_system",
        "Fra boligsystemet",
        "From the housing system",
        "Boligsystemet har givet besked. Ingen har set noget.",
        "The housing system told of it. Nobody saw anything.",
    )
    GOES_ON = (
        "goes_on",
        "Fortsat sag",
        "Continued case",
        "Fra en tidligere sag, med beboerens ja.",
        "From an earlier case, with the resident's yes.",
    )


def begins_as(source: str, how: str) -> Beginning | None:
    """What it begins as; `None` where somebody saw it or took a call about it, and said how serious it is."""
    if source == Source.RESIDENT and how == Way.PAGE:
        return Beginning.CALL_BACK
    return {Source.WELCOME: Beginning.NEWCOMER, Source.ERP: Beginning.TOLD_BY_SYSTEM, Source.TRANSFER: Beginning.GOES_ON}.get(
        Source(source)
    )


class PlaceKind(Code):
    """What kind of place it is about."""

    HOME = "home", "En bolig", "A home"
    COMMON_AREA = (
        "common_area",
        "Et fælles sted",
        "A common area",
        "Opgang, gård, vaskeri, kælder …",
        "Stairwell, courtyard, laundry, basement …",
    )
    UNKNOWN = "unknown", "Det ved jeg ikke endnu", "I do not know yet", "Skriv, hvad du ved om stedet", "Write what you know of the place"


class CommonArea(Code):
    """Where several live together and nobody alone."""

    STAIRWELL = "stairwell", "Opgang", "Stairwell"
    LIFT = "lift", "Elevator", "Lift"
    BASEMENT = "basement", "Kælder", "Basement"
    LAUNDRY = "laundry", "Vaskeri", "Laundry"
    COURTYARD = "courtyard", "Gård eller grønt område", "Courtyard or green"
    PLAYGROUND = "playground", "Legeplads", "Playground"
    PARKING = "parking", "Parkeringsplads", "Parking"
    WASTE = "waste", "Affaldsrum", "Waste room"
    COMMON_ROOM = "common_room", "Fælleshus eller fælleslokale", "Common room"
    OTHER = "other", "Et andet fælles sted", "Another common area"


class PreferredTime(Code):
    """When somebody wants to be called."""

    ANY = "any", "Når som helst på hverdage", "Any time on working days"
    MORNING = "morning", "Om formiddagen", "In the morning"
    AFTERNOON = "afternoon", "Om eftermiddagen", "In the afternoon"

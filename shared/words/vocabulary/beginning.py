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
    PAGE = "page", "På siden ”Ring mig op”", "On the page “Call me”"
    SYSTEM = "system", "Fra et andet system", "From another system"


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

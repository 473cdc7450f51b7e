"""Who somebody is in a case, and what a yes of theirs is about."""

from __future__ import annotations

from collections.abc import Iterable

from shared.words.code import Code


class PersonRole(Code):
    """What somebody is in a case."""

    RESIDENT = (
        "resident",
        "Beboeren",
        "The resident",
        "Den, bekymringen handler om",
        "Whom the concern is about",
    )
    TENANT = "tenant", "Lejer", "Tenant"
    CO_TENANT = "co_tenant", "Medlejer", "Co-tenant", "Ægtefælle, samlever eller medlejer", "Spouse, partner or co-tenant"
    CHILD = "child", "Barn under 15 år", "Child under 15", "Den med forældremyndighed svarer", "Whoever has custody answers"
    OTHER_RESIDENT = "other_resident", "Anden beboer", "Another resident"
    NEXT_OF_KIN = "next_of_kin", "Pårørende", "Next of kin"
    GUARDIAN = "guardian", "Værge", "Guardian", "Svarer kun i det, beskikkelsen nævner", "Answers only in what the appointment names"
    COMPANION = "companion", "Bisidder", "Companion"


OCCUPANTS = (PersonRole.TENANT, PersonRole.CO_TENANT, PersonRole.CHILD, PersonRole.OTHER_RESIDENT)
"""Those who live there, as the ERP tells of them."""
BESIDE = (PersonRole.NEXT_OF_KIN, PersonRole.GUARDIAN, PersonRole.COMPANION)
"""Those who stand beside somebody: what is about somebody else does not stay for their sake (decision 0022)."""


class Capacity(Code):
    """Whose answer somebody's is; all that rules need of what they are in a case."""

    LIVES_THERE = "lives_there", "Svarer for sig selv", "Answers for themselves"
    CHILD = "child", "Den med forældremyndighed svarer", "Whoever has custody answers"
    GUARDIAN = "guardian", "Svarer som værge", "Answers as a guardian"
    BESIDE = "beside", "Står ved siden af", "Stands beside"


class WayToReach(Code):
    """How somebody is best reached, as they or those around them say."""

    PHONE = "phone", "På telefonen", "By telephone"
    LETTER = "letter", "Med et brev", "By letter"
    IN_PERSON = "in_person", "Ansigt til ansigt", "In person", "Når man ringer på, eller mødes", "By knocking on the door, or meeting"
    RELATIVE = "relative", "Gennem en pårørende", "Through a relative"


class ConsentPurpose(Code):
    """What information is passed on for (domain.md §2.3)."""

    HELP = "help", "At få hjælp", "To get help"
    TENANCY = "tenancy", "At beholde boligen", "To keep the home", "Restance, ophævelse, udsættelse", "Arrears, termination, eviction"
    PEACE = "peace", "At løse en konflikt", "To settle a conflict"


class Information(Code):
    """What kind of information is passed on (domain.md §2.3, informationCategories)."""

    CONTACT = "contact", "Navn, adresse og telefon", "Name, address and telephone"
    HOME = "home", "Boligens tilstand", "The state of the home"
    DAILY_LIFE = "daily_life", "Hverdagen og det, der er set", "Daily life and what was seen"
    ECONOMY = "economy", "Husleje og økonomi", "Rent and money"
    HEALTH = "health", "Helbred", "Health"


EVERYTHING = tuple(code.value for code in Information)
"""What a yes covered before anybody asked what it was about."""


LEAST = (Information.CONTACT.value, Information.HOME.value, Information.DAILY_LIFE.value)
"""What a yes covers, and what is passed on, where nobody asked for more: neither money nor health."""


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds of information, each once, in the order they are listed in."""
    wanted = set(kinds)
    return [kind for kind in EVERYTHING if kind in wanted]

"""What an observation is about: a home, a common area of an estate, or a place that is not known yet and described in words."""

from __future__ import annotations

from shared.ground.errors import Refusal
from shared.ground.text_input import free_text
from shared.words.vocabulary.beginning import CommonArea, PlaceKind

MOST_OF_A_PLACE = 200
"""Characters that say where."""


class HomeIsNotChosen(Refusal):
    """Vælg boligen."""

    field = "home_id"
    next_step = (
        "Skriv vej eller nummer for at finde den på listen. Står den der ikke, så vælg »Det ved jeg ikke endnu«, og skriv, hvor det er."
    )


class PlaceKindIsUnknown(Refusal):
    """Vælg, om det er en bolig, et fælles sted, eller om du ikke ved det endnu."""

    field = "place"
    next_step = "Er du i tvivl, så vælg »Det ved jeg ikke endnu«, og skriv, hvor det er."


class AreaIsUnknown(Refusal):
    """Vælg, hvilket fælles sted det er."""

    field = "area"
    next_step = "Passer ingen af dem, så vælg »Et andet fælles sted«, og skriv hvor."


class EstateIsNotChosen(Refusal):
    """Vælg afdelingen."""

    field = "estate_id"
    next_step = "Kender du den ikke, så vælg »Det ved jeg ikke endnu«, og skriv, hvad du ved om stedet."


class EstateIsUnknown(Refusal):
    """Afdelingen findes ikke i registret."""

    field = "estate_id"
    next_step = "Vælg den på listen, eller lad den stå åben, og skriv, hvor det er."


class PlaceIsNotDescribed(Refusal):
    """Skriv, hvor det er."""

    field = "where"
    next_step = "Vej, opgang, etage eller det, du ved. Boligen kan sættes på bagefter."


class PlaceContradictsItself(Refusal):
    """Der er valgt en bolig, men stedet er ikke en bolig."""

    field = "place"
    next_step = "Vælg »En bolig«, eller fjern boligen."


class PlaceIsLinkedAlready(Refusal):
    """Observationen hører allerede til en bolig."""

    field = "home_id"
    next_step = "Er det den forkerte, så åbn sagen, og vælg »Forkert person eller bolig«."


class ItBelongsNowhere(Refusal):
    """Observationen er taget tilbage: den handlede ikke om nogen."""

    field = "home_id"
    next_step = "Handler den om nogen alligevel, så registrér den igen."


def described(where: str) -> str:
    """The words that say where, as they may be kept."""
    return free_text(where, field="where", at_most=MOST_OF_A_PLACE)


def must_be_a_place(place: str, *, has_home: bool, area: str, estate_id: str, where: str) -> None:
    """Refuses what says nothing, or two things at once."""
    match place:
        case PlaceKind.HOME:
            if not has_home:
                raise HomeIsNotChosen
            if area:
                raise PlaceContradictsItself
        case PlaceKind.COMMON_AREA:
            if has_home:
                raise PlaceContradictsItself
            if not estate_id:
                raise EstateIsNotChosen
            if area not in set(CommonArea):
                raise AreaIsUnknown
        case PlaceKind.UNKNOWN:
            if has_home or area:
                raise PlaceContradictsItself
            if not where:
                raise PlaceIsNotDescribed
        case _:
            raise PlaceKindIsUnknown


def as_told(place: str, *, area: str, where: str) -> str:
    """Where it is, in one line, for a place that is no home. It is sealed like an address, for the words may lead to somebody."""
    if place != PlaceKind.COMMON_AREA:
        return where
    name = CommonArea(area).label.da
    return f"{name}: {where}" if where else name

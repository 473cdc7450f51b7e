"""What is refused about a colleague; each docstring is the sentence that is shown, each next step what to do instead."""

from __future__ import annotations

from shared.ground.errors import Refusal


class LentHatManagesNobody(Refusal):
    """En stedfortræder kan ikke ændre noget om medarbejdere på vegne af den, der er væk."""

    next_step = "Skift til din egen hat, eller bed en anden boligsocial leder eller driften om det."


class NobodyNamesThemselves(Refusal):
    """Du kan ikke selv gøre dig til stedfortræder for en anden."""

    field = "stand_in"
    next_step = "Vælg en anden kollega, eller lad den, der skal være væk, registrere sit fravær."


class WorksHereAlready(Refusal):
    """Der er allerede en medarbejder med det id."""

    field = "person"
    next_step = "Find medarbejderen på listen, eller vælg et andet id."


class IdTellsWhoItIs(Refusal):
    """Id'et må ikke sige, hvem det er: det står i klar tekst for altid."""

    field = "person"
    next_step = "Lad feltet stå tomt, så bliver der lavet et."


class DoesNotWorkHere(Refusal):
    """Medarbejderen arbejder her ikke længere."""

    next_step = "Ansæt medarbejderen igen, hvis det er forkert."


class RoleIsNotForPeople(Refusal):
    """Den rolle kan ingen medarbejder have."""

    field = "role"
    next_step = "Vælg en af rollerne på listen."


class NobodyGivesThemselvesAHat(Refusal):
    """Du kan ikke selv give dig en rolle eller flere afdelinger."""

    next_step = "Bed en boligsocial leder eller driften om det."


class HatIsNotWorn(Refusal):
    """Medarbejderen har ikke den rolle."""

    field = "role"
    next_step = "Vælg en af de roller, medarbejderen har."


class LastHatStays(Refusal):
    """Det er medarbejderens eneste rolle."""

    field = "role"
    next_step = "Giv medarbejderen en anden rolle først, eller registrér at medarbejderen er stoppet."


class SomebodyHasToLead(Refusal):
    """Det er den eneste boligsociale leder, så ingen ville få besked om nye bekymringer."""

    next_step = "Gør en anden til boligsocial leder først."


class ItEndsBeforeItBegins(Refusal):
    """Det slutter, før det begynder."""

    field = "ends"
    next_step = "Ret dagene."


class ItIsOverAlready(Refusal):
    """Det ligger i fortiden."""

    field = "ends"
    next_step = "Vælg en dag, der ikke er gået."


class AbsenceIsTooLong(Refusal):
    """Et fravær kan højst vare et år."""

    field = "ends"
    next_step = "Registrér et kortere fravær og forlæng det, eller registrér at medarbejderen er stoppet."


class AbsencesOverlap(Refusal):
    """Der er allerede registreret fravær i de dage."""

    field = "begins"
    next_step = "Afslut det gamle fravær først, eller vælg andre dage."


class IsOnCallThen(Refusal):
    """Medarbejderen har vagt i de dage."""

    field = "begins"
    next_step = "Bed en boligsocial leder eller driften om først at aflyse vagten og give den til en anden."


class NobodyIsThere(Refusal):
    """Den eneste boligsociale leder ville være væk, uden at nogen står i eller har vagt."""

    field = "stand_in"
    next_step = "Vælg en stedfortræder, eller sæt en anden på vagt i alle dagene først."


class StandsInForSomebody(Refusal):
    """Medarbejderen er stedfortræder for en, der er eller skal være væk."""

    next_step = "Afslut det fravær, og registrér det igen med en anden stedfortræder."


class AbsenceIsUnknown(Refusal):
    """Det fravær findes ikke."""

    next_step = "Se listen igen; det er måske allerede afsluttet."


class NobodyStandsInForThemselves(Refusal):
    """Man kan ikke være sin egen stedfortræder."""

    field = "stand_in"
    next_step = "Vælg en kollega."


class StandInDoesNotWorkHere(Refusal):
    """Stedfortræderen findes ikke blandt medarbejderne."""

    field = "stand_in"
    next_step = "Vælg en kollega på listen."


class StandInMayNot(Refusal):
    """Stedfortræderen har ikke en rolle, der må det, som den fraværende må."""

    field = "stand_in"
    next_step = "Vælg en kollega i samme rolle; for socialt arbejde en boligsocial leder eller en social vicevært."


class StandInIsAway(Refusal):
    """Stedfortræderen er selv væk i de dage."""

    field = "stand_in"
    next_step = "Vælg en kollega, der er på arbejde, eller del fraværet op."


class OnCallIsForSocialStaff(Refusal):
    """Kun en boligsocial leder eller en social vicevært kan have vagt for akutte bekymringer."""

    next_step = "Vælg en kollega, der må arbejde med sagerne."


class OnCallIsTooLong(Refusal):
    """En vagt kan højst vare en måned."""

    field = "ends"
    next_step = "Del vagten op."


class TurnsOverlap(Refusal):
    """Medarbejderen har allerede vagt på det tidspunkt."""

    field = "begins"
    next_step = "Aflys den gamle vagt først, eller vælg et andet tidspunkt."


class IsAwayThen(Refusal):
    """Medarbejderen er væk på det tidspunkt."""

    field = "begins"
    next_step = "Vælg en kollega, der er på arbejde, eller et andet tidspunkt."


class TurnIsUnknown(Refusal):
    """Den vagt findes ikke."""

    next_step = "Se listen igen; den er måske allerede aflyst."


class TooManyConflicts(Refusal):
    """Der er allerede meldt inhabilitet om 100 boliger og sager."""

    next_step = "Ophæv dem, der ikke gælder længere."


class ConflictIsForThemselvesOrALead(Refusal):
    """Kun medarbejderen selv eller en boligsocial leder kan melde inhabilitet."""

    next_step = "Bed medarbejderen eller en boligsocial leder om at melde den."


class ConflictKindIsUnknown(Refusal):
    """Den grund findes ikke."""

    field = "kind"
    next_step = "Vælg en af grundene på listen."


class ConflictIsUnknown(Refusal):
    """Den inhabilitet findes ikke."""

    next_step = "Se listen igen; den er måske allerede ophævet."


class OnlyALeadLiftsAConflict(Refusal):
    """Kun en boligsocial leder eller direktøren kan ophæve en inhabilitet."""

    next_step = "Bed en boligsocial leder eller direktøren om at tage stilling."


class NobodyChoosesWhoLifts(Refusal):
    """Den, der har givet dig din rolle, er den, inhabiliteten gælder."""

    next_step = "Bed en anden boligsocial leder eller direktøren om at tage stilling."


class WhoKeepsOutMakesNoLead(Refusal):
    """Du har en inhabilitet, så du kan ikke gøre nogen til boligsocial leder, direktør eller driftsansvarlig."""

    field = "role"
    next_step = "Bed en anden boligsocial leder eller driften om det."


class NobodyLiftsTheirOwnConflict(Refusal):
    """Man kan ikke selv ophæve sin inhabilitet."""

    next_step = "Bed en anden boligsocial leder eller direktøren om at tage stilling."

"""What any step may be refused for; what only one part of a case refuses stands at the top of its module.

Each docstring is the Danish sentence that is shown, each next step what to do instead.
"""

from __future__ import annotations

from shared.ground.errors import Refusal


class CaseIsJoinedToAnother(Refusal):
    """Den er samlet med en anden sag, og der arbejdes videre i den."""

    next_step = "Åbn den anden sag – eller skil dem ad igen dér, hvis de ikke hører sammen."


class CaseIsRetracted(Refusal):
    """Sagen er taget tilbage: den handlede om en forkert."""

    next_step = "Registrér en ny observation, hvis der er set noget."


class CaseIsErased(Refusal):
    """Sagen er slettet: den, den handlede om, har fået sit slettet."""

    next_step = "Registrér en ny observation, hvis der er set noget."


class CaseIsFrozen(Refusal):
    """Sagen er sat i stå, fordi den måske handler om en forkert. Intet må gå ud, og ingen må sendes til døren."""

    next_step = "Vent, til det er rettet, eller lad den gå videre, hvis det ikke passer."


class CaretakersAreNotGivenSocialWork(Refusal):
    """En vicevært får ikke socialt arbejde: sagen skal ligge hos en boligsocial medarbejder."""

    field = "handler"
    next_step = "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


class HandlerIsNotSocialStaff(Refusal):
    """Sagen kan kun ligge hos en boligsocial leder eller en social vicevært."""

    field = "handler"
    next_step = "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


class HandlerDoesNotWorkHere(Refusal):
    """Den valgte sagsbehandler findes ikke i medarbejderlisten."""

    field = "handler"
    next_step = "Vælg en medarbejder på listen."


class ColleagueKeepsOut(Refusal):
    """Den valgte kollega er inhabil i sagen."""

    next_step = "Vælg en anden kollega."


class ItIsInTheFuture(Refusal):
    """Tidspunktet er ikke indtruffet endnu."""

    field = "happened_at"
    next_step = "Skriv, hvornår det faktisk skete."


class ItWasBeforeThat(Refusal):
    """Tidspunktet ligger før det, som det følger af: før bekymringen blev set, eller før det, der svares på, var sket."""

    field = "happened_at"
    next_step = "Se efter dato og årstal. Lad feltet stå tomt, hvis det skete lige nu."


class ItIsDecidedNow(Refusal):
    """En beslutning eller en aftale tages, når den skrives ned: den kan ikke skrives tilbage i tiden."""

    field = "happened_at"
    next_step = "Lad tidspunktet stå tomt, og skriv i bemærkningen, hvis det blev aftalt tidligere."


class ThisStepIsNotForCaretakers(Refusal):
    """Det trin hører ikke til en viceværts opgaver. Du ser, spørger om lov, giver videre, går med og holder øje."""

    next_step = "Giv det videre til den boligsociale leder."


class ProcedureGivesThisStepToOthers(Refusal):
    """Beredskabsproceduren giver ikke din rolle det trin."""

    next_step = "Bed en kollega med den rette rolle om at gøre det."


class StandInComesLater(Refusal):
    """Din rolle træder først til, når ingen har taget bekymringen i den tid, proceduren nævner."""

    next_step = "Ring til den boligsociale leder, hvis det ikke kan vente."


class CodeIsUnknown(Refusal):
    """Det valgte findes ikke på listen."""

    next_step = "Vælg en af mulighederne på listen."


class CaseIsAlreadyOpen(Refusal):
    """Der er allerede oprettet en sag."""

    next_step = "Ret alvor eller sagsbehandler på sagen i stedet."


class CaseIsNotOpen(Refusal):
    """Der er ikke oprettet en sag endnu."""

    next_step = "Vurdér bekymringen og opret sagen først."


class CaseIsClosed(Refusal):
    """Sagen er lukket."""

    next_step = "Genåbn sagen, hvis der igen er noget at gøre."


class ConcernIsDismissed(Refusal):
    """Bekymringen er afsluttet uden sag."""

    next_step = "Ses der nye tegn, registreres en ny observation."

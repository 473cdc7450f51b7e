"""Why a call is not taken in as it stands, and what to do instead."""

from __future__ import annotations

from shared.ground.errors import Refusal


class CallerIsNotChosen(Refusal):
    """Vælg, hvem der ringer."""

    field = "source"
    next_step = "Vil den, der ringer, ikke sige, hvem det er, så vælg »En, der ikke vil sige sit navn«."


class AnonymousHasNoName(Refusal):
    """Den, der ringer, vil ikke sige sit navn, men der står et navn eller et nummer."""

    field = "name"
    next_step = "Fjern det igen. Må navnet alligevel skrives, så vælg, hvem det er."


class NameIsTooLong(Refusal):
    """Navnet er for langt."""

    field = "name"
    next_step = "Skriv det kortere; det er kun til at sige tak."


class PhoneIsNoNumber(Refusal):
    """Det ligner ikke et telefonnummer."""

    field = "phone"
    next_step = "Skriv otte cifre, eller begynd med + og landekoden. Skriv aldrig et CPR-nummer."


class AnonymousComplaint(Refusal):
    """En klage skal have en afsender; en bekymring behøver ikke."""

    field = "is_complaint"
    next_step = "Fortæl, at en klage skal sendes med navn til ejendomskontoret. Er der også en bekymring, så registrér den uden klagen."


class ComplaintIsNoConcern(Refusal):
    """En klage over en nabo behandles ikke her."""

    field = "is_complaint"
    next_step = "Bed den, der ringer, om at sende klagen til ejendomskontoret. Er der også en bekymring, så registrér den uden klagen."


class FlagStandsAlready(Refusal):
    """Den, der ringede, er allerede mærket af mange grunde."""

    field = "reason"
    next_step = "Læs, hvad der står. Er det ikke sådan længere, så tag mærket tilbage."


class FlagHasNoReason(Refusal):
    """Skriv, hvorfor der skal ses nøjere på det, der fortælles."""

    field = "reason"
    next_step = "Kort, og kun det, den, der tager næste opkald, har brug for at vide. Skriv intet om beboeren."


class NobodyWouldBeRecognised(Refusal):
    """Den, der ringede, har ikke sagt navn eller nummer og kan ikke genkendes."""

    next_step = "Så kan intet mærkes. Hver bekymring vurderes for sig."


class NobodyIsLeftToThank(Refusal):
    """Der er ikke noget navn eller nummer at sige tak til."""

    next_step = "Der blev sagt tak i telefonen, da bekymringen kom."

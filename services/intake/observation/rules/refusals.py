"""Why an observation is not taken in, and what to do instead: the sentences a caretaker reads."""

from __future__ import annotations

from shared.ground.errors import Refusal


class HomeIsKeptOutOf(Refusal):
    """Du har meldt, at du er inhabil i den bolig."""

    field = "home_id"
    next_step = "Bed en kollega om at se på det og registrere det, eller ring til den boligsociale leder."


class HomeIsUnknown(Refusal):
    """Boligen findes ikke i registret."""

    field = "home_id"
    next_step = "Vælg boligen på listen. Mangler den, så ring til kontoret; de sætter den i registret."


class SentAlready(Refusal):
    """Du har sendt en observation om samme sted for få minutter siden."""

    field = "as_new"
    next_step = "Se den, du har sendt. Er det her en ny, så sæt kryds ved det, og send igen."


class NoSignalIsTicked(Refusal):
    """Sæt kryds ved mindst ét tegn: det, du så, hørte eller lugtede."""

    field = "signals"
    next_step = "Passer ingen af dem, så vælg »Er anderledes, end jeg kender beboeren«, og skriv hvad du så."


class SignalIsUnknown(Refusal):
    """Et af tegnene findes ikke på listen."""

    field = "signals"
    next_step = "Hent siden igen, og sæt krydserne på ny."


class SeverityIsUnknown(Refusal):
    """Vælg, hvor alvorligt det er."""

    field = "severity"
    next_step = "Er du i tvivl, så vælg den alvorligste af de to, du tænker på."


class ConsentAnswerIsUnknown(Refusal):
    """Vælg, hvad beboeren svarede."""

    field = "consent_answer"
    next_step = "Har du ikke spurgt, så vælg »Jeg nåede ikke at spørge«."


class ConsentScopeIsUnknown(Refusal):
    """En af dem, det må gives videre til, findes ikke på listen."""

    field = "consent_scope"
    next_step = "Hent siden igen, og sæt krydserne på ny."


class ConsentWithoutWording(Refusal):
    """Det fremgår ikke, hvad beboeren blev spurgt om."""

    field = "consent_wording"
    next_step = "Hent siden igen, og brug den sætning, der står der."


class ScopeWithoutConsent(Refusal):
    """Der er krydset af, hvem det må gives videre til, men svaret var ikke ja."""

    field = "consent_scope"
    next_step = "Sagde beboeren ja, så vælg »Ja«. Ellers fjern krydserne."


class IdIsMadeOfAnother(Refusal):
    """Observationens id er dannet af et andet id."""

    field = "id"
    next_step = "Begynd forfra på en ny observation; den får et tilfældigt id."


class ObservedInTheFuture(Refusal):
    """Tidspunktet ligger i fremtiden."""

    field = "observed_at"
    next_step = "Se efter dato og klokkeslæt – og uret på telefonen."


class ObservedTooLongAgo(Refusal):
    """Det er mere end 60 dage siden."""

    field = "observed_at"
    next_step = "Ring til den boligsociale leder og fortæl det. Ser du det stadig i dag, så registrér det, du ser i dag."


class SourceIsUnknown(Refusal):
    """Det fremgår ikke, hvem det kommer fra."""

    field = "source"
    next_step = "Vælg en fra listen."


class EarlierCaseIsMissing(Refusal):
    """En sag fortsætter fra en tidligere sag, som skal nævnes, og kun den gør det."""

    field = "earlier_case"
    next_step = "Begynd fra siden om den tidligere sag."


class EarlierCaseIsUnknown(Refusal):
    """Den tidligere sag findes ikke her."""

    field = "earlier_case"
    next_step = "Begynd fra siden om den tidligere sag."


class OnlySocialStaffGoesOn(Refusal):
    """Sociale viceværter og boligsociale ledere begynder en sag fra en tidligere sag."""

    field = "source"
    next_step = "Registrér det som en almindelig observation."


class OnlySocialStaffReachesOut(Refusal):
    """Opsøgende besøg og velkomster registreres af sociale viceværter og boligsociale ledere."""

    field = "source"
    next_step = "Registrér det som en almindelig observation."

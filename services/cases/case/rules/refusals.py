"""What the rules of a case refuse: each docstring is the Danish sentence that is shown, each next step what to do instead."""

from __future__ import annotations

from shared.ground.errors import Refusal


class CaretakersAreNotGivenSocialWork(Refusal):
    """En vicevært får ikke socialt arbejde: sagen skal ligge hos en boligsocial medarbejder."""

    field = "handler"
    next_step = "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


class HandlerIsNotSocialStaff(Refusal):
    """Sagen kan kun ligge hos en boligsocial leder eller en social vicevært."""

    field = "handler"
    next_step = "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


class NoProcedureIsAdopted(Refusal):
    """Boligorganisationen følger ingen beredskabsprocedure endnu, så bekymringen har ingen frister og ingen ansvarlige."""

    next_step = "Vedtag en procedure, og prøv beskeden igen."


class HandlerDoesNotWorkHere(Refusal):
    """Den valgte sagsbehandler findes ikke i medarbejderlisten."""

    field = "handler"
    next_step = "Vælg en medarbejder på listen."


class CompanionDoesNotWorkHere(Refusal):
    """Den valgte ledsager findes ikke i medarbejderlisten."""

    field = "companion"
    next_step = "Vælg en medarbejder på listen."


class ItIsInTheFuture(Refusal):
    """Tidspunktet er ikke indtruffet endnu."""

    field = "happened_at"
    next_step = "Skriv, hvornår det faktisk skete."


class ItWasBeforeThat(Refusal):
    """Tidspunktet ligger før det, som det følger af: før bekymringen blev set, eller før det, der svares på, var sket."""

    field = "happened_at"
    next_step = "Se efter dato og årstal. Lad feltet stå tomt, hvis det skete lige nu."


class ThisStepIsNotForCaretakers(Refusal):
    """Det trin hører ikke til en viceværts opgaver. Du ser, spørger om lov, giver videre, går med og holder øje."""

    next_step = "Giv det videre til den boligsociale leder."


class ProcedureGivesThisStepToOthers(Refusal):
    """Beredskabsproceduren giver ikke din rolle det trin."""

    next_step = "Bed en kollega med den rette rolle om at gøre det."


class CodeIsUnknown(Refusal):
    """Det valgte findes ikke på listen."""

    next_step = "Vælg en af mulighederne på listen."


class ConcernIsNotTriaged(Refusal):
    """Bekymringen er ikke vurderet endnu."""

    next_step = "Vurdér alvor og kategori først; derefter kan sagen oprettes."


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
    """Bekymringen er afvist."""

    next_step = "Ses der nye tegn, registreres en ny observation."


class OnlyAClosedCaseIsReopened(Refusal):
    """Kun en lukket sag kan genåbnes."""

    next_step = "Vurdér bekymringen, eller registrér en ny observation, hvis der ses nye tegn."


class NoConsentCoversThis(Refusal):
    """Beboeren har ikke givet samtykke, der dækker denne modtager."""

    field = "basis"
    next_step = "Spørg beboeren om lov, eller vælg et andet grundlag og begrund det."


class ConsentWasDeclined(Refusal):
    """Beboeren har sagt nej til, at oplysninger gives videre til denne modtager."""

    field = "basis"
    next_step = "Respektér et nej: efterlad en pjece, aftal et nyt forsøg, eller drøft sagen anonymt med kommunen."


class ConsentWasWithdrawn(Refusal):
    """Beboeren har trukket samtykket til denne modtager tilbage."""

    field = "basis"
    next_step = "Del ikke mere. Spørg beboeren igen, eller vælg et andet grundlag og begrund det."


class ConsentHasExpired(Refusal):
    """Samtykket til denne modtager er udløbet."""

    field = "basis"
    next_step = "Spørg beboeren igen."


class ThereIsNoConsentToWithdraw(Refusal):
    """Der er intet gældende samtykke til denne modtager at trække tilbage."""

    field = "recipient"
    next_step = "Hent sagen igen, og se, hvem beboeren har sagt ja til."


class RecipientIsMissing(Refusal):
    """Det skal fremgå, hvem samtykket gælder."""

    field = "recipients"
    next_step = "Vælg mindst én modtager."


class WordingIsMissing(Refusal):
    """Det skal fremgå, hvilken samtykketekst beboeren fik."""

    field = "wording"
    next_step = "Vælg den version af samtykketeksten, der blev læst op eller vist."


class ConsentCameLater(Refusal):
    """Beboeren sagde først ja efter det tidspunkt."""

    field = "happened_at"
    next_step = "Se efter dato og klokkeslæt. Blev noget delt, før der var et ja, så vælg det grundlag, det blev delt på."


class ConsentEndsBeforeItBegins(Refusal):
    """Samtykket er udløbet, før det er givet."""

    field = "valid_until"
    next_step = "Vælg en dag, der ikke er passeret, eller lad feltet stå tomt."


class ConsentLastsTooLong(Refusal):
    """Et samtykke gælder højst fem år ad gangen."""

    field = "valid_until"
    next_step = "Se efter årstallet, eller lad feltet stå tomt: så gælder det, til det trækkes tilbage."


class ReasonIsMissing(Refusal):
    """Når oplysninger deles uden samtykke, skal grunden skrives ned."""

    field = "basis_reason"
    next_step = "Skriv kort, hvad der gør det nødvendigt."


class ThereIsNoSuchReferral(Refusal):
    """Den henvisning findes ikke på sagen."""

    field = "referral_id"
    next_step = "Hent sagen igen, og vælg en henvisning, der står på den."


class ReferralIsAlreadyAnswered(Refusal):
    """Henvisningen har allerede fået et andet svar."""

    next_step = "Skriv et notat, hvis svaret skal uddybes."


class ThereIsNoSuchOrder(Refusal):
    """Den bestilling findes ikke på sagen."""

    field = "order_id"
    next_step = "Hent sagen igen, og vælg en bestilling, der står på den."


class ThereIsNoSuchVisit(Refusal):
    """Den ledsagelse findes ikke på sagen."""

    field = "visit_id"
    next_step = "Hent sagen igen, og vælg en ledsagelse, der står på den."


class MeetingIsInThePast(Refusal):
    """Mødet ligger i fortiden."""

    field = "meeting_at"
    next_step = "Vælg et tidspunkt, der ikke er passeret."


class MeetingIsTooFarAhead(Refusal):
    """Mødet ligger mere end et år ude i fremtiden."""

    field = "meeting_at"
    next_step = "Se efter årstallet."


class MeetingIsStillToCome(Refusal):
    """Mødet er ikke holdt endnu: det ligger senere."""

    field = "visit_id"
    next_step = "Notér det, når mødet er holdt – eller flyt mødet, hvis det blev holdt før tid."


class ThereIsNoSuchFollowUp(Refusal):
    """Den opfølgning findes ikke på sagen."""

    field = "follow_up_id"
    next_step = "Hent sagen igen, og vælg en opfølgning, der står på den."


class FollowUpIsInThePast(Refusal):
    """Opfølgningen ligger i fortiden."""

    field = "due"
    next_step = "Vælg en dag, der ikke er passeret."


class FollowUpIsTooFarAhead(Refusal):
    """Opfølgningen ligger mere end tre år ude i fremtiden."""

    field = "due"
    next_step = "Se efter årstallet."


class FollowUpIsTooEarly(Refusal):
    """Det er for tidligt: en opfølgning viser noget, når mindst halvdelen af tiden er gået."""

    field = "follow_up_id"
    next_step = "Notér det som en kontakt, hvis du har talt med beboeren i dag, og følg op, når tiden er inde."


class FollowUpIsDone(Refusal):
    """Opfølgningen er allerede udført."""

    next_step = "Planlæg en ny opfølgning, hvis der skal ses til beboeren igen."


class FollowUpIsCancelled(Refusal):
    """Opfølgningen er aflyst."""

    next_step = "Planlæg en ny opfølgning."


class FollowUpsAreOpen(Refusal):
    """Der er planlagte opfølgninger, som hverken er udført eller aflyst."""

    next_step = "Registrér dem som udført, eller aflys dem, før sagen lukkes."


class ReferralsAreUnanswered(Refusal):
    """Der er henvisninger, som ingen har svaret på."""

    field = "outcome"
    next_step = "Registrér svaret, eller vælg et udfald, der siger hvorfor der ikke ventes længere, fx »kommunen svarede ikke«."


class ThatHasNotHappenedYet(Refusal):
    """Det er ikke sket endnu, så det kan viceværten ikke få at vide."""

    field = "milestone"
    next_step = "Vælg noget, der er sket, eller vent, til det er sket."


class NoteIsEmpty(Refusal):
    """Notatet er tomt."""

    field = "text"
    next_step = "Skriv, hvad du så eller aftalte."


class NothingIsNoted(Refusal):
    """Der er hverken navn eller telefonnummer at gemme."""

    field = "phone"
    next_step = "Skriv navnet eller telefonnummeret."

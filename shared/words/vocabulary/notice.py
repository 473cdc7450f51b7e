"""What colleagues are told by mail."""

from __future__ import annotations

from shared.words.code import Code


class NoticeKind(Code):
    """What a notice to a colleague is about."""

    CONCERN_RAISED = "concern_raised", "Ny bekymring", "New concern"
    CASE_OPENED = "case_opened", "Sag oprettet", "Case opened"
    CASE_ASSIGNED = "case_assigned", "Sag tildelt", "Case assigned"
    REFERRAL_SILENT = "referral_silent", "Henvisning uden svar", "Referral without answer"
    FOLLOW_UP_MISSED = "follow_up_missed", "Opfølgning overskredet", "Follow-up missed"
    TRIAGE_MISSED = "triage_missed", "Vurdering overskredet", "Triage missed"
    FIRST_CONTACT_MISSED = "first_contact_missed", "Første kontakt overskredet", "First contact missed"
    CARETAKER_NOT_TOLD = "caretaker_not_told", "Vicevært ikke orienteret", "Caretaker not told"
    THANKS_MISSED = "thanks_missed", "Ingen har sagt tak", "Nobody said thanks"
    DEADLINE_MISSED = "deadline_missed", "Frist overskredet", "Deadline missed"
    STANDS_STILL = "stands_still", "Alt udgående er standset", "Nothing reaches out any more"
    GOES_ON = "goes_on", "Sagen er i gang igen", "The case goes on"
    COMPANION_WANTED = "companion_wanted", "Vil du være med?", "Will you come along?"
    VISIT_PLANNED = "visit_planned", "Kig forbi", "Go by"
    COMPANION_DECLINED = "companion_declined", "Ledsager kan ikke", "Companion cannot come"
    COMPANION_RELEASED = "companion_released", "Skal ikke med alligevel", "Not needed after all"
    IN_GOOD_HANDS = "in_good_hands", "I gode hænder", "In good hands"
    WRONG_PERSON = "wrong_person", "Måske en forkert person", "Maybe the wrong person"
    BREACH_ASSESSED = "breach_assessed", "Et brud er vurderet", "A breach is assessed"
    GLASS_BROKEN = "glass_broken", "Nogen brød glasset", "Somebody broke the glass"
    LOOK_QUESTIONED = "look_questioned", "Spørgsmål om et opslag", "A question about a look-up"
    CHAIN_BROKEN = "chain_broken", "Historien er ændret uden om Brobygger", "History was changed behind Brobygger"
    OBSERVATION_NEWS = "observation_news", "Nyt om en observation", "News about an observation"


class WhyWithdrawn(Code):
    """Why a notice that was not sent yet is not needed any more."""

    CASE_OVER = "case_over", "Sagen er slut", "The case is over"
    STANDSTILL = (
        "standstill",
        "Sagen er sat i stå, eller beboeren er død eller flyttet",
        "The case is stopped, or the resident died or moved",
    )
    GOES_ON = "goes_on", "Sagen er i gang igen", "The case goes on again"
    SEEN = "seen", "Nogen har set bekymringen", "Somebody has seen the concern"
    JUDGED = "judged", "Bekymringen er vurderet", "The concern is assessed"
    HANDED_OVER = "handed_over", "En anden har sagen", "Somebody else carries the case"
    MEETING_OFF = "meeting_off", "Mødet er aflyst eller flyttet", "The meeting is called off or moved"
    DONE = "done", "Det er gjort imens", "It was done meanwhile"

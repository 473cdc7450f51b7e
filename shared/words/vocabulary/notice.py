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
    DEADLINE_MISSED = "deadline_missed", "Frist overskredet", "Deadline missed"
    COMPANION_WANTED = "companion_wanted", "Vil du være med?", "Will you come along?"
    COMPANION_DECLINED = "companion_declined", "Ledsager kan ikke", "Companion cannot come"
    COMPANION_RELEASED = "companion_released", "Skal ikke med alligevel", "Not needed after all"
    IN_GOOD_HANDS = "in_good_hands", "I gode hænder", "In good hands"
    OBSERVATION_NEWS = "observation_news", "Nyt om en observation", "News about an observation"

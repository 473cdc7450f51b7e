"""What figures count and time."""

from __future__ import annotations

from shared.words.code import Code


class Stage(Code):
    """How far a concern has come, as figures count it; a case that was opened again is open."""

    CASE = "case", "Blev til en sag", "Became a case"
    WAITING = "waiting", "Venter på vurdering", "Waiting for assessment"
    DISMISSED = "dismissed", "Afvist, ikke en sag", "Dismissed, not a case"
    OPEN = "open", "Åbne", "Open"
    CLOSED = "closed", "Lukkede", "Closed"


class Timed(Code):
    """What figures time. The recipient's two are counted from the first referral, everything else from the observation."""

    TRIAGE = "triage", "Fra observation til vurdering", "From observation to assessment"
    FIRST_CONTACT = "first_contact", "Fra observation til første kontakt", "From observation to first contact"
    FIRST_REFERRAL = "first_referral", "Fra observation til første henvisning", "From observation to first referral"
    ACKNOWLEDGED = "acknowledged", "Fra henvisning til kvittering", "From referral to acknowledgement"
    ANSWERED = "answered", "Fra henvisning til svar", "From referral to answer"
    TOLD = "told", "Fra observation til viceværten fik besked", "From observation to the caretaker being told"


class Promise(Code):
    """What is promised, and counted whether it was kept."""

    TRIAGE = "triage", "Vurderet inden fristen", "Assessed within the deadline"
    FIRST_CONTACT = "first_contact", "Beboeren kontaktet inden fristen", "The resident was contacted within the deadline"
    ACKNOWLEDGED = "acknowledged", "Modtageren kvitterede inden fristen", "The recipient acknowledged within the deadline"
    FOLLOW_UPS = "follow_ups", "Opfølgning gjort til tiden", "Follow-up done in time"
    TOLD = "told", "Viceværten fik besked", "The caretaker was told"
    TOLD_ON_TIME = "told_on_time", "Beskeden til viceværten kom til tiden", "Word to the caretaker came in time"
    NOTICES = "notices", "Mails til medarbejdere kom frem", "Mails to staff arrived"

"""An example of every request of cases, in the words of the demo: invented people, homes and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid5

from shared.web.request_examples import EXAMPLES

_HOME: Mapping[str, Any] = {
    "address": "Tudsevænget 12, 2. tv", "estate_id": "afd-01", "estate_name": "Nøddekrattet", "municipality": "nordby",
    "has_many_homes": True,
}  # fmt: skip
_RESIDENT: Mapping[str, Any] = {
    "role": "tenant", "name": "Opdigtet Beboer", "phone": "70 00 00 00", "language": "da", "needs_interpreter": False,
    "way_to_reach": "phone",
}  # fmt: skip
SAID: Mapping[str, Mapping[str, Any]] = {
    # Procedure
    "Adoption": {"text": "version: \"2026-2\"\n# … og resten, som i den version, der gælder nu\n"},
    "Confirmation": {"digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    "Withdrawal": {"reason": "not_agreed"},
    "Move": {"procedure_version": "2026-2", "reason": "Den nye aftale med kommunen gælder også sager, der er i gang."},
    "MoveToProcedure": {"procedure_version": "2026-2", "reason": "Den nye aftale med kommunen gælder også denne sag."},
    # Checking afterwards
    "RedactionIn": {"version": 3, "name": "note", "reason": "other_person"},
    "GlassIn": {"reason": "Vicevært fra nabobebyggelsen har ringet om vand gennem loftet, og ingen med sagen kan træffes."},
    "VerdictIn": {"verdict": "agreed", "words": "Der var vand gennem loftet, og kollegaen var syg."},
    "PlanIn": {"since": "2026-01-01", "until": "2026-03-31", "stratum": "apart", "size": 20},
    "WordsIn": {"words": "Jeg tog telefonen for min kollega, og beboeren spurgte til sin sag."},
    "FindingIn": {"finding": "fine", "words": "Opkaldet står i sagen samme dag."},
    # The steps of a case: until somebody carries it
    "TriageConcern": {"severity": "high", "category": "elderly_care", "reason": "Der er ikke set nogen i en uge."},
    "DismissConcern": {"reason": "explained", "remark": "Beboeren er på ferie, siger datteren."},
    "JoinCase": {"reason": "Det er den samme beboer."},
    "SplitOff": {"observations": [str(uuid5(EXAMPLES, "observation_id"))], "reason": "Den gælder boligen ved siden af."},
    "PlanVisit": {"visitor": "staff-caretaker-1", "due": "2026-03-05T12:00:00+01:00"},
    "OpenCase": {"handler": "staff-social-caretaker-1"},
    "AssignCase": {"handler": "staff-social-caretaker-2"},
    "HandOver": {
        "giver": "staff-social-caretaker-1", "handler": "staff-social-caretaker-2", "cases": [str(uuid5(EXAMPLES, "case_id"))],
    },
    "ChangeSeverity": {"severity": "acute", "reason": "Der er slukket for varmen."},
    "TakeUpAgain": {"reason": "Beboeren åbner stadig ikke."},
    # With the resident
    "RecordContact": {"reached": True, "channel": "visit", "note": "Vil gerne have hjælp til rengøring."},
    "NotePerson": _RESIDENT,
    "CorrectPersonBody": {**_RESIDENT, "way_to_reach": "relative"},
    "GrantConsent": {
        "recipients": ["municipal.visitation"], "purpose": "help", "information": ["contact", "home"], "wording": "telefon-1",
        "how": "oral",
    },
    "DeclineConsent": {"recipients": ["volunteer"], "purpose": "help", "wording": "telefon-1", "how": "oral"},
    "RecordConsentNotObtainable": {"recipients": ["municipal.visitation"], "purpose": "help"},
    "WithdrawConsent": {"recipient": "volunteer", "how": "oral"},
    "PlanAccompaniment": {"companion": "staff-caretaker-1", "meeting_at": "2026-03-10T10:00:00+01:00"},
    "AddNote": {"text": "Datteren ringer igen på torsdag."},
    "KeepAnEye": {"text": "Postkassen er tømt."},
    "PlanFollowUp": {"due": "2026-03-17T12:00:00+01:00"},
    "DoFollowUpBody": {"note": "Hjemmehjælpen kommer nu hver dag."},
    "AskToContinue": {"continuing": "yes", "channel": "phone"},
    "Apologise": {"channel": "letter"},
    # With others
    "SendReferral": {
        "target": "municipal.visitation", "channel": "secure_mail", "purpose": "help", "information": ["contact", "home"],
        "basis": "consent", "content": "Beboeren vil gerne have hjælp til rengøring og indkøb.",
    },
    "TellRecipientBody": {"channel": "phone"},
    "RecordAnswerBody": {"outcome": "help_established"},
    "RecordRejectionBody": {"reason": "Boligen ligger i en anden kommune."},
    "InformCaretaker": {"milestone": "in_good_hands", "channel": "phone"},
    "OrderDamageService": {"basis": "consent"},
    # What is known of the tenancy
    "NoteFact": {"kind": "help", "on": "2026-03-12", "source": "helper"},
    "TakeFactBackBody": {"reason": "Hjælpen begynder først i april."},
    "RecordMove": {"on": "2026-04-01", "source": "rent_office"},
    "RetractMove": {"reason": "Opsigelsen er trukket tilbage."},
    "MoveAlong": {**_HOME, "handler": "staff-social-caretaker-2", "reason": "Beboeren vil gerne beholde hjælpen."},
    "RecordDeath": {"on": "2026-03-20", "source": "relative"},
    "RetractDeath": {"reason": "Det var en anden beboer i opgangen."},
    "RecordGuardian": {"may_decide": ["economy"], "source": "authority"},
    "RecordProtection": {"source": "resident"},
    "RecordProtectionEnded": {"source": "resident"},
    # The end, and what was wrong
    "CloseCase": {"outcome": "help_established", "remark": "Hjemmehjælpen kommer hver dag."},
    "ReopenCase": {"reason": "Hjemmehjælpen er holdt op."},
    "FreezeCase": {"reason": "Den gælder måske en anden med samme navn."},
    "LetGoOn": {"reason": "Det var den rigtige."},
    "MoveToRightPerson": {**_HOME, "reason": "Viceværten valgte boligen ovenover."},
    "RetractCase": {"reason": "Ingen ved, hvem den gælder."},
    "AskToDeleteBody": {"channel": "secure_mail", "reply": "deletes", "note": "Slettet samme dag."},
    "AssessBreach": {"finding": "not_notifiable", "reason": "Kun kommunen så det, og den har slettet det."},
    "InformSubject": {"channel": "letter"},
    "RecordException": {"provision": "gdpr_34_1", "reason": "Risikoen er ikke høj: kun kommunen så det."},
}  # fmt: skip
"""What each says but for its ids. One that asks for something new says it here; a test sends each to its model."""

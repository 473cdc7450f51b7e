"""An example of every message, made of invented ids and codes; the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, get_args
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from shared.messaging.message import Message
from shared.privacy.personal import Sealed

EXAMPLES = UUID("0f6f9a52-5c1f-5a38-9a38-2f6f0f4b7c11")
MOMENT = datetime(2026, 3, 3, 9, 12, tzinfo=UTC)

CODES: dict[str, Any] = {
    "actor": "staff-lead-1",
    "area": "",
    "answer": "granted",
    "basis": "consent",
    "caretaker": "staff-caretaker-1",
    "category": "elderly_care",
    "comes": True,
    "companion": "staff-caretaker-1",
    "consent_answer": "granted",
    "consent_scope": ["office", "municipal.visitation"],
    "consent_wording": "2026-1",
    "estate_id": "bakkegaarden",
    "estate_name": "Nøddekrattet",
    "finding": "not_notifiable",
    "handler": "staff-lead-1",
    "is_protected": True,
    "in_good_hands": True,
    "how": "seen",
    "is_newly_rehoused": False,
    "kind": "triage",
    "lives_alone": True,
    "may_decide": ["economy", "housing"],
    "milestone": "in_good_hands",
    "municipality": "nordby",
    "place": "home",
    "source": "observation",
    "observer": "staff-caretaker-1",
    "on_time": True,
    "outcome": "help_established",
    "person": "staff-social-caretaker-1",
    "reached": True,
    "reason": "unfounded",
    "recipient": "staff-lead-1",
    "recipients": ["municipal.visitation"],
    "severity": "high",
    "signals": ["home.hoarding", "self.neglect"],
    "step": 1,
    "visitor": "staff-caretaker-1",
    "was_made": True,
    "months": 2,
    "taken_by": "staff-caretaker-1",
    "target": "municipal.visitation",
    "version": "2026-1",
    "who": "staff-social-caretaker-1",
    "why": "moved",
    "work": "damage_service",
}
OCCUPANTS = [
    {"person_id": uuid5(EXAMPLES, "person_id"), "role": "tenant"},
    {"person_id": uuid5(EXAMPLES, "another person_id"), "role": "child"},
]
SPECIAL: dict[tuple[str, str], Any] = {
    ("ColleagueChanged", "version"): 3,
    ("ColleagueChanged", "hats"): [{"role": "social_caretaker", "estates": ["bakkegaarden"]}],
    ("ColleagueChanged", "absences"): [{"begins": MOMENT, "ends": MOMENT.replace(day=17), "stand_in": "staff-lead-1"}],
    ("ColleagueChanged", "on_call"): [{"begins": MOMENT.replace(day=20), "ends": MOMENT.replace(day=22)}],
    ("ColleagueChanged", "shut_from"): [uuid5(EXAMPLES, "home_id")],
    ("ColleagueChanged", "stay"): 2,
    ("ObservationRegistered", "guardian_decides"): ["economy"],
    ("PlaceLinked", "guardian_decides"): ["economy"],
    ("PlaceCorrected", "guardian_decides"): ["economy"],
    ("ConsentRecorded", "purpose"): "help",
    ("ConsentRecorded", "information"): ["contact", "home"],
    ("AddressProtectionNoted", "observation_ids"): [uuid5(EXAMPLES, "observation_id")],
    ("CaseReopened", "also"): {uuid5(EXAMPLES, "another observation_id"): "staff-caretaker-2"},
    ("ReferralAnswered", "outcome"): "acknowledged_no_detail",
    ("TenancyChanged", "persons"): OCCUPANTS,
    ("TenancyChanged", "household_size"): "3-4",
    ("TenancyChanged", "is_protected"): False,
    ("TenancyStarted", "persons"): OCCUPANTS,
    ("TenancyStarted", "household_size"): "3-4",
    ("TenancyStarted", "is_protected"): False,
    ("Looked", "look"): "read_observation",
    ("Looked", "purpose"): "own_observation",
    ("Looked", "relation"): "observer",
    ("Looked", "on_behalf_of"): "",
    ("Looked", "selection"): "",
    ("NoticeSent", "kind"): "concern_raised",
    ("NoticeFailed", "kind"): "concern_raised",
    ("NoticeFailed", "reason"): "recipient_refused_5xx",
}


def data_of(message: type[Message]) -> dict[str, Any]:
    """The data of an example, as JSON."""
    values = {name: _value(message.__name__, name, field.annotation) for name, field in message.model_fields.items()}
    example: dict[str, Any] = message.model_validate(values).model_dump(mode="json")
    return example


def headers_of(message: type[Message], *, source: str, dataschema: str) -> dict[str, str]:
    """The headers of the same example; outsiders are not told who asked, nor of what it is a part."""
    subject = str(uuid5(EXAMPLES, "subject"))
    who = {"ce_actor": "system:brobygger", "ce_actorrole": "system"}
    if not message.FOR_OUTSIDERS:
        who = {"ce_actor": "staff-lead-1", "ce_actorrole": "social_lead", "ce_correlationid": str(uuid5(EXAMPLES, "conversation"))}
    return {
        "ce_specversion": "1.0",
        "ce_id": str(uuid5(EXAMPLES, message.TYPE)),
        "ce_source": source,
        "ce_type": message.TYPE,
        "ce_subject": subject,
        "ce_time": "2026-03-03T09:12:00Z",
        "ce_recordedtime": "2026-03-03T09:12:04Z",
        "ce_association": "bakkebo",
        "ce_dataschema": dataschema,
        "ce_partitionkey": subject,
        **who,
        "ce_classification": message.CLASSIFICATION,
        "content-type": "application/json",
    }


def _value(message: str, name: str, annotation: Any) -> Any:
    kinds = {annotation, *get_args(annotation)}
    if (message, name) in SPECIAL:
        return SPECIAL[message, name]
    if UUID in kinds:
        return uuid5(EXAMPLES, name)
    if Sealed in kinds:
        subject = uuid5(EXAMPLES, "key")
        return Sealed(subject=subject, of=f"{uuid5(EXAMPLES, 'event')}/{name}", box="bm90IGEgcmVhbCBib3gsIG9ubHkgYW4gZXhhbXBsZQ==")
    if date in kinds:
        return date(2026, 3, 1)
    if datetime in kinds or AwareDatetime in kinds:
        return MOMENT
    return CODES[name]

"""Why a message is not taken in yet, as operators tell them apart."""

from __future__ import annotations

from shared.words.code import Code


class ParkedKind(Code):
    """What it takes until a parked message goes in."""

    WAITING = "waiting", "Venter og går ind af sig selv", "Waits, and goes in by itself"
    REFUSED = "refused", "Afvist", "Refused"
    UNKNOWN_VERSION = "unknown_version", "Ukendt version", "Unknown version"
    UNREADABLE = "unreadable", "Kan ikke læses", "Cannot be read"
    FAILED = "failed", "Tjenesten fejlede", "The service failed"
    BEHIND = "behind", "Venter bag en anden", "Waits behind another one"


class ParkedOutcome(Code):
    """How a parked message came to wait no more, without having been taken in."""

    PUT_ASIDE = "put_aside", "Lagt til side", "Put aside"
    REPLACED = "replaced", "Erstattet af en rettet besked", "Replaced by a corrected message"

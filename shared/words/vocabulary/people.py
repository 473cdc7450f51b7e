"""Who people are here, why they look, and what looking was."""

from __future__ import annotations

from shared.words.code import Code


class Role(Code):
    """What somebody may be here (domain.md §6); `SYSTEM` is the clock and the listeners."""

    CARETAKER = (
        "caretaker",
        "Vicevært",
        "Caretaker",
        "Registrerer det, der bliver set, og får at vide, hvordan det går.",
        "Registers what he sees, and is told how it goes.",
    )
    SOCIAL_LEAD = (
        "social_lead",
        "Boligsocial leder",
        "Social lead",
        "Vurderer, fordeler og følger hver sag til dørs.",
        "Assesses, assigns and sees every case through.",
    )
    SOCIAL_CARETAKER = (
        "social_caretaker",
        "Social vicevært",
        "Social caretaker",
        "Arbejder med sagerne i egne afdelinger.",
        "Works on the cases of their own estates.",
    )
    COLLECTIONS_CLERK = (
        "collections_clerk",
        "Restancemedarbejder",
        "Collections clerk",
        "Kan give en bekymring videre. Ser ikke sagerne.",
        "Can pass on a concern. Does not see the cases.",
    )
    DPO = (
        "dpo",
        "Databeskyttelsesrådgiver",
        "Data protection officer",
        "Ser efter, at oplysninger bruges rigtigt.",
        "Sees to it that information is used rightly.",
    )
    AUDITOR = (
        "auditor",
        "Revisor",
        "Auditor",
        "Læser sager og opslag efter og kontrollerer beviset.",
        "Reads cases and look-ups again and checks the proof.",
    )
    DIRECTOR = "director", "Direktør", "Director", "Ser tal, aldrig personer.", "Sees figures, never persons."
    OPERATOR = (
        "operator",
        "Drift",
        "Operations",
        "Holder systemet kørende. Ser aldrig en sag.",
        "Keeps the system running. Never sees a case.",
    )
    SYSTEM = "system", "Systemet", "The system", "Uret og beskederne mellem tjenesterne.", "The clock and the messages between services."


SOCIAL_STAFF = frozenset({Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER})
"""Those whose work social work is."""


class Purpose(Code):
    """Why somebody looks or acts; stands on every read and every event (design.md §7)."""

    OWN_OBSERVATION = "own_observation", "Egen observation", "Own observation"
    TAKING_PART = "taking_part", "Egen del af en sag", "Own part of a case"
    CASE_WORK = "case_work", "Sagsarbejde", "Case work"
    TRIAGE = "triage", "Vurdering", "Assessment"
    AUDIT = "audit", "Revision", "Audit"
    SUBJECT_ACCESS = "subject_access", "Indsigtsanmodning", "Subject access request"
    SUPERVISION = "supervision", "Tilsyn", "Supervision"
    STATISTICS = "statistics", "Statistik", "Statistics"
    OPERATION = "operation", "Drift", "Operations"


class ConflictKind(Code):
    """Why somebody keeps out of a home or a case."""

    OWN_HOME = "own_home", "Egen bolig", "Own home"
    RELATIVE = "relative", "Familie eller nær ven", "Family or a close friend"
    OTHER = "other", "Anden grund", "Another reason"


class Look(Code):
    """What somebody did who looked, as the access log says it."""

    READ_QUEUE = "read_queue", "Så køen af sager", "Looked at the queue"
    READ_OVERVIEW = "read_overview", "Så køen i tal", "Looked at the queue in numbers"
    READ_CASE = "read_case", "Åbnede sagen", "Opened the case"
    READ_CASE_WORDS = "read_case_words", "Læste sagens ord", "Read the words of the case"
    READ_CASE_AS_OF = "read_case_as_of", "Så sagen, som den stod en dag", "Looked at the case as it stood on a day"
    READ_CASE_WORDS_AS_OF = (
        "read_case_words_as_of",
        "Læste sagens ord, som de stod en dag",
        "Read the words of the case as they stood on a day",
    )
    READ_PROTECTED_ADDRESS = "read_protected_address", "Så den beskyttede adresse", "Saw the protected address"
    READ_PART = "read_part", "Så sin egen del af sagen", "Looked at their own part of the case"
    READ_ACCESS_LOG = "read_access_log", "Så opslagsloggen", "Looked at the access log"
    VERIFY_CHAIN = "verify_chain", "Kontrollerede kæden", "Verified the chain"
    LOOK_UP_ERASURE = "look_up_erasure", "Så, hvad en sletning ville fjerne", "Looked at what an erasure would take away"
    FIND_TO_ERASE = "find_to_erase", "Søgte efter, hvem der kan slettes", "Searched for whom may be erased"
    READ_FIGURES = "read_figures", "Så tal", "Looked at figures"
    EXPORT_FIGURES = "export_figures", "Hentede tal som fil", "Fetched figures as a file"
    EXPORT_ACCESS_LOG = "export_access_log", "Hentede opslagsloggen som fil", "Fetched the access log as a file"
    SHOWN_IN_LIST = "shown_in_list", "Så sagen på en liste", "Saw the case on a list"
    READ_OBSERVATION = "read_observation", "Åbnede observationen", "Opened the observation"
    READ_OWN_OBSERVATIONS = "read_own_observations", "Så listen over egne observationer", "Looked at the list of own observations"
    READ_PLACE = "read_place", "Så, hvor det er, for at knytte en bolig til", "Looked where it is, to link a home to it"
    READ_OWN_CALL = "read_own_call", "Åbnede et opkald, de selv tog", "Opened a call they took themselves"
    READ_OWN_CALLS = "read_own_calls", "Så listen over opkald, de selv tog", "Looked at the list of calls they took themselves"
    READ_CALL = "read_call", "Åbnede et opkald", "Opened a call"
    READ_ALL_CALLS = "read_all_calls", "Så listen over alle opkald", "Looked at the list of all calls"
    READ_NOTICES = "read_notices", "Så listen over beskeder", "Looked at the list of notices"
    READ_OWN_NOTICES = "read_own_notices", "Så listen over egne beskeder", "Looked at the list of own notices"
    READ_PARKED = "read_parked", "Så beskeder, der ikke kunne læses ind", "Looked at messages that could not be taken in"
    READ_GLASSES = "read_glasses", "Så listen over brudte glas", "Looked at the list of broken glasses"
    READ_GLASS = "read_glass", "Så et brudt glas", "Looked at a broken glass"
    TRIED_GLASS = "tried_glass", "Forsøgte forgæves at bryde glasset", "Tried to break the glass, for nothing"
    READ_SPOT_CHECK = "read_spot_check", "Så en stikprøve", "Looked at a spot check"
    READ_TEXTS = "read_texts", "Læste sagens tekster for at fjerne en", "Read the texts of the case to redact one"


AT_AN_OBSERVATION = frozenset({Look.READ_OBSERVATION, Look.READ_PLACE})
"""Looks at an observation. Its concern, or case, is known by an id that follows from the observation's."""


class Relation(Code):
    """What somebody who looked has to do with it."""

    HANDLER = "handler", "Sagsbehandler", "Case handler"
    OWN_ESTATE = "own_estate", "Egen afdeling", "Own estate"
    OBSERVER = "observer", "Så det selv", "Saw it"
    RECIPIENT = "recipient", "Fik det selv", "Was told"
    COMPANION = "companion", "Spurgt, om de vil med", "Asked along"
    BREAK_GLASS = "break_glass", "Brød glasset", "Broke the glass"
    ASSOCIATION = "association", "Samme boligorganisation", "Same association"
    NONE = "none", "Ingen", "None"


WITHOUT_A_RELATION = frozenset({Relation.BREAK_GLASS, Relation.ASSOCIATION, Relation.NONE})
"""They have nothing to do with it but where they work, and that somebody let them in."""

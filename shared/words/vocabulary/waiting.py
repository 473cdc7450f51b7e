"""What can be due in a case, what it waits for, and where in the queue that puts it."""

from __future__ import annotations

from shared.words.code import Code, Since


class DeadlineKind(Code):
    """The deadlines of a case that the procedure sets a clock for."""

    TRIAGE = "triage", "Vurdering", "Assessment"
    FIRST_CONTACT = "first_contact", "Første kontakt", "First contact"
    TELL_CARETAKER = "tell_caretaker", "Besked til viceværten", "Telling the caretaker"
    CARE_FOR_STAFF = "care_for_staff", "Tale med dem, der kendte beboeren", "Talking with those who knew the resident"
    APOLOGISE = "apologise", "Undskyldning", "Apology"
    ASK_TO_CONTINUE = "ask_to_continue", "Spørge, om sagen må fortsætte", "Asking whether the case may go on"
    TELL_RECIPIENTS = "tell_recipients", "Besked til modtagerne", "Telling the recipients"


RUNS_MEANWHILE: dict[DeadlineKind, Since[int]] = {
    DeadlineKind.CARE_FOR_STAFF: Since("0.2.0", 1),
    DeadlineKind.APOLOGISE: Since("0.2.0", 1),
    DeadlineKind.ASK_TO_CONTINUE: Since("0.2.0", 5),
    DeadlineKind.TELL_RECIPIENTS: Since("0.2.0", 2),
}
"""How many working days a later clock runs, however serious it is, until an association has agreed on a time."""


class Appointment(Code):
    """What else a case can wait for, until somebody did what they said."""

    FOLLOW_UP = "follow_up", "Opfølgning", "Follow-up"
    ANSWER = "answer", "Svar fra modtager", "Answer from a recipient"
    MEETING = "meeting", "Møde", "Meeting"
    DAMAGE_SERVICE = "damage_service", "Skadesservice", "Damage service"
    SILENCE = "silence", "Modtageren tier", "The recipient is silent"
    """A step of the ladder that is climbed while a recipient does not say that they have it (S15)."""
    MOVE = "move", "Flytning", "Move"
    """The day somebody moves, which was told before it (S13)."""
    VISIT = "visit", "Besøg", "Visit"
    """Somebody goes by to see whether what was told is so (S17)."""
    NEW_HOME = "new_home", "Følge med til den nye bolig", "Going along to the new home"


class Righting(Code):
    """What is to be done about a case of the wrong person (domain.md S14)."""

    FIND_OUT = "find_out", "Find ud af, hvem den handler om", "Find out whom it is about"
    ASK_TO_DELETE = "ask_to_delete", "Bed modtageren slette", "Ask the recipient to delete"
    ASSESS_BREACH = "assess_breach", "Vurdér bruddet", "Assess the breach"
    INFORM_SUBJECT = "inform_subject", "Fortæl det til den, det handlede om", "Tell the one it was about"


CLOCKS: tuple[Code, ...] = (*DeadlineKind, *Appointment, *Righting)
"""Everything whose time the pages show."""


class WaitsFor(Code):
    """What a case waits for, as the queue says it."""

    FIND_OUT = "find_out", "Sat i stå: måske en forkert", "Stopped: maybe the wrong one"
    TRIAGE = "triage", "Venter på vurdering", "Waits for assessment"
    OPENING = "opening", "Venter på, at sagen oprettes", "Waits to be opened"
    ASSESS_BREACH = "assess_breach", "Bruddet skal vurderes", "The breach is to be assessed"
    ASK_TO_DELETE = "ask_to_delete", "En modtager skal bedes slette", "A recipient is to be asked to delete"
    INFORM_SUBJECT = "inform_subject", "Den forkerte skal have besked", "The wrong person is to be told"
    FIRST_CONTACT = "first_contact", "Venter på første kontakt", "Waits for first contact"
    VISIT = "visit", "Nogen skal kigge forbi", "Somebody is to go by"
    ANSWER = "answer", "Venter på svar", "Waits for an answer"
    DAMAGE_SERVICE = "damage_service", "Venter på skadesservice", "Waits for the damage service"
    NEW_HOME = "new_home", "Sagen skal følge med til den nye bolig", "The case is to go along to the new home"
    MEETING = "meeting", "Venter på et møde", "Waits for a meeting"
    FOLLOW_UP = "follow_up", "Næste opfølgning er planlagt", "Next follow-up is planned"
    TELL_CARETAKER = "tell_caretaker", "Viceværten skal have besked", "The caretaker is to be told"
    ASK_TO_CONTINUE = (
        "ask_to_continue",
        "Beboeren skal spørges, om sagen må fortsætte",
        "The resident is to be asked whether the case may go on",
    )
    TELL_RECIPIENTS = "tell_recipients", "Modtagerne skal have besked", "The recipients are to be told"
    CARE_FOR_STAFF = (
        "care_for_staff",
        "Nogen skal tale med dem, der kendte beboeren",
        "Somebody is to talk with those who knew the resident",
    )
    APOLOGISE = "apologise", "Nogen skal sige undskyld", "Somebody is to apologise"
    NOBODY = "nobody", "Ingen frist løber", "No deadline is running"


class QueueSection(Code):
    """Where in the queue a case stands, in this order."""

    ACUTE = "acute", "Akut", "Acute", "Fare for liv. Det her først.", "Danger to life. This first."
    UNSEEN = "unseen", "Ikke set", "Unseen", "Ingen har set på dem endnu.", "Nobody has looked at them yet."
    OVERDUE = "overdue", "Overskredet", "Overdue", "Fristen er passeret.", "The deadline has passed."
    TODAY = "today", "I dag", "Today", "Skal gøres inden dagen er omme.", "To be done before the day is over."
    NO_DATE = (
        "no_date",
        "Uden næste dato",
        "Without a next date",
        "Ingen bliver mindet om dem. Planlæg en opfølgning, eller luk sagen.",
        "Nobody is reminded of them. Plan a follow-up, or close the case.",
    )
    LATER = "later", "Senere", "Later", "I orden efter frist.", "In order of deadline."
    WAITING = (
        "waiting",
        "Andre har bolden",
        "Waiting for others",
        "En modtager skal svare eller komme.",
        "A recipient is to answer or to come.",
    )

    @property
    def order(self) -> int:
        """Its place: the lower, the sooner it is looked at."""
        return _ORDER[self]


_ORDER = {section: place for place, section in enumerate(QueueSection)}

BY_TIME_ALONE = frozenset({QueueSection.LATER, QueueSection.WAITING})
"""Where the day says more than the danger: nothing of it is late, and each has its day."""


class Lack(Code):
    """What a case lacks that nobody has ended."""

    LOOK = "look", "Ikke set af nogen", "Seen by nobody"
    DATE = "date", "Uden næste dato", "Without a next date"
    HANDLER = "handler", "Uden sagsbehandler", "Without a case handler"


ANYTHING = "any"
"""In a filter, instead of one kind of deadline: whichever is overdue."""

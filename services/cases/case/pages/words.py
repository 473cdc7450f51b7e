"""What the codes of a case are called on its pages; the codes everybody uses stand in `shared.words.labels`."""

from __future__ import annotations

from collections.abc import Iterable

from shared.words.labels import Label, hint, label
from shared.words.language import Language

STATUSES: dict[str, Label] = {
    "raised": Label("Ny bekymring", "New concern"),
    "triaged": Label("Vurderet", "Assessed"),
    "open": Label("Åben sag", "Open case"),
    "dismissed": Label("Ikke en sag", "Not a case"),
    "closed": Label("Lukket", "Closed"),
}
WAITS: dict[str, Label] = {
    "triage": Label("Venter på vurdering", "Waits for assessment"),
    "opening": Label("Venter på, at sagen oprettes", "Waits to be opened"),
    "first_contact": Label("Venter på første kontakt", "Waits for first contact"),
    "answer": Label("Venter på svar", "Waits for an answer"),
    "damage_service": Label("Venter på skadesservice", "Waits for the damage service"),
    "meeting": Label("Venter på et møde", "Waits for a meeting"),
    "follow_up": Label("Næste opfølgning er planlagt", "Next follow-up is planned"),
    "tell_caretaker": Label("Viceværten skal have besked", "The caretaker is to be told"),
    "nobody": Label("Ingen frist løber", "No deadline is running"),
}
CLOCKS: dict[str, Label] = {
    "triage": Label("Vurdering", "Assessment"),
    "first_contact": Label("Første kontakt", "First contact"),
    "tell_caretaker": Label("Besked til viceværten", "Telling the caretaker"),
    "follow_up": Label("Opfølgning", "Follow-up"),
    "answer": Label("Svar fra modtager", "Answer from a recipient"),
    "meeting": Label("Møde", "Meeting"),
}
DISMISSALS: dict[str, Label] = {
    "unfounded": Label("Grundløs", "Unfounded", "Der er ikke noget om det", "There is nothing in it"),
    "explained": Label("Der er en god forklaring", "There is a good explanation"),
    "duplicate": Label("Der er allerede en sag om det samme", "There is a case about the same"),
    "resident_declined": Label("Beboeren ønsker ikke hjælp", "The resident does not want help"),
    "handled_on_the_spot": Label("Klaret på stedet", "Handled on the spot"),
}
CHANNELS: dict[str, Label] = {
    "phone": Label("Telefon", "Telephone"),
    "visit": Label("Besøg", "Visit"),
    "meeting": Label("Møde", "Meeting"),
    "sms": Label("Sms", "Text message"),
    "letter": Label("Brev", "Letter"),
    "secure_mail": Label("Sikker mail", "Secure mail"),
    "digital_post": Label("Digital Post", "Digital Post"),
    "form": Label("Formular på nettet", "Web form"),
}
ANSWERS: dict[str, Label] = {
    "delivered": Label("Ikke noget endnu, men den er nået frem", "Nothing yet, but it has arrived"),
    "received": Label("Har kvitteret", "Has acknowledged", "De har den; svaret kommer senere", "They have it; the answer comes later"),
    "accepted": Label("Tager imod", "Accepts", "De går i gang", "They begin"),
    "rejected": Label("Afviser", "Rejects"),
    "help_established": Label("Hjælpen er på plads", "Help is in place"),
    "acknowledged_no_detail": Label("Må ikke fortælle mere", "May not tell more", "Det er også et svar", "That is an answer too"),
    "no_help": Label("Der kom ingen hjælp", "No help came"),
    "resident_declined": Label("Beboeren sagde nej tak", "The resident declined"),
}
SECTIONS: dict[str, Label] = {
    "acute": Label("Akut", "Acute", "Fare for liv. Det her først.", "Danger to life. This first."),
    "overdue": Label("Overskredet", "Overdue", "Fristen er passeret.", "The deadline has passed."),
    "today": Label("I dag", "Today", "Skal gøres inden dagen er omme.", "To be done before the day is over."),
    "later": Label("Senere", "Later", "I orden efter frist.", "In order of deadline."),
    "waiting": Label(
        "Andre har bolden", "Waiting for others", "En modtager skal svare eller komme.", "A recipient is to answer or to come."
    ),
}
ACTIONS: dict[str, Label] = {
    "read_queue": Label("Så køen af sager", "Looked at the queue"),
    "read_case": Label("Åbnede sagen", "Opened the case"),
    "read_case_words": Label("Læste sagens ord", "Read the words of the case"),
    "read_case_as_of": Label("Så sagen, som den stod en dag", "Looked at the case as it stood on a day"),
    "read_access_log": Label("Så opslagsloggen", "Looked at the access log"),
    "verify_chain": Label("Kontrollerede kæden", "Verified the chain"),
}
RELATIONS: dict[str, Label] = {
    "handler": Label("Sagsbehandler", "Case handler"),
    "own_estate": Label("Egen afdeling", "Own estate"),
    "observer": Label("Så det selv", "Saw it"),
    "association": Label("Samme boligorganisation", "Same association"),
    "none": Label("Ingen", "None"),
}
GROUPS: dict[str, dict[str, Label]] = {
    "statuses": STATUSES,
    "waits": WAITS,
    "clocks": CLOCKS,
    "dismissals": DISMISSALS,
    "channels": CHANNELS,
    "answers": ANSWERS,
    "sections": SECTIONS,
    "actions": ACTIONS,
    "relations": RELATIONS,
}


class Words:
    """Looks words up in one language; templates get it as `words`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, code: str, group: str) -> str:
        """What a code is called; an unknown one stays as it is."""
        own = GROUPS.get(group)
        if own is None:
            return label(code, group, language=self.language)
        return getattr(own[code], self.language) if code in own else code

    def hint_of(self, code: str, group: str) -> str:
        own = GROUPS.get(group)
        if own is None:
            return hint(code, group, language=self.language)
        return getattr(own[code], f"hint_{self.language}") if code in own else ""

    def choices(self, group: str, codes: Iterable[str] | None = None) -> list[tuple[str, str, str]]:
        """What a form offers: code, name and explanation; all of a group of ours when no codes are named."""
        offered = GROUPS[group] if codes is None else codes
        return [(str(code), self.of(code, group), self.hint_of(code, group)) for code in offered]

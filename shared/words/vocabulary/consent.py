"""What a resident answers when asked for leave, and on which basis something may be told."""

from __future__ import annotations

from dataclasses import dataclass

from shared.words.code import Code


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that somebody is asked with. They are never changed: whoever answered other words answered another version."""

    version: str
    title: str
    text: str
    english_title: str
    english: str


AT_THE_DOOR = Wording(
    version="doer-1",
    title="Spurgt ved døren",
    text="Jeg kan se, at det er svært lige nu. Jeg siger det til min kollega på kontoret, som kan ringe til dig. Må vi også fortælle det"
    " til andre, der kan hjælpe? Så siger vi kun, hvad du hedder, hvor du bor, hvordan boligen er, og hvad jeg har set. Du bestemmer selv,"
    " hvem vi må tale med. Et nej har ingen betydning for din lejekontrakt, og du kan altid fortryde et ja.",
    english_title="Asked at the door",
    english="I can see that things are hard right now. I am telling my colleague at the office, who can ring you. May we also tell others"
    " who can help? We would only say what you are called, where you live, how the home is, and what I have seen. You decide whom we"
    " may talk to. A no means nothing for your home, and you can always take back a yes.",
)
"""What the form of an observation says, which asks nobody for leave to tell a colleague, and asks about no money and no health. Every
association has it; the words its procedure adopts are for those who work on a case."""


FIRST_AT_THE_DOOR = "mundtlig-1"
"""The version of the words that were said at the door in the first release, which no procedure has: they asked whether the office may know
(»Må jeg fortælle det på kontoret …«). The words of that version in a procedure ask for the same."""


class Answer(Code):
    """What the resident said when asked for leave."""

    GRANTED = "granted", "Ja, beboeren har sagt ja", "Yes, the resident agreed"
    DECLINED = (
        "declined",
        "Nej, beboeren sagde nej",
        "No, the resident declined",
        "Det har ingen betydning for lejemålet",
        "It has no consequence for the tenancy",
    )
    NOT_ASKED = "not_asked", "Jeg har ikke spurgt", "I have not asked"
    NOT_ABLE = "not_able", "Beboeren kunne ikke svare", "The resident could not answer"
    WITHDRAWN = "withdrawn", "Samtykket er trukket tilbage", "Consent was withdrawn"


class HowAsked(Code):
    """The form of a consent; all three are valid, silence is not (domain.md §2.3)."""

    ORAL = "oral", "Mundtligt", "Orally"
    WRITTEN = "written", "Skriftligt", "In writing"
    DIGITAL = "digital", "Digitalt", "Digitally"


class Basis(Code):
    """Why something about a resident may be told to somebody else: consent, or what may override a missing one (domain.md §2.3)."""

    CONSENT = "consent", "Samtykke", "Consent"
    VITAL_INTEREST = (
        "vital_interest",
        "Fare for liv eller helbred (vitale interesser)",
        "Vital interests",
        "Der er fare for liv eller helbred",
        "Life or health is in danger",
    )
    CHILD = "child", "Underretningspligt om barn", "Duty to notify about a child"
    STATUTORY_92_2 = "statutory_92_2", "Lovpligtig underretning (§ 92, stk. 2)", "Statutory notice (s. 92(2))"
    DOCUMENTED_BALANCING = "documented_balancing", "Interesseafvejning, skriftligt begrundet", "Documented balancing"

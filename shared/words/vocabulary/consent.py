"""What a resident answers when asked for leave, and on which basis something may be told."""

from __future__ import annotations

from shared.words.code import Code


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
        "Vitale interesser",
        "Vital interests",
        "Der er fare for liv eller helbred",
        "Life or health is in danger",
    )
    CHILD = "child", "Underretningspligt om barn", "Duty to notify about a child"
    STATUTORY_92_2 = "statutory_92_2", "Lovpligtig underretning (§ 92, stk. 2)", "Statutory notice (s. 92(2))"
    DOCUMENTED_BALANCING = "documented_balancing", "Dokumenteret afvejning", "Documented balancing"

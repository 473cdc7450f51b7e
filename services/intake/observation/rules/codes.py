"""The codes of an observation with the words a caretaker reads: signals, severities, consent answers, whom it may be passed on to.

Signals are what can be seen, heard or smelt, never what somebody thinks is the matter (domain.md §1.4).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Signal:
    """One thing a caretaker may have noticed."""

    code: str
    label: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalGroup:
    """Signals that are noticed in the same place."""

    title: str
    signals: tuple[Signal, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Severity:
    """One step of the four-colour ladder (domain.md §1.6)."""

    code: str
    colour: str
    label: str
    meaning: str
    example: str
    next: str
    """What the association does then, and by when."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A code and its words."""

    code: str
    label: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What to do now, before or beside registering; never in the way of it (domain.md §7.0 FB4)."""

    title: str
    text: str
    number: str = ""


SIGNAL_GROUPS: tuple[SignalGroup, ...] = (
    SignalGroup(
        title="Set udefra",
        signals=(
            Signal(code="curtains.closed", label="Gardinerne er altid trukket for"),
            Signal(code="mailbox.full", label="Postkassen er fyldt"),
            Signal(code="not.seen", label="Ikke set længe", detail="eller lys og lyde på helt andre tider end før"),
            Signal(code="waste.balcony", label="Affald på altan eller terrasse"),
            Signal(code="garden.neglected", label="Haven er ikke passet", detail="græsset er ikke slået"),
        ),
    ),
    SignalGroup(
        title="Set i boligen",
        signals=(
            Signal(code="home.hoarding", label="Meget fyldt op", detail="svært at komme ind, ud eller rundt"),
            Signal(code="home.neglected", label="Boligen er misligholdt"),
            Signal(code="smell", label="Kraftig lugt"),
            Signal(code="pests", label="Skadedyr", detail="rotter, mus eller insekter"),
            Signal(code="utilities.off", label="Strøm, varme eller vand er afbrudt"),
            Signal(code="access.refused", label="Åbner ikke, eller vil ikke lukke ind"),
        ),
    ),
    SignalGroup(
        title="Mødet med beboeren",
        signals=(
            Signal(code="behaviour.changed", label="Er anderledes, end jeg kender beboeren"),
            Signal(code="self.neglect", label="Klarer ikke sig selv", detail="mad, tøj, hygiejne eller at komme rundt"),
            Signal(code="confusion", label="Svarer usammenhængende", detail="eller finder ikke hjem"),
            Signal(code="lonely", label="Er meget alene", detail="ringer eller kommer ofte bare for at tale"),
            Signal(code="mental.distress", label="Er meget bange, trist eller urolig", detail="eller taler om at blive forfulgt"),
            Signal(code="substance", label="Er ofte påvirket", detail="eller mange tomme flasker, dåser eller lignende"),
            Signal(code="arrears", label="Fortæller om husleje, der ikke er betalt"),
        ),
    ),
    SignalGroup(
        title="Uro og fare",
        signals=(
            Signal(code="noise.conflict", label="Gentagen larm eller nabostrid"),
            Signal(code="threat.staff", label="Truer ansatte"),
            Signal(code="child.neglect", label="Et barn har det ikke godt"),
            Signal(code="violence.suspected", label="Lyd af eller mærker efter vold i hjemmet"),
            Signal(code="death.suspected", label="Slet intet livstegn", detail="jeg frygter, at beboeren er død"),
        ),
    ),
)

SIGNALS: dict[str, Signal] = {signal.code: signal for group in SIGNAL_GROUPS for signal in group.signals}

SEVERITIES: dict[str, Severity] = {
    severity.code: severity
    for severity in (
        Severity(
            code="acute",
            colour="Rød",
            label="Akut fare",
            meaning="Liv er i fare nu",
            example="intet livstegn, brandfare, vold lige nu, taler om at ville dø",
            next="Ring 112 først. Ring derefter til den boligsociale leder; vent ikke på svar her.",
        ),
        Severity(
            code="high",
            colour="Orange",
            label="Alvorligt",
            meaning="Nogen kan komme til skade inden for få dage",
            example="en ældre, der ikke kan komme rundt i sin bolig; et barn; en dato for udsættelse",
            next="Den boligsociale leder skal se på det samme arbejdsdag.",
        ),
        Severity(
            code="medium",
            colour="Gul",
            label="Bekymrende",
            meaning="Det bliver værre",
            example="gardinerne har været for i tre uger",
            next="Den boligsociale leder skal se på det inden for 2 arbejdsdage.",
        ),
        Severity(
            code="low",
            colour="Grøn",
            label="Værd at vide",
            meaning="Hold øje",
            example="er meget alene og vil gerne snakke",
            next="Den boligsociale leder skal se på det inden for 5 arbejdsdage.",
        ),
    )
}

CONSENT_ANSWERS: dict[str, Choice] = {
    choice.code: choice
    for choice in (
        Choice(code="granted", label="Ja, det må du gerne"),
        Choice(code="declined", label="Nej"),
        Choice(code="not_asked", label="Jeg nåede ikke at spørge"),
        Choice(
            code="not_able",
            label="Beboeren kunne ikke svare",
            detail="for eksempel forvirret, ikke ved bevidsthed, eller vi talte ikke samme sprog",
        ),
    )
}

CONSENT_WORDINGS: dict[str, str] = {
    "mundtlig-1": (
        "”Jeg kan se, at det er svært lige nu. Må jeg fortælle det på kontoret, så der er en, der kan ringe til dig? "
        "Du bestemmer selv, hvem vi må tale med. Et nej betyder ingenting for din bolig, og du kan altid fortryde et ja.”"
    ),
}
"""The phrases that are said aloud, by version; a changed phrase is a new version, for the answer was given to the old one."""

CURRENT_WORDING = "mundtlig-1"

CONSENT_SCOPES: dict[str, Choice] = {
    choice.code: choice
    for choice in (
        Choice(code="office", label="Kontoret", detail="boligforeningens boligsociale medarbejdere"),
        Choice(code="municipal.visitation", label="Kommunens visitation", detail="hjemmehjælp og pleje"),
        Choice(code="damage_service", label="Skadesservice", detail="oprydning og rengøring"),
        Choice(code="volunteer", label="En frivillig forening", detail="besøgsven eller fællesspisning"),
        Choice(code="advice.debt", label="Gælds- og økonomirådgivning"),
        Choice(code="municipal.skp", label="Støtte-kontaktperson i kommunen"),
        Choice(code="municipal.bostoette", label="Bostøtte i kommunen"),
        Choice(code="municipal.boligraadgiver", label="Kommunens boligrådgiver"),
        Choice(code="municipal.rent_help", label="Kommunens hjælp til husleje"),
        Choice(code="municipal.addiction", label="Rusmiddelcenter"),
        Choice(code="municipal.family", label="Børn og familie i kommunen"),
        Choice(code="municipal.health_visitor", label="Sundhedsplejerske"),
        Choice(code="gp", label="Egen læge"),
        Choice(code="pest_control", label="Skadedyrsbekæmpelse"),
        Choice(code="mediation", label="Konfliktmægling"),
    )
}
"""Whom a resident may say yes to: the office and the referral targets of domain.md §1.7. Police and 112 are not asked leave for."""

USUAL_SCOPES = 4
"""So many stand open on the form; the others unfold."""

EMERGENCY_NUMBERS: tuple[Advice, ...] = (
    Advice(title="Fare for liv eller brand", text="Ring før du skriver.", number="112"),
    Advice(title="Politi, og den sociale døgnvagt", text="Når det haster, men ikke brænder.", number="114"),
)

WHAT_NOW: dict[str, Advice] = {
    "child.neglect": Advice(
        title="Et barn: du har selv pligt til at underrette kommunen",
        text="Ring til kommunens børn og familie i dag; uden for åbningstid til den sociale døgnvagt. Ingen leder kan sige nej til det.",
        number="114",
    ),
    "violence.suspected": Advice(title="Vold lige nu", text="Gå ikke ind. Ring, og bliv et sted, hvor du er i sikkerhed.", number="112"),
    "death.suspected": Advice(title="Intet livstegn", text="Gå ikke ind alene. Ring, og vent udenfor.", number="112"),
    "threat.staff": Advice(title="Truet?", text="Gå derfra nu. Ring til din leder inden for en time; er du i fare, så ring.", number="112"),
    "pests": Advice(title="Rotter", text="Alle har pligt til at anmelde rotter til kommunen. Det må du gøre uden at nævne beboeren."),
    "utilities.off": Advice(
        title="Kulde og frost", text="Er der frost, eller bor her en, der ikke klarer kulden, så ring til kontoret med det samme."
    ),
}
"""What-now hints by signal (domain.md §7 S8–S10)."""

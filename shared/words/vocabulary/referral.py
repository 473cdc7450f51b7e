"""Who may be told about a concern, by which way, and what they answer."""

from __future__ import annotations

from shared.words.code import Code


class Unit(Code):
    """Who in the association itself may be told; not somebody to refer to."""

    OFFICE = (
        "office",
        "Kontoret",
        "The office",
        "Den boligsociale leder i boligorganisationen",
        "The social lead of the housing association",
    )


class Target(Code):
    """Who a concern may be passed on to (domain.md §1.7)."""

    VISITATION = "municipal.visitation", "Visitationen", "Care assessment unit", "Hjemmehjælp og pleje", "Home help and care"
    BOSTOETTE = (
        "municipal.bostoette",
        "Bostøtte (§ 85)",
        "Housing support (s. 85)",
        "Støtte til at få hverdagen til at fungere",
        "Support to make everyday life work",
    )
    SKP = (
        "municipal.skp",
        "Støtte- og kontaktperson (SKP, § 99)",
        "Outreach contact person (s. 99)",
        "Alle må henvende sig med en bekymring",
        "Anyone may raise a concern",
    )
    ADDICTION = (
        "municipal.addiction",
        "Rusmiddelcenter",
        "Addiction centre",
        "Når beboeren selv vil have hjælp",
        "When the resident wants help",
    )
    FAMILY = "municipal.family", "Børn og familie", "Children and families", "Underretning om et barn", "Notification about a child"
    HEALTH_VISITOR = "municipal.health_visitor", "Sundhedsplejerske", "Health visitor", "Små børn", "Small children"
    HOUSING_ADVISER = (
        "municipal.boligraadgiver",
        "Kommunal boligrådgiver",
        "Municipal housing adviser",
        "Én indgang, hvor kommunen har en",
        "One way in, where the municipality has one",
    )
    RENT_HELP = (
        "municipal.rent_help",
        "Midlertidig huslejehjælp (§ 81 a)",
        "Temporary rent help (s. 81 a)",
        "Ved fare for udsættelse",
        "When eviction threatens",
    )
    DEBT_ADVICE = "advice.debt", "Gælds- og økonomirådgivning", "Debt and budget advice", "Ved restance", "With arrears"
    SSP = "police.ssp", "SSP eller politi", "SSP or police", "Ungdomskriminalitet eller trusler", "Youth crime or threats"
    EMERGENCY = "emergency", "112, 114 eller social døgnvagt", "112, 114 or social duty officer", "Akut fare", "Acute danger"
    EMERGENCY_TEAM = "police.fut", "Fælles udrykningsteam", "Joint response team", "Akut psykiatri", "Acute psychiatry"
    VOLUNTEER = (
        "volunteer",
        "Frivillig forening",
        "Volunteer organisation",
        "Besøgsven eller måltidsfællesskab",
        "Visiting friend or shared meals",
    )
    DAMAGE_SERVICE = "damage_service", "Skadesservice", "Damage service", "Rydning og rengøring", "Clearing and cleaning"
    PEST_CONTROL = "pest_control", "Skadedyrsbekæmpelse", "Pest control"
    MEDIATION = "mediation", "Konfliktmægling", "Mediation", "Nabokonflikt", "Neighbour conflict"
    GP = "gp", "Egen læge", "General practitioner", "Kun gennem beboeren selv", "Only through the resident"


class Unnamed(Code):
    """Whom an answer is about that named nobody; not somebody to refer to."""

    OTHERS = "others", "Andre uden for kontoret", "Others outside the office"


OFFICE = Unit.OFFICE
OTHERS = Unnamed.OTHERS
RECIPIENTS: tuple[Code, ...] = (*Unit, *Unnamed, *Target)
"""Everybody a resident may say yes or no to."""


class Channel(Code):
    """How somebody was reached or told."""

    PHONE = "phone", "Telefon", "Telephone"
    VISIT = "visit", "Besøg", "Visit"
    MEETING = "meeting", "Møde", "Meeting"
    SMS = "sms", "Sms", "Text message"
    LETTER = "letter", "Brev", "Letter"
    SECURE_MAIL = "secure_mail", "Sikker mail", "Secure mail"
    DIGITAL_POST = "digital_post", "Digital Post", "Digital Post"
    FORM = "form", "Formular på nettet", "Web form"


class Reply(Code):
    """What a recipient told on the way."""

    DELIVERED = "delivered", "Ikke noget endnu, men den er nået frem", "Nothing yet, but it has arrived"
    RECEIVED = "received", "Har kvitteret", "Has acknowledged", "De har den; svaret kommer senere", "They have it; the answer comes later"
    ACCEPTED = "accepted", "Tager imod", "Accepts", "De går i gang", "They begin"
    REJECTED = "rejected", "Afviser", "Rejects"


class ReferralOutcome(Code):
    """What a recipient told in the end; "we may not say" is a valid end (S15)."""

    HELP_ESTABLISHED = "help_established", "Hjælpen er på plads", "Help is in place"
    ACKNOWLEDGED_NO_DETAIL = (
        "acknowledged_no_detail",
        "Må ikke fortælle mere",
        "May not tell more",
        "Det er også et svar",
        "That is an answer too",
    )
    NO_HELP = "no_help", "Der kom ingen hjælp", "No help came"
    RESIDENT_DECLINED = "resident_declined", "Beboeren sagde nej tak", "The resident declined"

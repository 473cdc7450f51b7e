"""What every code is called, in Danish and in English; a code without a label is shown as it is."""

from __future__ import annotations

from dataclasses import dataclass

from shared.words.language import Language


@dataclass(frozen=True, slots=True)
class Label:
    """The words for one code, and a line that explains it where that helps."""

    da: str
    en: str
    hint_da: str = ""
    hint_en: str = ""


# domain.md §1.4: what can be seen, never a diagnosis.
SIGNALS: dict[str, Label] = {
    "behaviour.changed": Label("Ændret adfærd", "Changed behaviour"),
    "curtains.closed": Label("Gardiner eller rullegardin konstant nede", "Curtains or blinds always down"),
    "waste.balcony": Label("Affald på altan eller terrasse", "Waste on balcony or terrace"),
    "garden.neglected": Label("Græs ikke slået eller have forsømt", "Lawn not mown or garden neglected"),
    "mailbox.full": Label("Fyldt postkasse", "Full mailbox"),
    "not.seen": Label("Ikke set længe eller brudt døgnrytme", "Not seen for long, or day and night reversed"),
    "home.hoarding": Label(
        "Ophobning, svært at komme ind og ud",
        "Hoarding, hard to get in and out",
        "Ting eller affald fylder boligen",
        "Things or waste fill the home",
    ),
    "home.neglected": Label("Misligholdt bolig", "Neglected dwelling"),
    "smell": Label("Lugt fra lejemålet", "Smell from the home"),
    "pests": Label(
        "Skadedyr, rotter eller insekter",
        "Pests, rats or insects",
        "Rotter skal altid meldes til kommunen",
        "Rats must always be reported to the municipality",
    ),
    "self.neglect": Label("Virker ikke i stand til at passe på sig selv", "Does not seem able to take care of themselves"),
    "confusion": Label("Svarer usammenhængende eller finder ikke hjem", "Answers incoherently or cannot find the way home"),
    "lonely": Label("Meget alene, ringer ofte bare for at tale", "Much alone, often rings just to talk"),
    "mental.distress": Label("Meget bange, trist eller føler sig forfulgt", "Very afraid, sad, or feels persecuted"),
    "substance": Label("Ofte påvirket, eller mange tomme flasker", "Often intoxicated, or many empty bottles"),
    "threat.staff": Label("Truende over for ansatte", "Threatening towards staff"),
    "noise.conflict": Label("Gentagen nabokonflikt eller støj", "Repeated neighbour conflict or noise"),
    "child.neglect": Label("Bekymring for barn", "Concern for a child"),
    "arrears": Label("Huslejerestance", "Rent arrears"),
    "access.refused": Label("Nægter adgang eller åbner ikke", "Refuses access or does not open"),
    "utilities.off": Label("Strøm, varme eller vand afbrudt", "Power, heating or water cut off"),
    "violence.suspected": Label("Lyd af eller mærker efter vold i hjemmet", "Sounds or marks of violence in the home"),
    "death.suspected": Label("Slet intet livstegn", "No sign of life at all", "Ring 112 først", "Call 112 first"),
}

# domain.md §1.5
CATEGORIES: dict[str, Label] = {
    "economy": Label("Økonomi eller restance", "Money or arrears"),
    "elderly_care": Label("Ældre eller plejebehov", "Old age or need of care"),
    "mental_health": Label("Psykisk mistrivsel", "Mental distress"),
    "substance_use": Label("Misbrug", "Substance use"),
    "loneliness": Label("Ensomhed", "Loneliness"),
    "dwelling_condition": Label("Boligens tilstand eller ophobning", "Condition of the home or hoarding"),
    "neighbour_conflict": Label("Nabokonflikt", "Neighbour conflict"),
    "child_welfare": Label("Barn eller ung", "Child or young person"),
    "violence_threat": Label("Vold eller trusler", "Violence or threats"),
    "physical_illness": Label("Sygdom eller funktionstab", "Illness or loss of function"),
    "newly_rehoused": Label("Ny i bolig efter hjemløshed", "Newly housed after homelessness"),
    "other": Label("Andet", "Other"),
}

# domain.md §1.6; the colour is part of the words, so that nobody has to see it
SEVERITIES: dict[str, Label] = {
    "acute": Label("Rød – akut fare", "Red – acute danger", "Fare for liv nu. Ring 112 først.", "Danger to life now. Call 112 first."),
    "high": Label("Orange – alvorlig", "Orange – serious", "Skade er sandsynlig inden for få dage.", "Harm is likely within days."),
    "medium": Label("Gul – bekymrende", "Yellow – worrying", "Det bliver værre.", "It is getting worse."),
    "low": Label("Grøn – opmærksom", "Green – attentive", "Hold øje.", "Keep an eye."),
}
COLOURS: dict[str, Label] = {
    "acute": Label("Rød", "Red"),
    "high": Label("Orange", "Orange"),
    "medium": Label("Gul", "Yellow"),
    "low": Label("Grøn", "Green"),
}

# domain.md §1.7, and the office itself
TARGETS: dict[str, Label] = {
    "office": Label("Kontoret", "The office", "Den boligsociale leder i boligorganisationen", "The social lead of the housing association"),
    "municipal.visitation": Label("Visitationen", "Care assessment unit", "Hjemmehjælp og pleje", "Home help and care"),
    "municipal.bostoette": Label(
        "Bostøtte (§ 85)", "Housing support (s. 85)", "Støtte til at få hverdagen til at fungere", "Support to make everyday life work"
    ),
    "municipal.skp": Label(
        "Støtte-kontaktperson (§ 99)",
        "Outreach contact person (s. 99)",
        "Alle må henvende sig med en bekymring",
        "Anyone may raise a concern",
    ),
    "municipal.addiction": Label("Rusmiddelcenter", "Addiction centre", "Når beboeren selv vil have hjælp", "When the resident wants help"),
    "municipal.family": Label("Børn og familie", "Children and families", "Underretning om et barn", "Notification about a child"),
    "municipal.health_visitor": Label("Sundhedsplejerske", "Health visitor", "Små børn", "Small children"),
    "municipal.boligraadgiver": Label(
        "Kommunal boligrådgiver",
        "Municipal housing adviser",
        "Én indgang, hvor kommunen har en",
        "One way in, where the municipality has one",
    ),
    "municipal.rent_help": Label(
        "Midlertidig huslejehjælp (§ 81 a)", "Temporary rent help (s. 81 a)", "Ved fare for udsættelse", "When eviction threatens"
    ),
    "advice.debt": Label("Gælds- og økonomirådgivning", "Debt and budget advice", "Ved restance", "With arrears"),
    "police.ssp": Label("SSP eller politi", "SSP or police", "Ungdomskriminalitet eller trusler", "Youth crime or threats"),
    "emergency": Label("112, 114 eller social døgnvagt", "112, 114 or social duty officer", "Akut fare", "Acute danger"),
    "police.fut": Label("Fælles udrykningsteam", "Joint response team", "Akut psykiatri", "Acute psychiatry"),
    "volunteer": Label(
        "Frivillig forening", "Volunteer organisation", "Besøgsven eller måltidsfællesskab", "Visiting friend or shared meals"
    ),
    "damage_service": Label("Skadesservice", "Damage service", "Rydning og rengøring", "Clearing and cleaning"),
    "pest_control": Label("Skadedyrsbekæmpelse", "Pest control"),
    "mediation": Label("Konfliktmægling", "Mediation", "Nabokonflikt", "Neighbour conflict"),
    "gp": Label("Egen læge", "General practitioner", "Kun gennem beboeren selv", "Only through the resident"),
}

# domain.md §4.3
OUTCOMES: dict[str, Label] = {
    "help_established": Label("Hjælpen er på plads", "Help is in place"),
    "handled_with_association_help": Label("Klaret med boligorganisationens hjælp", "Handled with the association's help"),
    "resident_declined": Label("Beboeren sagde nej tak", "The resident declined"),
    "not_reachable": Label("Kunne ikke træffes", "Could not be reached"),
    "moved": Label("Fraflyttet", "Moved away"),
    "deceased": Label("Død", "Deceased"),
    "eviction_averted": Label("Udsættelse afværget", "Eviction averted"),
    "evicted": Label("Udsat af boligen", "Evicted"),
    "unfounded": Label("Grundløs", "Unfounded"),
    "transferred_to_municipality": Label("Overdraget til kommunen", "Transferred to the municipality"),
    "municipality_no_answer": Label("Kommunen svarede ikke", "The municipality did not answer"),
    "mediated_settled": Label("Mægling med aftale", "Mediated, settled"),
    "mediated_not_settled": Label("Mægling uden aftale", "Mediated, not settled"),
}

# domain.md §2.3
CONSENTS: dict[str, Label] = {
    "granted": Label("Ja, beboeren har sagt ja", "Yes, the resident agreed"),
    "declined": Label(
        "Nej, beboeren sagde nej",
        "No, the resident declined",
        "Det har ingen betydning for lejemålet",
        "It has no consequence for the tenancy",
    ),
    "not_asked": Label("Jeg har ikke spurgt", "I have not asked"),
    "not_able": Label("Beboeren kunne ikke svare", "The resident could not answer"),
    "withdrawn": Label("Samtykket er trukket tilbage", "Consent was withdrawn"),
    "expired": Label("Samtykket er udløbet", "Consent has expired"),
}
CONSENT_MANNERS: dict[str, Label] = {
    "oral": Label("Mundtligt", "Orally"),
    "written": Label("Skriftligt", "In writing"),
    "digital": Label("Digitalt", "Digitally"),
}

# domain.md §2.3 (the named bases that may override a missing consent), and consent itself
BASES: dict[str, Label] = {
    "consent": Label("Samtykke", "Consent"),
    "vital_interest": Label("Vitale interesser", "Vital interests", "Der er fare for liv eller helbred", "Life or health is in danger"),
    "child": Label("Underretningspligt om barn", "Duty to notify about a child"),
    "statutory_92_2": Label("Lovpligtig underretning (§ 92, stk. 2)", "Statutory notice (s. 92(2))"),
    "documented_balancing": Label("Dokumenteret afvejning", "Documented balancing"),
}

# What the caretaker is told (domain.md §1.8, §1.3 step 10)
MILESTONES: dict[str, Label] = {
    "received": Label(
        "Modtaget", "Received", "Observationen er gemt og kan ikke blive væk.", "The observation is kept and cannot get lost."
    ),
    "seen": Label("Set", "Seen", "Et menneske har læst den.", "A person has read it."),
    "in_good_hands": Label("I gode hænder", "In good hands", "Nogen har taget over.", "Somebody has taken over."),
    "triaged": Label("Vurderet", "Assessed"),
    "case_opened": Label("Sag oprettet", "Case opened"),
    "contact_made": Label("Der er talt med beboeren", "The resident was spoken to"),
    "referral_sent": Label("Givet videre", "Passed on"),
    "referral_acknowledged": Label("Modtaget af den, der kan hjælpe", "Received by those who can help"),
    "accompaniment_planned": Label("Møde aftalt", "Meeting arranged"),
    "help_established": Label("Hjælpen er på plads", "Help is in place"),
    "closed": Label("Afsluttet", "Closed"),
    "dismissed": Label("Ikke en sag", "Not a case"),
}

ROLES: dict[str, Label] = {
    "caretaker": Label(
        "Vicevært",
        "Caretaker",
        "Registrerer, hvad han ser, og får at vide, hvordan det går.",
        "Registers what he sees, and is told how it goes.",
    ),
    "social_lead": Label(
        "Boligsocial leder",
        "Social lead",
        "Vurderer, fordeler og følger hver sag til dørs.",
        "Assesses, assigns and sees every case through.",
    ),
    "social_caretaker": Label(
        "Social vicevært", "Social caretaker", "Arbejder med sagerne i egne afdelinger.", "Works on the cases of their own estates."
    ),
    "collections_clerk": Label(
        "Restancemedarbejder",
        "Collections clerk",
        "Kan give en bekymring videre. Ser ikke sagerne.",
        "Can pass on a concern. Does not see the cases.",
    ),
    "dpo": Label(
        "Databeskyttelsesrådgiver",
        "Data protection officer",
        "Ser efter, at oplysninger bruges rigtigt.",
        "Sees to it that information is used rightly.",
    ),
    "auditor": Label(
        "Revisor", "Auditor", "Læser sager og opslag efter og kontrollerer beviset.", "Reads cases and look-ups again and checks the proof."
    ),
    "director": Label("Direktør", "Director", "Ser tal, aldrig personer.", "Sees figures, never persons."),
    "operator": Label("Drift", "Operations", "Holder systemet kørende. Ser aldrig en sag.", "Keeps the system running. Never sees a case."),
    "system": Label("Systemet", "The system", "Uret og beskederne mellem tjenesterne.", "The clock and the messages between services."),
}

PURPOSES: dict[str, Label] = {
    "own_observation": Label("Egen observation", "Own observation"),
    "case_work": Label("Sagsarbejde", "Case work"),
    "triage": Label("Vurdering", "Assessment"),
    "audit": Label("Revision", "Audit"),
    "subject_access": Label("Indsigtsanmodning", "Subject access request"),
    "supervision": Label("Tilsyn", "Supervision"),
    "statistics": Label("Statistik", "Statistics"),
    "operation": Label("Drift", "Operations"),
}

CONTACT_KINDS: dict[str, Label] = {
    "phone": Label("Telefon", "Telephone"),
    "visit": Label("Besøg", "Visit"),
    "doorstep": Label("Ved døren", "At the door"),
    "letter": Label("Brev", "Letter"),
    "text_message": Label("Sms", "Text message"),
    "leaflet": Label("Pjece afleveret", "Leaflet left"),
    "meeting": Label("Møde", "Meeting"),
}

DEADLINES: dict[str, Label] = {
    "triage": Label("Vurdering", "Assessment"),
    "first_contact": Label("Første kontakt", "First contact"),
    "tell_caretaker": Label("Besked til viceværten", "Telling the caretaker"),
    "referral_answer": Label("Svar på henvisning", "Answer to a referral"),
    "follow_up": Label("Opfølgning", "Follow-up"),
}

GROUPS: dict[str, dict[str, Label]] = {
    "signals": SIGNALS,
    "categories": CATEGORIES,
    "severities": SEVERITIES,
    "colours": COLOURS,
    "targets": TARGETS,
    "outcomes": OUTCOMES,
    "consents": CONSENTS,
    "consent_manners": CONSENT_MANNERS,
    "bases": BASES,
    "milestones": MILESTONES,
    "roles": ROLES,
    "purposes": PURPOSES,
    "contact_kinds": CONTACT_KINDS,
    "deadlines": DEADLINES,
}
"""Every group by name. A code that stands in several groups needs its group named, unless it is called the same there."""


def label(code: str, group: str = "", *, language: Language = "da") -> str:
    """What a code is called: `{{ code | label("signals") }}`, or without a group for a code that stands in one only."""
    found = _find(code, group)
    return code if found is None else getattr(found, language)


def hint(code: str, group: str = "", *, language: Language = "da") -> str:
    """The line that explains a code, or an empty string."""
    found = _find(code, group)
    return "" if found is None else getattr(found, f"hint_{language}")


def _find(code: str, group: str) -> Label | None:
    groups = (GROUPS[group],) if group else GROUPS.values()
    return next((labels[code] for labels in groups if code in labels), None)

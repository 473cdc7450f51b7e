"""What somebody saw, and how serious it is."""

from __future__ import annotations

from shared.words.code import Code, Label


class Signal(Code):
    """What can be seen, heard or smelt, never what somebody thinks is the matter (domain.md §1.4); in the order one comes closer."""

    CURTAINS_CLOSED = "curtains.closed", "Gardiner altid trukket for", "Curtains or blinds always down"
    MAILBOX_FULL = "mailbox.full", "Fyldt postkasse", "Full mailbox"
    NOT_SEEN = "not.seen", "Ikke set længe eller brudt døgnrytme", "Not seen for long, or day and night reversed"
    WASTE_BALCONY = "waste.balcony", "Affald på altan eller terrasse", "Waste on balcony or terrace"
    GARDEN_NEGLECTED = "garden.neglected", "Græs ikke slået eller have forsømt", "Lawn not mown or garden neglected"
    HOME_HOARDING = (
        "home.hoarding",
        "Ophobning, svært at komme ind og ud",
        "Hoarding, hard to get in and out",
        "Ting eller affald fylder boligen",
        "Things or waste fill the home",
    )
    HOME_NEGLECTED = "home.neglected", "Misligholdt bolig", "Neglected dwelling"
    SMELL = "smell", "Lugt fra lejemålet", "Smell from the home"
    PESTS = (
        "pests",
        "Skadedyr, rotter eller insekter",
        "Pests, rats or insects",
        "Rotter skal altid meldes til kommunen",
        "Rats must always be reported to the municipality",
    )
    UTILITIES_OFF = "utilities.off", "Strøm, varme eller vand afbrudt", "Power, heating or water cut off"
    ACCESS_REFUSED = "access.refused", "Nægter adgang eller åbner ikke", "Refuses access or does not open"
    BEHAVIOUR_CHANGED = "behaviour.changed", "Ændret adfærd", "Changed behaviour"
    SELF_NEGLECT = "self.neglect", "Virker ikke i stand til at passe på sig selv", "Does not seem able to take care of themselves"
    CONFUSION = "confusion", "Svarer usammenhængende eller finder ikke hjem", "Answers incoherently or cannot find the way home"
    LONELY = "lonely", "Meget alene, ringer ofte bare for at tale", "Much alone, often rings just to talk"
    MENTAL_DISTRESS = "mental.distress", "Meget bange, trist eller føler sig forfulgt", "Very afraid, sad, or feels persecuted"
    SUBSTANCE = "substance", "Ofte påvirket, eller mange tomme flasker", "Often intoxicated, or many empty bottles"
    ARREARS = "arrears", "Huslejerestance", "Rent arrears"
    NOISE_CONFLICT = "noise.conflict", "Gentagne nabokonflikter eller støj", "Repeated neighbour conflict or noise"
    THREAT_STAFF = "threat.staff", "Truende over for ansatte", "Threatening towards staff"
    CHILD_NEGLECT = "child.neglect", "Bekymring for barn", "Concern for a child"
    VIOLENCE_SUSPECTED = "violence.suspected", "Lyd af eller mærker efter vold i hjemmet", "Sounds or marks of violence in the home"
    DEATH_SUSPECTED = "death.suspected", "Ingen livstegn", "No sign of life at all", "Ring 112 først", "Call 112 first"


class Severity(Code):
    """How serious it is, most serious first (domain.md §1.6). The colour is part of the words, so that nobody has to see it."""

    ACUTE = "acute", "Rød – akut fare", "Red – acute danger", "Fare for liv nu. Ring 112 først.", "Danger to life now. Call 112 first."
    HIGH = "high", "Orange – alvorlig", "Orange – serious", "Skade er sandsynlig inden for få dage.", "Harm is likely within days."
    MEDIUM = "medium", "Gul – bekymrende", "Yellow – worrying", "Det bliver værre.", "It is getting worse."
    LOW = "low", "Grøn – opmærksom", "Green – attentive", "Hold øje.", "Keep an eye."

    @property
    def colour(self) -> Label:
        """Its colour alone, where there is little room."""
        return Label(self.label.da.partition(" – ")[0], self.label.en.partition(" – ")[0])

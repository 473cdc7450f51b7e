"""What is said of erasing: why, what, how far it has come, and what stays."""

from __future__ import annotations

from shared.words.code import Code


class ErasureReason(Code):
    """Why somebody is erased."""

    REQUEST = "erasure_request", "Anmodning om sletning", "Request to be erased"
    RETENTION = "retention", "Opbevaringsfristen er nået", "The time of keeping is over"
    UNLAWFUL = "unlawful", "Skulle ikke have været registreret", "Should not have been registered"
    RESTORED = "restored", "Slettet før, kom tilbage med en sikkerhedskopi", "Erased before, came back with a backup"


class ErasedKind(Code):
    """What was named when somebody was to be erased."""

    PERSON = "person", "Person", "Person"
    TENANCY = "whole_tenancy", "Lejemål", "Tenancy"
    HOME = "whole_home", "Bolig", "Home"
    MATTER = "one_matter", "Enkelt forhold", "Single matter"
    LIST = "list", "Liste over slettede", "List of the erased"


class ErasureState(Code):
    """How far an erasure has come."""

    BEGUN = "begun", "Begyndt", "Begun"
    DESTROYED = "keys_destroyed", "Nøglerne er destrueret", "The keys are destroyed"
    CERTIFIED = "certified", "Gennemført", "Carried out"


class Stays(Code):
    """Why a matter is not destroyed."""

    SHARED = "shared", "Handler også om en anden person", "Is about somebody else too"
    WAS = "was", "Handler ikke om personen mere", "Is not about the person any more"
    BESIDE = "beside", "Personen var kun pårørende, værge eller ledsager", "The person was only kin, guardian or companion"
    NOBODY = "nobody", "Handler om boligen, og ingen ved, om hvem", "Is about the home, and nobody knows about whom"
    OTHERS = "others", "Handler om en bestemt person eller et lejemål", "Is about a certain person or tenancy"


class Remains(Code):
    """What is left when somebody is erased, and why."""

    HISTORY = (
        "history",
        "Hændelser uden indhold",
        "Events without content",
        "Koder og tidspunkter bliver i kæden, som beviser, at intet er ændret. Intet i dem fører til personen.",
        "Codes and times stay in the chain, which proves that nothing was changed. Nothing in them leads to the person.",
    )
    SHARED = (
        "shared",
        "Forhold, der også handler om andre",
        "Matters that are about others too",
        "De bliver, til den sidste af dem er slettet. Personens egen del er væk.",
        "They stay until the last of them is erased. The person's own part is gone.",
    )
    FIGURES = (
        "figures",
        "Tal",
        "Figures",
        "Statistikken tæller sager uden person og bolig.",
        "The statistics count cases without person and home.",
    )
    REGISTER = (
        "register",
        "Boligen i registret",
        "The home in the register",
        "Bygningens data siger, at boligen findes, og intet om, hvem der bor der.",
        "The data of the building say that the home exists, and nothing about who lives there.",
    )
    LOOKS = (
        "looks",
        "Opslagsloggen",
        "The access log",
        "Hvem der så hvilken sag og hvorfor; sagens id fører ingen steder hen.",
        "Who looked at which case and why; the id of the case leads nowhere.",
    )
    TOPICS = (
        "topics",
        "Beskeder mellem systemerne",
        "Messages between the systems",
        "Forseglede, indtil de udløber; intet åbner dem. Det, lejesystemet selv har sagt og fået at vide, ligger lige så længe.",
        "Sealed until they expire; nothing opens them. What the ERP itself said and was told lies there as long.",
    )
    BACKUPS = (
        "backups",
        "Sikkerhedskopier fra før",
        "Backups from before",
        "Smides ud efter højst 14 dage. Sættes en tilbage, slettes der igen efter listen over slettede.",
        "Thrown away after 14 days at most. Where one is put back, the list of the erased is worked through again.",
    )


class RedactionReason(Code):
    """Why one text is taken out."""

    OTHER_PERSON = "other_person", "Teksten handler om en anden person", "The text is about another person"
    NOT_NEEDED = "not_needed", "Oplysningen er ikke nødvendig", "The information is not needed"
    INCORRECT = "incorrect", "Oplysningen er urigtig", "The information is incorrect"
    FORBIDDEN = "forbidden", "Må ikke registreres", "Must not be registered"

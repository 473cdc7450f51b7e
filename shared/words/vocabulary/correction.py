"""What is done when a case is about the wrong person, or the wrong home (domain.md S14)."""

from __future__ import annotations

from shared.words.code import Code


class DeletionReply(Code):
    """What a recipient says who is asked to delete what was told about somebody it is not about."""

    DELETES = "deletes", "Sletter det", "Deletes it"
    MUST_KEEP = (
        "must_keep",
        "Skal gemme det",
        "Must keep it",
        "En myndighed har notatpligt. Bed dem skrive, at det var en forkert.",
        "An authority has to keep its records. Ask them to note that it was the wrong person.",
    )


class BreachFinding(Code):
    """Whether the data protection authority is told of a breach (GDPR article 33)."""

    NOTIFIABLE = "notifiable", "Anmeldes til Datatilsynet", "Notified to the data protection authority"
    NOT_NOTIFIABLE = "not_notifiable", "Anmeldes ikke", "Not notified"


class NotToldBecause(Code):
    """Why somebody is not told that something about them was seen by others."""

    NO_HIGH_RISK = "gdpr_34_1", "Ingen høj risiko (artikel 34, stk. 1)", "No high risk (article 34(1))"
    PROTECTED = "gdpr_34_3_a", "Ingen kunne læse det (artikel 34, stk. 3, litra a)", "Nobody could read it (article 34(3)(a))"
    MEASURES_TAKEN = "gdpr_34_3_b", "Risikoen er væk igen (artikel 34, stk. 3, litra b)", "The risk is gone (article 34(3)(b))"
    OUT_OF_PROPORTION = (
        "gdpr_34_3_c",
        "Det står ikke mål med besværet (artikel 34, stk. 3, litra c)",
        "Out of proportion (article 34(3)(c))",
    )
    DECISIVE_INTERESTS = (
        "dbl_22",
        "Afgørende hensyn til en selv eller andre (databeskyttelseslovens § 22)",
        "Decisive interests of the person or others (Danish Data Protection Act s. 22)",
    )

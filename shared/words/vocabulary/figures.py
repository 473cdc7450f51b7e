"""What figures count, and how they tell it apart."""

from __future__ import annotations

from shared.words.code import Code


class Kind(Code):
    """What happens, and is counted in the month in which it happens. The hint says what of it is *in time*."""

    CONCERNS = "concerns", "Bekymringer", "Concerns"
    ASSESSED = "assessed", "Vurderede bekymringer", "Assessed concerns", "Vurderet inden fristen", "Assessed within the deadline"
    CONTACTED = (
        "contacted",
        "Første kontakter",
        "First contacts",
        "Beboeren kontaktet inden fristen",
        "The resident was contacted within the deadline",
    )
    TOLD = (
        "told",
        "Viceværter, der fik besked",
        "Caretakers who were told",
        "Viceværten fik besked til tiden",
        "The caretaker was told in time",
    )
    REFERRALS = (
        "referrals",
        "Henvisninger med svar eller overskredet frist",
        "Referrals answered or overdue",
        "Modtageren svarede inden fristen",
        "The recipient answered within the deadline",
    )
    FOLLOWED_UP = "followed_up", "Opfølgninger", "Follow-ups", "Opfølgning gjort til tiden", "Follow-up done in time"
    CLOSED = "closed", "Lukkede sager", "Closed cases"
    DAMAGE = "damage", "Sager, hvor skadesservice kom", "Cases in which the damage service came"
    ACCOMPANIED = "accompanied", "Sager, hvor et kendt ansigt gik med", "Cases in which a known face came along"
    NOTICES = "notices", "Mails til medarbejdere", "Mails to staff", "Mails til medarbejdere kom frem", "Mails to staff arrived"


class Stage(Code):
    """What came of a concern."""

    CASE = "case", "Blev til en sag", "Became a case"
    DISMISSED = "dismissed", "Ikke en sag", "Dismissed, not a case"


class Within(Code):
    """How long something took; classes, so that a median is counted like everything else, and is nobody's time."""

    FOUR_HOURS = "4h", "inden for 4 timer", "within 4 hours"
    ONE_DAY = "1d", "inden for 1 døgn", "within 1 day"
    TWO_DAYS = "2d", "inden for 2 døgn", "within 2 days"
    THREE_DAYS = "3d", "inden for 3 døgn", "within 3 days"
    FIVE_DAYS = "5d", "inden for 5 døgn", "within 5 days"
    SEVEN_DAYS = "7d", "inden for 7 døgn", "within 7 days"
    FOURTEEN_DAYS = "14d", "inden for 14 døgn", "within 14 days"
    THIRTY_DAYS = "30d", "inden for 30 døgn", "within 30 days"
    SIXTY_DAYS = "60d", "inden for 60 døgn", "within 60 days"
    LATER = "later", "senere", "later"
    NOT_YET = "not_yet", "slet ikke", "not at all"

    @property
    def hours(self) -> int:
        """The most it took; 0 where there is no bound."""
        return int(self[:-1]) * (24 if self.endswith("d") else 1) if self[0].isdigit() else 0

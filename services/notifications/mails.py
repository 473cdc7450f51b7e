"""What a mail to a colleague says: that there is something to look at, and where; never a word about anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.observation import Severity

TEMPLATES = Path(__file__).parent / "notification" / "templates"

SEVERITY_WORDS: dict[str, str] = {Severity.ACUTE: "AKUT", Severity.HIGH: "ALVORLIG"}
"""Only what cannot wait is said in the subject line, as one word (domain.md §1.6)."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of notice says."""

    subject: str
    danish: str
    english: str


WORDS: dict[NoticeKind, Words] = {
    NoticeKind.CONCERN_RAISED: Words(
        "En bekymring venter på vurdering",
        "Der er kommet en bekymring, eller nogen vil ringes op. Den venter på, at du vurderer den.",
        "A concern, or somebody who wants to be called, is waiting for triage.",
    ),
    NoticeKind.CASE_OPENED: Words(
        "Du er sagsbehandler på en ny sag",
        "Der er oprettet en sag, og du er sagsbehandler på den.",
        "A case was opened and you are its handler.",
    ),
    NoticeKind.CASE_ASSIGNED: Words(
        "En sag er tildelt dig",
        "En sag er tildelt dig. Du er sagsbehandler fra nu af.",
        "A case was assigned to you.",
    ),
    NoticeKind.REFERRAL_SILENT: Words(
        "En henvisning er ikke besvaret",
        "Modtageren af en henvisning har ikke svaret inden for den aftalte tid.",
        "A referral was not answered in the agreed time.",
    ),
    NoticeKind.FOLLOW_UP_MISSED: Words(
        "En opfølgning er ikke sket",
        "En opfølgning er ikke sket inden for fristen.",
        "A follow-up was not done in time.",
    ),
    NoticeKind.TRIAGE_MISSED: Words(
        "En bekymring er ikke vurderet til tiden",
        "En bekymring er ikke vurderet inden for fristen.",
        "A concern was not triaged in time.",
    ),
    NoticeKind.FIRST_CONTACT_MISSED: Words(
        "Første kontakt er ikke sket til tiden",
        "Den første kontakt i en sag er ikke sket inden for fristen.",
        "The first contact in a case was not made in time.",
    ),
    NoticeKind.CARETAKER_NOT_TOLD: Words(
        "En vicevært venter på at høre, hvordan det går",
        "Viceværten er ikke orienteret inden for fristen.",
        "The caretaker was not told in time.",
    ),
    NoticeKind.THANKS_MISSED: Words(
        "En, der ringede, er ikke takket",
        "En, der ringede med en bekymring, skulle være takket inden to arbejdsdage. Sig tak, og ikke andet.",
        "Somebody who called with a concern was not thanked in time. Say thanks, and nothing else.",
    ),
    NoticeKind.DEADLINE_MISSED: Words(
        "En frist er overskredet",
        "En frist i en sag er overskredet.",
        "A deadline in a case was missed.",
    ),
    NoticeKind.STANDS_STILL: Words(
        "Alt udgående i en sag er standset",
        "Der er sket noget i en sag, så intet går ud til beboeren mere. Se på sagen, hvad der er tilbage at gøre.",
        "Nothing reaches out in a case any more. See what is left to do.",
    ),
    NoticeKind.GOES_ON: Words(
        "En sag er i gang igen",
        "En sag, der stod stille, er i gang igen. Se på sagen, hvad der venter.",
        "A case that stood still goes on again.",
    ),
    NoticeKind.COMPANION_WANTED: Words(
        "Vil du være med til et møde?",
        "Der er planlagt et møde, hvor det vil hjælpe, at du er med som et kendt ansigt. Du bestemmer selv, om du vil være med.",
        "A meeting is planned. Would you come along as a familiar face?",
    ),
    NoticeKind.VISIT_PLANNED: Words(
        "Vil du kigge forbi?",
        "Nogen er bekymret for en beboer. Kig forbi, når du alligevel er der, og skriv, hvad du så. Hvor og hvornår, står på siden.",
        "Somebody is worried about a resident. Go by on an ordinary errand, and write down what you saw.",
    ),
    NoticeKind.COMPANION_DECLINED: Words(
        "En ledsager kan ikke komme med til et møde",
        "Den, der blev spurgt om at være med til et møde, har sagt nej. Spørg en anden, eller hold mødet uden.",
        "The colleague who was asked along to a meeting said no.",
    ),
    NoticeKind.COMPANION_RELEASED: Words(
        "Du skal ikke med til mødet alligevel",
        "Du var spurgt om at være med til et møde. Det er ikke nødvendigt længere; slet det i din kalender. Tak, fordi du ville.",
        "You were asked along to a meeting; that is not needed any more.",
    ),
    NoticeKind.IN_GOOD_HANDS: Words(
        "Din observation er i gode hænder",
        "Tak. Din observation er set, og nogen tager sig af den. Du skal ikke gøre mere.",
        "Thank you. Your observation is in good hands.",
    ),
    NoticeKind.WRONG_PERSON: Words(
        "En sag handler måske om en forkert",
        "En sag er sat i stå, fordi den måske handler om en forkert person eller bolig. Et brud skal vurderes inden for 72 timer.",
        "A case is stopped because it may be about the wrong person. A breach is to be assessed within 72 hours.",
    ),
    NoticeKind.BREACH_ASSESSED: Words(
        "Et brud er vurderet",
        "Det er afgjort, om et brud skal anmeldes til Datatilsynet. Se, hvad der blev besluttet og hvorfor.",
        "It was decided whether a breach is notified to the data protection authority. See what and why.",
    ),
    NoticeKind.GLASS_BROKEN: Words(
        "Nogen har brudt glasset",
        "En kollega har åbnet en sag, som ellers ikke er deres, og har skrevet hvorfor. Se, om det var i orden.",
        "A colleague opened a case that is otherwise none of theirs, and wrote why. See whether it was right.",
    ),
    NoticeKind.LOOK_QUESTIONED: Words(
        "Et spørgsmål om et opslag, du har lavet",
        "Et af dine opslag er trukket ud til en stikprøve. Skriv, hvad du skulle bruge det til. At blive trukket er tilfældigt.",
        "One of your look-ups was drawn for a spot check. Write what you needed it for. Being drawn is chance.",
    ),
    NoticeKind.CHAIN_BROKEN: Words(
        "Historien er ændret uden om Brobygger",
        "Noget af det, der er skrevet, er ændret, fjernet eller byttet om uden om Brobygger. Ret ikke noget: sikr databasen, som den er. "
        "Du kan se hvor under Kontrol; den, der driver systemet, kører verify i alle fire tjenester.",
        "Something that was written has been changed behind Brobygger. Change nothing, and secure the database as it is. "
        "Auditors see where; the operator runs verify in all four services.",
    ),
    NoticeKind.OBSERVATION_NEWS: Words(
        "Der er nyt om din observation",
        "Der er nyt om noget, du har registreret.",
        "There is news about your observation.",
    ),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing there is to look at: what kind of thing, how serious, and the path that leads to it."""

    kind: NoticeKind
    severity: str
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What one person is to look at, ready to be written. `origin` is our public address without a slash."""

    id: UUID
    """The notice; one made of them where there are several."""
    matters: Sequence[Matter]
    to: str
    sender: str
    reply_to: str = ""
    association: str
    origin: str
    at: datetime


def written(letter: Letter) -> EmailMessage:
    """The mail: plain text with simple HTML beside it, Danish first; several things in one are a list.

    Its Message-ID comes from the notice, so a mail that had to be sent twice is recognised as one.
    """
    severity = next((SEVERITY_WORDS[word] for word in SEVERITY_WORDS if any(word == matter.severity for matter in letter.matters)), "")
    told = [
        (SEVERITY_WORDS.get(matter.severity, ""), WORDS[matter.kind], letter.origin.rstrip("/") + matter.link) for matter in letter.matters
    ]
    subject = told[0][1].subject if len(told) == 1 else f"{len(told)} beskeder fra Brobygger"
    if any(matter.kind == NoticeKind.CHAIN_BROKEN for matter in letter.matters):  # how many there are of it hides nothing
        subject = WORDS[NoticeKind.CHAIN_BROKEN].subject
    values = {"severity": severity, "subject": subject, "told": told, "can_be_answered": bool(letter.reply_to)}
    mail = EmailMessage()
    mail["From"] = letter.sender
    mail["To"] = letter.to
    if letter.reply_to:
        mail["Reply-To"] = letter.reply_to
    mail["Subject"] = f"{severity}: {subject}" if severity else subject
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.id}@{domain_of(letter.sender)}>"
    mail["List-Id"] = f"Brobygger <{letter.association}.brobygger.{domain_of(letter.sender)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_templates().get_template("mail.txt").render(values))
    mail.add_alternative(_templates().get_template("mail.html").render(values), subtype="html")
    mail["Content-Language"] = "da, en"
    for part in mail.iter_parts():
        del part["MIME-Version"]  # belongs to the whole only (RFC 2045 §4)
    # The boundary would be chosen by chance; the same notice is the same bytes, so that what was sent can be shown again.
    mail.set_boundary(f"brobygger-{letter.id}")
    return mail


def domain_of(sender: str) -> str:
    """The right-hand side of a mail address, with or without a display name."""
    return sender.rpartition("@")[2].strip().rstrip(">")


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=select_autoescape(("html",)))

"""What caretakers see in an ordinary year, and what usually comes of it. Invented, and about nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """One kind of concern: what was seen, in whose words, and the way it usually goes."""

    signals: tuple[str, ...]
    severity: str
    category: str
    words: tuple[str, ...]
    targets: tuple[str, ...] = ()
    """Whom it is passed on to, if it comes to that."""
    outcome: str = "handled_with_association_help"
    dismissal: str = "handled_on_the_spot"
    basis: str = "consent"
    how_often: int = 1


PLOTS: tuple[Plot, ...] = (
    Plot(
        signals=("home.hoarding", "self.neglect"), severity="high", category="elderly_care", how_often=3,
        targets=("municipal.visitation", "damage_service"), outcome="help_established",
        words=(
            "Kom for at skifte en pakning. Der var stablet aviser og poser op ad væggene, og beboeren kunne næsten ikke komme forbi.",
            "Køkkenet kunne ikke bruges for ting. Beboeren sagde selv, at det var vokset over hovedet.",
            "Lugtede af gammel mad. Beboeren gik usikkert og støttede sig til møblerne.",
        ),
    ),
    Plot(
        signals=("curtains.closed", "not.seen"), severity="medium", category="loneliness", how_often=4,
        targets=("volunteer",), outcome="help_established", dismissal="explained",
        words=(
            "Gardinerne har været for i tre uger, og der er ikke lys om aftenen.",
            "Plejer at hilse, når jeg slår græs. Har ikke set beboeren siden efterårsferien.",
            "Naboen spurgte, om der var sket noget. Der blev åbnet på klem, men sagt, at alt var fint.",
        ),
    ),
    Plot(
        signals=("mailbox.full", "arrears"), severity="medium", category="economy", how_often=4,
        targets=("advice.debt",), outcome="eviction_averted",
        words=(
            "Postkassen flød over med rudekuverter. Beboeren sagde, at de ikke bliver åbnet mere.",
            "Fortalte ved vasken, at huslejen ikke er betalt i to måneder, efter at arbejdet forsvandt.",
        ),
    ),
    Plot(
        signals=("noise.conflict",), severity="medium", category="neighbour_conflict", how_often=4,
        targets=("mediation",), outcome="mediated_settled",
        words=(
            "Tredje gang i denne måned, at der bankes i rørene om natten. Begge sider siger, at den anden begyndte.",
            "Naboerne taler ikke sammen mere efter en aften med høj musik.",
        ),
    ),
    Plot(
        signals=("mental.distress", "behaviour.changed"), severity="high", category="mental_health", how_often=2,
        targets=("municipal.skp",), outcome="transferred_to_municipality",
        words=(
            "Beboeren mente, at nogen lytter gennem stikkontakterne, og havde klistret dem til. Var venlig, men meget bange.",
            "Græd i døren og ville ikke have, at jeg gik. Kender ellers beboeren som en glad person.",
        ),
    ),
    Plot(
        signals=("substance", "self.neglect"), severity="medium", category="substance_use", how_often=2,
        targets=("municipal.addiction",), outcome="resident_declined", dismissal="resident_declined",
        words=("Mange tomme flasker i gangen, og beboeren stod usikkert på benene midt på formiddagen.",),
    ),
    Plot(
        signals=("lonely",), severity="low", category="loneliness", how_often=5,
        targets=("volunteer",), outcome="help_established",
        words=(
            "Ringer flere gange om ugen om småting. Vil vist mest bare snakke.",
            "Kom ned i værkstedet igen uden ærinde. Ægtefællen døde i foråret.",
        ),
    ),
    Plot(
        signals=("pests", "waste.balcony"), severity="medium", category="dwelling_condition", how_often=3,
        targets=("pest_control",), outcome="handled_with_association_help",
        words=("Poser med affald på altanen, og der er set rotter under den.",),
    ),
    Plot(
        signals=("child.neglect",), severity="high", category="child_welfare", how_often=1,
        targets=("municipal.family",), outcome="transferred_to_municipality", basis="child", dismissal="explained",
        words=("Et mindre barn sad alene på trappen i det tøj, det også havde på i går, og sagde, at der ikke var nogen hjemme.",),
    ),
    Plot(
        signals=("confusion", "self.neglect"), severity="high", category="physical_illness", how_often=2,
        targets=("municipal.visitation",), outcome="help_established",
        words=("Beboeren kunne ikke finde hjem fra vaskeriet og var ikke klædt på til vejret.",),
    ),
    Plot(
        signals=("garden.neglected", "home.neglected"), severity="low", category="dwelling_condition", how_often=5,
        dismissal="handled_on_the_spot",
        words=("Haven er groet til. Plejer ellers at være velholdt.", "Hækken er ikke klippet, og skraldet er ikke sat ud."),
    ),
    Plot(
        signals=("utilities.off",), severity="high", category="economy", how_often=1,
        targets=("municipal.rent_help",), outcome="handled_with_association_help",
        words=("Strømmen er afbrudt. Beboeren sad med jakke på indenfor og spiste kold mad.",),
    ),
    Plot(
        signals=("access.refused", "smell"), severity="medium", category="other", how_often=3, dismissal="explained",
        words=("Ville ikke lukke mig ind til varmemåleren. Der kom en kraftig lugt ud gennem døren.",),
    ),
)  # fmt: skip

FOLLOWED_UP = (
    "Ringede. Det går fremad, og aftalerne bliver holdt.",
    "Var forbi. Der er ryddet, og der var kaffe på bordet.",
    "Talte i telefon. Har det bedre, men vil gerne ringes op igen.",
)
REACHED = ("Talte i døren. Beboeren var glad for, at nogen spurgte.", "Fik en god snak i telefonen.", "Kom på besøg efter aftale.")
NOT_REACHED = ("Ringede på, ingen åbnede. Lagde et kort.", "Tog ikke telefonen.")
TOLD_RECIPIENT = "Beboeren har sagt ja til, at I kontakter ham eller hende. Ring gerne om formiddagen."
TOLD_WITHOUT_CONSENT = "Underretning efter pligten til at underrette om et barn. Forældrene har fået det at vide."

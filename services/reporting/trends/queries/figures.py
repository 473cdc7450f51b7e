"""The figures of a period as people read them: one section for each question, with names, beside those of a year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from services.reporting.trends.queries.periods import month_name, period_name, stretch_name, what_is_counted
from services.reporting.trends.queries.published import Published, Released
from services.reporting.trends.rules.period import Month, Period
from services.reporting.trends.rules.policy import Policy
from services.reporting.trends.rules.rounding import BASE, Node
from shared.ground.spoken import short_day
from shared.words.labels import label, said
from shared.words.language import Language, in_danish_order, marked, translated
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.figures import Kind, Stage, Within
from shared.words.vocabulary.observation import Severity

OTHERS = "others"
UNKNOWN = marked("Ikke oplyst")
CONSENT_NAMES: dict[str, str] = {
    Answer.GRANTED: marked("Sagde ja"),
    Answer.DECLINED: marked("Sagde nej"),
    Answer.NOT_ASKED: marked("Blev ikke spurgt"),
    Answer.NOT_ABLE: marked("Kunne ikke svare"),
    Answer.WITHDRAWN: marked("Tog samtykket tilbage"),
}
"""The answers as they are counted: told of residents, where the form asks one."""
TITLES: dict[str, str] = {
    "totals": marked("I alt"),
    "exact": marked("Præcist, for hele året"),
    "months": marked("Bekymringer måned for måned"),
    "shares": marked("Holder vi, hvad vi lover?"),
    "times": marked("Hvor længe går der?"),
    "stages": marked("Hvad bekymringerne blev til"),
    "severities": marked("Hvor alvorligt"),
    "signals": marked("Tegn, som viceværterne så"),
    "categories": marked("Sagernes kategori"),
    "consents": marked("Beboerens samtykke"),
    "outcomes": marked("Hvordan det endte"),
    "answered": marked("Henvisninger, der blev besvaret"),
    "unanswered": marked("Henvisninger uden svar inden fristen"),
    "by_municipality": marked("Henvisninger til kommunerne uden svar inden fristen"),
    "places": marked("Hvor i boligorganisationen?"),
}
NOT_SUBTRACTED = marked(
    "Hver linje er talt og afrundet for sig, i den måned, det skete. Den kan handle om en bekymring fra før, så der "
    "kan stå flere vurderede end bekymringer; linjerne kan ikke trækkes fra hinanden."
)
"""Of all that is counted: why one line may be larger than the one it comes of."""
METHOD: tuple[str, ...] = (
    marked("Tallene er for det, der skete i perioden. En måned tælles én gang, når den er forbi, og ændres aldrig bagefter."),
    marked(
        "Alle antal er afrundet sammen til tal i 5-tabellen, så tabellerne stadig går op. Om der rundes op eller ned, "
        "afgøres ved lodtrækning, så ingen kan regnes ud. En måned, et kvartal eller et år er højst 4 fra det rigtige; en række for "
        "flere kvartaler kan være lidt længere fra."
    ),
    marked(
        "»Øvrige« er det, der er for lidt af til at stå for sig selv. Små afdelinger står kun under deres kommune. Det, "
        "som et år siger præcist, er i tabellerne med i »Øvrige«. En række, som afrundingen gør til nul, står der ikke."
    ),
    marked(
        "Rækkerne står efter navn: hvilket af to afrundede tal der er størst, kan ingen se. Pr. 100 boliger står kun, "
        "hvor der er så mange, at afrundingen betyder lidt."
    ),
    marked("Fristerne er dem, proceduren satte, da sagen begyndte. Tiderne er kalendertid, også weekender."),
)
"""How the figures are made, and what may not be read out of them."""
OF_THE_PAGE: tuple[str, ...] = (
    marked(
        "Her står intet om medarbejdere, og ingen kan sammenlignes. Navne, adresser og ord om beboere findes slet ikke i denne tjeneste."
    ),
    marked("Hvert opslag på denne side og hver fil, der hentes, bliver noteret med det, der blev valgt."),
)
"""And what is to be said where they are looked up."""
OF_MONTHS = frozenset({"totals", "exact", "months"})
"""The questions that each month answers; the others are told apart only in quarters that are over."""
ADD_UP = frozenset(TITLES) - OF_MONTHS - {"shares", "times", "signals"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row. What does not belong to its section is empty."""

    code: str
    name: str
    count: int | None = None
    said: str = ""
    """The count in words that do not claim more than it knows: `ca. 10`, `under 5`."""
    is_rounded: bool = True
    """Whether the counts are; what the policy lets a year say exactly is not."""
    before: int | None = None
    """The same, a year before."""
    said_before: str = ""
    per_hundred: float | None = None
    """About how many for each hundred homes; only where there are enough of them that the rounding matters little."""
    percent: int | None = None
    percent_before: int | None = None
    target: int | None = None
    half: str = ""
    """Within what half took it."""
    most: str = ""
    """Within what nine of ten took it."""
    part_of: str = ""
    """The name of what the row is a part of."""


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its rows."""

    code: str
    title: str
    lines: tuple[Line, ...]
    period: str
    """Which months it is of, in words; often fewer than those of the headline."""
    whole: str = ""
    """What its rows add up to, in words; empty where they do not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """All figures of one period."""

    association: str
    period: Period
    title: str
    counted: str
    """The months of it that are counted, in words; empty where there are none."""
    told_apart: str
    """The months that its tables are of."""
    about: tuple[str, ...]
    """What of the period is not counted, and why, in sentences."""
    not_yet_exact: tuple[str, ...]
    """What the policy lets a year say exactly, and these figures do not: when it is said, or why not."""
    released_at: datetime | None
    policy: str
    """The version of the policy; empty as long as none is adopted."""
    months: int
    quarters: int
    with_before: bool
    """Whether the same stretch of the year before is published, too."""
    sections: Mapping[str, Section]

    def line(self, section: str, code: str) -> Line | None:
        """One row, where there is one."""
        return next((line for line in self.sections[section].lines if line.code == code), None) if section in self.sections else None


def figures_of(
    now: Published, before: Published, released: Mapping[Month, Released], policy: Policy, names: Mapping[str, str], *, by: datetime,
    language: Language,
) -> Figures:  # fmt: skip
    """What is published, said in one language; `released` is everything there was `by` a moment."""
    reading = _Reading(now, before if len(before.months) == len(now.months) else None, policy, names, language)
    sections = (reading.section(code) for code in TITLES)
    return Figures(
        association=policy.association,
        period=now.period,
        title=period_name(now.period, language),
        counted=reading.counted,
        told_apart=reading.told_apart,
        about=tuple(what_is_counted(now.period, sorted(released), by=by, language=language)),
        not_yet_exact=tuple(_not_yet_exact(now, released, policy, language)),
        released_at=now.months[-1].released_at if now.months else None,
        policy=policy.version,
        months=len(now.months),
        quarters=now.quarters,
        with_before=reading.before is not None,
        sections={section.code: section for section in sections if section.lines},
    )


def nothing_of(period: Period, language: Language) -> Figures:
    """What is shown as long as no policy is adopted."""
    return Figures(
        association="", period=period, title=period_name(period, language), counted="", told_apart="", about=(), not_yet_exact=(),
        released_at=None, policy="", months=0, quarters=0, with_before=False, sections={},
    )  # fmt: skip


def _not_yet_exact(now: Published, released: Mapping[Month, Released], policy: Policy, language: Language) -> Iterator[str]:
    last = Month(now.period.year, 12)
    of_the_year = [each for month, each in released.items() if month.year == last.year]
    for code in policy.exact_for_a_year:
        if code in now.exact:
            continue
        if not all(code in each.exact_outcomes for each in of_the_year):
            sentence = marked("%(outcome)s: siges ikke præcist for %(year)s, for det var ikke aftalt, da de første måneder blev talt.")
        elif last in released:
            sentence = marked("%(outcome)s: siges kun for hele året. Se %(year)s.")
        else:
            sentence = marked("%(outcome)s: tælles, når året er slut, og siges præcist for hele %(year)s den %(day)s.")
        day = short_day(last.counted_from, language=language)
        yield translated(sentence, language, {"outcome": label(code, "outcomes", language=language), "year": last.year, "day": day})


class _Reading:
    """What is published, section by section."""

    def __init__(self, now: Published, before: Published | None, policy: Policy, names: Mapping[str, str], language: Language) -> None:
        self.now = now
        self.before = before
        self.policy = policy
        self.names = names
        self.language = language
        self.counted = stretch_name([each.month for each in now.months], language)
        self.told_apart = stretch_name([each.month for each in now.of_tables], language)

    def section(self, code: str) -> Section:
        lines: tuple[Line, ...] = tuple(getattr(self, f"_{code}")()) if self.now.months else ()
        whole = sum(line.count or 0 for line in lines if not line.part_of)
        return Section(
            code, translated(TITLES[code], self.language), lines, self.counted if code in OF_MONTHS else self.told_apart,
            self._said(whole, is_one=self.now.quarters == 1) if code in ADD_UP else "",
        )  # fmt: skip

    def _said(self, count: int | None, *, is_one: bool) -> str:
        """A rounded number in words. One is less than five from the truth, but for a row that is put together from several of them."""
        if count is None:
            return ""
        if count:
            return translated(marked("ca. %(count)s"), self.language, {"count": count})
        return (
            translated(marked("under %(count)s"), self.language, {"count": BASE})
            if is_one
            else translated(marked("få eller ingen"), self.language)
        )

    def _counted(self, code: str, name: str, count: int, before: int | None, *, is_one: bool = True) -> Line:
        words, words_before = (self._said(each, is_one=is_one) for each in (count, before))
        return Line(code=code, name=name, count=count, said=words, before=before, said_before=words_before)

    def _totals(self) -> Iterable[Line]:
        for kind in Kind:
            count = self.now.totals[kind]
            line = self._counted(kind, said(kind.label, self.language), count, self.before.totals[kind] if self.before else None)
            yield replace(line, per_hundred=self._per_hundred(count, self.policy.homes))

    def _exact(self) -> Iterable[Line]:
        for code, count in self.now.exact.items():
            before = self.before.exact.get(code) if self.before else None
            yield Line(
                code=code, name=label(code, "outcomes", language=self.language), count=count, said=str(count), is_rounded=False,
                before=before, said_before="" if before is None else str(before),
            )  # fmt: skip

    def _months(self) -> Iterable[Line]:
        if len(self.now.months) > 1:
            for at, each in enumerate(self.now.months):
                before = self.before.months[at].totals[Kind.CONCERNS] if self.before else None
                yield self._counted(str(each.month), month_name(each.month, self.language), each.totals[Kind.CONCERNS], before)

    def _shares(self) -> Iterable[Line]:
        for kind in Kind:
            percent = self._share(self.now, kind)
            if percent is not None:
                yield Line(
                    code=kind, name=kind.label.hint_da if self.language == "da" else kind.label.hint_en, percent=percent,
                    percent_before=self._share(self.before, kind), target=self.policy.targets.get(kind),
                )  # fmt: skip

    def _share(self, published: Published | None, kind: Kind) -> int | None:
        if published is None:
            return None
        yes, no = (published.tables[kind, ("on_time", answer)] for answer in ("yes", "no"))
        return round(100 * yes / (yes + no)) if yes + no >= self.policy.shares_from else None

    def _times(self) -> Iterable[Line]:
        names = {
            Kind.ASSESSED: marked("Fra observation til vurdering"),
            Kind.CONTACTED: marked("Fra observation til første kontakt"),
            Kind.TOLD: marked("Fra observation til viceværten fik besked"),
            Kind.REFERRALS: marked("Fra henvisning til svar"),
        }
        for kind, name in names.items():
            counts = [(within, self.now.tables[kind, ("within", within)]) for within in Within]
            whole = sum(count for _, count in counts)
            if whole >= self.policy.shares_from:
                half, most = (said(_reached(counts, share * whole).label, self.language) for share in (0.5, 0.9))
                yield Line(code=kind, name=translated(name, self.language), half=half, most=most)

    def _stages(self) -> Iterable[Line]:
        return self._lines(Kind.ASSESSED, (), "stage", partial(label, group="stages", language=self.language))

    def _categories(self) -> Iterable[Line]:
        return self._lines(Kind.ASSESSED, ("stage", Stage.CASE), "category", partial(label, group="categories", language=self.language))

    def _severities(self) -> Iterable[Line]:
        """The most serious first."""
        lines = self._lines(Kind.CONCERNS, (), "severity", partial(label, group="severities", language=self.language))
        order = [*Severity, OTHERS]
        return sorted(lines, key=lambda line: order.index(line.code) if line.code in order else len(order))

    def _consents(self) -> Iterable[Line]:
        return self._lines(Kind.CONCERNS, (), "consent", lambda code: translated(CONSENT_NAMES.get(code, code), self.language))

    def _outcomes(self) -> Iterable[Line]:
        return self._lines(Kind.CLOSED, (), "outcome", partial(label, group="outcomes", language=self.language))

    def _answered(self) -> Iterable[Line]:
        return self._lines(Kind.REFERRALS, ("answer", "answered"), "target", partial(label, group="targets", language=self.language))

    def _unanswered(self) -> Iterable[Line]:
        return self._lines(Kind.REFERRALS, ("answer", "unanswered"), "target", partial(label, group="targets", language=self.language))

    def _by_municipality(self) -> Iterable[Line]:
        """Those to others than the municipality's own offices have none, and are no row here."""
        return self._lines(Kind.REFERRALS, ("answer", "unanswered"), "municipality", self._municipality, nameless=False)

    def _signals(self) -> Iterable[Line]:
        """One concern may show several signs, so that they do not add up to anything: what is put together is how often any is named."""
        now, before = _seen(self.now), _seen(self.before) if self.before else None
        return self._rows(now, before, partial(label, group="signals", language=self.language), always_others=True)

    def _places(self) -> Iterable[Line]:
        """Each municipality, and below it its estates."""
        for municipality in self._lines(Kind.CONCERNS, (), "municipality", self._municipality):
            yield municipality
            if municipality.code == OTHERS:
                continue
            for estate in self._lines(Kind.CONCERNS, ("municipality", municipality.code), "estate", self._estate):
                known = self.policy.estates.get(estate.code)
                per_hundred = self._per_hundred(estate.count or 0, known.homes, quarters=self.now.quarters) if known else None
                yield replace(estate, part_of=municipality.name, per_hundred=per_hundred)

    def _municipality(self, code: str) -> str:
        return self.policy.municipality(code)

    def _estate(self, code: str) -> str:
        known = self.policy.estates.get(code)
        return (known.name if known else "") or self.names.get(code, code)

    def _per_hundred(self, count: int, homes: int, *, quarters: int = 1) -> float | None:
        """With a decimal only where the rounding moves it by less than a half."""
        if not homes or count < self.policy.rates_from:
            return None
        rate = 100 * count / homes
        return (round(rate, 1) if 100 * (BASE - 1) * quarters / homes < 1 / 2 else round(rate)) or None

    def _lines(self, kind: Kind, above: Node, dimension: str, name: Callable[[str], str], *, nameless: bool = True) -> Sequence[Line]:
        """The rows below a node; what has few is put together, and with it (`nameless`) what has no code."""
        now = _below(self.now, kind, above, dimension)
        before = _below(self.before, kind, above, dimension) if self.before else None
        if not nameless:
            for each in (now, before):
                if each is not None:
                    each.pop("", None)
        return self._rows(now, before, name)

    def _rows(
        self, now: Counter[str], before: Counter[str] | None, name: Callable[[str], str], *, always_others: bool = False
    ) -> Sequence[Line]:
        """By name: which of two rounded numbers is the larger is not known. Last what is put together."""
        counted = partial(self._counted, is_one=self.now.quarters == 1)
        shown = [code for code, count in now.items() if code and count >= self.policy.rows_from]
        lines = [counted(code, name(code), now[code], before[code] if before is not None else None) for code in shown]
        lines.sort(key=lambda line: in_danish_order(line.name))
        rest = now.total() - sum(now[code] for code in shown)
        rest_before = before.total() - sum(before[code] for code in shown) if before is not None else None
        if rest or (shown and (rest_before or always_others)):
            lines.append(self._counted(OTHERS, translated(marked("Øvrige"), self.language), rest, rest_before, is_one=False))
        return lines


def _below(published: Published, kind: Kind, above: Node, dimension: str) -> Counter[str]:
    return Counter(
        {
            node[-1]: count
            for (of, node), count in sorted(published.tables.items())
            if of == kind and node[:-2] == above and node[-2] == dimension
        }
    )


def _seen(published: Published) -> Counter[str]:
    """How often each sign was."""
    return Counter(
        {
            node[0].removeprefix("signal "): count
            for (kind, node), count in sorted(published.tables.items())
            if kind == Kind.CONCERNS and node[0].startswith("signal ") and node[1] == "yes"
        }
    )


def _reached(counts: Iterable[tuple[Within, int]], wanted: float) -> Within:
    so_far = 0
    for within, count in counts:
        so_far += count
        if so_far >= wanted:
            return within
    return Within.NOT_YET

"""The figures of a period as people read them: one section for each question, with names, beside those of a year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from babel.dates import format_date

from services.reporting.trends.queries.published import Published
from services.reporting.trends.rules.period import Month, Period
from services.reporting.trends.rules.policy import Policy
from services.reporting.trends.rules.rounding import Node
from shared.words.labels import label, said
from shared.words.language import Language, locale_of, marked, translated
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.figures import Kind, Stage, Within

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row. What does not belong to its section is empty."""

    code: str
    name: str
    count: int | None = None
    """Rounded, but for what the policy lets a year say exactly."""
    before: int | None = None
    """The same, a year before."""
    per_hundred: float | None = None
    """For each hundred homes."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """All figures of one period."""

    association: str
    period: Period
    title: str
    until: str
    """The last month there is, where the period is not over; else empty."""
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


def figures_of(now: Published, before: Published, policy: Policy, names: Mapping[str, str], language: Language) -> Figures:
    """What is published, said in one language."""
    reading = _Reading(now, before if len(before.months) == len(now.months) else None, policy, names, language)
    sections = (reading.section(code) for code in TITLES)
    return Figures(
        association=policy.association,
        period=now.period,
        title=period_name(now.period, language),
        until="" if now.is_whole or not now.months else month_name(now.months[-1].month, language),
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
        association="", period=period, title=period_name(period, language), until="", released_at=None, policy="", months=0, quarters=0,
        with_before=False, sections={},
    )  # fmt: skip


def month_name(month: Month, language: Language) -> str:
    return format_date(month.begins, "MMMM y", locale=locale_of(language))


def period_name(period: Period, language: Language) -> str:
    if period.month:
        return month_name(period.months[0], language)
    if period.quarter:
        return translated(marked("%(quarter)s. kvartal %(year)s"), language, {"quarter": period.quarter, "year": period.year})
    return str(period.year)


class _Reading:
    """What is published, section by section."""

    def __init__(self, now: Published, before: Published | None, policy: Policy, names: Mapping[str, str], language: Language) -> None:
        self.now = now
        self.before = before
        self.policy = policy
        self.names = names
        self.language = language

    def section(self, code: str) -> Section:
        found: Iterable[Line] = getattr(self, f"_{code}")() if self.now.months else ()
        return Section(code, translated(TITLES[code], self.language), tuple(found))

    def _totals(self) -> Iterable[Line]:
        for kind in Kind:
            count = self.now.totals[kind]
            yield Line(
                code=kind, name=said(kind.label, self.language), count=count,
                before=self.before.totals[kind] if self.before else None, per_hundred=self._per_hundred(count, self.policy.homes),
            )  # fmt: skip

    def _exact(self) -> Iterable[Line]:
        for code, count in self.now.exact.items():
            before = self.before.exact.get(code) if self.before else None
            yield Line(code=code, name=label(code, "outcomes", language=self.language), count=count, before=before)

    def _months(self) -> Iterable[Line]:
        if len(self.now.months) > 1:
            for at, each in enumerate(self.now.months):
                before = self.before.months[at].totals[Kind.CONCERNS] if self.before else None
                yield Line(
                    code=str(each.month), name=month_name(each.month, self.language), count=each.totals[Kind.CONCERNS], before=before
                )

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
        return self._lines(Kind.CONCERNS, (), "severity", partial(label, group="severities", language=self.language))

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
        """One concern may show several signs, so that they do not add up: the small ones are left out."""
        shown = Counter(
            {
                node[0].removeprefix("signal "): count
                for (kind, node), count in self.now.tables.items()
                if kind == Kind.CONCERNS and node[0].startswith("signal ") and node[1] == "yes" and count >= self.policy.rows_from
            }
        )
        for code, count in shown.most_common():
            before = self.before.tables[Kind.CONCERNS, (f"signal {code}", "yes")] if self.before else None
            yield Line(code=code, name=label(code, "signals", language=self.language), count=count, before=before)

    def _places(self) -> Iterable[Line]:
        """Each municipality, and below it its estates."""
        homes: Counter[str] = Counter()
        for kind, node in self.now.tables:
            if kind == Kind.CONCERNS and node[0] == "municipality" and len(node) == 4 and node[3] in self.policy.estates:
                homes[node[1]] += self.policy.estates[node[3]].homes
        for municipality in self._lines(Kind.CONCERNS, (), "municipality", self._municipality):
            yield municipality
            if municipality.code == OTHERS or municipality.code == "":
                continue
            for estate in self._lines(Kind.CONCERNS, ("municipality", municipality.code), "estate", self._estate):
                known = self.policy.estates.get(estate.code)
                per_hundred = self._per_hundred(estate.count or 0, known.homes) if known else None
                yield replace(estate, part_of=municipality.name, per_hundred=per_hundred)

    def _municipality(self, code: str) -> str:
        return self.policy.municipality(code)

    def _estate(self, code: str) -> str:
        known = self.policy.estates.get(code)
        return (known.name if known else "") or self.names.get(code, code)

    def _per_hundred(self, count: int, homes: int) -> float | None:
        return round(100 * count / homes, 1) if homes else None

    def _lines(self, kind: Kind, above: Node, dimension: str, name: Callable[[str], str], *, nameless: bool = True) -> Sequence[Line]:
        """The rows below a node, the largest first; what has few is put together, and with it (`nameless`) what has no code."""
        now = _below(self.now, kind, above, dimension)
        before = _below(self.before, kind, above, dimension) if self.before else None
        if not nameless:
            for each in (now, before):
                if each is not None:
                    each.pop("", None)
        shown = [(code, count) for code, count in now.most_common() if code and count >= self.policy.rows_from]
        lines = [
            Line(code=code, name=name(code), count=count, before=before[code] if before is not None else None) for code, count in shown
        ]
        rest = now.total() - sum(count for _, count in shown)
        rest_before = before.total() - sum(before[code] for code, _ in shown) if before is not None else None
        if rest or (rest_before and shown):
            lines.append(Line(code=OTHERS, name=translated(marked("Øvrige"), self.language), count=rest, before=rest_before))
        return lines


def _below(published: Published, kind: Kind, above: Node, dimension: str) -> Counter[str]:
    return Counter(
        {
            node[-1]: count
            for (of, node), count in sorted(published.tables.items())
            if of == kind and node[:-2] == above and node[-2] == dimension
        }
    )


def _reached(counts: Iterable[tuple[Within, int]], wanted: float) -> Within:
    so_far = 0
    for within, count in counts:
        so_far += count
        if so_far >= wanted:
            return within
    return Within.NOT_YET

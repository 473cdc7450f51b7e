"""What an association publishes: a policy that is adopted, and each month once, when it is over, as it will stand for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid5

from services.reporting.trends.rules.period import Month
from services.reporting.trends.rules.policy import Policy, digest_of, read_adopted, read_policy
from services.reporting.trends.rules.rounding import BASE, Lots, Node, along, tables
from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.words.vocabulary.figures import Kind

PUBLICATIONS = UUID("5f1a3a52-2f5c-4c64-9f8c-6f3b8a0d7e21")
"""The namespace of the ids below."""

Counts = Mapping[str, Mapping[Node, int]]
Lines = list[list[Any]]
"""Counts as an event holds them: `[kind, node, count]`."""


class NoPolicyIsAdopted(Refusal):
    """Der er ingen aftale om, hvad tal må vise."""

    next_step = "Databeskyttelsesrådgiveren skal vedtage en aftale, før der kan offentliggøres tal."


class MonthIsNotNext(Refusal):
    """Måneden er ikke den næste, eller den er ikke forbi."""


def publication_id(association: str) -> UUID:
    return uuid5(PUBLICATIONS, association)


class Publication(Aggregate):
    """Everything that was ever published of an association. The exact counts stand beside what was shown, and are never shown."""

    TOPIC = "publication"

    class Begun(Event, AggregateCreated):
        """There is a secret to draw lots with: whoever knows the method, and not this, learns no more than anybody."""

        TOPIC = "publication.begun"

        secret: str

        def apply(self, publication: Publication) -> None:
            publication.secret = bytes.fromhex(self.secret)

    class PolicyAdopted(Event):
        """The data protection officer answers for what is shown from now on."""

        TOPIC = "publication.policy_adopted"

        version: str
        text: str
        digest: str

        def apply(self, publication: Publication) -> None:
            publication.policy, publication.digest = read_adopted(self.text), self.digest

    class MonthReleased(Event):
        """A month is counted, once, of everything heard up to a position of the inbox; and with the third of a quarter, its tables."""

        TOPIC = "publication.month_released"

        month: str
        inbox_position: int
        policy: str
        """The digest of the policy it was published under."""
        exact_outcomes: list[str]
        """Which outcomes stood in no table, because the year says them exactly."""
        counted: Lines
        published: dict[str, Any]
        """`totals` by kind; `tables` of the quarter that is over, by kind and node; `exact` for the year that is over, by outcome."""

        def apply(self, publication: Publication) -> None:
            publication.released[Month.read(self.month)] = self.inbox_position
            publication.counted[Month.read(self.month)] = _counts(self.counted)
            publication.totals[Month.read(self.month)] = self.published["totals"]
            publication.exact_outcomes[Month.read(self.month)] = frozenset(self.exact_outcomes)

    def __init__(self) -> None:
        self.secret = b""
        self.policy: Policy | None = None
        self.digest = ""
        self.released: dict[Month, int] = {}
        """The inbox position of every month, in the order in which they were released."""
        self.counted: dict[Month, dict[str, dict[Node, int]]] = {}
        self.totals: dict[Month, dict[str, int]] = {}
        self.exact_outcomes: dict[Month, frozenset[str]] = {}

    @classmethod
    def begin_of(cls, association: str, *, secret: bytes) -> Self:
        return cls.begin(cls.Begun, id=publication_id(association), secret=secret.hex())

    def adopt(self, text: str) -> None:
        """Publish under this policy from now on; the same text again is no news. What is published already stays as it is."""
        policy = read_policy(text)
        if digest_of(text) != self.digest:
            self.trigger_event(self.PolicyAdopted, version=policy.version, text=text, digest=digest_of(text))

    @property
    def next(self) -> Month | None:
        """The month that is counted next, where there is one already."""
        return max(self.released).plus(1) if self.released else None

    def release(self, month: Month, counts: Counts, *, position: int, now: datetime) -> None:
        """Publish a month that is over, with what was counted of it."""
        if self.policy is None:
            raise NoPolicyIsAdopted
        if not month.is_settled(now) or (self.next and month != self.next):
            raise MonthIsNotNext
        exact = {str(outcome) for outcome in self.policy.exact_for_a_year}
        totals = {str(kind): self._total(kind, month, counts) for kind in Kind}
        of_the_year = {each: self.counted[each] for each in self.counted if each.year == month.year} | {month: counts}
        published: dict[str, Any] = {"totals": totals, "tables": [], "exact": {}}
        if month.ends_a_quarter:
            quarter = {each: found for each, found in of_the_year.items() if each in month.quarter}
            shown = Counter(totals)
            for each in quarter.keys() - {month}:
                shown.update(self.totals[each])
            published["tables"] = _lines(self._tables(month, list(quarter.values()), shown, self.policy))
        if month.number == 12:
            always = exact.intersection(*(self.exact_outcomes[each] for each in of_the_year.keys() - {month}))
            published["exact"] = {code: _sum(of_the_year.values(), Kind.CLOSED).get(("outcome", code), 0) for code in sorted(always)}
        self.trigger_event(
            self.MonthReleased,
            month=str(month),
            inbox_position=position,
            policy=self.digest,
            exact_outcomes=sorted(exact),
            counted=_lines(counts),
            published=published,
        )

    def _total(self, kind: Kind, month: Month, counts: Counts) -> int:
        before = sum(found.get(kind, {}).get((), 0) for each, found in self.counted.items() if each.year == month.year)
        start = Lots(self.secret, kind, str(month.year)).below(BASE)
        return along(before, counts.get(kind, {}).get((), 0), start=start)

    def _tables(self, month: Month, quarter: Sequence[Counts], totals: Mapping[str, int], policy: Policy) -> Counts:
        found: dict[str, dict[Node, int]] = {}
        for kind in Kind:
            nodes = _shown(_sum(quarter, kind), policy)
            found[kind] = {node: number for node, number in tables(totals[kind], nodes, self.secret, kind, str(month)).items() if node}
        return found


def _sum(months: Iterable[Counts], kind: Kind) -> Counter[Node]:
    """All months together."""
    together: Counter[Node] = Counter()
    for counts in months:
        together.update(counts.get(kind, {}))
    return together


def _shown(nodes: Counter[Node], policy: Policy) -> dict[Node, int]:
    """The nodes that may have a row: small estates and what is told exactly have none of their own; a sign is there, or is not."""
    whole = nodes[()]
    shown: Counter[Node] = Counter()
    for node, count in nodes.items():
        match node:
            case ("municipality", municipality, "estate", estate) if not policy.may_stand_alone(estate):
                shown["municipality", municipality, "estate", ""] += count
            case ("outcome", outcome) if outcome in policy.exact_for_a_year:
                shown["outcome", ""] += count
            case ("signal", signal):
                shown[f"signal {signal}", "yes"] += count
                shown[f"signal {signal}", "no"] += whole - count
            case _:
                shown[node] += count
    return dict(shown)


def _lines(counts: Counts) -> Lines:
    return [[str(kind), list(node), count] for kind, nodes in sorted(counts.items()) for node, count in sorted(nodes.items())]


def _counts(lines: Lines) -> dict[str, dict[Node, int]]:
    found: dict[str, dict[Node, int]] = {}
    for kind, node, count in lines:
        found.setdefault(kind, {})[tuple(node)] = count
    return found

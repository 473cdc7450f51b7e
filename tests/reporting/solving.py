"""Somebody who has everything that was ever published, knows the method and all that must be so, and a constraint solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

from ortools.sat.python import cp_model

from services.reporting.trends.rules.period import Month
from services.reporting.trends.rules.rounding import BASE, Node

Cell = tuple[str, str, Node]
"""A kind, a month (or a quarter, by its last month), and what of it."""

NEVER_MORE = (
    ("assessed", "concerns"),
    ("contacted", "assessed"),
    ("closed", "assessed"),
    ("damage", "assessed"),
    ("accompanied", "assessed"),
)
"""Of the first, there are never more than of the second, from the beginning until the end of any month."""


class Solver:
    """What must be so about the numbers behind what is published in one year, each as it is handed out.

    Known are: a rounded number is less than five from the truth, and a nothing stays a nothing; the months' lot is one of five, the
    same for a kind's whole year; parts make a whole; no sign is seen more often than there are concerns; what follows from
    what. Not known are only the lots, and the numbers.
    """

    def __init__(
        self, published: Sequence[tuple[str, Mapping[str, Any]]], *, most: int, also_exact: Mapping[str, int] | None = None
    ) -> None:
        self.model = cp_model.CpModel()
        self.cells: dict[Cell, Any] = {}
        self.most = most
        so_far: dict[str, Any] = {}
        totals: dict[str, dict[str, Any]] = defaultdict(dict)
        for kind in published[0][1]["totals"]:
            start, before, shown = self.model.new_int_var(0, BASE - 1, f"{kind} lot"), 0, 0
            for month, numbers in published:
                count = totals[kind][month] = self._new((kind, month, ()))
                before, shown = before + count, shown + numbers["totals"][kind]
                self.model.add(start + before >= shown)
                self.model.add(start + before <= shown + BASE - 1)
                so_far[f"{kind} {month}"] = before
            if also_exact:
                self.model.add(before == also_exact[kind])
        for month, _ in published:
            for part, whole in NEVER_MORE:
                self.model.add(so_far[f"{part} {month}"] <= so_far[f"{whole} {month}"])
        for month, numbers in published:
            quarter = [str(each) for each in Month.read(month).quarter]
            wholes = {kind: sum(of_kind[each] for each in quarter if each in of_kind) for kind, of_kind in totals.items()}
            self._tables(month, numbers["tables"], wholes)
        for _, numbers in published:
            for count in numbers["exact"].values():
                others = [cell for (kind, _, node), cell in self.cells.items() if kind == "closed" and node == ("outcome", "")]
                self.model.add(sum(others) >= count)

    def _new(self, cell: Cell) -> Any:
        self.cells[cell] = self.model.new_int_var(0, self.most, str(cell))
        return self.cells[cell]

    def _tables(self, month: str, lines: Iterable[Any], wholes: Mapping[str, Any]) -> None:
        shown: dict[tuple[str, Node], int] = {(kind, tuple(node)): count for kind, node, count in lines}
        below: dict[tuple[str, Node, str], list[Any]] = defaultdict(list)
        for (kind, node), count in shown.items():
            cell = self._new((kind, month, node))
            self.model.add(cell >= count - BASE + 1)
            self.model.add(cell <= count + BASE - 1)
            below[kind, node[:-2], node[-2]].append(cell)
        for (kind, above, _), parts in below.items():
            self.model.add(sum(parts) == (self.cells[kind, month, above] if above else wholes[kind]))

    def values(self, truth: Mapping[Cell, int], wanted: Iterable[Cell], *, enough: int = 3, tries: int = 40) -> dict[Cell, set[int]]:
        """For each cell, some of the numbers that it may be: as many as are enough, or all there are.

        Many at once where they can be: each try wishes some of them up and others down. What is left is asked one by one.
        """
        random, seen = Random(5), {cell: {truth[cell]} for cell in wanted}
        self._must_be_possible(truth)
        for _ in range(tries):
            left = [cell for cell, found in seen.items() if len(found) < enough]
            if not left:
                break
            self.model.maximize(sum(random.choice((1, -1)) * self.cells[cell] for cell in random.sample(left, k=max(1, len(left) // 3))))
            found = self._solved(seconds=2)
            for cell in left if found else ():
                seen[cell].add(found.value(self.cells[cell]))
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        for cell, found in seen.items():
            for number in (truth[cell] + by for by in (1, -1, 2, -2, 3, -3) if truth[cell] + by >= 0):
                if len(found) < enough and number not in found and self._may_be({cell: number}):
                    found.add(number)
        return seen

    def _must_be_possible(self, truth: Mapping[Cell, int]) -> None:
        """What is true must be possible, or what the solver takes for known is not so."""
        if not self._may_be(truth):
            raise AssertionError("the truth contradicts what is taken for known")

    def _may_be(self, numbers: Mapping[Cell, int]) -> bool:
        self.model.clear_assumptions()
        asked = self.model.clone()
        for cell, number in numbers.items():
            asked.add(asked.get_int_var_from_proto_index(self.cells[cell].index) == number)
        return self._solver(10).solve(asked) in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    def _solved(self, *, seconds: float) -> Any:
        solver = self._solver(seconds)
        return solver if solver.solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None

    @staticmethod
    def _solver(seconds: float) -> Any:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        return solver


def truth_of(counted: Sequence[tuple[str, Sequence[Any]]], published: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[Cell, int]:
    """The numbers behind, of every cell that was published; where rows were put together, what is together in them."""
    months: dict[str, dict[tuple[str, Node], int]] = {m: {(kind, tuple(node)): n for kind, node, n in lines} for m, lines in counted}
    truth: dict[Cell, int] = {}
    for month, numbers in published:
        truth.update({(kind, month, ()): months[month].get((kind, ()), 0) for kind in numbers["totals"]})
        quarter = [months[str(each)] for each in Month.read(month).quarter if str(each) in months]
        named = {(kind, tuple(node)) for kind, node, _ in numbers["tables"]}
        for kind, node in named:
            truth[kind, month, node] = _behind(kind, node, named, quarter)
    return truth


def _behind(kind: str, node: Node, named: set[tuple[str, Node]], quarter: Sequence[Mapping[tuple[str, Node], int]]) -> int:
    def whole(of: Node) -> int:
        return sum(month.get((kind, of), 0) for month in quarter)

    if node[0].startswith("signal "):
        yes = whole(("signal", node[0].removeprefix("signal ")))
        return yes if node[1] == "yes" else whole(()) - yes
    if node[-1] != "":
        return whole(node)
    above, dimension = node[:-2], node[-2]
    alone = sum(whole(each) for of, each in named if of == kind and each[:-2] == above and each[-2] == dimension and each[-1] != "")
    return whole(above) - alone

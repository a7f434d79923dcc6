"""Where one case counts in a form, and how much: the rows' own rules say so, decided by the engine.

A figure is a fact about what is known. A case that is surely counted in a row but lacks the fact to be
added there makes the cell unknown, never 0. A case of which it is not known whether it is counted at all is
not counted; it is told apart as not placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from enforcerules.deciding.category import weak_conducts
from enforcerules.deciding.decision import Decision
from enforcerules.model import Facts, FormTable, Part, Require, Row, RowValue, Rule
from enforcerules.reports.counted_form import CountedForm
from enforcerules.reports.figures import (
    Box,
    CaseCount,
    CaseKey,
    CaseSheet,
    Cell,
    Counted,
    Entry,
    EntryValue,
    Lacking,
    Unplaced,
)
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, any_of

_FILED_AFTER = Text("立案日晚于填表日", "filed after the date of the report")
_NOT_FILED = Text("尚未立案，暂不计入", "not filed, so not counted yet")
_NOT_OF_FORM = Text("不在本表统计的地方或者时期", "not of the place or the period that the form counts")
_NO_TABLE = Text("没有统计它的表", "no table counts it")
_MAYBE = Text("是否计入、计入哪一张表待定", "whether it counts, and in which table, is open")
_NO_ROW = Text("没有相应的栏", "there is no row for it")
_ROW_OPEN = Text("计入哪一栏待定", "the row is open")
_COLUMN_OPEN = Text("计入哪一列待定", "the column is open")
_SHEET_OPEN = Text("是否一案一表待定", "whether it has a sheet of its own is open")
_MAJOR_OPEN = Text("是否作为大案要案报送待定", "whether it is reported as a major case is open")

MAJOR_CASES = "major_cases"
"""Names, as a table would be named, what a written report says of each case that has one of its grounds."""


class _Added(NamedTuple):
    """What a case adds to a row, None where facts are lacking."""

    amount: int | None
    needs: tuple[str, ...]


def count_case(decision: Decision, form: CountedForm, case: CaseKey, as_of: date) -> CaseCount:
    """Return what a case adds to a form filled in on the day `as_of`.

    Args:
        decision: the decided case; of tables that do not take it only their own rules need be decided.
        form: a form with what it counts by.
        case: how the case is told apart from others.
        as_of: the date of the report; what is filed later is not counted.

    """
    return _Counter(decision, form, case, as_of).count()


def takes(table: FormTable, facts: Facts) -> Truth:
    """Return whether a table is one for the case: that of its primary product, or of none."""
    if table.product is None:
        return Truth.MET
    categories, primary = facts.known.get("product_categories"), facts.known.get("primary_product")
    if isinstance(categories, frozenset) and table.product not in categories:
        return Truth.NOT_MET
    if primary is None:
        return Truth.OPEN
    return Truth.MET if primary == table.product else Truth.NOT_MET


class _Counter:
    def __init__(self, decision: Decision, counted: CountedForm, case: CaseKey, as_of: date) -> None:
        self.decision, self.plan, self.case, self.as_of = decision, counted, case, as_of
        self.form, self.counts_when = counted.form, counted.counts_when
        known = decision.case.facts.known
        name = known.get("case_name")
        self.name = name if isinstance(name, str) else None
        self.counted: dict[Cell, Counted] = {}
        self.lacking: dict[Cell, Lacking] = {}
        self.unplaced: list[Unplaced] = []

    def count(self) -> CaseCount:
        known = self.decision.case.facts.known
        filed_on = known.get("filed_on")
        if isinstance(filed_on, date) and filed_on > self.as_of:
            self._leave_out(_FILED_AFTER)
            return self._result(None, ())
        force = any_of(self.decision.situation.clauses[clause] for clause in self.form.bases)
        if force is Truth.NOT_MET:
            self._leave_out(_NOT_OF_FORM)
            return self._result(None, ())
        found = [(table, self._takes(table)) for table in self.plan.tables]
        filed = self.decision.decide(self.counts_when) if self.counts_when else Truth.MET
        tables = [(table, mine & self._holds(table.rule) & filed & force) for table, mine in found]
        for table, counts in tables:
            if counts is Truth.MET:
                self._count_table(table, table.blocks)
        for table, mine in found:
            alone = [part for part in table.blocks if part.alone]
            counts_too = any(one is table and truth is Truth.MET for one, truth in tables)
            if not counts_too and mine & force is Truth.MET:
                self._count_table(table, alone)
        self._say_unplaced(tables, filed, force)
        counting = next((table.id for table, counts in tables if counts is Truth.MET), None)
        return self._result(counting, (*self._sheets(force), *self._major_case(force)))

    def _result(self, table: str | None, sheets: tuple[CaseSheet, ...]) -> CaseCount:
        return CaseCount(
            self.case, self.name, table, self.counted, self.lacking, sheets, tuple(dict.fromkeys(self.unplaced))
        )

    # --- whether it is counted -------------------------------------------------------------------

    def _takes(self, table: FormTable) -> Truth:
        return takes(table, self.decision.case.facts)

    def _say_unplaced(self, tables: list[tuple[FormTable, Truth]], filed: Truth, force: Truth) -> None:
        if any(counts is Truth.MET for _, counts in tables):
            return
        unsettled = [table for table, counts in tables if counts is Truth.OPEN]
        if unsettled:
            self._open(None, None, self._needs_of_tables(unsettled, filed, force), _MAYBE)
        elif filed is Truth.NOT_MET and any(self._holds(table.rule) is Truth.MET for table, _ in tables):
            self._leave_out(_NOT_FILED)
        elif not self.counted:
            self._leave_out(_NO_TABLE)

    def _needs_of_tables(self, tables: list[FormTable], filed: Truth, force: Truth) -> tuple[str, ...]:
        facts = self.decision.case.facts
        needs: dict[str, None] = {}
        if force is Truth.OPEN:
            unknown = {"jurisdiction": facts.place, "duty_date": facts.duty_date}
            needs |= {name: None for name, value in unknown.items() if value is None}
        for table in tables:
            if self._takes(table) is Truth.OPEN:
                several = isinstance(facts.known.get("product_categories"), frozenset)
                needs["primary_product" if several else "product_categories"] = None
            needs |= dict.fromkeys(self._needs(table.rule))
        if filed is Truth.OPEN and self.counts_when is not None:
            needs |= dict.fromkeys(self.decision.needs_of(self.counts_when))
        return tuple(needs)

    # --- rows and columns ------------------------------------------------------------------------

    def _count_table(self, table: FormTable, parts: Iterable[Part]) -> None:
        for part in parts:
            gate = self._holds(part.rule)
            if gate is Truth.NOT_MET:
                continue
            columns = self._columns(table, part)
            for row in part.rows:
                self._count_row(table, part, row, gate, columns)
            if part.choose == "one" and gate is Truth.MET:
                self._check_chosen(table, part)
        self._check_columns(table, parts)

    def _count_row(self, table: FormTable, part: Part, row: Row, gate: Truth, columns: list[tuple[Row, Truth]]) -> None:
        if row.value is None:
            return
        truth = gate if row.rule is None else self._holds(row.rule)
        if row.actions:
            truth &= any_of(self._handed_over(action) for action in row.actions)
        if truth is Truth.NOT_MET:
            return
        added = self._added(row.value)
        if added.amount == 0:
            return
        clauses = self._lent_clauses(row) if self.plan.lent else self._clauses(row.rule or part.rule)
        for column, here in columns:
            if here is Truth.NOT_MET:
                continue
            cell = Cell(table.id, part.id, row.id, column.id)
            if truth is Truth.MET and here is Truth.MET and added.amount is not None:
                both = dict.fromkeys((*clauses, *self._clauses(column.rule)))
                weak = weak_conducts(self.decision, column)
                self.counted[cell] = Counted(self.case, added.amount, tuple(both), weak)
            else:
                needs = dict.fromkeys(added.needs)
                if truth is Truth.OPEN:
                    needs |= dict.fromkeys(self._row_needs(row, part))
                if here is Truth.OPEN:
                    needs |= dict.fromkeys(self._needs(column.rule))
                self.lacking[cell] = Lacking(self.case, tuple(needs))

    def _columns(self, table: FormTable, part: Part) -> list[tuple[Row, Truth]]:
        axis = table.part(part.across)
        if axis is None:
            return []
        return [(row, Truth.MET if row.total else self._holds(row.rule)) for row in axis.rows]

    def _row_needs(self, row: Row, part: Part) -> tuple[str, ...]:
        needs = dict.fromkeys(self._needs(row.rule or part.rule))
        for action in row.actions:
            if self._handed_over(action) is Truth.OPEN:
                needs["actions_done"] = None
                for rule, outcome, effect in self.decision.outcomes(Require):
                    if outcome.action == action and effect is Truth.OPEN:
                        needs |= dict.fromkeys(self.decision.needs(rule))
        return tuple(needs)

    def _check_chosen(self, table: FormTable, part: Part) -> None:
        held = [self._holds(row.rule) for row in part.rows if row.rule is not None]
        if Truth.MET in held:
            return
        possible = [row for row in part.rows if row.rule is not None and self._holds(row.rule) is Truth.OPEN]
        if possible:
            needs = dict.fromkeys(need for row in possible for need in self._needs(row.rule))
            self._open(table.id, part.id, tuple(needs), _ROW_OPEN)
        else:
            self._open(table.id, part.id, (), _NO_ROW)

    def _check_columns(self, table: FormTable, parts: Iterable[Part]) -> None:
        for axis in dict.fromkeys(part.across for part in parts):
            found = table.part(axis)
            if found is None or found.choose != "one" or not any(cell.table == table.id for cell in self._cells()):
                continue
            held = {row.rule: self._holds(row.rule) for row in found.rows if row.rule is not None}
            if Truth.MET not in held.values():
                possible = [rule for rule, truth in held.items() if truth is Truth.OPEN]
                needs = dict.fromkeys(need for rule in possible for need in self._needs(rule))
                self._open(table.id, found.id, tuple(needs), _COLUMN_OPEN if possible else _NO_ROW)

    def _cells(self) -> Iterator[Cell]:
        yield from self.counted
        yield from self.lacking

    # --- how much --------------------------------------------------------------------------------

    def _added(self, value: RowValue) -> _Added:
        if value.kind == "count":
            return _Added(1, ())
        known = self.decision.case.facts.known
        amount, needs = 0, []
        for fact in value.facts:
            found = known.get(fact)
            if isinstance(found, Amount) and found.exact:
                amount += found.low
            elif isinstance(found, int):
                amount += found
            else:
                needs.append(fact)
        return _Added(None if needs else amount, tuple(needs))

    def _handed_over(self, name: str) -> Truth:
        """Return whether this office did it: what another did, or what came from there, is no hand-over of ours."""
        known, action = self.decision.case.facts.known, self.decision.book.actions[name]
        done = known.get("actions_done")
        if isinstance(done, frozenset) and name in done:
            return Truth.MET
        senders = known.get("notified_by")
        came_from_there = isinstance(senders, frozenset) and action.to in senders
        ours = action.to is None or (known.get("handling_agency_kind") != action.to and not came_from_there)
        shown = self.decision.decide(action.done_when) if action.done_when is not None else Truth.NOT_MET
        if ours and shown is Truth.MET:
            return Truth.MET
        if isinstance(done, frozenset) or not ours:
            return Truth.NOT_MET
        called_for = any(
            outcome.action == name and (outcome.once is None or self.decision.decide(outcome.once) is not Truth.NOT_MET)
            for _, outcome, _ in self.decision.outcomes(Require)
        )
        return Truth.OPEN if called_for else Truth.NOT_MET

    # --- sheets of their own ---------------------------------------------------------------------

    def _sheets(self, force: Truth) -> Iterator[CaseSheet]:
        for table in self.form.tables:
            if table.product is not None:
                continue
            held = self._holds(table.rule) & force
            if held is Truth.OPEN:
                self._open(table.id, None, self._needs(table.rule), _SHEET_OPEN)
            elif held is Truth.MET:
                yield CaseSheet(
                    self.case,
                    table.id,
                    {part.id: tuple(self._boxes(part.rows)) for part in table.parts if not _is_filled(part)},
                    tuple(self._entries(row for part in table.parts if _is_filled(part) for row in part.rows)),
                    self._clauses(table.rule),
                )

    def _major_case(self, force: Truth) -> Iterator[CaseSheet]:
        """Yield what a written report says of the case, if it has one of the grounds."""
        grounds = self.form.grounds
        held = any_of(self._holds(row.rule) for row in grounds) & force
        if held is Truth.OPEN:
            needs = dict.fromkeys(need for row in grounds for need in self._needs(row.rule))
            self._open(MAJOR_CASES, None, tuple(needs), _MAJOR_OPEN)
        elif held is Truth.MET:
            clauses = dict.fromkeys(
                clause for row in grounds if self._holds(row.rule) is Truth.MET for clause in self._clauses(row.rule)
            )
            boxes = {"grounds": tuple(self._boxes(grounds))}
            entries = tuple(self._entries(self.form.case_rows))
            yield CaseSheet(self.case, MAJOR_CASES, boxes, entries, tuple(clauses))

    def _boxes(self, rows: Iterable[Row]) -> Iterator[Box]:
        for row in rows:
            held = self._holds(row.rule)
            yield Box(row.id, None if held is Truth.OPEN else held is Truth.MET)

    def _entries(self, rows: Iterable[Row]) -> Iterator[Entry]:
        # what was merely assumed decides figures, but nobody said it of the case
        given, known = self.decision.case.given, self.decision.case.facts.known
        for row in rows:
            values: dict[str, EntryValue] = {}
            for fact in row.value.facts if row.value else ():
                found = known.get(fact) if fact in given else None
                if isinstance(found, Amount):
                    values[fact] = found.low if found.exact else f"{found}元"
                elif isinstance(found, date):
                    values[fact] = found.isoformat()
                elif isinstance(found, frozenset):
                    values[fact] = tuple(sorted(found))
                else:
                    values[fact] = found if isinstance(found, (str, int)) else None
            yield Entry(row.id, values)

    # --- what the engine said --------------------------------------------------------------------

    def _holds(self, rule: str | None) -> Truth:
        if rule is None:
            return Truth.NOT_MET
        if rule in self.plan.lent:
            return self.decision.condition(self._rule(rule))
        return self.decision.verdicts.holds[rule]

    def _needs(self, rule: str | None) -> tuple[str, ...]:
        if rule is None:
            return ()
        if rule in self.plan.lent:
            return self.decision.needs_of(self._rule(rule).when)
        return self.decision.needs(self._rule(rule))

    def _lent_clauses(self, row: Row) -> tuple[str, ...]:
        return tuple(name for name in self.plan.clauses[row.id] if self.decision.clause(name) is Truth.MET)

    def _rule(self, rule: str) -> Rule:
        return self.decision.book.rules[rule]

    def _clauses(self, rule: str | None) -> tuple[str, ...]:
        return () if rule is None else tuple(self.decision.clauses(self.decision.book.rules[rule], Truth.MET))

    def _open(self, table: str | None, part: str | None, needs: tuple[str, ...], reason: Text) -> None:
        self.unplaced.append(Unplaced(self.case, self.name, table, part, needs, reason))

    def _leave_out(self, reason: Text) -> None:
        self.unplaced.append(Unplaced(self.case, self.name, None, None, (), reason, left_out=True))


def _is_filled(part: Part) -> bool:
    """Tell a part that is filled in with facts from one of boxes to tick."""
    return all(row.value is not None for row in part.rows)

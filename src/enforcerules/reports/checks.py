"""What must be so of a filled form: sums that agree, cases counted once. Each check follows from the form itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from enforcerules.model import FormTable, Part, Row
from enforcerules.reports.figures import CaseKey, CaseSheet, Cell, Figure
from enforcerules.reports.filled import FilledForm, in_unit
from enforcerules.text import Text

CheckVerdict: TypeAlias = Literal["holds", "fails", "unknown", "note"]

_WAITS = Text("有案件缺少事实，暂不能核对", "some cases lack facts, so it cannot be checked yet")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of a table, or of the whole form where `table` is None.

    `unknown`: it cannot be made before a lacking fact is known. `note`: nothing to mend, but to be known.
    """

    table: str | None
    said: Text
    verdict: CheckVerdict
    found: Text
    cases: tuple[CaseKey, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain JSON data."""
        return {
            "table": self.table,
            "check": self.said.to_dict(),
            "verdict": self.verdict,
            "found": self.found.to_dict(),
            "cases": [str(case) for case in self.cases],
        }


def check_form(filled: FilledForm) -> list[CheckResult]:
    """Return every check of a filled form, in the order of its tables."""
    found = [_each_number_once(filled)]
    for table in filled.counting_tables:
        found += _totals_are_sums(filled, table)
        found += _counted_once(filled, table)
        found += _parts_of_parts(filled, table)
        found += _to_be_confirmed(filled, table)
        found += _nothing_where_not_applicable(filled, table)
    found += _sheets_agree(filled)
    return found


def _each_number_once(filled: FilledForm) -> CheckResult:
    cases = filled.tally.names
    times = Counter(case.case_id for case in cases if case.case_id is not None)
    twice = tuple(sorted(case for case in cases if case.case_id is not None and times[case.case_id] > 1))
    said = Text("一个编号只有一件", "each case number stands once")
    of = Text(f"共 {len(cases)} 件", f"{len(cases)} in all")
    return CheckResult(None, said, "fails" if twice else "holds", of, twice)


def _totals_are_sums(filled: FilledForm, table: FormTable) -> Iterator[CheckResult]:
    for part in table.blocks:
        axis = table.part(part.across)
        total = next((row for row in axis.rows if row.total), None) if axis else None
        if axis is None or total is None or len(axis.rows) == 1:
            continue
        for row in part.rows:
            whole = filled.figure(Cell(table.id, part.id, row.id, total.id))
            pieces = [
                filled.figure(Cell(table.id, part.id, row.id, column.id)) for column in axis.rows if not column.total
            ]
            said = Text(f"“{row.label.zh}”合计等于各列之和", f"'{row.label.en}': the total is the sum of the columns")
            yield _compare(table, row, said, whole, pieces)


def _compare(table: FormTable, row: Row, said: Text, whole: Figure, pieces: list[Figure]) -> CheckResult:
    values = [piece.value for piece in pieces]
    known = [value for value in values if value is not None]
    if whole.value is None or len(known) < len(values):
        lacking = {each.case for figure in (whole, *pieces) for each in figure.lacking}
        return CheckResult(table.id, said, "unknown", _WAITS, tuple(sorted(lacking)))
    agree = whole.value == sum(known)
    sum_of = " + ".join(str(in_unit(value, row)) for value in known)
    shown = f"{in_unit(whole.value, row)} {'=' if agree else '≠'} {sum_of}"
    return CheckResult(table.id, said, "holds" if agree else "fails", Text(shown, shown))


def _counted_once(filled: FilledForm, table: FormTable) -> Iterator[CheckResult]:
    """In a part of which a case takes one row it is there once; in other columns it may be more often."""
    cases = sorted(filled.tally.tables.get(table.id, ()))
    axes = {part.across for part in table.blocks}
    for part in table.parts:
        times = _times_as_column(filled, table, part) if part.id in axes else _times_as_row(filled, table, part)
        several = tuple(case for case in cases if times[case] > 1)
        if part.choose == "one":
            none = tuple(case for case in cases if not times[case])
            said = Text(f"“{part.title.zh}”每件恰好一栏", f"'{part.title.en}': each case in exactly one")
            found = Text(
                f"{len(cases)} 件：未定 {len(none)}，重复 {len(several)}",
                f"{len(cases)} cases: {len(none)} open, {len(several)} more than once",
            )
            verdict: CheckVerdict = "fails" if several else "unknown" if none else "holds"
            yield CheckResult(table.id, said, verdict, found, tuple(sorted((*several, *none))))
        elif part.id in axes and several:
            said = Text(f"“{part.title.zh}”一件可计入几栏", f"'{part.title.en}': a case may count in several")
            found = Text(f"{len(several)} 件计入两栏以上", f"{len(several)} cases count in two or more")
            yield CheckResult(table.id, said, "note", found, several)


def _times_as_column(filled: FilledForm, table: FormTable, axis: Part) -> Counter[CaseKey]:
    times: Counter[CaseKey] = Counter()
    inside = [(part, row) for part in table.blocks if part.across == axis.id for row in part.rows]
    for column in axis.rows:
        # a column that is part of another counts the same case again, as the form prints it
        if not column.total and column.of_which is None:
            figures = [filled.figure(Cell(table.id, part.id, row.id, column.id)) for part, row in inside]
            times.update({each.case for figure in figures for each in figure.counted})
    return times


def _times_as_row(filled: FilledForm, table: FormTable, part: Part) -> Counter[CaseKey]:
    times: Counter[CaseKey] = Counter()
    for row in part.rows:
        times.update(_cases_in(filled, table, part, row))
    return times


def _cases_in(filled: FilledForm, table: FormTable, part: Part, row: Row) -> set[CaseKey]:
    axis = table.part(part.across)
    cells = [Cell(table.id, part.id, row.id, column.id) for column in (axis.rows if axis else ())]
    return {each.case for cell in cells for each in filled.figure(cell).counted}


def _parts_of_parts(filled: FilledForm, table: FormTable) -> Iterator[CheckResult]:
    """Compare each column that is part of another with that one, which counts at least as much."""
    for axis in (table.part(name) for name in {part.across for part in table.blocks}):
        for column in axis.rows if axis else ():
            if axis is None or column.of_which is None:
                continue
            whole_column = next(row for row in axis.rows if row.id == column.of_which)
            said = Text(
                f"“{column.label.zh}”不多于“{whole_column.label.zh}”",
                f"'{column.label.en}' is no more than '{whole_column.label.en}'",
            )
            pairs = [
                (
                    row,
                    filled.figure(Cell(table.id, part.id, row.id, column.id)),
                    filled.figure(Cell(table.id, part.id, row.id, whole_column.id)),
                )
                for part in table.blocks
                if part.across == axis.id
                for row in part.rows
            ]
            if any(figure.value is None for _, *pair in pairs for figure in pair):
                lacking = {each.case for _, *pair in pairs for figure in pair for each in figure.lacking}
                yield CheckResult(table.id, said, "unknown", _WAITS, tuple(sorted(lacking)))
            else:
                more = [f"{in_unit(piece.known, row)} ≤ {in_unit(whole.known, row)}" for row, piece, whole in pairs]
                holds = all(piece.known <= whole.known for _, piece, whole in pairs)
                shown = "; ".join(more)
                yield CheckResult(table.id, said, "holds" if holds else "fails", Text(shown, shown))


def _to_be_confirmed(filled: FilledForm, table: FormTable) -> Iterator[CheckResult]:
    """Name the cases that stand in a column by its label alone or by analogy."""
    for part in table.blocks:
        axis = table.part(part.across)
        for column in axis.rows if axis else ():
            figures = [filled.figure(Cell(table.id, part.id, row.id, column.id)) for row in part.rows]
            cases = tuple(sorted({each.case for figure in figures for each in figure.counted if each.weak}))
            if cases:
                said = Text(
                    f"“{column.label.zh}”仅依栏名或者类推归入的，请确认",
                    f"'{column.label.en}': what stands there by its label or by analogy is to be confirmed",
                )
                found = Text(f"{len(cases)} 件", f"{len(cases)} cases")
                yield CheckResult(table.id, said, "note", found, cases)


def _nothing_where_not_applicable(filled: FilledForm, table: FormTable) -> Iterator[CheckResult]:
    """Look for cases where the unit says that none can occur."""
    said = Text("“/”处没有案件", "no case stands where the unit fills in '/'")
    cells = [cell for *_, cell in filled.cells(table) if filled.state(cell) == "not_applicable"]
    if not cells:
        return
    inside = {each.case for cell in cells for each in filled.figure(cell).counted}
    found = Text(f"{len(cells)} 格", f"{len(cells)} cells")
    yield CheckResult(table.id, said, "fails" if inside else "holds", found, tuple(sorted(inside)))


def _sheets_agree(filled: FilledForm) -> Iterator[CheckResult]:
    """Each case with a sheet of its own is counted in a table, too."""
    counted = {case for cases in filled.tally.tables.values() for case in cases}
    for table in filled.case_tables:
        sheets = [sheet for sheet in filled.sheets if sheet.table == table.id]
        missing = tuple(sheet.case for sheet in sheets if sheet.case not in counted)
        left_out = {each.case for each in filled.unplaced if each.left_out}
        still_open = {each.case for each in filled.unplaced if not each.left_out}
        verdict: CheckVerdict = "fails" if set(missing) - left_out - still_open else "unknown"
        if set(missing) <= left_out:
            verdict = "note" if missing else "holds"
        said = Text(
            f"{table.title.zh}的案件都计入其他各表", f"each case of '{table.title.en}' is counted in a table, too"
        )
        found = Text(f"{len(sheets)} 张", f"{len(sheets)} sheets")
        yield CheckResult(None, said, verdict, found, missing)
        for part in table.parts:
            yield from _something_ticked(table, part, [sheet for sheet in sheets if part.id in sheet.boxes])


def _something_ticked(table: FormTable, part: Part, sheets: list[CaseSheet]) -> Iterator[CheckResult]:
    """Look for sheets on which no box of a part is ticked."""
    if not sheets:
        return
    ticks = {sheet.case: [box.ticked for box in sheet.boxes[part.id]] for sheet in sheets}
    none = tuple(case for case, boxes in ticks.items() if True not in boxes)
    empty = tuple(case for case in none if None not in ticks[case])
    said = Text(f"{table.title.zh}“{part.title.zh}”有勾选", f"'{table.title.en}', '{part.title.en}': a box is ticked")
    found = Text(f"{len(sheets)} 张：未勾选 {len(none)}", f"{len(sheets)} sheets: {len(none)} without a tick")
    yield CheckResult(None, said, "fails" if empty else "unknown" if none else "holds", found, none)

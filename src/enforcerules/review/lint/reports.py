"""Forms, reports and values that reach where, or to what, the clauses they rest on do not; figures added twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcerules.errors import Span, listed, quoted
from enforcerules.model import Row
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text

_EVERYWHERE = "CN"


def find_places_out_of_step(subject: Subject) -> Iterator[Weakness]:
    """Yield the forms, reports and values of parameters of a place in which a clause they rest on is not law."""
    for form in subject.book.forms.values():
        span = subject.places.block("form", form.id).span("where")
        yield from _out_of_place(subject, form.id, form.where, form.bases, span)
    for due in subject.book.report_calendar:
        span = subject.places.block("due", f"{due.where}/{due.id}").span("where")
        yield from _out_of_place(subject, due.id, due.where, due.bases, span)
    for parameter in subject.book.parameters.values():
        block = subject.places.block("parameter", parameter.name)
        for index, value in enumerate(parameter.values):
            span = block.span("values", index, "where")
            yield from _out_of_place(subject, parameter.name, value.where, (value.clause,), span)


def _out_of_place(subject: Subject, name: str, where: str, bases: Sequence[str], span: Span) -> Iterator[Weakness]:
    for base in bases:
        clause = subject.book.clauses[base]
        if clause.where not in (where, _EVERYWHERE):
            yield weakness(
                "ER6046",
                "error",
                (name, base),
                Text(
                    f"`{name}` 属于 `{where}`，所依据的条款 `{base}` 只在 `{clause.where}` 有效",
                    f"`{name}` is of `{where}`, and the clause `{base}` it rests on is law in `{clause.where}` only",
                ),
                span,
                Text("改正 `where`，或者改正依据", "correct `where`, or the basis"),
                related=((Text("条款", "the clause"), subject.places.of("clause", base)),),
            )


def find_tables_of_other_products(subject: Subject) -> Iterator[Weakness]:
    """Yield the tables that count the cases of another product than that of the clauses they rest on."""
    for form in subject.book.forms.values():
        for table in form.tables:
            for base in table.bases if table.product is not None else ():
                products = subject.book.clauses[base].products
                if products is not None and table.product not in products:
                    named = "、".join(quoted(p) for p in sorted(products)), listed(sorted(products)).en
                    yield weakness(
                        "ER6047",
                        "error",
                        (f"{form.id}/{table.id}", base),
                        Text(
                            f"表 `{table.id}` 统计 `{table.product}` 案件，所依据的条款 `{base}` 只管 {named[0]}",
                            f"the table `{table.id}` counts cases of `{table.product}`, and the clause `{base}` it "
                            f"rests on is about {named[1]} only",
                        ),
                        subject.places.of("table", f"{form.id}/{table.id}", "product"),
                        Text("改正 `product`，或者改正依据", "correct `product`, or the basis"),
                        related=((Text("条款", "the clause"), subject.places.of("clause", base)),),
                    )


def find_figures_added_twice(subject: Subject) -> Iterator[Weakness]:
    """Yield the rows of a part of a form that add a figure of the case which a row before them adds already."""
    for form in subject.book.forms.values():
        for table in form.tables:
            for part in table.parts:
                name = f"{form.id}/{table.id}/{part.id}"
                first: dict[str, Row] = {}
                for row in part.rows:
                    for fact in row.value.facts if row.value is not None and row.value.kind in _FIGURES else ():
                        other = first.setdefault(fact, row)
                        if other is not row:
                            yield weakness(
                                "ER6033",
                                "warning",
                                (name, fact),
                                Text(
                                    f"`{name}` 的 `{other.id}` 和 `{row.id}` 两行都加上 `{fact}`",
                                    f"the rows `{other.id}` and `{row.id}` of `{name}` both add `{fact}`",
                                ),
                                subject.places.row_value(form.id, table.id, part.id, row.id),
                                Text("核对两行各填哪个事实", "see which fact each of the two is filled with"),
                                related=(
                                    (
                                        Text("另一行", "the other row"),
                                        subject.places.row_value(form.id, table.id, part.id, other.id),
                                    ),
                                ),
                            )


_FIGURES = ("amount", "number")

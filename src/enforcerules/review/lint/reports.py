"""Report forms and due reports that reach where, or to what, the clauses that they rest on do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcerules.errors import Span
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text

_EVERYWHERE = "CN"


def find_reports_out_of_place(subject: Subject) -> Iterator[Weakness]:
    """Yield the forms and reports of a place in which a clause that they rest on is not law."""
    for form in subject.book.forms.values():
        span = subject.places.block("form", form.id).span("where")
        yield from _out_of_place(subject, form.id, form.where, form.bases, span)
    for due in subject.book.report_calendar:
        span = subject.places.block("due", f"{due.where}/{due.id}").span("where")
        yield from _out_of_place(subject, due.id, due.where, due.bases, span)


def _out_of_place(subject: Subject, name: str, where: str, bases: Sequence[str], span: Span) -> Iterator[Weakness]:
    for base in bases:
        clause = subject.book.clauses[base]
        if clause.where not in (where, _EVERYWHERE):
            yield weakness(
                "ER6046",
                "error",
                (name, base),
                Text(
                    f"报表或者报告 `{name}` 属于 `{where}`，所依据的条款 `{base}` 只在 `{clause.where}` 有效",
                    f"the form or report `{name}` is of `{where}`, and the clause `{base}` that it rests on is law in "
                    f"`{clause.where}` only",
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
                    named = "、".join(sorted(products)), ", ".join(sorted(products))
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

"""Parts of report forms of which exactly one row must take a case: none may fall between them or into two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from enforcerules.model import Form, Part
from enforcerules.model.properties import AnswerTest, EveryPart, Opposite, PropertyCondition
from enforcerules.review.lint.questions import Questions
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, undecided, weakness
from enforcerules.text import Text


def find_cases_outside_every_row(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the parts with `choose: one` of which a counted case has no row."""
    for form, part in _choosing(subject):
        rows = [AnswerTest("row", row.rule) for row in part.rows if row.rule is not None]
        asked = EveryPart((*_counted(form, part), *(Opposite(row) for row in rows)))
        name = str(part.rule)
        message = Text(
            f"`{name}` 应恰好有一行，有的案件却不落入任何一行",
            f"exactly one row of `{name}` takes a case, yet there is a case that none takes",
        )
        hint = Text("补上缺的一行，或者放宽某一行的条件", "add the row that is missing, or widen one")
        yield from _told(subject, questions, "ER6031", (name,), name, asked, message, hint)


def find_cases_in_two_rows(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the pairs of rows, in parts with `choose: one`, that both take a counted case."""
    for form, part in _choosing(subject):
        for one, other in combinations([row for row in part.rows if row.rule is not None], 2):
            names = (str(one.rule), str(other.rule))
            asked = EveryPart((*_counted(form, part), *(AnswerTest("row", name) for name in names)))
            message = Text(
                f"`{part.rule}` 应恰好有一行，有的案件却同时落入 `{one.id}` 与 `{other.id}`",
                f"exactly one row of `{part.rule}` takes a case, yet a case falls into `{one.id}` and `{other.id}`",
            )
            hint = Text("使两行的条件互不重叠", "make the two conditions exclude each other")
            yield from _told(subject, questions, "ER6032", names, names[1], asked, message, hint)


def _choosing(subject: Subject) -> Iterator[tuple[Form, Part]]:
    for form in subject.book.forms.values():
        for table in form.tables:
            yield from ((form, part) for part in table.parts if part.choose == "one" and part.rule is not None)


def _counted(form: Form, part: Part) -> Iterator[PropertyCondition]:
    yield AnswerTest("row", str(part.rule))
    if form.counts_when is not None:
        yield form.counts_when


def _told(
    subject: Subject,
    questions: Questions,
    code: str,
    names: tuple[str, ...],
    at: str,
    asked: PropertyCondition,
    message: Text,
    hint: Text,
) -> Iterator[Weakness]:
    span = subject.places.rule(at)
    match questions.ask(asked):
        case "undecided":
            yield undecided(names, code, message, span)
        case "found":
            yield weakness(code, "error", names, message, span, hint, case=questions.show(asked))

"""The penalty catalogue laid side by side: its parts in words."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.laid_down import ON, say_amounts, say_measure_laid_down, say_multiple
from enforcerules.explaining.page import join
from enforcerules.model import Fine, Penalise, Penalty, ResolvedRulebook
from enforcerules.model.penalties import MEASURES
from enforcerules.review.diff.entries import Entry, Piece, Weight
from enforcerules.review.diff.signatures import canonical
from enforcerules.text import Text
from enforcerules.values import show_yuan


def penalty_entries(book: ResolvedRulebook) -> Iterator[Entry]:
    """Yield each penalty of the catalogue, and how one chooses among them."""
    for penalty in book.penalties.values():
        pieces = {
            "title": _piece("words", penalty.title, penalty.title),
            "on": _piece("answer", penalty.on, ON[penalty.on]),
            **(_fine(book, penalty.fine) if penalty.fine is not None else {}),
            **_measures(book, penalty),
        }
        if penalty.note is not None:
            pieces["note"] = _piece("words", penalty.note, penalty.note)
        yield Entry("penalty", penalty.id, penalty.title, pieces, _bases(book, penalty.id))
    yield from _choices(book)
    if book.penalties_held_back_by:
        titles = [book.actions[name].title for name in book.penalties_held_back_by]
        pieces = {"held_back_by": _piece("answer", book.penalties_held_back_by, join(titles))}
        yield Entry("choice", "held_back_by", Text("先于处罚的禁止事项", "What comes before any penalty"), pieces)
    if book.penalties:
        order = book.vocabulary.enumerations[MEASURES]
        zh, en = " ＜ ".join(said.zh for said in order.values.values()), " < ".join(order.values)
        said = Text(zh, en)
        pieces = {"order": _piece("answer", " < ".join(order.values), said)}
        yield Entry("choice", "severity", Text("处罚的轻重次序", "The order of severity"), pieces)


def _choices(book: ResolvedRulebook) -> Iterator[Entry]:
    named = {
        "lighter_law": (book.lighter_law, Text("从旧兼从轻", "The lighter of two laws")),
        "one_fine": (book.one_fine, Text("一事不再罚款", "One fine for one act")),
    }
    for name, (choice, title) in named.items():
        if choice.clauses:
            pieces = {
                "basis": _piece("answer", choice.clauses, _names(choice.clauses)),
                "doubts": _piece("shown", choice.doubts, _names(choice.doubts)),
            }
            yield Entry("choice", name, title, pieces, choice.clauses)


def _bases(book: ResolvedRulebook, penalty: str) -> tuple[str, ...]:
    rules = (rule for rule in book.rules.values() if Penalise(penalty) in rule.outcomes)
    return tuple(dict.fromkeys(clause for rule in rules for clause in rule.bases))


def _piece(weight: Weight, value: object, said: Text) -> Piece:
    return Piece(weight, canonical(value), said)


def _names(names: tuple[str, ...]) -> Text:
    return Text("、".join(names) or "无", ", ".join(names) or "none")


def _fine(book: ResolvedRulebook, fine: Fine) -> dict[str, Piece]:
    """Return the parts of a fine under the keys that a file has for them."""
    found = {"fine.may": _piece("answer", fine.may, Text("可以", "may") if fine.may else Text("应当", "must"))}
    if fine.base is not None:
        found["fine.base"] = _piece("answer", fine.base, book.vocabulary.facts[fine.base].label)
    for key, figure in (("counted_as_at_least", fine.floor), ("under", fine.under)):
        if figure is not None:
            yuan = show_yuan(figure)
            found[f"fine.{key}"] = _piece("answer", figure, Text(f"{yuan}元", f"{yuan} yuan"))
    if fine.amount is not None:
        found["fine.amount"] = _piece("answer", repr(fine.amount), say_amounts(*fine.amount))
    if fine.percent is not None:
        found["fine.multiple"] = _piece("answer", repr(fine.percent), say_multiple(*fine.percent))
    return found


def _measures(book: ResolvedRulebook, penalty: Penalty) -> dict[str, Piece]:
    found: dict[str, Piece] = {}
    for measure in penalty.measures:
        # one kind may stand there twice: must for some years, may for life
        same = sum(other.do == measure.do for other in penalty.measures[: penalty.measures.index(measure)])
        key = f"measures.{measure.do}" + (f".{same + 1}" if same else "")
        found[key] = _piece("answer", repr(measure), say_measure_laid_down(book, measure))
    return found

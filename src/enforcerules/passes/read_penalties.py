"""Pass 5: the penalty catalogue.

Needs:  the vocabulary, the clauses and the action catalogue.
Leaves: `penalties`, `lighter_law`, `one_fine`, `penalties_held_back_by`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enforcerules.errors import quoted
from enforcerules.model import Fact
from enforcerules.model.penalties import FINE, MEASURES, Choice, Fine, Measure, Penalty
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import is_member, read_literal
from enforcerules.passes.read_law import check_agency
from enforcerules.syntax import documents as d
from enforcerules.text import Text


def read_penalties(draft: Draft) -> None:
    """Fill `draft.penalties`, and the law by which one chooses among them."""
    for file in draft.files.by_kind["penalties"]:
        place = Place(file, ())
        draft.lighter_law = _choice(draft, draft.lighter_law, file.content.lighter_law, place.inside("lighter_law"))
        draft.one_fine = _choice(draft, draft.one_fine, file.content.one_fine, place.inside("one_fine"))
        for index, action in enumerate(file.content.held_back_by):
            if draft.knows("action", action, place, "held_back_by", index):
                draft.penalties_held_back_by.append(action)
    for name, (doc, place) in draft.placed("penalty"):
        draft.penalties[name] = Penalty(
            id=name,
            title=doc.title.text(),
            on=doc.on,
            fine=_fine(draft, doc.fine, place.inside("fine")) if doc.fine is not None else None,
            measures=tuple(
                _measure(draft, measure, place.inside("measures", index)) for index, measure in enumerate(doc.measures)
            ),
            note=doc.note.text() if doc.note else None,
        )


def _choice(draft: Draft, found: Choice, doc: d.PenaltyChoiceDoc | None, place: Place) -> Choice:
    if doc is None:
        return found
    for index, clause in enumerate(doc.basis):
        if draft.knows("clause", clause, place, "basis", index):
            draft.use(clause, "penalties")
    draft.carry(doc.doubts, place)
    return Choice((*found.clauses, *doc.basis), (*found.doubts, *doc.doubts))


def _fine(draft: Draft, doc: d.FineDoc, place: Place) -> Fine | None:
    if doc.base is not None and draft.knows("fact", doc.base, place, "base") and draft.facts[doc.base].type != "money":
        draft.fault(
            "ER1023",
            Text(
                f"罚款的基数 {quoted(doc.base)} 不是金额",
                f"a fine cannot be a multiple of {quoted(doc.base)}, which is not an amount",
            ),
            place.span("base"),
            Text("换成类型为 `money` 的事实", "name a fact of type `money`"),
        )
    multiple = doc.times or doc.percent
    each = 100 if doc.times is not None else 1
    fine = Fine(
        base=doc.base,
        floor=_yuan(draft, doc.counted_as_at_least, place, "counted_as_at_least"),
        under=_yuan(draft, doc.under, place, "under"),
        amount=_amounts(draft, doc.amount, place.inside("amount")) if doc.amount is not None else None,
        percent=(multiple.least * each, multiple.most * each) if multiple is not None else None,
        may=doc.may,
    )
    _check_tiers(draft, fine, place)
    return fine


def _amounts(draft: Draft, doc: d.AmountRangeDoc, place: Place) -> tuple[int, int] | None:
    least = 0 if doc.least is None else _yuan(draft, doc.least, place, "least")
    most = _yuan(draft, doc.most, place, "most")
    if least is None or most is None:
        return None
    if least > most:
        draft.fault(
            "ER1070",
            Text("罚款的下限高于上限", "the lower bound of the fine is above the upper one"),
            place.span("least"),
            Text("核对条文，改正两个数", "compare with the text and correct the two figures"),
        )
    return least, most


def _check_tiers(draft: Draft, fine: Fine, place: Place) -> None:
    """Report a fine that falls where the amount of the case reaches the higher tier."""
    if fine.under is None or fine.amount is None or fine.percent is None:
        return
    above = [fine.under * percent // 100 for percent in fine.percent]
    for name, lower, higher in zip(("least", "most"), fine.amount, above, strict=True):
        if lower > higher:
            draft.fault(
                "ER1070",
                Text(
                    f"金额升到 {fine.under // 100:,} 元时，罚款的{'下限' if name == 'least' else '上限'}反而降低",
                    f"the {'lower' if name == 'least' else 'upper'} bound of the fine falls when the amount reaches "
                    f"{fine.under // 100:,} yuan",
                ),
                place.span("amount", name),
                Text("核对条文，改正数额或者倍数", "compare with the text and correct the amount or the multiple"),
            )


_LABEL = Text("罚款数额", "Figure of a fine")
# a figure is written as the amount of a case is
_AMOUNT = Fact("figure", "money", None, _LABEL, _LABEL, None, None, False, None, 1)


def _yuan(draft: Draft, given: Any, place: Place, key: str) -> int | None:
    found = None if given is None else read_literal(draft, replace(_AMOUNT, name=key), given, place, key)
    return found if isinstance(found, int) else None


def _measure(draft: Draft, doc: d.MeasureDoc, place: Place) -> Measure:
    check_agency(draft, doc.by, place, "by")
    if draft.knows("enumeration", MEASURES, place, "do"):
        is_member(draft, draft.enumerations[MEASURES], doc.do, place, "do")
    if doc.do == FINE:
        draft.fault(
            "ER1070",
            Text("罚款写在 `fine` 中，不写在 `measures` 中", "a fine stands under `fine`, not under `measures`"),
            place.span("do"),
            Text("改写为 `fine:`", "write it as `fine:`"),
        )
    days = (doc.days.least, doc.days.most) if doc.days is not None else None
    return Measure(doc.do, doc.by, doc.may, doc.years, doc.life, days)

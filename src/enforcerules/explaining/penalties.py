"""The lawful range of the penalty: each fine with its steps, what else is laid down, and by which law."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation

from enforcerules.classification import Classification, FineResult, PenaltiesResult, PenaltyResult
from enforcerules.deciding.decision import Decision, in_order
from enforcerules.explaining.conclusion import text_of
from enforcerules.explaining.laid_down import say_amounts, say_measure, say_multiple
from enforcerules.explaining.openings import name_needs
from enforcerules.explaining.page import Line, Section, join
from enforcerules.text import Text
from enforcerules.values import Truth, parse_yuan
from enforcerules.wording import small

MOST_OPEN = 2
MOST_NEEDS = 3
MOST_TITLES = 2


def penalties(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the penalties that the law lays down for the case, by the law that governs it."""
    found = result.penalties
    law = decision.later if found.law == "decision" and decision.later is not None else decision
    met = [one for one in found.imposed if one.verdict == "met"]
    exempt = {one.id: rules for one in found.imposed if one.verdict == "open" and (rules := _exempting(law, one))}
    shown = [one for one in found.imposed if one.verdict == "met" or one.id in exempt]
    lines = [*_held_back(result), *(_penalty(decision, one) for one in shown)]
    lines += _unless(law, exempt, full=full)
    lines += _once(decision, found, met)
    lines += _law(decision, found)
    lines += _open(law, found, exempt, shown=bool(shown), full=full)
    heading = Text("处罚幅度（幅度以内由办案机关裁量）", "Range of the penalty (within it the agency decides)")
    return Section(heading, tuple(lines))


def _held_back(result: Classification) -> Iterator[Line]:
    for one in result.prohibitions:
        if one.id in result.penalties.held_back_by:
            title = text_of(one.title)
            yield Line(Text(f"不得{title.zh}", f"Forbidden: {title.en}"), tuple(one.clauses), mark="⊘")


def _penalty(decision: Decision, penalty: PenaltyResult) -> Line:
    title = _whose(penalty)
    book = decision.book
    measures = book.penalties[penalty.id].measures
    must = [say_measure(book, measure) for measure in measures if not measure.may]
    may = [say_measure(book, measure) for measure in measures if measure.may]
    parts = [say_fine(decision, penalty.fine)] if penalty.fine is not None else []
    if must:
        parts.append(join(must))
    if may:
        said = join(may)
        parts.append(Text(f"可以{said.zh}", f"possibly {said.en}"))
    what = join(parts, "；", "; ")
    mark = "?" if penalty.verdict == "open" else "•"
    return Line(Text(f"{title.zh}：{what.zh}", f"{title.en}: {what.en}"), tuple(penalty.clauses), mark=mark)


def _exempting(decision: Decision, penalty: PenaltyResult) -> list[str]:
    """Return the rules that alone keep a penalty open: its own conditions hold, and these may yet take it away."""
    book, effects = decision.book, decision.verdicts.effects
    rules = [rule for name in penalty.rules if decision.condition(rule := book.rules[name]) is Truth.MET]
    certain = [rule for rule in rules if decision.verdicts.holds[rule.id] is Truth.MET]
    return in_order(
        other for rule in certain for other in book.overriders.get(rule.id, ()) if effects[other] is Truth.OPEN
    )


def _unless(decision: Decision, exempt: dict[str, list[str]], *, full: bool) -> Iterator[Line]:
    """Say once what the penalties marked as open wait for: that every exemption is ruled out."""
    facts = decision.book.vocabulary.facts
    names = in_order(other for rules in exempt.values() for other in rules)
    if not names:
        return
    rules = [decision.book.rules[name] for name in names]
    titles = join((Text(rule.title.zh, small(rule.title.en)) for rule in rules), "；", "; ")
    labels = [facts[need].label for need in in_order(need for rule in rules for need in decision.needs(rule))]
    needs = name_needs(labels, most=len(labels) if full else MOST_NEEDS)
    yield Line(
        Text(
            f"标“?”的，属于下列情形的除外：{titles.zh}——取决于：{needs.zh}",
            f"what is marked '?' holds unless one of these applies: {titles.en} — depends on: {needs.en}",
        ),
        tuple(in_order(clause for rule in rules for clause in decision.clauses(rule, Truth.MET, Truth.OPEN))),
        mark="?",
    )


def say_fine(decision: Decision, fine: FineResult) -> Text:
    """Return a fine with its range and, in brackets, the steps to it."""
    how = join(_steps(decision, fine), "，", ", ")
    bracket = Text(f"（{how.zh}）", f" ({how.en})") if how.zh else how
    may = Text("可以", "possibly ") if fine.may else Text("", "")
    zh, en = _range(fine)
    return Text(f"{may.zh}罚款{zh}{bracket.zh}", f"{may.en}a fine{en}{bracket.en}")


def _range(fine: FineResult) -> Text:
    if fine.most is not None:
        zh, en = say_amounts(parse_yuan(fine.least), parse_yuan(fine.most))
        return Text(f" {zh}", f" of {en}")
    least = _separated(fine.least)
    return Text(f"{least}元以上", f" of at least {least} yuan") if fine.least != "0" else Text("", "")


def _steps(decision: Decision, fine: FineResult) -> list[Text]:
    if fine.base is None:
        return []
    label = decision.book.vocabulary.facts[fine.base].label
    multiple = say_multiple(fine.least_percent or 0, fine.most_percent or 0)
    if fine.value is None:
        steps = [Text(f"{label.zh}未查明", f"{small(label.en)} not known"), multiple]
        if fine.floor is not None:
            floor = _separated(fine.floor)
            steps.append(Text(f"不足{floor}元的按{floor}元计", f"counted as at least {floor} yuan"))
        if fine.under is not None:
            under = _separated(fine.under)
            steps.append(Text(f"不足{under}元的另有定额", f"a fixed range below {under} yuan"))
        return steps
    value = _bounded(fine.value)
    first = Text(f"{label.zh} {value.zh}元", f"{small(label.en)} {value.en} yuan")
    if fine.counted is not None and fine.counted != fine.value:
        counted = _bounded(fine.counted)
        return [first, Text(f"按{counted.zh}元计", f"counted as {counted.en} yuan"), multiple]
    if fine.under is not None and _below(fine):
        under = _separated(fine.under)
        return [first, Text(f"不足{under}元", f"below {under} yuan")]
    return [first, multiple]


def _below(fine: FineResult) -> bool:
    """Tell whether the base, where it is one figure, is in the lower tier."""
    try:
        return Decimal(fine.value or 0) < Decimal(fine.under or 0)
    except InvalidOperation:
        return False


def _once(decision: Decision, found: PenaltiesResult, met: list[PenaltyResult]) -> Iterator[Line]:
    if not found.highest_fine_clauses:
        return
    highest = next((one for one in met if one.id == found.highest_fine), None)
    if highest is None:
        said = Text(
            "属于同一违法行为的，只罚款一次，按数额高的规定；哪一项高，尚不能确定",
            "where it is one act it is fined once, by the higher provision; which is higher is open",
        )
    else:
        title = text_of(highest.title)
        said = Text(
            f"属于同一违法行为的，只罚款一次，按数额高的“{title.zh}”；不同的行为分别处罚",
            f"where it is one act it is fined once, by the higher provision: '{title.en}'; "
            "different acts are each penalised",
        )
    yield Line(said, tuple(found.highest_fine_clauses))


def _law(decision: Decision, found: PenaltiesResult) -> Iterator[Line]:
    if not found.law_clauses:
        return
    said = {
        "decision": Text(
            "行为时和决定时的法律都已比较：新的规定较轻，适用新的规定",
            "the laws of the day of the conduct and of the decision were compared: the new one is lighter and governs",
        ),
        "conduct": Text(
            "行为时和决定时的法律都已比较：新的规定不较轻，适用行为时的规定",
            "the laws of the day of the conduct and of the decision were compared: the new one is not lighter, "
            "so that of the conduct governs",
        ),
        "undecided": Text(
            "行为时和决定时的规定不同，孰轻孰重尚不能确定；以上按行为时的规定",
            "the laws of the day of the conduct and of the decision differ, and which is lighter is open; "
            "the above is by that of the conduct",
        ),
    }[found.law]
    if found.law == "conduct" and not found.imposed:
        # older law may have laid a penalty down that the rulebook does not hold
        said = Text(
            "行为时的法律在本库中没有处罚规定，新的规定不追溯加重；更早的规定由人查对",
            "by the law of the day of the conduct there is no penalty in this rulebook; new law does not reach back "
            "where it is heavier; a person looks up older law",
        )
    other = [text_of(one.title) for one in found.by_other_law if one.verdict == "met"]
    if other:
        named = join(other, "、", ", ")
        by = (
            Text("行为时", "the law of the conduct")
            if found.law == "decision"
            else Text("决定时", "the law of the decision")
        )
        said = Text(f"{said.zh}（{by.zh}的规定：{named.zh}）", f"{said.en} (by {by.en}: {named.en})")
    yield Line(said, tuple(found.law_clauses))


def _open(
    decision: Decision, found: PenaltiesResult, exempt: Collection[str], *, shown: bool, full: bool
) -> Iterator[Line]:
    """Name what else may be laid down: what few facts decide, and, where nothing is certain yet, nothing at all.

    What waits for the same facts is said together.
    """
    waiting: dict[tuple[str, ...], list[PenaltyResult]] = {}
    for one in found.imposed:
        if one.verdict == "open" and one.id not in exempt:
            waiting.setdefault(_own_needs(decision, one), []).append(one)
    near = [needs for needs in waiting if full or (shown and len(needs) <= MOST_NEEDS)]
    near.sort(key=lambda needs: (len(needs), needs))
    facts = decision.book.vocabulary.facts
    for needed in near if full else near[:MOST_OPEN]:
        named = waiting[needed] if full else waiting[needed][:MOST_TITLES]
        titles = join((_whose(one) for one in named), "；", "; ")
        if rest := len(waiting[needed]) - len(named):
            titles = Text(f"{titles.zh}等{rest + len(named)}项", f"{titles.en} and {rest} more")
        needs = join(facts[need].label for need in needed)
        depends = Text(f"——取决于：{needs.zh}", f" — depends on: {needs.en}") if needed else Text("——待定", " — open")
        clauses = in_order(clause for one in waiting[needed] for clause in one.clauses)
        yield Line(Text(f"{titles.zh}{depends.zh}", f"{titles.en}{depends.en}"), tuple(clauses), mark="?")


def _whose(penalty: PenaltyResult) -> Text:
    title = text_of(penalty.title)
    on = Text("（责任人员）", " (persons responsible)") if penalty.on == "persons" else Text("", "")
    return Text(f"{title.zh}{on.zh}", f"{title.en}{on.en}")


def _own_needs(decision: Decision, penalty: PenaltyResult) -> tuple[str, ...]:
    """Return the facts that the penalty itself waits for, without those of exemptions, which are said once."""
    rules = [decision.book.rules[name] for name in penalty.rules]
    return tuple(in_order(need for rule in rules for need in decision.needs_of(rule.when)) or penalty.needs)


def _separated(yuan: str | None) -> str:
    """Return an amount of the answer with thousands separators; bounds keep their signs."""
    if yuan is None:
        return ""
    parts = []
    for part in yuan.split("–"):
        sign = part.rstrip("0123456789.")
        whole, _, rest = part[len(sign) :].partition(".")
        parts.append(f"{sign}{int(whole):,}" + (f".{rest}" if rest else ""))
    return "–".join(parts)


def _bounded(yuan: str) -> Text:
    """Return an amount of the answer in words where it is only known to be at least so much."""
    zh = en = _separated(yuan)
    return Text(zh.replace("≥", "至少"), en.replace("≥", "at least "))

"""The answer in one statement."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.classification import ActionResult, Classification, GroundResult, Said
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.page import Line, join
from enforcerules.model import Establish, Fact, FactTest, Operator, ParameterRef
from enforcerules.model.conditions import tests
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, show_yuan
from enforcerules.wording import show_value

_NOUNS = {
    "lead": Text("本线索", "This lead"),
    "risk_item": Text("本风险", "This risk"),
    "safety_event": Text("本事件", "This event"),
}
_CASE = Text("本案", "This case")
MOST_OPEN = 4


def text_of(said: Said) -> Text:
    """Return a text of the answer as a text of the page."""
    return Text(said.zh, said.en)


def noun(decision: Decision) -> Text:
    """Return how the record is called in a sentence."""
    return _NOUNS.get(str(decision.case.facts.known.get("record_kind")), _CASE)


def answer(decision: Decision, result: Classification) -> Line:
    """Return the conclusion in one statement, with the clauses it rests on."""
    is_case = noun(decision) is _CASE
    parts = [
        *_hand_overs(result),
        *(_major(decision, result) if is_case and "major_case" in result.findings else ()),
        *_identity(result),
        *_crimes(decision, result),
        *(_filing(decision, result) if is_case else ()),
        *_count(result),
    ]
    said = join(parts, "；", "; ")
    subject = noun(decision)
    clauses = [
        clause
        for grounds in (result.major_case.grounds if is_case else [], result.direct_filing.grounds)
        for ground in grounds
        if ground.verdict == "met"
        for clause in ground.clauses
    ]
    return Line(Text(f"{subject.zh}{said.zh}。", f"{subject.en}: {said.en}."), tuple(dict.fromkeys(clauses)), mark="")


def _ground(ground: GroundResult) -> Text:
    title = text_of(ground.title)
    if ground.status == "planned":
        return Text(f"拟{title.zh}", f"{title.en} (planned)")
    return title


def _major(decision: Decision, result: Classification) -> Iterator[Text]:
    major = result.major_case
    value = _value_against_line(decision)
    default = Text("（当地无有效方案，暂按全国样表）", " (by the national form: no local plan is in force)")
    provisional = default if major.provisional else Text("", "")
    if major.verdict == "met":
        met = [ground for ground in major.grounds if ground.verdict == "met"]
        why = join(value if value and ground.id == "goods_value" else _ground(ground) for ground in met)
        yield Text(f"属于大案要案：{why.zh}{provisional.zh}", f"a major case: {why.en}{provisional.en}")
    elif major.verdict == "open":
        grounds = list(dict.fromkeys(text_of(g.title) for g in major.grounds if g.verdict == "open"))
        open_ = join(grounds[:MOST_OPEN])
        first = Text(f"{value.zh}；", f"{value.en}; ") if value else Text("", "")
        yield Text(
            f"尚不能判断是否属于大案要案：{first.zh}待定事由有{open_.zh}{provisional.zh}",
            f"whether it is a major case is open: {first.en}it depends on {open_.en}{provisional.en}",
        )
    elif not _has_line(decision):
        yield Text("不属于大案要案：当地方案没有规定大案要案标准", "not a major case: the local plan sets no line")
    elif value:
        yield Text(f"不属于大案要案：{value.zh}", f"not a major case: {value.en}")
    else:
        yield Text("不属于大案要案", "not a major case")


def _has_line(decision: Decision) -> bool:
    """Tell whether any rule on major cases has effect there and then, whatever the case."""
    book = decision.book
    return any(
        rule.id in decision.situation.bases
        and not any(decision.verdicts.effects[other] is Truth.MET for other in book.overriders.get(rule.id, ()))
        for rule in book.rules.values()
        if any(isinstance(outcome, Establish) and outcome.finding == "major_case" for outcome in rule.outcomes)
    )


def _value_against_line(decision: Decision) -> Text | None:
    """Say the case's amount beside the line that decides a major case there, where both are known."""
    book = decision.book
    for rule in book.rules.values():
        if rule.id not in decision.situation.bases or decision.verdicts.holds[rule.id] is Truth.OPEN:
            continue
        if not any(isinstance(o, Establish) and o.finding == "major_case" for o in rule.outcomes):
            continue
        for test in tests(rule.when):
            if isinstance(test, FactTest) and isinstance(test.operand, ParameterRef):
                line = decision.situation.parameters.get(test.operand.name)
                value = decision.case.facts.known.get(test.fact)
                if line is not None and isinstance(value, Amount) and test.operator is Operator.AT_LEAST:
                    return _beside(book.vocabulary.facts[test.fact], value, line, decision.decide(test))
    return None


def _beside(fact: Fact, value: Amount, line: int, verdict: Truth) -> Text:
    shown, bound = show_value(fact, value), show_yuan(line)
    said = Text(f"{fact.label.zh}{shown.zh}", f"{fact.label.en} {shown.en}")
    if verdict is Truth.MET:
        return Text(f"{said.zh}（标准{bound}元）", f"{said.en} (line: {bound} yuan)")
    return Text(f"{said.zh}，未达{bound}元", f"{said.en}, under the line of {bound} yuan")


def _identity(result: Classification) -> Iterator[Text]:
    for name in ("fake_drug", "substandard_drug"):
        finding = result.findings.get(name)
        if finding is not None and finding.verdict == "met":
            why = join(text_of(ground.title) for ground in finding.grounds if ground.verdict == "met")
            zh, en = f"产品为{finding.title.zh}（{why.zh}）", f"the product is a {finding.title.en.lower()} ({why.en})"
            yield Text(zh, en)


def _crimes(decision: Decision, result: Classification) -> Iterator[Text]:
    """Say which thresholds are reached, never that anyone is guilty: suspicion is for a person to decide."""
    indicated = result.findings.get("crime_indicated")
    if indicated is None or indicated.verdict != "met":
        return
    met = [text_of(ground.title) for ground in indicated.grounds if ground.verdict == "met"]
    charges = join(Text(f"“{charge.zh}”", f"'{charge.en}'") for charge in met)
    if decision.case.facts.known.get("crime_suspected") is True:
        decide = Text("", "")
    else:
        decide = Text("，是否涉嫌犯罪由人判断", ", and a person decides whether a crime is suspected")
    yield Text(
        f"按所列事实达到入罪标准{decide.zh}：{charges.zh}",
        f"on these facts the threshold is reached{decide.en}: {charges.en}",
    )


def _filing(decision: Decision, result: Classification) -> Iterator[Text]:
    known = decision.case.facts.known
    filing = result.direct_filing
    if filing.verdict == "met":
        yield Text("无需送检，依法直接立案", "filed directly, without a laboratory test")
        return
    products, progress = known.get("product_categories"), known.get("progress")
    drug = isinstance(products, frozenset) and "drug" in products
    settled = isinstance(progress, frozenset) and bool(progress)
    if filing.verdict == "open" and drug and not settled and known.get("lab_result") in (None, "not_tested"):
        yield Text("能否不送检直接立案待定", "whether it is filed without a test is open")


def _hand_overs(result: Classification) -> Iterator[Text]:
    found = [a for a in result.actions if a.verdict == "met" and a.report_row and a.addressee != a.actor]
    due = [action for action in found if action.state == "due"]
    if due:
        acts = join((text_of(action.title) for action in due), "，", "; ")
        yield Text(f"应{acts.zh}", f"to do first: {acts.en}")
    done = [action for action in found if action.state == "done"]
    if done:
        acts = join((text_of(action.title) for action in done), "，", "; ")
        yield Text(f"已{acts.zh}", f"done: {acts.en}")


def _count(result: Classification) -> Iterator[Text]:
    due = [action for action in result.actions if action.state == "due" and not action.standing]
    late = sum(overdue(action) > 0 for action in due)
    if not due:
        yield Text("目前没有已确定的应办事项", "no duty is certain so far")
        return
    after = Text(f"，其中 {late} 项已逾期", f", {late} of them overdue") if late else Text("", "")
    yield Text(f"须办 {len(due)} 项{after.zh}", f"{len(due)} {'duty' if len(due) == 1 else 'duties'} due{after.en}")


def overdue(action: ActionResult) -> int:
    """Return by how many days a duty is late, 0 when it is not."""
    left = action.clock.days_left if action.clock else None
    return max(0, -left) if left is not None else 0

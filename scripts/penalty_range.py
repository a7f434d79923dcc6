"""What docs/*/penalty-range.md takes from the rulebook: examples, the state of each point, published cases, a list.

A row of the table of points names its rules; which penalties they yield is read from the rulebook. What a published
case comes to is worked out anew from its scenario, and its fine is put beside the range.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from enforcerules import explain, load_rulebook
from enforcerules.classification import PenaltyResult
from enforcerules.explaining.laid_down import say_penalty
from enforcerules.explaining.page import cite
from enforcerules.model import Penalise, ResolvedRulebook, Rule
from enforcerules.text import Language, Text
from enforcerules.values import parse_yuan, show_yuan

ROOT = Path(__file__).resolve().parents[1]
POINTS = Path(__file__).with_name("penalty_points.yaml")
PUBLISHED = ("penalty-published.yaml", "penalty-published-devices-cosmetics.yaml")
RULES = ("law/penalty-", "law/leniency")
_HEADINGS = Text("处罚幅度", "Range of the penalty")
_POINTS_HEAD = Text(
    "| 编号 | 内容 | 状态 | 处罚 | 规则，说明 |\n|---|---|---|---|---|",
    "| row | what | state | penalties | rules, remarks |\n|---|---|---|---|---|",
)
_CASES_HEAD = Text(
    "| 算例 | 案件 | 公布的罚款（元） | 本库的幅度（元） | 比较 | 说明 |\n|---|---|---|---|---|---|",
    "| scenario | case | fine published (yuan) | range here (yuan) | compared | remarks |\n|---|---|---|---|---|---|",
)
_LIST_HEAD = Text(
    "| 处罚 | 规定了什么 | 规则 |\n|---|---|---|", "| penalty | what is laid down | rules |\n|---|---|---|"
)
_OTHERS_HEAD = Text("| 规则 | 依据 | 编号 |\n|---|---|---|", "| rule | basis | id |\n|---|---|---|")
_COMPARED = {
    "inside": Text("在幅度以内", "inside"),
    "below": Text("低于下限", "below"),
    "above": Text("高于上限", "above"),
    "at_least": Text("不低于下限，上限不知", "not below; no upper bound known"),
    "no_range": Text("没有幅度", "no range"),
    "no_fine": Text("没有公布罚款", "no fine published"),
}


def example_range(example: str, language: Language) -> str:
    """Return the section about the penalty of the page of an example."""
    page = explain((ROOT / "examples" / example).read_text(encoding="utf-8"), language=language)
    sections = page.strip().split("\n\n")
    return next(section for section in sections if section.startswith(_HEADINGS[language])) + "\n"


def points_table(language: Language) -> str:
    """Return the table of every point of law on penalties, with its penalties and rules."""
    book = load_rulebook().resolved
    return "\n".join([_POINTS_HEAD[language], *(_point(book, row, point, language) for row, point in points().items())])


def points() -> dict[str, dict[str, Any]]:
    """Return the points of law by their row, as they are written."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(POINTS.read_text(encoding="utf-8"))
    return found


def _point(book: ResolvedRulebook, row: str, point: dict[str, Any], language: Language) -> str:
    rules = point.get("rules", [])
    penalties = ", ".join(f"`{name}`" for name in dict.fromkeys(_penalties(book, rules))) or "—"
    state = Text("已编码", "encoded") if point.get("encoded", True) else Text("未编码", "not encoded")
    named = ", ".join(f"`{name}`" for name in rules)
    remarks = [*([named] if named else []), *([point["remark"][language]] if "remark" in point else [])]
    remark = ("；" if language == "zh" else "; ").join(remarks)
    return f"| {row} | {point['what'][language]} | {state[language]} | {penalties} | {remark} |"


def _penalties(book: ResolvedRulebook, rules: list[str]) -> Iterator[str]:
    for name in rules:
        yield from _yields(book.rules[name])


def _yields(rule: Rule) -> Iterator[str]:
    return (outcome.penalty for outcome in rule.outcomes if isinstance(outcome, Penalise))


def cases_table(language: Language) -> str:
    """Return the table of the published cases, each with the range of its scenario beside the fine published."""
    return "\n".join([_CASES_HEAD[language], *(_case(scenario, language) for scenario in scenarios())])


def scenarios() -> list[dict[str, Any]]:
    """Return the scenarios of published cases, as they are written, in the order of the case numbers."""
    read = (yaml.safe_load((ROOT / "rules/scenarios" / name).read_text(encoding="utf-8")) for name in PUBLISHED)
    found: list[dict[str, Any]] = [scenario for document in read for scenario in document["scenarios"]]
    return sorted(found, key=lambda scenario: str(scenario["id"]))


def _case(scenario: dict[str, Any], language: Language) -> str:
    first, facts = scenario["variants"][0], scenario["facts"]
    answer = load_rulebook().classify({**facts, **first["facts"], "case_id": scenario["id"]})
    laid_down = {one.id: one for one in answer.penalties.imposed}
    compared = [laid_down[name] for name in first["expect"].get("ranges", {})]
    fined = [one for one in compared if one.fine is not None]
    fine = facts.get("fine")
    bound = isinstance(fine, dict)
    published = parse_yuan(str(fine["at_least"] if bound else fine)) if fine is not None else None
    between = "；" if language == "zh" else "; "
    cells = (
        f"`{scenario['id']}`",
        scenario["title"][language],
        "—" if published is None else f"{'≥' if bound else ''}{show_yuan(published)}",
        between.join(_range(one, language) for one in fined) or "—",
        _COMPARED[place_of(published, [(one.fine.least, one.fine.most) for one in fined if one.fine is not None])][
            language
        ],
        between.join(variant["name"][language] for variant in scenario["variants"]),
    )
    return f"| {' | '.join(cells)} |"


def _range(penalty: PenaltyResult, language: Language) -> str:
    assert penalty.fine is not None
    title = penalty.title.zh if language == "zh" else penalty.title.en
    least, most = penalty.fine.least, penalty.fine.most
    shown = show_yuan(parse_yuan(least))
    return f"{title} {f'≥{shown}' if most is None else f'{shown}–{show_yuan(parse_yuan(most))}'}"


def place_of(fine: int | None, ranges: list[tuple[str, str | None]]) -> str:
    """Return where a fine in fen stands: inside any of the ranges (in yuan), below all of them, or above."""
    if not ranges:
        return "no_range"
    if fine is None:
        return "no_fine"
    reached = [None if most is None else parse_yuan(most) for least, most in ranges if parse_yuan(least) <= fine]
    if any(most is not None and fine <= most for most in reached):
        return "inside"
    if None in reached:
        return "at_least"
    return "above" if reached else "below"


def penalties_list(language: Language) -> str:
    """Return the list of every penalty with what it lays down and the rules that yield it."""
    book = load_rulebook().resolved
    yielding: dict[str, list[str]] = {name: [] for name in book.penalties}
    for rule in book.rules.values():
        for name in _yields(rule):
            yielding[name].append(f"`{rule.id}`")
    rows = (
        f"| {one.title[language]} `{name}` | {say_penalty(book, one)[language]} | {', '.join(yielding[name])} |"
        for name, one in book.penalties.items()
    )
    return "\n".join([_LIST_HEAD[language], *rows])


def other_rules(language: Language) -> str:
    """Return the rules about penalties that yield none themselves: what an act falls under, what spares or eases."""
    book = load_rulebook().resolved
    rules = [rule for rule in book.rules.values() if rule.place.startswith(RULES) and not any(_yields(rule))]
    rows = (
        f"| {rule.title[language]} | {cite(book, rule.bases, whole=True)[language]} | `{rule.id}` |" for rule in rules
    )
    return "\n".join([_OTHERS_HEAD[language], *rows])

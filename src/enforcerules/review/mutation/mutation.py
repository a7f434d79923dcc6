"""One step by which a rulebook is changed, and the rulebook that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from enforcerules.model import Establish, ResolvedRulebook, Rule, overridden
from enforcerules.model.conditions import findings_of
from enforcerules.text import Text

Section: TypeAlias = Literal[
    "rules",
    "clauses",
    "parameters",
    "actions",
    "penalties",
    "choices",
    "doubts",
    "facts",
    "invariants",
    "report_calendar",
    "forms",
]
"""A part of the rulebook whose entries have names; `choices` are how one chooses among penalties."""

Kind: TypeAlias = Literal[
    "threshold",
    "comparison",
    "connective",
    "exception",
    "window",
    "scope",
    "basis",
    "outcome",
    "duty",
    "penalty",
    "clock",
    "doubt",
    "vocabulary",
    "calendar",
]
KINDS: dict[Kind, Text] = {
    "threshold": Text("数额和日期", "amounts and days"),
    "comparison": Text("比较", "comparisons"),
    "connective": Text("条件的连接", "connectives"),
    "exception": Text("例外", "exceptions"),
    "window": Text("施行期间", "periods in force"),
    "scope": Text("产品和地区", "products and places"),
    "basis": Text("依据", "bases"),
    "outcome": Text("结果", "outcomes"),
    "duty": Text("办理机关和完成", "who acts, and when it is done"),
    "penalty": Text("处罚的幅度和种类", "figures and measures of penalties"),
    "clock": Text("期限", "clocks"),
    "doubt": Text("疑义", "doubts"),
    "vocabulary": Text("缺省值和矛盾", "defaults and contradictions"),
    "calendar": Text("报送日期", "due dates of reports"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry as it is after the change; `now` is None where it is gone."""

    section: Section
    name: str
    now: Any


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed thing in a rulebook.

    `owner` is the entry whose block in the files is changed, `said` the change in words, `place` where it
    is written (empty when the rulebook came from no file). `changes` are the entries that are not as they
    were: what is written once and holds for many changes with it.
    """

    id: str
    kind: Kind
    section: Section | Literal["sources"]
    owner: str
    said: Text
    place: str
    changes: tuple[Changed, ...]

    def of(self, section: Section) -> dict[str, Any]:
        """Return the changed entries of one part of the rulebook by name."""
        return {change.name: change.now for change in self.changes if change.section == section}


def change_rulebook(book: ResolvedRulebook, mutation: Mutation) -> ResolvedRulebook:
    """Return the rulebook with the change made; everything else is the same object as before."""
    fields: dict[str, Any] = {}
    for section in ("rules", "clauses", "parameters", "actions", "penalties", "doubts", "forms"):
        changed = mutation.of(section)
        if changed:
            fields[section] = _replaced(getattr(book, section), changed)
    # each is a field of its own
    fields |= mutation.of("choices")
    facts, invariants = mutation.of("facts"), mutation.of("invariants")
    if facts or invariants:
        words = book.vocabulary
        kept = tuple(each for each in words.invariants if each.id not in invariants)
        fields["vocabulary"] = replace(words, facts=_replaced(words.facts, facts), invariants=kept)
    dues = mutation.of("report_calendar")
    if dues:
        found = ((due, dues.get(f"{due.where}/{due.id}", due)) for due in book.report_calendar)
        fields["report_calendar"] = tuple(now for _, now in found if now is not None)
    if "rules" in fields:
        fields |= _order(book, mutation.of("rules").values())
    return replace(book, **fields)


def _replaced(entries: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    found = ((name, changed.get(name, entry)) for name, entry in entries.items())
    return {name: entry for name, entry in found if entry is not None}


def _order(book: ResolvedRulebook, changed: Iterable[Rule]) -> dict[str, Any]:
    """Return what follows from the rules: who overrides whom, and in which order they are decided."""
    fields: dict[str, Any] = {}
    moved: set[str] = set()
    for rule in changed:
        before = book.rules[rule.id]
        now = overridden(rule, book.rules)
        if now != overridden(before, book.rules):
            overriders = {name: tuple(r for r in by if r != rule.id) for name, by in book.overriders.items()}
            for name in now:
                overriders[name] = tuple(sorted({*overriders.get(name, ()), rule.id}))
            fields["overriders"] = {name: by for name, by in overriders.items() if by}
        if not findings_of(rule.when) <= findings_of(before.when):
            # only what nothing else waits for may come to read more than it did
            assert not rule.overrides
            assert not any(isinstance(o, Establish) for o in rule.outcomes)
            moved.add(rule.id)
    if moved:
        strata = (tuple(name for name in stratum if name not in moved) for stratum in book.strata)
        fields["strata"] = (*strata, tuple(sorted(moved)))
    return fields

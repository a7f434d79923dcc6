"""The ways in which a rule may be wrong by one step: its condition, exceptions, bases and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from enforcerules.model import (
    AddLabel,
    AllOf,
    Always,
    AnyOf,
    Condition,
    Count,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
)
from enforcerules.model.conditions import ALWAYS, both
from enforcerules.review.mutation.conditions import Altered, alter
from enforcerules.review.mutation.mutation import Changed, Kind, Mutation
from enforcerules.review.mutation.places import Places
from enforcerules.text import Text
from enforcerules.wording import say_outcome

_DUTIES = (Require, Permit, Exempt, Forbid)
_OTHER_VERB: dict[type[Outcome], type[Require | Permit | Exempt | Forbid]] = {
    Require: Permit,
    Permit: Require,
    Exempt: Forbid,
    Forbid: Exempt,
}


class RuleChanges:
    """Lists the changes of rules. Rows of forms are rules too: what they have from their part is the part's."""

    def __init__(self, book: ResolvedRulebook, places: Places) -> None:
        self._book = book
        self._places = places
        self._ledger: dict[str, list[str]] = {}
        for clause in book.clauses.values():
            self._ledger.setdefault(clause.source, []).append(clause.id)
        self._derived = {form.attachment_rule: form for form in book.forms.values() if form.attachment_rule}

    def of(self, rule: Rule) -> Iterator[Mutation]:
        """Yield every change of one rule."""
        if rule.id not in self._derived:
            own = _own(self._parent(rule), rule)
            for altered in alter(self._book, own):
                yield self._mutation(rule, altered, ("when",), self._with_condition(rule, altered.condition))
            yield from self._neighbouring_row(rule)
        yield from self._without_exceptions(rule)
        yield from self._bases(rule)
        yield from self._outcomes(rule)

    # --- the condition ---------------------------------------------------------------------------

    def _parent(self, rule: Rule) -> Rule | None:
        return self._book.rules.get(rule.id.rpartition("/")[0]) if _counts(rule) else None

    def _children(self, rule: Rule) -> list[Rule]:
        if not _counts(rule):
            return []
        found = (other for other in self._book.rules.values() if _counts(other) and other.id not in self._derived)
        return [other for other in found if other.id.rpartition("/")[0] == rule.id]

    def _with_condition(self, rule: Rule, own: Condition) -> dict[str, Rule]:
        """Return the rules that change when a rule's own condition becomes another."""
        parent = self._parent(rule)
        outer = _taken_over(parent, rule)
        now = replace(rule, when=both(outer, own) if not isinstance(outer, Always) else own)
        changed = {rule.id: now}
        for child in self._children(rule):
            taken = _taken_over(rule, child)
            if not isinstance(taken, Always):
                inner = self._with_condition_under(child, now.when, _own(rule, child))
                changed |= inner
        for name, form in self._derived.items():
            if any(row.rule == rule.id for row in form.grounds):
                conditions = tuple(
                    changed.get(row.rule, self._book.rules[row.rule]).when for row in form.grounds if row.rule
                )
                changed[name] = replace(self._book.rules[name], when=AnyOf(conditions))
        return changed

    def _with_condition_under(self, rule: Rule, outer: Condition, own: Condition) -> dict[str, Rule]:
        now = replace(rule, when=both(outer, own))
        changed = {rule.id: now}
        for child in self._children(rule):
            if not isinstance(_taken_over(rule, child), Always):
                changed |= self._with_condition_under(child, now.when, _own(rule, child))
        return changed

    def _neighbouring_row(self, rule: Rule) -> Iterator[Mutation]:
        """Yield the row counted where the next row of its part is."""
        parent = self._parent(rule)
        if parent is None or not any(isinstance(o, Count) and o.row for o in rule.outcomes):
            return
        rows = self._children(parent)
        other = rows[(rows.index(rule) + 1) % len(rows)]
        if other.when != rule.when:
            said = Text(f"按相邻一行的条件计入：{other.title.zh}", f"counted when its neighbour is: {other.title.en}")
            altered = Altered("outcome", (), f"as-{other.id.rpartition('/')[2]}", said, other.when)
            yield self._mutation(rule, altered, ("when",), {rule.id: replace(rule, when=other.when)})

    # --- exceptions and bases --------------------------------------------------------------------

    def _without_exceptions(self, rule: Rule) -> Iterator[Mutation]:
        for index, other in enumerate(rule.overrides):
            title = self._book.rules[other].title
            said = Text(f"不再排除规则：{title.zh}", f"it no longer overrides: {title.en}")
            rest = tuple(name for name in rule.overrides if name != other)
            altered = Altered("exception", (index,), f"without-{other}", said, ALWAYS)
            yield self._mutation(rule, altered, ("overrides",), {rule.id: replace(rule, overrides=rest)})

        if rule.overrides_penalties:
            said = Text("不再排除一切处罚", "it no longer overrides every penalty")
            altered = Altered("exception", (), "without-penalties", said, ALWAYS)
            yield self._mutation(
                rule, altered, ("overrides_penalties",), {rule.id: replace(rule, overrides_penalties=False)}
            )

    def _bases(self, rule: Rule) -> Iterator[Mutation]:
        parent = self._parent(rule)
        row = any(isinstance(o, Count) and o.row for o in rule.outcomes)
        if row and parent is not None and parent.bases == rule.bases:
            return
        for index, clause in enumerate(rule.bases):
            without = (*rule.bases[:index], *rule.bases[index + 1 :])
            said = Text(f"依据中删去 {clause}", f"the basis {clause} is dropped")
            altered = Altered("basis", (index,), "dropped", said, ALWAYS)
            yield self._mutation(rule, altered, ("basis",), self._with_bases(rule, without))
            other = self._next_clause(clause, rule.bases)
            if other is not None:
                exchanged = (*rule.bases[:index], other, *rule.bases[index + 1 :])
                said = Text(f"依据 {clause} 换成相邻的 {other}", f"the basis {clause} becomes its neighbour {other}")
                altered = Altered("basis", (index,), f"as-{other}", said, ALWAYS)
                yield self._mutation(rule, altered, ("basis",), self._with_bases(rule, exchanged))

    def _with_bases(self, rule: Rule, bases: tuple[str, ...]) -> dict[str, Rule]:
        rows = (row for row in self._children(rule) if row.bases == rule.bases and row.outcomes != rule.outcomes)
        return {one.id: replace(one, bases=bases) for one in (rule, *(r for r in rows if _is_row(r)))}

    def _next_clause(self, clause: str, taken: Sequence[str]) -> str | None:
        ledger = self._ledger[self._book.clauses[clause].source]
        at = ledger.index(clause)
        return next((name for name in (*ledger[at + 1 :], *ledger[:at]) if name not in taken), None)

    # --- outcomes --------------------------------------------------------------------------------

    def _outcomes(self, rule: Rule) -> Iterator[Mutation]:
        for index, outcome in enumerate(rule.outcomes):
            if isinstance(outcome, Count):
                continue
            before = say_outcome(self._book, outcome)
            rest = (*rule.outcomes[:index], *rule.outcomes[index + 1 :])
            said = Text(f"删去结果：{before.zh}", f"the outcome is dropped: {before.en}")
            kind: Kind = "penalty" if isinstance(outcome, Penalise) else "outcome"
            yield self._outcome(rule, rest, kind, index, "dropped", said)
            for what_kind, what, now in self._altered(outcome):
                if now not in rule.outcomes:
                    after = say_outcome(self._book, now)
                    said = Text(f"{before.zh} → {after.zh}", f"{before.en} → {after.en}")
                    exchanged = (*rule.outcomes[:index], now, *rule.outcomes[index + 1 :])
                    yield self._outcome(rule, exchanged, what_kind, index, what, said)

    def _outcome(
        self, rule: Rule, outcomes: tuple[Outcome, ...], kind: Kind, index: int, what: str, said: Text
    ) -> Mutation:
        altered = Altered(kind, (index,), what, said, ALWAYS)
        return self._mutation(rule, altered, ("then",), {rule.id: replace(rule, outcomes=outcomes)})

    def _altered(self, outcome: Outcome) -> Iterator[tuple[Kind, str, Outcome]]:
        words = self._book.vocabulary
        match outcome:
            case Require() | Permit() | Exempt() | Forbid():
                other = _next(outcome.action, list(self._book.actions))
                verb = _OTHER_VERB[type(outcome)]
                yield "outcome", verb.__name__.lower(), verb(outcome.action)
                yield "outcome", f"as-{other}", replace(outcome, action=other)
                if isinstance(outcome, Require) and outcome.once is not None:
                    yield "duty", "at-once", replace(outcome, once=None, said=None)
                    for altered in alter(self._book, outcome.once):
                        if not isinstance(altered.condition, Always):
                            what = "-".join(("once", *map(str, altered.path), altered.what))
                            yield altered.kind, what, replace(outcome, once=altered.condition)
            case Establish(finding, ground, status):
                grounds = list(words.findings[finding].grounds)
                if ground is not None and len(grounds) > 1:
                    other = _next(ground, grounds)
                    yield "outcome", f"ground-{other}", replace(outcome, ground=other)
                if status is not None:
                    turned = "done" if status == "planned" else "planned"
                    yield "outcome", turned, Establish(finding, ground, "done" if turned == "done" else "planned")
            case Penalise(penalty) if len(self._book.penalties) > 1:
                other = _next(penalty, list(self._book.penalties))
                yield "penalty", f"as-{other}", Penalise(other)
            case AddLabel(label) if len(words.labels) > 1:
                other = _next(label, list(words.labels))
                yield "outcome", f"as-{other}", AddLabel(other)

    # --- the mutation ----------------------------------------------------------------------------

    def _mutation(self, rule: Rule, altered: Altered, key: tuple[str], changed: Mapping[str, Rule]) -> Mutation:
        path = (*key, *altered.path)
        return Mutation(
            id=f"{rule.id}#{'.'.join(map(str, path))}:{altered.what}",
            kind=altered.kind,
            section="rules",
            owner=rule.id,
            said=altered.said,
            place=self._places.of("rules", rule.id, *path) or rule.place,
            changes=tuple(Changed("rules", name, now) for name, now in changed.items()),
        )


def _next(name: str, names: Sequence[str]) -> str:
    return names[(names.index(name) + 1) % len(names)]


def _counts(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)


def _is_row(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) and outcome.row for outcome in rule.outcomes)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case AllOf(parts):
            return parts
        case Always():
            return ()
    return (condition,)


def _taken_over(outer: Rule | None, rule: Rule) -> Condition:
    """Return what a row or part has from the block around it, which is written there and not here."""
    taken = _parts(outer.when) if outer is not None else ()
    if outer is None or not taken or _parts(rule.when)[: len(taken)] != taken:
        return ALWAYS
    return outer.when


def _own(outer: Rule | None, rule: Rule) -> Condition:
    taken = len(_parts(_taken_over(outer, rule)))
    if not taken:
        return rule.when
    rest = _parts(rule.when)[taken:]
    if not rest:
        return ALWAYS
    return rest[0] if len(rest) == 1 else AllOf(rest)

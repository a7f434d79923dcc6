"""The second engine: the rulebook on two rails, run by durable_rules.

Only the network of its C module is used, in one pattern: create a ruleset, assert one fact, take the
actions one after the other, delete the state. What durable_rules puts around it in Python runs timers in
threads that read freed memory, swallows errors inside actions and re-asserts messages without end.
"""

from __future__ import annotations

import importlib
import importlib.util
import struct
import threading
import weakref
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from enforcerules.engines.encoding import Given, Part
from enforcerules.engines.packing import SENTINEL, Ruleset, pack
from enforcerules.engines.protocol import Verdicts
from enforcerules.engines.readings import Readings
from enforcerules.engines.two_rails import Lowering
from enforcerules.engines.two_valued import TwoValued
from enforcerules.errors import Diagnostic, EngineUnavailableError
from enforcerules.model import Establish, Facts, ResolvedRulebook, Rule, Situation
from enforcerules.text import Text
from enforcerules.values import Truth, any_of

_MODULE = "durable_rules_engine"
# the numbers in its rules are C longs; of 32 bits, as on Windows, they hold 21 million yuan
_LONG_ENOUGH = struct.calcsize("l") >= 8
# one for all cases: the states of two whose 32-bit hashes are equal would be one
_STATE = "c"
# of a network, the last messages whose answer is kept: of scenarios that differ in a fact, four in five are there
_MOST_KEPT = 64
_HOW_TO_INSTALL = Text(
    "运行 pip install durable-rules==2.0.28（需要 C 编译器；Python 3.13 及以上先设 "
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject）",
    "run pip install durable-rules==2.0.28 (it needs a C compiler; on Python 3.13 and later with "
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject)",
)

# a rule, and whether it is surely met or surely not
_Rail: TypeAlias = tuple[str, bool]


def durable_available() -> bool:
    """Tell whether durable_rules is installed and holds amounts in fen, without importing it."""
    return _LONG_ENOUGH and importlib.util.find_spec(_MODULE) is not None


def _load() -> Any:
    if not _LONG_ENOUGH:
        message = Text(
            "此系统上 C 的 long 只有 32 位，durable_rules 装不下以分计的金额",
            "a C long has 32 bits here, so durable_rules cannot hold amounts in fen",
        )
        hint = Text("用 `--engine reference`，或者不写 `--engine`", "use `--engine reference`, or leave out `--engine`")
        raise EngineUnavailableError([Diagnostic("ER9001", message, hint=hint)])
    try:
        return importlib.import_module(_MODULE)
    except ImportError as error:
        message = Text(
            f"durable_rules 未安装，或不能导入：{error}",
            f"durable_rules is not installed or does not import: {error}",
        )
        raise EngineUnavailableError([Diagnostic("ER9001", message, hint=_HOW_TO_INSTALL)]) from error


def _rounds(lowering: Lowering, rules: Iterable[Rule], readings: Readings) -> tuple[tuple[_Network, ...], ...]:
    conditions: list[tuple[_Rail, TwoValued]] = []
    for rule in rules:
        rails = lowering.rule(rule)
        conditions += [((rule.id, True), rails.met), ((rule.id, False), rails.not_met)]
    return tuple(tuple(_Network(ruleset, readings) for ruleset in rulesets) for rulesets in pack(conditions))


class _Network:
    """One ruleset inside the C module, opened when first used.

    Not for two threads at once. After any failure within a case the ruleset is thrown away, since its
    state cannot be trusted and cannot always be deleted; the next case opens it afresh.
    """

    def __init__(self, ruleset: Ruleset[_Rail | Part], readings: Readings) -> None:
        self._ruleset = ruleset
        self._always = ",".join(f'"{name}":{number}' for name, number in ruleset.always.items())
        self._names = tuple(ruleset.names.values())
        self._at = tuple(map(readings.number, ruleset.names))
        self._free: weakref.finalize[Any, Any] | None = None
        self._module: Any = None
        self._handle = 0
        self._fired: dict[tuple[int | None, ...], frozenset[_Rail | Part]] = {}

    def run(self, readings: Sequence[int | None]) -> frozenset[_Rail | Part]:
        """Return what the rules that fire stand for; `readings` are the fields of the case, by number."""
        own = tuple(map(readings.__getitem__, self._at))
        # what fires depends on these alone, and many a case differs from the last ones in other fields
        fired = self._fired.pop(own, None)
        if fired is None:
            fired = self._run(self._message(own))
            if len(self._fired) == _MOST_KEPT:
                del self._fired[next(iter(self._fired))]
        self._fired[own] = fired
        return fired

    def _message(self, own: Sequence[int | None]) -> str:
        known = [f'"{name}":{number}' for name, number in zip(self._names, own, strict=True) if number is not None]
        return ",".join([f'{{"id":"{_STATE}","sid":"{_STATE}",{self._always}', *known]) + "}"

    def _run(self, message: str) -> frozenset[_Rail | Part]:
        if self._free is None:
            self._open()
        try:
            fired = self._fire(message)
        except BaseException:
            self.close()
            raise
        yields = self._ruleset.yields
        return frozenset(yields[name] for name in fired if name != SENTINEL)

    def _fire(self, message: str) -> set[str]:
        module, handle = self._module, self._handle
        code, state = module.assert_fact(handle, message)
        started = module.start_action_for_state(handle, state) if code == 0 else None
        if started is None:
            raise RuntimeError(f"durable_rules took no notice of the case (result {code})")
        fired = set()
        action: str | None = started[1]
        while action is not None:
            # {"rule":{"m":the whole case}}, once for every way in which the rule's condition holds
            fired.add(action[2 : action.index('"', 2)])
            action = module.complete_and_start_action(handle, state)
        module.delete_state(handle, _STATE)
        return fired

    def _open(self) -> None:
        self._module = _load()
        self._handle = self._module.create_ruleset("enforcerules", self._ruleset.definition)
        self._free = weakref.finalize(self, self._module.delete_ruleset, self._handle)

    def close(self) -> None:
        """Free the ruleset."""
        self._fired.clear()
        if self._free is not None:
            self._free()
            self._free = None


class _Rule(NamedTuple):
    """What is to be done with the two rails of a rule."""

    id: str
    met: _Rail
    not_met: _Rail
    overriders: tuple[str, ...]
    establishes: tuple[str, ...]

    @classmethod
    def of(cls, book: ResolvedRulebook, rule: Rule) -> _Rule:
        """Return that of a rule of the rulebook."""
        establishes = tuple(outcome.finding for outcome in rule.outcomes if isinstance(outcome, Establish))
        overriders = tuple(book.overriders.get(rule.id, ()))
        return cls(rule.id, (rule.id, True), (rule.id, False), overriders, establishes)

    def verdict(self, fired: AbstractSet[_Rail | Part]) -> Truth:
        """Return whether the rule holds, by what fired."""
        met, not_met = self.met in fired, self.not_met in fired
        if met and not_met:
            raise RuntimeError(f"durable_rules answers both yes and no to {self.id}")
        return Truth.MET if met else Truth.NOT_MET if not_met else Truth.OPEN


class DurableEngine:
    """Decides rules with durable_rules, stratum by stratum.

    The same verdicts as the reference engine's, for situations made by `situate`. Threads may share one
    engine; they take turns. Memory is freed by `close`, or with the engine.

    Raises:
        EngineUnavailableError: ER9001 when durable_rules is not installed or does not import.

    """

    name = "durable"

    def __init__(self, book: ResolvedRulebook) -> None:
        _load()  # where it is missing, better known now than at the first case
        self._book = book
        self._lock = threading.Lock()
        lowering = Lowering(book)
        self._readings = Readings()
        self._strata = tuple(
            (
                tuple(_Rule.of(book, book.rules[name]) for name in stratum),
                _rounds(lowering, (book.rules[name] for name in stratum), self._readings),
            )
            for stratum in book.strata
        )

    def decide(self, facts: Facts, situation: Situation) -> Verdicts:
        """Return the verdicts for `facts` where and when `situation` says."""
        holds: dict[str, Truth] = {}
        effects: dict[str, Truth] = {}
        findings = dict.fromkeys(self._book.vocabulary.findings, Truth.NOT_MET)
        with self._lock:
            readings = self._readings.read(Given(facts.known, situation, findings))
        for stratum, rounds in self._strata:
            fired: set[_Rail | Part] = set()
            for networks in rounds:
                parts = {each for each in fired if isinstance(each, Part)}
                self._readings.read_on(readings, Given(facts.known, situation, findings, parts))
                with self._lock:
                    fired.update(*(network.run(readings) for network in networks))
            for rule in stratum:
                held = holds[rule.id] = rule.verdict(fired)
                if rule.overriders:
                    held &= ~any_of(effects[other] for other in rule.overriders)
                effects[rule.id] = held
            for rule in stratum:
                for finding in rule.establishes:
                    findings[finding] = findings[finding] | effects[rule.id]
        return Verdicts(holds, effects, findings)

    def close(self) -> None:
        """Free what durable_rules holds. The engine can still be used and takes it again."""
        with self._lock:
            for _, rounds in self._strata:
                for network in chain.from_iterable(rounds):
                    network.close()

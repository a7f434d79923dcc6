"""The table of the transfer clock on docs/*/transfer-clock.md, made from the rulebook.

A row is a step of a transfer with the rules that carry it. What a row says of them, who, to whom, by when, from when,
how days count, by which clause, is read from the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules import load_rulebook
from enforcerules.explaining.page import cite
from enforcerules.model import Forbid, Permit, Require, ResolvedRulebook, Rule, Warn
from enforcerules.text import Language, Text

STEPS: dict[str, tuple[str, ...]] = {
    "D1": ("special-team-set-up-at-once", "transfer-report-written"),
    "D2": ("head-decides-on-transfer", "refusal-of-transfer-put-on-record"),
    "D3": ("suspected-crime-must-go-to-the-police", "approved-transfer-made-in-time"),
    "D4": ("case-file-goes-with-the-transfer",),
    "D5": (
        "police-sign-for-the-transfer",
        "case-of-other-police-passed-on",
        "case-outside-police-remit-goes-elsewhere",
    ),
    "D6": (
        "missing-papers-told-within-a-day",
        "missing-papers-completed-in-time",
        "missing-papers-are-no-reason-to-refuse",
    ),
    "D7": ("police-decide-whether-to-file",),
    "D8": ("goods-handed-over-once-filed", "party-told-of-seized-property-handed-over"),
    "D9": ("refusal-to-file-may-be-contested", "refusal-to-file-may-go-to-the-procuratorate"),
    "D10": ("police-decide-on-reconsideration",),
    "D11": ("upheld-refusal-may-go-to-the-procuratorate",),
    "D12": ("refusal-explained-to-the-procuratorate", "case-filed-as-the-procuratorate-tells"),
    "D13": ("refused-case-handled-administratively",),
    "D14": ("no-penalty-in-place-of-transfer", "earlier-penalties-keep-running", "no-fine-after-a-criminal-fine"),
    "D15": ("police-return-what-is-only-administrative", "returned-case-received-and-handled"),
    "D16": ("justice-organs-helped-promptly",),
    "D17": ("duty-crime-of-an-official-passed-on", "duty-offence-of-an-official-passed-on-by-drug-regulators"),
    "D18": ("failure-to-transfer-put-right", "police-failure-put-right", "failure-of-duty-passed-to-supervision"),
}
_HEAD = Text(
    "| 步骤 | 谁 → 向谁 | 办什么 | 期限 | 起算日（事实） | 日数 | 依据 | 规则 |",
    "| step | who → to whom | what | by when | runs from (fact) | days | basis | rule |",
)
_MUST: dict[type, Text] = {
    Require: Text("应当：", "must: "),
    Permit: Text("可以：", "may: "),
    Forbid: Text("不得：", "must not: "),
}
_NONE = Text("—", "—")


def clock_table(language: Language) -> str:
    """Return the table in one language."""
    book = load_rulebook().resolved
    lines = [_HEAD, Text("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|")]
    for step, rules in STEPS.items():
        for name in rules:
            lines += _rows(book, step, book.rules[name])
    return "\n".join(line[language] for line in lines)


def _rows(book: ResolvedRulebook, step: str, rule: Rule) -> Iterator[Text]:
    when, since, counting = _clock(book, rule)
    basis = cite(book, rule.bases, whole=True)
    for outcome in rule.outcomes:
        if isinstance(outcome, Warn):
            who, what = _NONE, Text(f"提示：{rule.title.zh}", f"told: {rule.title.en}")
        elif isinstance(outcome, (Require, Permit, Forbid)):
            who, must = _who(book, outcome.action), _MUST[type(outcome)]
            title = book.actions[outcome.action].title
            once = outcome.said if isinstance(outcome, Require) else None
            zh, en = (f"（{once.zh}以后）", f" (once {once.en})") if once is not None else ("", "")
            what = Text(f"{must.zh}{title.zh}{zh}", f"{must.en}{title.en}{en}")
        else:
            raise TypeError(f"{rule.id} yields what the table has no words for")
        cells = (Text(step, step), who, what, when, since, counting, basis, Text(f"`{rule.id}`", f"`{rule.id}`"))
        yield Text(
            f"| {' | '.join(cell.zh for cell in cells)} |",
            f"| {' | '.join(cell.en for cell in cells)} |",
        )


def _who(book: ResolvedRulebook, name: str) -> Text:
    agencies, action = book.vocabulary.enumerations["agency"].values, book.actions[name]
    by = agencies[action.by]
    if action.to is None:
        return by
    to = agencies[action.to]
    return Text(f"{by.zh} → {to.zh}", f"{by.en} → {to.en}")


def _clock(book: ResolvedRulebook, rule: Rule) -> tuple[Text, Text, Text]:
    """Return by when, from when, and how days count, as the first clause says it that sets a time."""
    clock = next((found for name in rule.bases if (found := book.clauses[name].clock) is not None), None)
    if clock is None:
        return _NONE, _NONE, _NONE
    since, counting = _NONE, _NONE
    if clock.since is not None:
        label = book.vocabulary.facts[clock.since].label
        since = Text(f"{label.zh} `{clock.since}`", f"{label.en} `{clock.since}`")
    if clock.days is not None:
        kind = Text("工作日", "working") if clock.working_days else Text("自然日", "natural")
        why = clock.counting_clause or clock.counting_doubt or ""
        counting = Text(f"{kind.zh}（{why}）", f"{kind.en} ({why})")
    return clock.text, since, counting

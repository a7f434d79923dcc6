"""A rulebook of a few penalties in a folder of its own: an old law and a new one, every shape of fine."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.broken.folders import BASE

WORDS = """\
enumerations:
  penalty_measure:
    label: {zh: 处罚种类, en: Kind of penalty}
    values:
      warning: {zh: 警告, en: Warning}
      confiscate_goods: {zh: 没收违法产品, en: Goods confiscated}
      fine: {zh: 罚款, en: Fine}
      revoke_permit: {zh: 吊销许可证件, en: Permit revoked}
      ban_from_trade: {zh: 禁止从业, en: Banned from the trade}
      detention: {zh: 行政拘留, en: Detention}
facts:
  conduct_date:
    {type: date, label: {zh: 行为日期, en: Day of the conduct}, ask: {zh: 何时？, en: When?}, default_from: as_of}
  decided_on: {type: date, label: {zh: 处罚决定日期, en: Day of the decision}, ask: {zh: 何时决定？, en: When decided?}}
  income: {type: money, label: {zh: 个人收入, en: Income of the person}, ask: {zh: 收入多少元？, en: How much income?}}
  grave:
    {type: bool, judgement: true, closed: false, label: {zh: 很严重, en: Grave}, ask: {zh: 严重吗？, en: Grave?}}
"""

LAW = """\
id: law
title: {zh: 处罚法, en: Penalty law}
short: {zh: 处罚法, en: Penalty law}
issuer: {zh: 全国人大常委会, en: Standing Committee}
kind: statute
where: CN
governs: conduct
products: any
windows: [{from: 2020-01-01, status: in_force}]
clauses:
  law.29: {at: 第29条, governs: duty, gist: {zh: 一事不再罚款, en: One fine for one act}}
  law.37: {at: 第37条, governs: duty, gist: {zh: 从旧兼从轻, en: The lighter law}}
  law.50: {at: 第50条, gist: {zh: 假药的处罚, en: The penalty for fake drugs}}
  law.51: {at: 第51条, gist: {zh: 责任人员的处罚, en: The penalty for persons}}
  law.60:
    at: 第60条
    gist: {zh: 旧法的处罚, en: The penalty by the old law}
    windows: [{from: 2020-01-01, until: 2022-12-31, status: in_force}]
  law.61:
    at: 第61条
    gist: {zh: 新法的处罚, en: The penalty by the new law}
    windows: [{from: 2023-01-01, status: in_force}]
"""

PENALTIES = """\
lighter_law: {basis: [law.37]}
one_fine: {basis: [law.29]}
penalties:
  fake_drugs:
    title: {zh: 销售假药, en: Selling fake drugs}
    fine: {base: goods_value, counted_as_at_least: 100000, times: {least: 15, most: 30}}
    measures:
      - {do: confiscate_goods}
      - {do: revoke_permit, by: police, may: true}
  fake_drugs_persons:
    title: {zh: 销售假药的责任人员, en: 'Persons responsible, fake drugs'}
    on: persons
    fine: {base: income, percent: {least: 30, most: 300}}
    measures:
      - {do: ban_from_trade, years: 10, life: true}
      - {do: detention, by: police, may: true, days: {least: 5, most: 15}}
  expired_old:
    title: {zh: 销售过期药品（旧法）, en: 'Selling expired drugs, old law'}
    fine:
      base: goods_value
      under: 10000
      amount: {least: 50000, most: 150000}
      times: {least: 15, most: 30}
  expired_new:
    title: {zh: 销售过期药品（新法）, en: 'Selling expired drugs, new law'}
    fine: {may: true, amount: {most: 50000}}
    note: {zh: 新法较轻, en: The new law is milder}
"""

RULES = """\
rules:
  - id: fake-drugs-are-penalised
    title: {zh: 假药的处罚, en: Fake drugs are penalised}
    basis: [law.50]
    when: {fact: conduct, is: fake_drug}
    then: [{penalise: fake_drugs}]
  - id: persons-are-penalised
    title: {zh: 责任人员的处罚, en: Persons are penalised}
    basis: [law.51]
    when: {all: [{fact: conduct, is: fake_drug}, {fact: grave, is: true}]}
    then: [{penalise: fake_drugs_persons}]
  - id: expired-drugs-by-the-old-law
    title: {zh: 过期药品的处罚（旧法）, en: Expired drugs by the old law}
    basis: [law.60]
    when: {fact: conduct, is: expired}
    then: [{penalise: expired_old}]
  - id: expired-drugs-by-the-new-law
    title: {zh: 过期药品的处罚（新法）, en: Expired drugs by the new law}
    basis: [law.61]
    when: {fact: conduct, is: expired}
    then: [{penalise: expired_new}]
"""
# variants follow
FAKE = """\
scenarios:
  - id: fake
    title: {zh: 假药的处罚, en: The penalty for fake drugs}
    world: open
    facts: {conduct: fake_drug, as_of: 2022-07-10}
    variants:
"""


def write_penalty_book(
    folder: Path,
    *,
    penalties: str = PENALTIES,
    rules: str = RULES,
    words: str = WORDS,
    law: str = LAW,
    scenarios: str = "",
    properties: str = "",
) -> Path:
    """Write the rulebook into `folder` and return where it is; each part may be another text."""
    book = folder / "rulebook"
    shutil.copytree(BASE, book)
    more = {"more/words.yaml": words, "more/penalties.yaml": penalties, "more/rules.yaml": rules, "law.yaml": law}
    listed = (book / "rulebook.yaml").read_text(encoding="utf-8").replace("[plan.yaml", "[law.yaml, plan.yaml")
    for kind, text in (("scenarios", scenarios), ("properties", properties)):
        if text:
            more[f"{kind}.yaml"] = text
            listed += f"  {kind}: [{kind}.yaml]\n"
    for name, text in {**more, "rulebook.yaml": listed}.items():
        (book / name).write_text(text, encoding="utf-8")
    return book

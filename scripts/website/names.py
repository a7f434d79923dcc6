"""Names that the rulebook has no need of: of its files of rules, and of kinds of things."""

from __future__ import annotations

from enforcerules.model import Operator, ResolvedRulebook, Rule
from enforcerules.text import Text

# each file of rules is one chapter of the site
PACKS = {
    "common/major-case.yaml": Text("大案要案", "Major cases"),
    "common/criminal-referral.yaml": Text("涉嫌犯罪的移送", "Referral of suspected crimes"),
    "common/police.yaml": Text("公安机关的职责", "Duties of the police"),
    "common/routing.yaml": Text("线索和案件的流转", "Routing of leads and cases"),
    "common/publicity.yaml": Text("信息公开与发布", "Publicity and release"),
    "common/superiors-and-discipline.yaml": Text("报告上级与执纪问责", "Superiors and discipline"),
    "common/conducts.yaml": Text("违法行为的查处", "Conducts to be dealt with"),
    "common/evidence-and-measures.yaml": Text("取证、检验与措施", "Evidence, tests and measures"),
    "common/online.yaml": Text("网络销售", "Online sale"),
    "common/lists-and-persons.yaml": Text("列入名单与处罚到人", "Lists and persons"),
    "common/risk.yaml": Text("风险隐患", "Risks"),
    "common/priorities.yaml": Text("整治重点", "Priorities of the campaign"),
    "common/case-duties.yaml": Text("各案都要做的", "Duties of every case"),
    "drugs.yaml": Text("药品", "Drugs"),
    "devices.yaml": Text("医疗器械", "Medical devices"),
    "cosmetics.yaml": Text("化妆品", "Cosmetics"),
    "law/product-identity.yaml": Text("法律：假药、劣药的认定", "Law: what is a fake or substandard drug"),
    "law/direct-filing.yaml": Text("法律：免予检验", "Law: no need of a test"),
    "law/measures.yaml": Text("法律：查封、扣押与期限", "Law: seizure and time limits"),
    "law/testing.yaml": Text("法律：检验结论、复验与补充检验", "Law: test results, retests and supplementary tests"),
    "law/criminal-transfer.yaml": Text("法律：移送涉嫌犯罪案件", "Law: transfer of suspected crimes"),
    "law/transfer-steps.yaml": Text(
        "法律：移送中的补正、转送、监督与责任", "Law: papers, jurisdiction, supervision and failure in a transfer"
    ),
    "law/reverse-transfer.yaml": Text("法律：反向移送", "Law: transfer back"),
    "law/procedure-filing.yaml": Text("法律：线索、立案与管辖", "Law: leads, filing, jurisdiction"),
    "law/procedure-measures.yaml": Text(
        "法律：当场、延长与登记保存", "Law: measures on the spot, extended, preserved evidence"
    ),
    "law/procedure-decision.yaml": Text("法律：告知、听证、审核与决定", "Law: notice, hearing, review, decision"),
    "law/publicity-and-lists.yaml": Text("法律：处罚信息公示与名单", "Law: publicity of penalties and lists"),
    "law/statutory-handovers.yaml": Text("法律：向其他部门移送", "Law: hand-overs to other departments"),
    "law/crime-charges.yaml": Text("法律：入罪标准", "Law: thresholds of crime"),
    "law/crime-tiers.yaml": Text("法律：犯罪的轻重各档", "Law: how grave the crime"),
    "law/crime-elements.yaml": Text("法律：故意、从重、伤害与危险", "Law: intent, what weighs heavier, harm, danger"),
    "law/crime-marks.yaml": Text("法律：商标犯罪的标准", "Law: thresholds of crimes about marks"),
    "law/crime-fraud.yaml": Text("法律：指使骗保的诈骗标准", "Law: thresholds of fraud by instigating"),
    "law/crime-further.yaml": Text(
        "法律：原辅料、虚假广告、证件印章、麻精药品",
        "Law: unfit materials, false advertising, papers and seals, controlled drugs",
    ),
    "law/penalty-drugs.yaml": Text(
        "法律：药品处罚，无证、假药、劣药", "Law: penalties of drugs: no licence, fake, substandard"
    ),
    "law/penalty-drugs-acts.yaml": Text(
        "法律：药品许可和批准证明文件的处罚", "Law: penalties over permits and approvals of drugs"
    ),
    "law/penalty-drugs-duties.yaml": Text("法律：药品各项义务的处罚", "Law: penalties over duties about drugs"),
    "law/penalty-drugs-recall.yaml": Text(
        "法律：不良反应、召回、聘用的处罚与从重", "Law: reactions, recalls, employment; what weighs heavier"
    ),
    "law/penalty-drugs-regulation.yaml": Text(
        "法律：药品管理法实施条例的处罚", "Law: penalties of the regulation on drugs"
    ),
    "law/penalty-drugs-pieces.yaml": Text(
        "法律：中药饮片的处罚，按假药处罚", "Law: decoction pieces, and what is punished as fake"
    ),
    "law/penalty-vaccines.yaml": Text("法律：疫苗处罚", "Law: penalties of vaccines"),
    "law/penalty-devices-acts.yaml": Text("法律：医疗器械违法行为归条", "Law: acts about devices, by article"),
    "law/penalty-devices.yaml": Text("法律：医疗器械处罚", "Law: penalties of devices"),
    "law/penalty-platforms.yaml": Text("法律：平台处罚", "Law: penalties of platforms"),
    "law/penalty-cosmetics-acts.yaml": Text("法律：化妆品违法行为归条", "Law: acts about cosmetics, by article"),
    "law/penalty-cosmetics.yaml": Text("法律：化妆品处罚", "Law: penalties of cosmetics"),
    "law/leniency.yaml": Text("法律：不予处罚、从轻减轻", "Law: no penalty, or a lighter one"),
    "law/penalty-general.yaml": Text("法律：处罚的一般规定", "Law: general rules on penalties"),
}

OPERATORS = {
    Operator.IS: Text("为", "is"),
    Operator.IS_NOT: Text("不是", "is not"),
    Operator.IN: Text("为其中之一", "is one of"),
    Operator.NOT_IN: Text("不是其中任何一个", "is none of"),
    Operator.HAS: Text("包括", "includes"),
    Operator.HAS_ANY: Text("包括其中之一", "includes any of"),
    Operator.HAS_ALL: Text("同时包括", "includes all of"),
    Operator.HAS_NONE: Text("都不包括", "includes none of"),
    Operator.AT_LEAST: Text("以上（含本数）", "at least (the bound itself counts)"),
    Operator.MORE_THAN: Text("超过（不含本数）", "more than"),
    Operator.AT_MOST: Text("以下（含本数）", "at most (the bound itself counts)"),
    Operator.LESS_THAN: Text("不满（不含本数）", "less than"),
    Operator.ON_OR_AFTER: Text("不早于（含当日）", "on or after"),
    Operator.BEFORE: Text("早于（不含当日）", "before"),
    Operator.KNOWN: Text("已知", "known"),
}

FACT_TYPES = {
    "bool": Text("是否", "yes or no"),
    "enum": Text("单选", "one value"),
    "set": Text("多选", "a set of values"),
    "money": Text("金额", "amount"),
    "count": Text("数目", "count"),
    "date": Text("日期", "date"),
    "text": Text("文字", "text"),
}

UNITS = {"money": Text("元", "yuan"), "count": Text("个", "number"), "date": Text("日", "day")}

SOURCE_KINDS = {
    "notice": Text("通知", "notice"),
    "plan": Text("方案", "plan"),
    "news": Text("新闻报道", "news report"),
    "template": Text("样表", "template"),
    "statute": Text("法律", "statute"),
    "regulation": Text("行政法规", "regulation"),
    "measures": Text("部门规章", "departmental rules"),
    "interpretation": Text("司法解释", "judicial interpretation"),
}

STATUSES = {
    "draft": Text("草稿，未经律师审阅", "draft, not yet read by a lawyer"),
    "reviewed": Text("律师已对照条款", "compared with its clauses by a lawyer"),
    "approved": Text("主管机构已认可", "accepted by the responsible office"),
}

CLAIMS = {
    "always": Text("一律成立", "always holds"),
    "never": Text("绝不成立", "never holds"),
    "exactly_one": Text("恰好一项成立", "exactly one holds"),
    "monotone": Text("只增不减", "what is met stays met"),
}


def pack_of(rule: Rule) -> str:
    """Return the name of the chapter that a rule stands in: a file of rules, or a table of a form."""
    file = rule.place.rsplit(":", 2)[0]
    if file in PACKS:
        return file.removesuffix(".yaml").replace("/", "-")
    form, *rest = rule.id.split("/")
    return f"{form}-{rest[0]}" if rest and rest[0] not in ("grounds", "attachment") else form


def packs(book: ResolvedRulebook) -> dict[str, Text]:
    """Return the titles of the chapters by name, in the order of the rulebook."""
    found = {file.removesuffix(".yaml").replace("/", "-"): title for file, title in PACKS.items()}
    for form in book.forms.values():
        for table in form.tables:
            found[f"{form.id}-{table.id}"] = Text(f"报表：{table.title.zh}", f"Form: {table.title.en}")
        if form.grounds:
            found[form.id] = Text(f"报表：{form.title.zh}", f"Form: {form.title.en}")
    return found

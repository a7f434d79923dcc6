"""What editors show beside the cursor: what each block of a rulebook file is, and what a key means in every block."""

from __future__ import annotations

from enforcerules.text import Text

BLOCKS: dict[str, Text] = {
    # conditions
    "AllDoc": Text("每一部分都成立时成立", "Holds when every part holds"),
    "AnyDoc": Text("有一部分成立时成立", "Holds when some part holds"),
    "NotDoc": Text("这一部分不成立时成立", "Holds when the part does not"),
    "AllLineDoc": Text("每一部分都成立时成立", "Holds when every part holds"),
    "AnyLineDoc": Text("有一部分成立时成立", "Holds when some part holds"),
    "NotLineDoc": Text("这一部分不成立时成立", "Holds when the part does not"),
    "FactDoc": Text("对一个事实的判断，只用一个运算符", "A test of one fact with exactly one operator"),
    "FindingTestDoc": Text("认定是否成立", "Whether a finding is established"),
    "AnswerDoc": Text("针对结论的判断，只针对一项", "A test of one thing in the answer"),
    "TextDoc": Text("同一内容的中文和英文", "One text in both languages"),
    # rulebook.yaml and the vocabulary
    "RulebookDoc": Text("rulebook.yaml：规则库由哪些文件组成", "rulebook.yaml: which files make up the rulebook"),
    "FilesDoc": Text("按种类列出的文件；没有列出的不读取", "The files by kind; what is not listed is not read"),
    "VocabularyDoc": Text("词汇：案件和规则可以使用的名称", "Vocabulary: the words that cases and rules may use"),
    "EnumerationDoc": Text("一个事实可以取的值", "The values that a fact may take"),
    "FactDefinitionDoc": Text("案件的一项事实", "One item of a case"),
    "ClosedWhenDoc": Text("由另一事实带出的值", "A value that another fact implies"),
    "FindingDoc": Text("规则可以得出的认定", "A conclusion that rules may establish"),
    "FindingWordsDoc": Text("认定在句子里的说法", "A finding in words"),
    "InvariantDoc": Text("真实案件绝不会有的情形", "Something that is true of no real case"),
    # law
    "SourceDoc": Text("一份文件及其条款台账", "A document with its clause ledger"),
    "MoreClausesDoc": Text("同一份文件的后续条款", "Further clauses of a source"),
    "WindowDoc": Text("一段期间，首尾两天都在内", "A period, both ends included"),
    "ClauseDoc": Text("文件中的一项规定", "One normative statement of a source"),
    "ClockDoc": Text("义务的期限", "By when a duty is to be done"),
    "ParametersDoc": Text("参数：因地区、日期而不同的数额", "Parameters: figures that differ by place and date"),
    "ParameterDoc": Text("一项参数", "One parameter"),
    "ParameterValueDoc": Text(
        "参数在一个地区、一段期间的值，及其条款", "The value in one place and period, with its clause"
    ),
    "ActionsDoc": Text("应办事项目录", "The catalogue of actions"),
    "ActionDoc": Text("一项应办事项", "One action"),
    "PenaltiesDoc": Text("处罚目录", "The catalogue of penalties"),
    "PenaltyChoiceDoc": Text("按什么规定在几种处罚之间选择", "The law by which one chooses among penalties"),
    "PenaltyDoc": Text("对一种行为规定的处罚", "What the law lays down for one act"),
    "FineDoc": Text(
        "罚款：基数的倍数、固定幅度，或者按基数分两档",
        "A fine: a multiple, a fixed range, or one of the two by the base",
    ),
    "AmountRangeDoc": Text("从多少元到多少元", "From which amount to which, in yuan"),
    "NumberRangeDoc": Text("从多少到多少", "From which number to which"),
    "MeasureDoc": Text("罚款以外的处罚", "A penalty other than a fine"),
    "DoubtsDoc": Text("疑义登记", "The register of doubts"),
    "DoubtDoc": Text(
        "文件没有说清的一个问题，及所取的读法", "A question the documents leave open, and the reading chosen"
    ),
    # rules
    "RulesDoc": Text("规则", "Rules"),
    "RuleDoc": Text("一条规则：条件成立，就有这些结果", "One rule: when the condition holds, the outcomes follow"),
    "TableDoc": Text("形状相同、只有值不同的一组规则", "Rules of one shape in which only values differ"),
    "RowDoc": Text(
        "表的一行即一条规则，编号为“表/行”；其余的键是 `{column: …}` 所指的栏",
        "A row is a rule with the id table/row; further keys are the columns that `{column: …}` names",
    ),
    "OutcomeDoc": Text("规则的一项结果，只用一个动词", "One outcome, with exactly one verb"),
    # forms and calendars
    "FormDoc": Text("一份报表", "A report form"),
    "MoreTablesDoc": Text("同一份报表的后续各表", "Further tables of a form"),
    "FormTableDoc": Text("报表中的一张表", "One table of a form"),
    "PartDoc": Text("表的一个部分", "A part of a table"),
    "FormRowDoc": Text("表的一行、一栏或者一个方框", "A row, column or box of a form"),
    "RowValueDoc": Text("一个案件计多少，只写一种", "What a counted case adds, of one kind"),
    "CornerDoc": Text("行名上方的格里印什么", "What is printed above the names of the rows"),
    "SectionDoc": Text("书面报告的一节", "A section of a written report"),
    "SectionFigureDoc": Text("一节中的一个数字", "A number of a section"),
    "FormNoteDoc": Text("随表印出的填报说明", "A filling rule printed with the form"),
    "AttachmentsDoc": Text("符合情形之一的案件，一案一报", "Each case with one of the grounds gets a sheet of its own"),
    "ReportCalendarDoc": Text("报送日历", "The report calendar"),
    "DueDoc": Text("一项到期的报告", "A report that falls due"),
    "CalendarDoc": Text("一年的节假日和调休上班日", "One year's public holidays and make-up working days"),
    "NoticeDoc": Text("节假日安排所出的国务院办公厅通知", "The State Council notice that the holidays come from"),
    "HolidayDoc": Text("一个节日的全部放假日", "A public holiday with all its days off"),
    # the case ledger
    "LedgerDoc": Text(
        "案件台账：各栏的次序、折叠的分组和单位", "The case ledger: the order of its columns, folded groups, units"
    ),
    "LedgerGroupDoc": Text("同一标题下的各栏", "Columns that stand together under one heading"),
    "LedgerColumnDoc": Text("一个事实的栏", "The column of one fact"),
    # scenarios
    "ScenariosDoc": Text("算例", "Scenarios"),
    "ScenarioDoc": Text("一个算例及其变例", "A worked case with its variants"),
    "VariantDoc": Text("一个变例：案件，以及必须得出什么", "One case, and what must come out"),
    "ExpectDoc": Text(
        "必须得出什么；列表写明必须有的，另有别的也可以，没有写的不比较",
        "What must come out; a list names what must be there, more may be, and what is not written is not compared",
    ),
    "MajorCaseExpectDoc": Text("是否大案要案", "Whether it is a major case"),
    "ClockExpectDoc": Text(
        "应办事项的期限；没有写的不比较", "By when an action is due; what is not written is not compared"
    ),
    "DutyExpectDoc": Text(
        "谁办、向谁办、计入哪一行；没有写的不比较",
        "Who does it, to whom, and the row that counts it; what is not written is not compared",
    ),
    "RangeExpectDoc": Text(
        "处罚算出的幅度；没有写的不比较", "What a penalty comes to; what is not written is not compared"
    ),
    "TermsExpectDoc": Text(
        "一种其他处罚的内容；没有写的不比较", "What a measure is in particular; what is not written is not compared"
    ),
    "RestsOnDoc": Text(
        "按名称写明由哪些条款得出；另有别的也可以", "By name, clauses from which it follows; there may be others"
    ),
    "ReportExpectDoc": Text(
        "计入哪里；列表整个比较，不论次序；`null` 为没有",
        "Where the case is counted; lists are compared whole, in any order; `null` means none",
    ),
    # red lines
    "PropertiesDoc": Text("红线：任何案件都必须如此", "Red lines: what must be so of every case"),
    "PropertyDoc": Text("一条红线，只作一种断言", "A red line with exactly one claim"),
    "MonotoneDoc": Text("一个事实升高时，什么保持成立", "What stays met when a fact rises"),
    "RowsOfDoc": Text("报表一个部分的各栏", "The rows of one part of a form"),
    # accepted weaknesses
    "AcceptedDoc": Text("可以保留的弱点，及其理由", "Weaknesses that may stay, each with the reason"),
    "AcceptedWeaknessDoc": Text("一项弱点，或者理由相同的几项", "A weakness, or several that share a reason"),
}

# a key means the same in every block, unless `hover_keys` says otherwise
KEYS: dict[str, Text] = {
    "basis": Text(
        "说这件事的全部条款：由它们决定何处、何时有效",
        "Every clause that says so: they decide where and when it is law",
    ),
    "clause": Text("如此规定的条款", "The clause that says so"),
    "doubts": Text("涉及的疑义", "The doubts that it raises"),
    "en": Text("英文", "In English"),
    "from": Text("从哪天起，含当天", "From this day on, itself included"),
    "governs": Text(
        "由哪个日期决定是否有效：`duty` 义务日期，`conduct` 违法行为发生日",
        "Which date decides whether it is in force: `duty` or `conduct`",
    ),
    "gist": Text("说的是什么，用我们自己的话", "What it says, in our own words"),
    "id": Text("编号，永远不变", "The id, the same for ever"),
    "label": Text("名称", "What it is called"),
    "note": Text("供读者看，没有效力", "For readers, without effect"),
    "title": Text("标题", "The title"),
    "until": Text("到哪天止，含当天", "Until this day, itself included"),
    "where": Text("在哪个地区：六位代码，或者 CN", "In which place: a six-digit code, or CN"),
    "zh": Text("中文", "In Chinese"),
    "facts": Text("案件的事实；写成 null 为未知", "The facts of the case; null means not known"),
    "kind": Text("种类", "The kind"),
    "products": Text("涉及的产品类别，或者 any", "The product categories, or any"),
    "windows": Text("何时有效；期间以外无效", "When it is in force; outside it is not"),
    "when": Text("何时成立", "When it holds"),
    "then": Text("结果，每项一个动词", "The outcomes, each with one verb"),
    "overrides": Text("替代哪些规则的结果", "Whose outcomes it takes"),
    "status": Text("审阅情况：草稿、已审阅、已批准", "Draft, reviewed or approved"),
    "tables": Text("各表", "The tables"),
    "form": Text("报表", "The form"),
    "is": Text("等于这个值", "Equals this value"),
    "across": Text("哪一部分的各栏作列", "The part whose rows are the columns"),
    "printed": Text("表上印的原文，比名称短时写", "What the form prints, where that is less than the label"),
}

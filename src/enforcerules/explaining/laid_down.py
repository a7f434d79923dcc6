"""What the penalty catalogue lays down, in words, whatever the case: figures of fines, and measures."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.page import join
from enforcerules.model import Fine, Measure, Penalty, ResolvedRulebook
from enforcerules.model.penalties import MEASURES
from enforcerules.text import Text
from enforcerules.values import show_yuan
from enforcerules.wording import small

ON: dict[str, Text] = {
    "unit": Text("单位（当事人）", "the unit"),
    "persons": Text("责任人员", "the persons responsible"),
}
_HANDLING = "handling_agency"


def say_penalty(book: ResolvedRulebook, penalty: Penalty) -> Text:
    """Return everything that a penalty of the catalogue lays down, in one sentence."""
    said = [say_figures(book, penalty.fine)] if penalty.fine is not None else []
    said += [say_measure_laid_down(book, measure) for measure in penalty.measures]
    what = join(said, "；", "; ")
    if penalty.on == "unit":
        return what
    on = ON[penalty.on]
    return Text(f"{on.zh}：{what.zh}", f"{on.en}: {what.en}")


def say_figures(book: ResolvedRulebook, fine: Fine) -> Text:
    """Return the figures of a fine, whatever the amount of the case."""
    may = Text("可以", "possibly ") if fine.may else Text("", "")
    zh, en = join(_figures(book, fine), "，", ", ")
    return Text(f"{may.zh}罚款（{zh}）", f"{may.en}a fine ({en})")


def _figures(book: ResolvedRulebook, fine: Fine) -> Iterator[Text]:
    fixed = say_amounts(*fine.amount) if fine.amount is not None else Text("", "")
    if fine.base is None or fine.percent is None:
        yield fixed
        return
    base = book.vocabulary.facts[fine.base].label
    times = say_multiple(*fine.percent)
    of = "of the" if times.en.endswith("%") else "the"
    multiple = Text(f"{base.zh}的{times.zh}", f"{times.en} {of} {small(base.en)}")
    if fine.under is not None:
        under = show_yuan(fine.under)
        yield Text(
            f"{base.zh}不足{under}元的{fixed.zh}", f"{fixed.en} where the {small(base.en)} is below {under} yuan"
        )
        yield Text(f"{under}元以上的为{multiple.zh}", f"{multiple.en} from {under} yuan up")
        return
    yield multiple
    if fine.floor is not None:
        floor = show_yuan(fine.floor)
        yield Text(f"不足{floor}元的按{floor}元计", f"which counts as at least {floor} yuan")


def say_amounts(least: int, most: int) -> Text:
    """Return a range in fen; from nothing up it has an upper bound only.

    >>> say_amounts(0, 5_000_000).en, say_amounts(1_000_000, 5_000_050).en
    ('up to 50,000 yuan', '10,000 to 50,000.50 yuan')
    """
    upper = show_yuan(most)
    if not least:
        return Text(f"{upper}元以下", f"up to {upper} yuan")
    return Text(f"{show_yuan(least)}—{upper}元", f"{show_yuan(least)} to {upper} yuan")


def say_multiple(least: int, most: int) -> Text:
    """Return a range of multiples, given in per cent, as the law writes it.

    >>> say_multiple(1500, 3000).en, say_multiple(30, 300).en
    ('15 to 30 times', '30 to 300 %')
    """
    if least % 100 == 0 and most % 100 == 0:
        return Text(f"{least // 100}—{most // 100}倍", f"{least // 100} to {most // 100} times")
    return Text(f"{least}%—{most}%", f"{least} to {most} %")


def say_measure_laid_down(book: ResolvedRulebook, measure: Measure) -> Text:
    """Return a penalty other than a fine, and whether it must be."""
    zh, en = say_measure(book, measure)
    return Text(f"可以{zh}", f"possibly {en}") if measure.may else Text(zh, en)


def say_measure(book: ResolvedRulebook, measure: Measure) -> Text:
    """Return a penalty other than a fine: for how long, and who decides it where that is another agency."""
    zh, en = book.vocabulary.enumerations[MEASURES].values[measure.do]
    en = small(en)
    if measure.life:
        years = measure.years
        zh = f"{zh}{years}年直至终身" if years else f"终身{zh}"
        en = f"{en} for {years} years up to life" if years else f"{en} for life"
    elif measure.years:
        zh, en = f"{zh}{measure.years}年", f"{en} for {measure.years} years"
    if measure.days is not None:
        least, most = measure.days
        zh, en = f"{zh}{least}—{most}日", f"{en} of {least} to {most} days"
    if measure.by != _HANDLING:
        agency = book.vocabulary.enumerations["agency"].values[measure.by]
        zh, en = f"{zh}（由{agency.zh}决定）", f"{en} (by: {small(agency.en)})"
    return Text(zh, en)

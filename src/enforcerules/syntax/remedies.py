"""What is wrong with a date or an amount that cannot be read, and how to put it right."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from enforcerules.text import Text
from enforcerules.values import TooFineError, parse_yuan
from enforcerules.values.days import guess_day, looks_like_day


class Remedy(NamedTuple):
    """What is wrong, as the end of a sentence about the value, and what to do."""

    wrong: Text
    hint: Text


_NOT_A_DAY = Text("不是日期", "is not a date")
_NOT_AN_AMOUNT = Text("不是金额", "is not an amount")


def mend_day(text: str, *, quotes: bool = False) -> Remedy:
    """Return what is wrong with `text` as a date, which is written in `quotes` in a case.

    >>> mend_day("2022-02-30").hint.en
    'month 2 of 2022 has 28 days'
    """
    if looks_like_day(text):
        year, month = int(text[:4]), int(text[5:7])
        wrong = Text("日期不存在", "is a day that does not exist")
        if not 1 <= month <= 12 or year == 0:
            return Remedy(wrong, Text("月份为 `01` 至 `12`", "months run from `01` to `12`"))
        days = monthrange(year, month)[1]
        return Remedy(wrong, Text(f"{year} 年 {month} 月有 {days} 天", f"month {month} of {year} has {days} days"))
    guess = guess_day(text)
    mark = '"' if quotes else ""
    if guess is not None:
        return Remedy(
            Text("日期的写法不对", "is not how a date is written"),
            Text(f"写成 `{mark}{guess}{mark}`", f"write `{mark}{guess}{mark}`"),
        )
    sample = f"`{mark}2022-07-10{mark}`"
    return Remedy(_NOT_A_DAY, Text(f"写成年月日，例如 {sample}", f"write year, month and day, such as {sample}"))


_NEGATIVE = re.compile(r"[-−－]\s*[0-9]")
_AROUND = re.compile(r"(大?约|近|超过?|不足|不满|至少|最多)?(.+?)(余|多|左右|上下|以上|以下|以内)?")
_BOUND_WORDS = {
    "约": "about", "大约": "about", "近": "about", "余": "about", "多": "about", "左右": "about", "上下": "about",
    "超": "at_least", "超过": "at_least", "至少": "at_least", "以上": "at_least",
    "不足": "at_most", "不满": "at_most", "最多": "at_most", "以下": "at_most", "以内": "at_most",
}  # fmt: skip


def mend_amount(text: str, *, bounds: bool = False) -> Remedy:
    """Return what is wrong with `text` as an amount; in a case `bounds` are allowed, and texts are quoted.

    >>> mend_amount("６２万").hint.en, mend_amount("50万以上", bounds=True).hint.en
    ('write `62万`', 'write `{"at_least": "50万"}`')
    """
    text = text[:60]
    plain = re.sub(r"[\s_￥¥]|RMB|CNY|人民币|整$", "", unicodedata.normalize("NFKC", text), flags=re.IGNORECASE)
    if not plain:
        return Remedy(
            _NOT_AN_AMOUNT, Text("填写金额；不清楚的写 `null`", "give the amount, or `null` when it is not known")
        )
    if _NEGATIVE.match(text.strip()):
        unknown = Text("；不清楚的写 `null`", "; write `null` when it is not known") if bounds else Text("", "")
        return Remedy(
            Text("是负数", "is negative"), Text(f"金额不带负号{unknown.zh}", f"an amount has no sign{unknown.en}")
        )
    guess = _readable(plain)
    if guess == text:
        guess = None
    if guess is not None:
        said = f'`"{guess}"`' if bounds else f"`{guess}`"
        return Remedy(Text("金额的写法不对", "is not how an amount is written"), Text(f"写成 {said}", f"write {said}"))
    if _is_too_fine(plain):
        return Remedy(
            Text("的小数位数过多", "has too many decimals"),
            Text("金额精确到分：元最多两位小数", "an amount is exact to the fen: yuan have at most two decimals"),
        )
    if re.fullmatch(r"[0-9,]{13,}(\.[0-9]*)?", plain):
        return Remedy(
            Text("过大", "is too large"), Text("单位是元；检查位数", "the unit is yuan; check the number of digits")
        )
    if bounds and (bound := _as_bound(plain)) is not None:
        return Remedy(Text("不是确定的金额", "is not an exact amount"), Text(f"写成 `{bound}`", f"write `{bound}`"))
    samples = ('`"620000.50"`', '`"62万"`') if bounds else ("`620000.50`", "`62万`")
    return Remedy(
        _NOT_AN_AMOUNT,
        Text(f"写元，例如 {samples[0]} 或者 {samples[1]}", f"write yuan, such as {samples[0]} or {samples[1]}"),
    )


def _readable(text: str) -> str | None:
    """Return how `text` is to be written, when its value is beyond doubt."""
    if re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?[eE][+]?[0-9]{1,2}", text):
        try:
            text = format(Decimal(text).normalize(), "f")
        except InvalidOperation:
            return None
    try:
        parse_yuan(text)
    except ValueError:
        return None
    return text


def _is_too_fine(text: str) -> bool:
    try:
        parse_yuan(text)
    except TooFineError:
        return True
    except ValueError:
        pass
    return False


def _as_bound(text: str) -> str | None:
    between = re.fullmatch(r"([0-9.,]+(?:万|亿)?)元?[-~—–至到]+([0-9.,]+(万|亿)?元?)", text)
    if between:
        low, high, unit = between.groups(default="")
        low = low if low[-1:] in ("万", "亿") else low + unit
        if _readable(low) and _readable(high):
            return f'{{"at_least": "{low}", "at_most": "{high}"}}'
    around = _AROUND.fullmatch(text)
    if around is None:
        return None
    before, amount, after = around.groups(default="")
    key = _BOUND_WORDS.get(before or after)
    return f'{{"{key}": "{amount}"}}' if key and _readable(amount) else None

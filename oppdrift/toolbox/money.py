"""Whole kroner, read as people write them and shown as Norwegians read them."""

import re
from decimal import Decimal, InvalidOperation

NBSP = "\u00a0"
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t"), " ")
_THOUSAND = {"mill": 1_000_000, "mill.": 1_000_000, "mnok": 1_000_000, "million": 1_000_000, "millioner": 1_000_000,
             "millionar": 1_000_000, "tusen": 1_000, "tkr": 1_000, "k": 1_000}  # fmt: skip
_AMOUNT = re.compile(
    r"(?:kr\.?|nok)? ?(-? ?\d[\d., ]*?) ?(,-|,–|\.-|-)?"
    r" ?(mill\.?|mnok|million(?:er|ar)?|tusen|tkr|k)? ?(?:kr\.?|kroner|nok)?"
)


class NotMoney(ValueError):
    """The text is not an amount in kroner."""


def parse_kroner(text: str | int | float | Decimal) -> int:
    """Whole kroner from "500 000", "kr 500 000,-", "500.000", "0,3 mill", 500000.0. Raises NotMoney."""
    if isinstance(text, bool) or text is None:
        raise NotMoney(str(text))
    if isinstance(text, int | float | Decimal):
        return _whole(Decimal(str(text)), str(text))
    words = " ".join(str(text).casefold().translate(_SPACES).replace("\u2212", "-").split())
    match = _AMOUNT.fullmatch(words)
    if not match:
        raise NotMoney(str(text))
    digits, _dash, scale = match.groups()
    factor = _THOUSAND.get(scale or "", 1)
    return _whole(_number(digits.replace("- ", "-"), factor, str(text)) * factor, str(text))


def _number(digits: str, factor: int, text: str) -> Decimal:
    """A number with Norwegian or English signs. Spaces stand between thousands, or the digits are torn: "50 00"."""
    whole, *_fraction = re.split(r"[.,]", digits, maxsplit=1)
    if " " in digits and not re.fullmatch(r"-?\d{1,3}( \d{3})+", whole):
        raise NotMoney(text)
    digits = digits.replace(" ", "")
    thousands = re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", digits) or re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", digits)
    if thousands and not (factor == 1_000_000 and len(re.findall(r"[.,]", digits)) == 1):
        digits = digits.replace(".", "").replace(",", "")  # 500.000 and 500,000; but 1,500 mill is one and a half
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d{1,2}", digits):  # 1,500,000.00
        digits = digits.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})*,\d{1,2}|-?\d+,\d+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}\.\d{1,2}", digits):  # 1.500.000.00, which nobody should write
        raise NotMoney(text)
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise NotMoney(text) from error


def _whole(value: Decimal, text: str) -> int:
    if not value.is_finite() or abs(value) >= 10**12:
        raise NotMoney(text)
    if value != value.to_integral_value():
        value = value.quantize(Decimal(1), rounding="ROUND_HALF_UP")
    return int(value)


def grouped(amount: int) -> str:
    """500000 as "500 000" with no-break spaces."""
    return f"{amount:,}".replace(",", NBSP).replace("-", "\u2212")


def kroner(amount: int | None) -> str:
    """500000 as "500 000 kr", never torn over two lines; "" when not known."""
    return "" if amount is None else f"{grouped(amount)}{NBSP}kr"

"""Dates and clock times as people read them in bokmål, nynorsk and English, never torn over two lines.

The words are tables of our own: the same on every machine, and right in nynorsk.
"""

import datetime as dt

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .clock import OSLO, now, today

NBSP = "\u00a0"
DASH = "–"
Day = dt.date | dt.datetime

WEEKDAYS = {
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag".split(),
    "nn": "måndag tysdag onsdag torsdag fredag laurdag søndag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
SHORT_WEEKDAYS = {
    "nb": "man. tir. ons. tor. fre. lør. søn.".split(),
    "nn": "mån. tys. ons. tor. fre. laur. søn.".split(),
    "en": "Mon Tue Wed Thu Fri Sat Sun".split(),
}
_NORWEGIAN = "januar februar mars april mai juni juli august september oktober november desember".split()
_SHORT_NORWEGIAN = "jan. feb. mars april mai juni juli aug. sep. okt. nov. des.".split()
MONTHS = {
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "en": "January February March April May June July August September October November December".split(),
}
SHORT_MONTHS = {
    "nb": _SHORT_NORWEGIAN,
    "nn": _SHORT_NORWEGIAN,
    "en": "Jan Feb March April May June July Aug Sep Oct Nov Dec".split(),
}


def language() -> str:
    """nb, nn or en: the language of the page."""
    code = (get_language() or "nb").split("-")[0]
    return code if code in MONTHS else "nb"


def date_of(value: Day) -> dt.date:
    """The date in Norway."""
    if isinstance(value, dt.datetime):
        return local_time(value).date()
    return value


def local_time(value: dt.datetime) -> dt.datetime:
    return value.astimezone(OSLO) if value.tzinfo else value


def _number(value: dt.date) -> str:
    return f"{value.day}" if language() == "en" else f"{value.day}."


def _with_year(value: dt.date, year: bool | None) -> str:
    shown = value.year != today().year if year is None else year
    return f"{NBSP}{value.year}" if shown else ""


def long_date(value: Day, year: bool | None = None) -> str:
    """13. februar; with the year when it is another one."""
    date = date_of(value)
    return f"{_number(date)}{NBSP}{MONTHS[language()][date.month - 1]}{_with_year(date, year)}"


def day(value: Day | None, year: bool | None = None) -> str:
    """fredag 13. februar"""
    if value is None:
        return ""
    return f"{WEEKDAYS[language()][date_of(value).weekday()]} {long_date(value, year)}"


def short_day(value: Day | None, year: bool | None = None) -> str:
    """13. feb."""
    if value is None:
        return ""
    date = date_of(value)
    return f"{_number(date)}{NBSP}{SHORT_MONTHS[language()][date.month - 1]}{_with_year(date, year)}"


def month(value: Day | None, short_year: bool = False) -> str:
    """okt. 2024; with a short year okt. 24"""
    if value is None:
        return ""
    date = date_of(value)
    year = f"{date.year % 100:02}" if short_year else f"{date.year}"
    return f"{SHORT_MONTHS[language()][date.month - 1]}{NBSP}{year}"


def short_weekday(value: Day | None) -> str:
    """man. 16. mars"""
    if value is None:
        return ""
    return f"{SHORT_WEEKDAYS[language()][date_of(value).weekday()]}{NBSP}{short_day(value)}"


def clock_time(value: dt.datetime | dt.time | None) -> str:
    """kl. 12.00; at 12:00"""
    if value is None:
        return ""
    time = local_time(value) if isinstance(value, dt.datetime) else value
    return f"at{NBSP}{time:%H:%M}" if language() == "en" else f"kl.{NBSP}{time:%H.%M}"


def moment(value: dt.datetime | None, year: bool | None = None) -> str:
    """fredag 13. februar kl. 12.00"""
    return "" if value is None else f"{day(value, year)} {clock_time(value)}"


def short_moment(value: dt.datetime | None) -> str:
    """13. feb. kl. 12.00; only the time when it is today"""
    if value is None:
        return ""
    if date_of(value) == today():
        return clock_time(value)
    return f"{short_day(value)} {clock_time(value)}"


def hours(start: dt.datetime, end: dt.datetime) -> str:
    """kl. 9.00–11.30"""
    start, end = local_time(start), local_time(end)
    if language() == "en":
        return f"{start:%H:%M}{DASH}{end:%H:%M}"
    return f"kl.{NBSP}{start:%H.%M}{DASH}{end:%H.%M}"


def span(start: Day | None, end: Day | None) -> str:
    """26. aug.–25. nov.; 3.–10. april; one day when both are the same"""
    if start is None or end is None or date_of(start) == date_of(end):
        return short_day(start or end)
    first, last = date_of(start), date_of(end)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_number(first)}{DASH}{short_day(last)}"
    if first.year == last.year:
        return f"{short_day(first, year=False)}{DASH}{short_day(last)}"
    return f"{short_day(first, year=True)}{DASH}{short_day(last, year=True)}"


def days_to(value: Day) -> int:
    """Whole dates from today: negative when it has been."""
    return (date_of(value) - today()).days


def distance(value: Day | None) -> str:
    """om 16 dager, i morgen, i dag, i går, for 3 dager siden"""
    if value is None:
        return ""
    days = days_to(value)
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return (ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}).replace(f" {days} ", f" {days}{NBSP}")
    days = -days
    return (ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}).replace(f"{days} ", f"{days}{NBSP}")


def overdue(value: Day | None) -> str:
    """3 dager over; "" while there is time"""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value < now() and days_to(value) == 0:
        return _("Past the deadline since today")
    days = -days_to(value)
    if days <= 0:
        return ""
    return (ngettext("%(n)d day over", "%(n)d days over", days) % {"n": days}).replace(f"{days} ", f"{days}{NBSP}")


def dates_in_a_row(values: list[Day]) -> str:
    """11. nov., 13. jan."""
    return ", ".join(short_day(value) for value in values)

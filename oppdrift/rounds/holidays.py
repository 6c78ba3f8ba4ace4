"""Norwegian public holidays, and dates moved from one year to another as a planner would move them."""

import datetime as dt

from oppdrift.toolbox.clock import OSLO

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)


def easter_sunday(year: int) -> dt.date:
    """Gregorian Easter, by the anonymous computus (Meeus, Jones and Butcher)."""
    golden, (century, year_of_century) = year % 19, divmod(year, 100)
    skipped, leap = divmod(century, 4)
    moon = (19 * golden + century - skipped - (8 * century + 13) // 25 + 15) % 30
    leaps, rest = divmod(year_of_century, 4)
    to_sunday = (32 + 2 * leap + 2 * leaps - moon - rest) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def is_holiday(day: dt.date) -> bool:
    """A public holiday, or a day of Easter week or between Christmas and New Year, when nobody calls a meeting."""
    if (day.month, day.day) in {(1, 1), (5, 1), (5, 17)} or (day.month == 12 and day.day >= 23):
        return True
    after_easter = (day - easter_sunday(day.year)).days
    return -8 <= after_easter <= 1 or after_easter in {39, 49, 50}


def same_weekday(day: dt.date, years: int) -> dt.date:
    """The day of the same weekday that lies nearest the same date `years` later."""
    try:
        date = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        date = day.replace(year=day.year + years, day=28)
    off = (day.weekday() - date.weekday()) % 7
    return date + dt.timedelta(days=off if off <= 3 else off - 7)


def from_easter(day: dt.date, years: int) -> dt.date:
    """The day as many days from Easter `years` later; the weekday follows."""
    return easter_sunday(day.year + years) + (day - easter_sunday(day.year))


def off_holidays(day: dt.date) -> dt.date:
    """The day itself, or the first of the same weekday after it that is not a holiday."""
    while is_holiday(day):
        day += WEEK
    return day


def moved(moment: dt.datetime, day: dt.date) -> dt.datetime:
    """The same clock time in Norway on another day, whatever summer time says."""
    return dt.datetime.combine(day, moment.astimezone(OSLO).time(), tzinfo=OSLO)

"""The choices that describe a benefit: what kind it is, how it is measured, what becomes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    SAVED_TIME = "saved_time", _("Time saved")
    AVOIDED_COST = "avoided_cost", _("Avoided cost")
    QUALITY_USERS = "quality_users", _("Better quality for users")
    QUALITY_STAFF = "quality_staff", _("Better quality for staff")
    ENVIRONMENT = "environment", _("Environment")
    OTHER = "other", pgettext_lazy("kind of benefit", "Something else")


class Realised(models.TextChoices):
    """What becomes of it. Time saved is not money saved: only a smaller budget is."""

    BUDGET = "budget", _("A budget becomes smaller")
    ALTERNATIVE = "alternative", _("What is freed is used for something else")
    NEITHER = "neither", _("Neither a smaller budget nor something freed")


class MeasuredIn(models.TextChoices):
    PERCENT = "percent", _("per cent")
    KRONER = "kroner", _("kroner")
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    COUNT = "count", _("a number of something")


class Per(models.TextChoices):
    """What time a number is for. A level, such as a share or a waiting time, is for none."""

    WEEK = "week", pgettext_lazy("a number is for", "a week")
    MONTH = "month", pgettext_lazy("a number is for", "a month")
    YEAR = "year", pgettext_lazy("a number is for", "a year")


class Better(models.TextChoices):
    UP = "up", _("A higher number is better")
    DOWN = "down", _("A lower number is better")


A_YEAR = {Per.WEEK: 52, Per.MONTH: 12, Per.YEAR: 1}  # so many of them

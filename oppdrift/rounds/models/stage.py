"""The stages of the programme."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """What a round may use, in the order of the programme."""

    IDEAS = "ideas", pgettext_lazy("stage", "Ideas")
    CALL = "call", pgettext_lazy("stage", "Application")
    ASSESSING = "assessing", pgettext_lazy("stage", "Assessment")
    IMPROVING = "improving", pgettext_lazy("stage", "Improvement")
    SHORTLIST = "shortlist", pgettext_lazy("stage", "Shortlist")
    PITCHING = "pitching", pgettext_lazy("stage", "Pitch")
    DECIDING = "deciding", pgettext_lazy("stage", "Decision")
    PROJECTS = "projects", pgettext_lazy("stage", "Autumn programme")
    LEADERSHIP = "leadership", pgettext_lazy("stage", "Leadership development")
    CONFERENCE = "conference", pgettext_lazy("stage", "Conference")

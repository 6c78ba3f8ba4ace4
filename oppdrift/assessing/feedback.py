"""What assessors say to the team, once the outcome is told: words without names, scores and order."""

from oppdrift.applications.models import Application

from .models import Assessment


def words_to_team(application: Application) -> list[str]:
    """Of the newest assessed version, ordered by the words themselves: whose they are, is not to be guessed."""
    rows = Assessment.objects.handed_in().filter(application=application, discounted_at=None)
    newest = rows.order_by("-version__number").values("version")[:1]
    return list(rows.filter(version=newest).exclude(to_team="").order_by("to_team").values_list("to_team", flat=True))

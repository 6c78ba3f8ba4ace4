"""First words of the agreement and the reports: what the team, its leader and the round have said already."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oppdrift.applications.models import Application, Endorsement
from oppdrift.gatherings.models import Gathering
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now

from .beginning import startable

if TYPE_CHECKING:
    from .models import Agreement, Project

# Which answers of the application each part of the agreement grows out of, by the keys of the usual questions.
ANSWERS = {"team_does": ["solution", "time"], "benefits": ["benefits", "benefit_owner"], "spread": ["spread"]}
IN_REPORTS = {
    "description": {"problem": "challenge", "doing": "team_does", "benefits": "benefits", "spread": "spread"},
    "final": {"done": "team_does", "effects": "benefits", "spread": "spread"},
}


class Source(NamedTuple):
    """Words from elsewhere, and whose they are."""

    name: str
    text: str


def answers_of(project: "Project") -> dict[str, Source]:
    """What the application said, by the key of its question: the version handed in last."""
    application = Application.objects.filter(idea=project.idea).first()
    version = application.versions.select_related("edition").last() if application else None
    if version is None:
        return {}
    labels = dict(version.edition.questions.values_list("key", "label"))
    return {key: Source(labels.get(key, key), text) for key, text in version.answers.items() if text.strip()}


def support_of(project: "Project") -> Endorsement | None:
    """The leader's word for the application."""
    stands_behind = [Endorsement.Answer.SUPPORTS, Endorsement.Answer.IF]
    said = Endorsement.objects.in_force().filter(application__idea=project.idea, answer__in=stands_behind)
    return said.select_related("person").first()


def sources(project: "Project") -> dict[str, list[Source]]:
    """What stands beside each part of the agreement."""
    answers, support = answers_of(project), support_of(project)
    found = {part: [answers[key] for key in keys if key in answers] for part, keys in ANSWERS.items()}
    if support:
        said = [_("%(n)s hours in the year") % {"n": support.hours}] if support.hours is not None else []
        said += [support.words] if support.words else []
        found["leader_gives"] = [Source(_("%(name)s, in support") % {"name": support.name}, "\n\n".join(said))]
    found["programme_gives"] = [Source(_("Planned for the round"), what_the_programme_gives(project))]
    return {part: [each for each in listed if each.text] for part, listed in found.items()}


def from_application(project: "Project") -> dict[str, Any]:
    """The words of a first agreement. In the municipality's language, like the application."""
    with translation.override(settings.LANGUAGE_CODE):
        answers, support = answers_of(project), support_of(project)
        words: dict[str, Any] = {
            part: "\n\n".join(answers[key].text for key in keys if key in answers) for part, keys in ANSWERS.items()
        }
        words["leader_gives"] = support.words if support else ""
        words["leader_hours"] = support.hours if support else None
        words["programme_gives"] = what_the_programme_gives(project)
        words["guidance_hours"] = hours_of_guidance(project.round)
    return words


def what_the_programme_gives(project: "Project") -> str:
    """A coach, and the joint gatherings with their days."""
    lines = [_("A coach who follows the project, and an answer to questions in between.")]
    if days := joint_days(project.round):
        lines.append(_("Joint gatherings: %(days)s.") % {"days": ", ".join(days)})
    return "\n".join(lines)


def joint_days(round: Round) -> list[str]:
    """Of the joint gatherings that are called and ahead; else of the dates that the round has named for them."""
    called = Gathering.objects.on().filter(round=round, kind=Gathering.Kind.JOINT)
    moments = list(called.order_by("appointment__starts_at").values_list("appointment__starts_at", flat=True))
    if not moments:
        named = round.milestones.filter(kind=Milestone.Kind.GATHERING).order_by("at")
        moments = list(named.values_list("at", flat=True))
    return [dates.long_date(moment, year=True) for moment in moments if moment > now()]


def hours_of_guidance(round: Round) -> int | None:
    """An equal share of the coaches' hours. None while nobody has said how many they are."""
    if not round.guidance_hours:
        return None
    decided = startable().filter(idea__round=round).count()
    return round.guidance_hours // max(1, decided)


def for_report(project: "Project", kind: str, agreement: "Agreement | None") -> dict[str, Source]:
    """What a report may begin with, by the key of its part."""
    answers = answers_of(project)
    found: dict[str, Source] = {}
    for part, key in IN_REPORTS[kind].items():
        if key in answers and key not in ANSWERS:
            found[part] = Source(_("The application"), answers[key].text)
        elif agreement and (text := getattr(agreement, key, "")):
            found[part] = Source(_("The agreement"), text)
    if kind == "final" and (decided := steps_decided(project)):
        found["learned"] = Source(_("The guidance sessions"), decided)
    return found


def steps_decided(project: "Project") -> str:
    """Next steps of the sessions held, in their order."""
    rows = project.sessions.held().exclude(next_step="").values_list("appointment__starts_at", "next_step")
    return "\n".join(
        f"– {dates.long_date(at, year=True)}: {step}" for at, step in rows.order_by("appointment__starts_at")
    )

"""Friday after the pitch: four or five were planned, nobody could choose, all eight go on."""

from typing import Any

from oppdrift.applications.models import Application
from oppdrift.assessing.models import OfferAnswer
from oppdrift.deciding import final, protocol
from oppdrift.deciding.models import Sitting
from oppdrift.rounds.models import Round

from . import world
from .judging import whose_case
from .story import Story, later

DECIDED, CONFIRMED, RELEASED = "2019-04-26T11:00", "2019-04-26T13:40", "2019-04-26T14:00"
REASON = """Planen var fire til fem. Poengene skiller ikke de åtte prosjektene fra hverandre, og ingen i ledergruppen ville peke ut hvem som skulle stå over. Pengene rekker til alle. Veiledningstimene rekker akkurat, med 30 timer til hvert prosjekt."""  # noqa: E501


def decide(story: Story, round: Round, applications: dict[int, Application]) -> None:
    """The lead writes down what was decided, the substitute the case that is his; the director confirms."""

    def save() -> None:
        Sitting.plan(round, by=story.person("ingrid"), hours_each=world.read("round")["hours_per_project"])
        own = [project for project in world.funded() if whose_case(story, project["number"]).pk == lead.pk]
        final.save(round, REASON, {applications[each["number"]].idea: choice(each) for each in own}, by=lead)
        for each in world.funded():
            if each not in own:
                by = whose_case(story, each["number"])
                final.decide(applications[each["number"]].idea, **choice(each), by=by)

    def answer(number: int) -> None:
        offer = OfferAnswer.objects.told().get(decision__idea=applications[number].idea, decision__stage="final")
        offer.give(OfferAnswer.Choice.YES, by=story.person(world.team_of(number)[0]))

    lead = story.person("ingrid")
    story.at(DECIDED, save)
    story.at(CONFIRMED, lambda: final.confirm(round, by=story.person("anne-grete")))
    story.at(RELEASED, lambda: final.release(round, by=lead))
    story.at(later(RELEASED, hours=1), lambda: protocol.make(round, by=story.person("anne-grete")))
    for place, project in enumerate(world.funded()):
        story.at(later(RELEASED, days=place % 3, hours=2, minutes=9 * place), answer, project["number"])


def choice(project: dict[str, Any]) -> dict[str, Any]:
    return {"outcome": "admitted", "amount": project["final"]["amount"], "reason": project["final"]["reason"]}

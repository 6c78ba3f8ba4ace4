"""What the projects of the house share with each other and with the town: of each case the same things, with marks."""

from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, Award, ConceptList, Consent, Lesson, Link, Prize, Story
from oppdrift.toolbox.clock import today
from tests.factories import make_idea
from tests.sharing.making import picture

TEXT = "sommerfugl"


def share(case, judged: Round, people: dict[str, Person], leads: Person, prize: Prize) -> None:
    """A link that is suggested and one that is confirmed, an ask with an answer, a lesson, a draft with its picture,
    and a prize that is not announced."""
    first, idea = case.team[0], case.project.idea
    case.link = Link.objects.create(
        **Link.pair(idea, case.handed_in.idea), likeness=0.5, rests_on_open=False,
        reasons={"words": [case.mark("suggested")]},
    )  # fmt: skip
    case.linked = Link.join(idea, case.free, "reuse", words=case.text("linked"), by=first)
    case.ask = Ask.put("ask", judged, title="Noen som kan sensorer", text="Sommer", by=first, idea=idea)
    case.ask.reply(case.text("reply"), by=people["colleague"])
    lesson = {
        "title": "Spør først",
        "went": "failed",
        "believed": "Sommer",
        "saw": case.text("lesson"),
        "would_do": "Sol",
    }
    case.lesson = Lesson.write(idea, by=first, **lesson)
    case.story = Story.begin(
        by=first, round=judged, ideas=[idea], title=f"Tittel historie {case.name}", intro=case.text("story"), text="Sol"
    )
    case.story.put_picture(picture(), alt="En benk", people="some", by=first)
    case.consent = Consent.record_yes(case.story.picture, name="Ola Sol", how="spoken", given_on=today(), by=first)
    case.award = Award.give(prize, idea, reason=case.text("award"), by=leads)


def tell_the_town(judged: Round, lead: Person) -> Story:
    """A story that everybody reads."""
    story = Story.begin(
        by=lead, round=judged, title="Sommer på benken", intro="Sol", text="Sol og sommer", drawing="bench"
    )
    story.publish(by=lead)
    ConceptList.write("[users]\nsommer: sol\n", by=lead)
    return story


def share_more(house, idea: Idea, newcomer: Person) -> None:
    """Another project of the judged round shares what the first ones do."""
    lead, team, first = house.people["lead"], house.people["team"], house.main.project.idea
    other = make_idea(title=f"Prosjekt {newcomer}", round=house.judged, team=[team, newcomer], problem=TEXT)
    Decision.release([Decision.make(other, "final", "admitted", reason=TEXT, by=lead)], by=lead)
    Link.join(other, first, "meet", by=team)
    Link.objects.create(**Link.pair(other, house.main.free), reasons={"words": [TEXT]})
    Link.objects.create(**Link.pair(idea, first), rests_on_open=False)
    Link.join(idea, other, "reuse", by=team)
    Link.objects.get(**Link.pair(idea, other)).dismiss(by=team)
    for kind in ("ask", "offer"):
        Ask.put(kind, house.judged, title=f"Noe fra {newcomer}", by=team, idea=first).reply(TEXT, by=newcomer)
        Ask.put(kind, house.judged, title=f"Ferdig {newcomer}", by=team, idea=other).close(TEXT, by=team)
    house.main.ask.reply(TEXT, by=newcomer)
    words = {"title": "Spør", "went": "failed", "believed": TEXT, "saw": TEXT, "would_do": TEXT}
    for where in (first, other):
        Lesson.write(where, by=team, **words).show(by=team)
    for is_published in (True, False):
        story = Story.begin(by=team, round=house.judged, ideas=[first, other], title="Sol", intro="Sol", text="Sol")
        if is_published:
            story.publish(by=lead)
    Consent.record_yes(house.main.story.picture, name="Sol", how="mail", given_on=today(), by=team)
    Award.give(Prize.put(house.judged, name=f"Pris {newcomer.pk}", by=lead), other, reason="Sol", by=lead)
    Award.give(house.prize, other, reason="Sol", by=lead).announce(by=lead)

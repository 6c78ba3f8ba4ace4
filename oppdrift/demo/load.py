"""`--size N`: invented applications by the thousand, so that lists, searches and exports can be tried on many.

They are rows as the verbs would have left them, written in bulk: thousands of verbs would take minutes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from oppdrift.applications.models import Answer, Application, Endorsement, Version
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Score, Standing
from oppdrift.assessing.models.judgement import Judgement, total_of
from oppdrift.assessing.models.standing import Figures
from oppdrift.history.models import Event
from oppdrift.ideas.models import Clearance, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.text import fold, sort_key

from .inventing import Paper, invented

AT_ONCE = 500  # applications in memory


def load(round: Round, size: int) -> None:
    """`size` more applications in the round: in the call handed in so far, later assigned and assessed too."""
    bring_in(round, invented(round, size))


def bring_in(round: Round, papers: Iterable[Paper]) -> None:
    """Rows of every room for these papers, some hundred applications at a time."""
    number = round.applications.aggregate(n=Max("number"))["n"] or 0
    papers = iter(papers)
    while some := list(islice(papers, AT_ONCE)):
        Batch(round, some, number).write()
        number += len(some)


class Batch:
    """Some papers of one round and the rows made of them."""

    def __init__(self, round: Round, papers: list[Paper], before: int) -> None:
        self.round, self.papers, self.before = round, papers, before
        self.edition = round.edition
        self.criteria = list(self.edition.criteria.all())
        self.lead = round.lead_in_charge()

    def write(self) -> None:
        self._apply()
        self._hand_in()
        self._assign()
        self._assess()
        self._remember()

    def _apply(self) -> None:
        people = Person.objects.bulk_create(
            Person(
                name=paper.writer, name_key=sort_key(paper.writer), name_fold=fold(paper.writer), email=paper.address,
                unit=paper.unit, joined_at=paper.handed_in,
            )
            for paper in self.papers
        )  # fmt: skip
        EmailAddress.objects.bulk_create(
            EmailAddress(user=person, email=person.email, primary=True, verified=True) for person in people
        )
        ideas = Idea.objects.bulk_create(
            _idea(self.round, paper, person) for paper, person in zip(self.papers, people, strict=True)
        )
        Part.objects.bulk_create(
            Part(idea=idea, person=idea.created_by, kind=Part.Kind.TEAM, leads=True, since=idea.created_at)
            for idea in ideas
        )
        order = sorted(self.papers, key=lambda paper: paper.handed_in)
        numbers = {id(paper): place for place, paper in enumerate(order, self.before + 1)}
        self.applications = Application.objects.bulk_create(
            Application(
                idea=idea, round=self.round, edition=self.edition, state=Application.State.SUBMITTED,
                number=numbers[id(paper)], amount=paper.amount, begun_by=idea.created_by, begun_at=idea.created_at,
                submitted_at=paper.handed_in, newest=1,
            )
            for paper, idea in zip(self.papers, ideas, strict=True)
        )  # fmt: skip

    def _hand_in(self) -> None:
        rows = list(zip(self.papers, self.applications, strict=True))
        self.versions = Version.objects.bulk_create(
            Version(
                application=application, number=1, edition=self.edition, title=paper.title, unit=paper.unit,
                unit_name=paper.unit.name, answers=paper.answers, amount=paper.amount,
                handed_in_by=application.begun_by, handed_in_at=paper.handed_in,
            )
            for paper, application in rows
        )  # fmt: skip
        Answer.objects.bulk_create(
            Answer(
                application=application, question=key, text=text, saved_by=application.begun_by,
                saved_at=paper.handed_in,
            )
            for paper, application in rows
            for key, text in paper.answers.items()
        )  # fmt: skip
        Endorsement.objects.bulk_create(
            Endorsement(
                application=application, name=paper.unit.name, address=paper.address, asked_by=application.begun_by,
                asked_at=application.begun_at, answer=Endorsement.Answer.SUPPORTS, hours=100,
                answered_at=paper.handed_in,
            )
            for paper, application in rows
        )  # fmt: skip

    def _assign(self) -> None:
        given = [
            (application, reader)
            for paper, application in zip(self.papers, self.applications, strict=True)
            for reader in [*(reader for reader, _said, _at in paper.read), *paper.unread]
        ]
        after = self.round.deadline if self.round.deadline and self.round.deadline < now() else now()
        Declaration.objects.bulk_create(
            Declaration(idea=application.idea, person=person, answer=Declaration.Answer.NONE, declared_at=after)
            for paper, application in zip(self.papers, self.applications, strict=True)
            for person in paper.declared
        )
        Declaration.objects.bulk_create(
            Declaration(idea=application.idea, person=self.lead, answer=Declaration.Answer.NONE, declared_at=after)
            for application in self.applications
            if self.lead
        )
        Clearance.objects.bulk_create(
            Clearance(idea=application.idea, person=person, since=after)
            for paper, application in zip(self.papers, self.applications, strict=True)
            for person in {*paper.declared, *([self.lead] if self.lead else [])}
        )
        self.assignments = Assignment.objects.bulk_create(
            Assignment(application=application, assessor=reader, given_by=self.lead, given_at=after)
            for application, reader in given
        )
        Part.objects.bulk_create(
            Part(
                idea=application.idea, person=reader, kind=Part.Kind.ASSESSOR, given_by=self.lead, since=after
            )
            for application, reader in given
        )  # fmt: skip

    def _assess(self) -> None:
        read = [
            (version, *said)
            for paper, version in zip(self.papers, self.versions, strict=True)
            for said in paper.read
        ]  # fmt: skip
        self.assessments = Assessment.objects.bulk_create(
            Assessment(
                application=version.application, version=version, assessor=reader, state=Assessment.State.HANDED_IN,
                fit=judgement.fit, to_team=judgement.to_team, total=total_of(judgement, self.criteria),
                begun_at=at, saved_at=at, handed_in_at=at,
            )
            for version, reader, judgement, at in read
        )  # fmt: skip
        Score.objects.bulk_create(
            Score(assessment=assessment, criterion=criterion, **vars(judgement.about(criterion)))
            for assessment, (_version, _reader, judgement, _at) in zip(self.assessments, read, strict=True)
            for criterion in self.criteria
        )
        of_application: dict[int, list[dict]] = {}
        for assessment, (_version, _reader, judgement, _at) in zip(self.assessments, read, strict=True):
            of_application.setdefault(assessment.application_id, []).extend(
                _counted(assessment, judgement, self.criteria)
            )
        Standing.objects.bulk_create(
            Standing(
                application=version.application, version=version, number=version.number,
                **asdict(
                    Figures.from_rows(
                        of_application.get(version.application_id, []), assigned=len(paper.read) + len(paper.unread)
                    )
                ),
            )
            for paper, version in zip(self.papers, self.versions, strict=True)
            if paper.read or paper.unread
        )  # fmt: skip

    def _remember(self) -> None:
        """What the history of each says, as the verbs would have told it."""
        kinds = ContentType.objects.get_for_models(Application, Assignment, Assessment, Idea)

        def event(verb, thing, idea, by, at, **data):
            return Event(
                verb=verb, by=by, at=at, thing_type=kinds[type(thing)], thing_id=thing.pk, root_type=kinds[Idea],
                root_id=idea, data=data,
            )  # fmt: skip

        events = []
        for each in self.applications:
            events.append(event("application.begun", each, each.idea_id, each.begun_by, each.begun_at))
            events.append(
                event("application.submitted", each, each.idea_id, each.begun_by, each.submitted_at, number=1)
            )
        for assignment in self.assignments:
            idea = assignment.application.idea_id
            events.append(event("assignment.given", assignment, idea, self.lead, assignment.given_at))
        for given in self.assessments:
            said = {"number": 1, "total": float(given.total) if given.total else None}
            idea = given.application.idea_id
            events.append(event("assessment.handed_in", given, idea, given.assessor, given.handed_in_at, **said))
        Event.objects.bulk_create(events)


def _idea(round: Round, paper: Paper, person: Person) -> Idea:
    problem = paper.answers.get("challenge", "")
    return Idea(
        round=round, title=paper.title, title_key=sort_key(paper.title), problem=problem, unit=paper.unit,
        unit_name=paper.unit.name, search_key=fold(" ".join([paper.title, problem, "", paper.unit.name])),
        shared=True, is_applying=True, source=Idea.Source.APPLICATION, created_by=person,
        created_at=paper.handed_in - dt.timedelta(days=9),
    )  # fmt: skip


def _counted(assessment: Assessment, judgement: Judgement, criteria: list[Criterion]) -> Iterator[dict]:
    """The rows that `Figures` counts by, without asking the database for them."""
    for criterion in criteria:
        given = judgement.about(criterion)
        yield {
            "pk": assessment.pk, "assessor": assessment.assessor_id, "state": assessment.state,
            "total": assessment.total, "fit": assessment.fit, "discounted_at": None, "key": criterion.key,
            "passed": given.passed, "is_unclear": given.is_unclear, "is_asked": True,
        }  # fmt: skip

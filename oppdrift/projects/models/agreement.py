"""The agreement of a project on one page: who does and gives what, what is expected of it, how it may spread."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Promise
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.projects import telling
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .passage import InParts
from .signature import Signature

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .project import Project

LABELS = {
    "team_does": _("What the team does"),
    "leader_gives": _("What the leader gives"),
    "programme_gives": _("What the programme gives"),
    "benefits": _("Which benefits we expect"),
    "spread": _("How it may spread"),
}
TEXTS = tuple(LABELS)
NUMBERS = ("leader_hours", "guidance_hours")
DATES = ("team_due", "leader_due", "programme_due")
WORDS = (*TEXTS, *NUMBERS, *DATES)


def as_text(value: Any) -> str:
    """A word, number or date as it is typed, which is how a browser sends it."""
    return "" if value is None else str(value)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def open(self) -> "AgreementQuerySet":
        """Being written, or waiting for somebody's yes: one a project."""
        return self.filter(state__in=[Agreement.State.DRAFT, Agreement.State.PROPOSED])

    def agreed(self) -> "AgreementQuerySet":
        """What holds: one a project."""
        return self.filter(state=Agreement.State.AGREED)


class Agreement(InParts):
    """A numbered version. It is written together while a draft, and stands still from when it is laid before those
    who agree to it; another wording is the next version, which needs everybody's yes anew."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an agreement", "Draft")
        PROPOSED = "proposed", pgettext_lazy("an agreement", "Waits for everybody’s yes")
        AGREED = "agreed", pgettext_lazy("an agreement", "Agreed")
        REPLACED = "replaced", pgettext_lazy("an agreement", "Replaced")

    WRITTEN = "agreement.changed"
    BEGINS = (State.DRAFT,)
    MOVES = {  # verb: states before, states after
        "propose": ((State.DRAFT,), (State.PROPOSED,)),
        "take_back": ((State.PROPOSED,), (State.DRAFT,)),
        "sign": ((State.PROPOSED,), (State.PROPOSED, State.AGREED)),
        "revise": ((State.PROPOSED, State.AGREED), (State.REPLACED, State.AGREED)),
    }

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    team_does = models.TextField(LABELS["team_does"], blank=True)
    team_due = models.DateField(_("The team does it by"), null=True, blank=True)  # none: as long as the project lasts
    leader_gives = models.TextField(LABELS["leader_gives"], blank=True)
    leader_hours = models.PositiveSmallIntegerField(_("Hours for the team in the year"), null=True, blank=True)
    leader_due = models.DateField(_("The leader gives it by"), null=True, blank=True)
    programme_gives = models.TextField(LABELS["programme_gives"], blank=True)
    guidance_hours = models.PositiveSmallIntegerField(_("Hours of guidance"), null=True, blank=True)
    programme_due = models.DateField(_("The programme gives it by"), null=True, blank=True)
    benefits = models.TextField(LABELS["benefits"], blank=True)
    spread = models.TextField(LABELS["spread"], blank=True)
    amount = models.PositiveIntegerField(null=True, editable=False)  # kroner, as granted when it was laid before them
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()
    proposed_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    if TYPE_CHECKING:
        signatures: RelatedManager[Signature]

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="agreements_are_numbered"),
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(state__in=["draft", "proposed"]),
                name="one_open_agreement_per_project",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(state="agreed"), name="one_agreement_holds_per_project"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.number}"

    @property
    def record(self) -> Idea:
        return self.project.idea

    def get_absolute_url(self) -> str:
        return reverse("projects:agreement", args=[self.project_id, self.number])

    @property
    def status_name(self) -> str:
        return {"draft": "draft", "proposed": "waiting", "agreed": "done", "replaced": "closed"}[self.state]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == self.State.PROPOSED

    @property
    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED

    @property
    def mark(self) -> str:
        """Which wording it is: whoever agrees says which one they have read."""
        return self.proposed_at.isoformat() if self.proposed_at else ""

    @property
    def kroner_given(self) -> int | None:
        """As granted when it was laid before those who agree; while a draft, as granted now."""
        grant = getattr(self.project, "grant", None)
        return grant.amount if self.is_draft and grant else self.amount

    # Writing

    @classmethod
    def begin(cls, project: "Project", words: dict[str, Any], *, by: Person) -> "Agreement":
        """The first draft, of these words. (Remembered with the start of the project.)"""
        return cls.objects.create(project=project, number=1, made_by=by, **words)

    def can_write(self) -> Answer:
        if not self.is_draft:
            return No(_("It stands still now. Another wording is the next version."))
        return self._is_needed()

    @transaction.atomic
    def change(self, *, by: Person, **words: Any) -> None:
        """Other words, by anybody close to the project, while it is a draft."""
        self.hold()
        ensure(self.can_write())
        kept = self.kept()
        different = {name: text for name, value in words.items() if (text := as_text(value)) != kept[name]}
        for name, text in different.items():
            self.put(name, text, by=by)
        if different:
            Event.record(self.WRITTEN, self, by=by, **self.about_it())

    def kept(self) -> dict[str, str]:
        return {name: as_text(getattr(self, name)) for name in WORDS}

    def take(self, part: str, text: str, by: Person) -> None:
        value: Any = text
        if part not in TEXTS:
            value = (int(text) if part in NUMBERS else dt.date.fromisoformat(text)) if text else None
        changed(self, **{part: value})

    def about_it(self) -> dict[str, int]:
        return {"number": self.number}

    # Agreeing

    def can_propose(self) -> Answer:
        if not self.is_draft:
            return No(_("It is laid before you already."))
        if not self.project.owner_id:
            return No(_("The project has no owner yet. The programme lead names one."))
        empty = [str(LABELS[name]) for name in TEXTS if not getattr(self, name).strip()]
        if empty:
            return No(_("Something is not written yet: %(names)s.") % {"names": ", ".join(empty)})
        if two := self.in_two_texts():
            names = ", ".join(str(self._meta.get_field(name).verbose_name) for name in WORDS if name in two)  # type: ignore[union-attr]
            return No(_("Two wrote at the same time. Choose the text first: %(names)s.") % {"names": names})
        return self._is_needed()

    @transaction.atomic
    def propose(self, *, by: Person) -> None:
        """Let it stand still, and ask project lead, owner and programme lead to agree, by a letter each."""
        self.hold()
        ensure(self.can_propose())
        grant = getattr(self.project, "grant", None)
        changed(self, state=self.State.PROPOSED.value, proposed_at=now(), amount=grant.amount if grant else None)
        Event.record("agreement.proposed", self, by=by, number=self.number)
        telling.of_agreement(self, by=by)

    def can_take_back(self) -> Answer:
        if not self.is_proposed:
            return No(_("It is not laid before anybody."))
        if self.signatures.exists():
            return No(_("Somebody has agreed to it. Another wording is the next version."))
        return True

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """To be written on, since nobody has agreed yet."""
        self.hold()
        ensure(self.can_take_back())
        changed(self, state=self.State.DRAFT.value, proposed_at=None)
        Event.record("agreement.taken_back", self, by=by, number=self.number)

    def can_sign(self, as_what: str, read: str | None = None) -> Answer:
        if not self.is_proposed:
            return No(_("There is nothing to agree to now."))
        if read is not None and read != self.mark:
            return No(_("The agreement has been changed since you read it. Read it again first."))
        if self.signatures.filter(as_what=as_what).exists():
            return No(_("This yes is given already."))
        return True

    @transaction.atomic
    def sign(self, as_what: str, *, by: Person, read: str | None = None) -> None:
        """Somebody's yes. With the last one it holds, and what it promises becomes promises."""
        self.hold()
        ensure(self.can_sign(as_what, read))
        Signature.objects.create(agreement=self, as_what=Signature.As(as_what).value, person=by)
        Event.record("agreement.signed", self, by=by, number=self.number, as_what=as_what)
        if self.signatures.count() == len(Signature.As):
            for earlier in type(self).objects.agreed().filter(project=self.project_id):
                changed(earlier, state=self.State.REPLACED.value)
            changed(self, state=self.State.AGREED.value, agreed_at=now())
            Event.record("agreement.agreed", self, by=by, number=self.number)
            self._promise(by)

    def _promise(self, by: Person) -> None:
        giver, people = Promise.Giver, {row.as_what: row.person for row in self.signatures.select_related("person")}
        lines = [
            (giver.TEAM, Signature.As.LEAD, self.team_does, None, self.team_due),
            (giver.LEADER, Signature.As.OWNER, self.leader_gives, self.leader_hours, self.leader_due),
            (giver.PROGRAMME, Signature.As.PROGRAMME, self.programme_gives, self.guidance_hours, self.programme_due),
        ]
        for who, as_what, text, hours, due in lines:
            person, source = people[as_what], Promise.Source.AGREEMENT
            Promise.give(self.record, who, source=source, by=by, person=person, text=text, hours=hours, due=due)

    def can_revise(self) -> Answer:
        if self.state not in self.MOVES["revise"][0]:
            return No(_("Only an agreement that stands still gets a next version."))
        if type(self).objects.open().filter(project=self.project_id).exclude(pk=self.pk).exists():
            return No(_("The next version is being written already."))
        return self._is_needed()

    @transaction.atomic
    def revise(self, *, by: Person) -> "Agreement":
        """The next version, with the same words to begin with. One that holds goes on holding until that is agreed."""
        self.hold()
        ensure(self.can_revise())
        if self.is_proposed:
            changed(self, state=self.State.REPLACED.value)
        last = type(self).objects.filter(project=self.project_id).latest("number")
        words = {name: getattr(self, name) for name in WORDS}
        made = type(self).objects.create(project=self.project, number=last.number + 1, made_by=by, **words)
        Event.record("agreement.revised", made, by=by, number=made.number)
        return made

    def _is_needed(self) -> Answer:
        return True if self.project.is_alive else No(_("The project has ended."))

    def hold(self) -> None:
        """One deed at a time about the agreements of a project."""
        self.project.lock()
        self.refresh_from_db(fields=["state", "proposed_at", *WORDS])

"""How it goes with a promise, said again and again until it is settled."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField


class FollowUp(models.Model):
    """One word about one promise, perhaps at a module. Kept or not kept settles the promise itself."""

    class State(models.TextChoices):
        KEPT = "kept", pgettext_lazy("a promise", "Kept")
        ON_THE_WAY = "on_the_way", pgettext_lazy("a promise", "On the way")
        NOT_KEPT = "not_kept", pgettext_lazy("a promise", "Not kept")

    promise = models.ForeignKey("applications.Promise", models.CASCADE, related_name="+")
    module = models.ForeignKey("gatherings.Gathering", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("how it goes"), max_length=10, choices=State)
    words = models.TextField(_("in your own words"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.promise}: {self.get_state_display()}"

    @property
    def record(self) -> Idea:
        return self.promise.idea

    @classmethod
    def can_say(cls, promise: Promise, state: str = "", words: str = "") -> Answer:
        if promise.outcome and state == cls.State.ON_THE_WAY:
            return No(_("It has been settled. Say kept or not kept."))
        return promise.can_settle(state, words)

    @classmethod
    @transaction.atomic
    def say(
        cls, promise: Promise, state: str, *, by: Person, words: str = "", module: Gathering | None = None
    ) -> "FollowUp":
        """How it goes now. Not kept needs words: they are what others learn from."""
        promise.idea.lock()
        promise.refresh_from_db(fields=["outcome", "replaced_at"])
        ensure(cls.can_say(promise, state, words))
        made = cls.objects.create(
            promise=promise, state=cls.State(state).value, words=words.strip(), by=by, module=module
        )
        Event.record("promise.followed_up", made, by=by, state=made.state)
        if state != cls.State.ON_THE_WAY:
            promise.settle(state, words=words, by=by)
        return made

"""Who speaks at a conference: shown by name from their yes until they take it back."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppdrift.history import letters
from oppdrift.history.models import Event, Message
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.text import fold

if TYPE_CHECKING:
    from .slot import Slot


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Speaker(models.Model):
    """Who speaks. The name is as the person wants it; `person` where they are known here.

    Somebody from outside has an address, and with it a link of their own: whoever holds it decides about the name.
    """

    slot = models.ForeignKey("sharing.Slot", models.CASCADE, related_name="speakers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(gettext_lazy("name"), max_length=200)
    address = models.EmailField(gettext_lazy("mail address"), blank=True)
    token = models.CharField(max_length=64, blank=True, editable=False)  # none: no address to send it to
    agreed_at = models.DateTimeField(null=True, editable=False)  # to being shown by name; none: not, or not any more
    agreed_noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=~models.Q(token=""), name="a_speakers_link_is_their_own"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> Any:
        return self.slot.record

    @property
    def key(self) -> Any:
        """Who it is, for finding the same person in two places at once."""
        return self.person_id or fold(self.name)

    def get_absolute_url(self) -> str:
        """The page of whoever speaks, open to who holds the link."""
        return reverse("sharing:own_name", args=[self.token])

    @classmethod
    @transaction.atomic
    def write_down(cls, slot: "Slot", *, person: Person | None, name: str, address: str, by: Person) -> "Speaker":
        token = new_token() if address else ""
        made = cls.objects.create(slot=slot, person=person, name=name, address=address, token=token)
        Event.record("slot.speaker_named", slot, by=by)
        if address:
            letters.write(
                "speaker_named", to=Person.objects.by_address(address) or (name, address),
                key=f"speaker_named:{made.pk}", root=slot.conference.round, thing=slot.idea, by=by, state="queued",
                title=slot.title, when=slot.conference.appointment.when, place=slot.conference.appointment.where,
                link=made.get_absolute_url(), lead=by,
            )  # fmt: skip
        return made

    def can_agree(self) -> Answer:
        return No(_("The name is shown already.")) if self.agreed_at else True

    @transaction.atomic
    def agree(self, *, by: Person | None) -> None:
        """They have said yes to being shown by name: to us, or by the link that is theirs (nobody signed in)."""
        self._lock()
        ensure(self.can_agree())
        changed(self, agreed_at=now(), agreed_noted_by=by)
        Event.record("slot.speaker_agreed", self.slot, by=by)

    def can_take_back(self) -> Answer:
        return True if self.agreed_at else No(_("The name is not shown."))

    @transaction.atomic
    def take_back(self, *, by: Person | None) -> None:
        """They want to be named no more: gone at once, from the page and the calendar."""
        self._lock()
        ensure(self.can_take_back())
        changed(self, agreed_at=None, agreed_noted_by=None)
        event = Event.record("slot.speaker_took_back", self.slot, by=by)
        self._tell_lead(
            event, lambda: _("They do not want to be named any more. The name is not shown any longer."), by
        )

    def can_correct(self, name: str) -> Answer:
        if not name:
            return No(_("Write your name."))
        if any(fold(each.name) == fold(name) for each in self.slot.speakers.exclude(pk=self.pk)):
            return No(_("%(name)s speaks already.") % {"name": name})
        return True

    @transaction.atomic
    def correct(self, name: str, *, by: Person | None) -> None:
        """The name as they want it themselves."""
        name, before = " ".join(name.split()), self.name
        ensure(self.can_correct(name))
        if name == before:
            return
        changed(self, name=name)
        event = Event.record("slot.speaker_corrected", self.slot, by=by)
        self._tell_lead(
            event, lambda: _("They have corrected the name. It was written %(name)s.") % {"name": before}, by
        )

    @transaction.atomic
    def erase(self, *, by: Person | None) -> None:
        """Name and address are gone at the wish of whoever they belong to, from the letters about them too; the lead
        hears of it."""
        letters_about = models.Q(key=f"speaker_named:{self.pk}") | models.Q(key__startswith=self._key_of_answers())
        Message.objects.filter(letters_about).forget()
        event = Event.record("slot.speaker_erased", self.slot, by=by)
        self.name = ""
        self._tell_lead(event, lambda: _("Their name and address are erased. Somebody must write down who speaks."), by)
        self.delete()

    @transaction.atomic
    def take_off(self, *, by: Person) -> None:
        """Somebody else will speak."""
        Event.record("slot.speaker_taken_off", self.slot, by=by)
        self.delete()

    def _lock(self) -> None:
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        self.refresh_from_db(fields=["agreed_at"])

    def _tell_lead(self, event: Event, say: Callable[[], str], by: Person | None) -> None:
        """What somebody from outside has done with their name. Those who sign in are seen doing it."""
        lead = self.record.lead_in_charge()
        if by or lead is None:
            return
        letters.write(
            "speaker_answered", to=lead, key=f"{self._key_of_answers()}{event.pk}", root=self.slot.conference.round,
            thing=self.slot.idea, state="queued", title=self.slot.title,
            who=self.name or gettext_lazy("A speaker from outside"), what=lazy(say, str)(),
            link=self.slot.get_absolute_url(),
        )  # fmt: skip

    def _key_of_answers(self) -> str:
        """How the keys of the letters begin that tell what they have done."""
        return f"speaker_answered:{self.pk}:"

"""What people type about gatherings and notes."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.history.forms import AccessForm
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

from .models import Gathering, SignUp

FRESH = dt.timedelta(days=60)  # so long after a gathering a note may still say that it was given there


class GatheringForm(Together, ModelForm):
    """A gathering with its time and place; `round` only when it is new, `reason` only when it is not."""

    starts_at = forms.DateTimeField(label=_("Starts"))
    ends_at = forms.DateTimeField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("If time or place is new: why?"),
        max_length=500,
        required=False,
        help_text=_("Those who have a place get a letter at once, with your reason and a new calendar entry."),
    )

    class Meta:
        model = Gathering
        fields = ["round", "kind", "title", "description", "capacity", "by_invitation"]
        widgets = {"description": LongText(rows=8)}
        labels = {
            "round": _("Round"),
            "kind": _("What kind is it?"),
            "title": _("Name"),
            "description": _("What happens there"),
            "capacity": _("Places"),
        }
        help_texts = {
            "description": _("Say what people will have done when they leave. Markdown makes headings and lists."),
            "capacity": _("When it is full, people join a waiting list. Leave it empty if there is room for all."),
        }

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        rounds = Round.objects.run_by(person).filter(closed_at=None) if person else [self.instance.round]
        used = {kind for round in rounds for kind in Gathering.kinds_in(round)} | {self.instance.kind}
        kind: Any = self.fields["kind"]
        kind.choices = [(value, label) for value, label in Gathering.Kind.choices if value in used]
        if self.instance.pk:
            del self.fields["round"]
            appointment = self.instance.appointment
            for name in ("starts_at", "ends_at", "place"):
                self.initial[name] = getattr(appointment, name)
        else:
            del self.fields["reason"]
            round: Any = self.fields["round"]
            round.queryset = rounds
            round.empty_label = None

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in ("starts_at", "ends_at"):
            # The browser's field has no seconds: the same minute is the same moment, not a move.
            kept = getattr(self.instance.appointment, name) if self.instance.pk else None
            if kept and cleaned.get(name) == kept.replace(second=0, microsecond=0):
                cleaned[name] = kept
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It must end after it starts."))
        round, kind = cleaned.get("round"), cleaned.get("kind")
        if round and kind and kind not in Gathering.kinds_in(round):
            self.add_error("kind", _("The round does not use the stage that this kind belongs to."))
        return cleaned


class CancelForm(Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=500,
        help_text=_("Those who have a place or wait for one get a letter at once, with your reason."),
    )


class PersonForm(Form):
    """Somebody to sign up or invite."""

    address = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Needed only for somebody who is new here.")
    )


class MaterialForm(AccessForm):
    field_order = ["upload", "access", "legal_basis"]

    upload = forms.FileField(
        label=_("Add a file"),
        help_text=_("PDF, picture, text or office file, at most 20 MB. Nothing about patients or pupils."),
    )


class NoteForm(Form):
    """Advice to a team; where it was given, when the writer has been somewhere lately."""

    text = forms.CharField(label=_("Your advice to the team"), widget=LongText(rows=4), max_length=5000)
    gathering = forms.ModelChoiceField(
        Gathering.objects.none(), label=_("Given at"), required=False, empty_label=_("No gathering")
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        been = SignUp.objects.coming().filter(person=person).values("gathering")
        lately = Gathering.objects.on().filter(
            pk__in=been, appointment__starts_at__lte=now(), appointment__starts_at__gte=now() - FRESH
        )
        gathering: Any = self.fields["gathering"]
        gathering.queryset = lately.order_by("-appointment__starts_at")
        self.has_gatherings = len(gathering.choices) > 1

"""What people type about stories, pictures, consents and prizes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Award, Consent, Prize, Story
from oppdrift.sharing.policies.stories import publishes
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together


class StoryForm(Together, ModelForm):
    """The words of a story, and the projects it tells of."""

    class Meta:
        model = Story
        fields = ["title", "intro", "text", "language", "ideas", "round", "drawing"]
        widgets = {
            "intro": LongText(rows=2), "text": LongText(rows=16), "language": forms.RadioSelect,
            "ideas": forms.CheckboxSelectMultiple, "drawing": forms.RadioSelect,
        }  # fmt: skip
        labels = {
            "title": _("Title"), "intro": _("In one or two sentences"), "text": _("The story"),
            "language": _("The text is written in"), "ideas": _("Projects it tells of"), "round": _("Round"),
            "drawing": _("The programme’s own drawing"),
        }  # fmt: skip
        help_texts = {
            "intro": _("It stands in large letters under the title, and in the list."),
            "text": _("Markdown makes headings and lists. Nothing about patients or pupils."),
            "drawing": _("Where there is no photo. A photo is added when the text is saved, and goes before it."),
        }

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model_field in (("language", Story.Language), ("drawing", Story.Drawing)):
            choice: Any = self.fields[name]
            choice.choices = model_field.choices
        close = projects().filter(pk__in=Idea.objects.close_to(person), round__in=Round.objects.alive())
        ideas: Any = self.fields["ideas"]
        chosen = self.instance.ideas.values("pk") if self.instance.pk else []
        ideas.queryset = (close | Idea.objects.filter(pk__in=chosen)).distinct().alphabetically()
        ideas.required = False
        round: Any = self.fields["round"]
        round.queryset = Round.objects.run_by(person)
        if not publishes(person):
            del self.fields["round"]
            ideas.required = not self.instance.pk
            ideas.error_messages["required"] = _("Choose the project it tells of.")
        elif person.runs_programme:
            round.empty_label = _("The programme as a whole")
        else:
            round.required, round.empty_label = True, None


class StoryPictureForm(Form):
    """A photo, what it shows in words, and whether people in it can be recognised."""

    upload = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, at most 1 MB. Where and when it was taken is removed from the file."),
    )
    alt = forms.CharField(
        label=_("What does it show?"), max_length=300, widget=LongText(rows=2),
        help_text=_("For those who do not see it. One sentence, without «picture of»."),
    )  # fmt: skip
    credit = forms.CharField(label=_("Who took it?"), max_length=100, required=False)
    people = forms.ChoiceField(
        label=_("Are there people in it?"), choices=Story.InPicture.choices, widget=forms.RadioSelect,
        help_text=_("Each who can be recognised must have said yes. You write that down on the next page."),
    )  # fmt: skip


class ConsentForm(ModelForm):
    """Who has said yes, how and when."""

    class Meta:
        model = Consent
        fields = ["name", "address", "how", "given_on"]
        widgets = {"how": forms.RadioSelect}
        labels = {
            "name": _("Who is in the picture?"), "address": _("Their mail address"),
            "how": _("How did they say yes?"), "given_on": _("When did they say yes?"),
        }  # fmt: skip
        help_texts = {"address": _("Then they get a letter with a link by which they can take it back themselves.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        how: Any = self.fields["how"]
        how.choices = Consent.How.choices

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if not (answer := Consent.can_record(day)):
            raise forms.ValidationError(str(answer))
        return day


class PrizeForm(Together, ModelForm):
    class Meta:
        model = Prize
        fields = ["name", "name_nn", "what_for", "what_for_nn"]
        labels = {
            "name": _("Name"), "name_nn": _("Name in nynorsk"), "what_for": _("What is it given for?"),
            "what_for_nn": _("What is it given for, in nynorsk?"),
        }  # fmt: skip

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Prize.objects.filter(round=self.instance.round, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The round has a prize of this name already."))
        return name


class AwardForm(ModelForm):
    """Which project of the round, and why."""

    class Meta:
        model = Award
        fields = ["idea", "reason"]
        widgets = {"reason": LongText(rows=4)}
        labels = {"idea": _("Who gets it?"), "reason": _("Why?")}
        help_texts = {"reason": _("It is read aloud, and stands on the public pages.")}

    def __init__(self, *args, person: Person, round: Round, **kwargs):
        super().__init__(*args, **kwargs)
        idea: Any = self.fields["idea"]
        led = Idea.objects.led_by(person)
        idea.queryset = projects().filter(round=round, pk__in=led).alphabetically()
        idea.empty_label = _("Choose a project")

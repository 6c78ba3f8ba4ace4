"""What people type about links, asks, offers and lessons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas.models import Idea
from oppdrift.ideas.models.finding import IdeaQuerySet
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, ConceptList, Lesson, Link, Reply
from oppdrift.sharing.policies.mutual import own_projects, runs
from oppdrift.sharing.sight import open_to_colleagues, projects
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together


class ConfirmForm(Form):
    """What kind of link it is, in the eyes of whoever confirms it."""

    kind = forms.ChoiceField(label=_("What connects the two?"), choices=Link.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What can they do together?"), widget=LongText(rows=3), required=False, max_length=1000,
        help_text=_("One or two sentences. Both projects read them."),
    )  # fmt: skip


class JoinForm(ConfirmForm):
    """A link that somebody has seen without being told."""

    other = forms.ModelChoiceField(Idea.objects.none(), label=_("Which project or idea?"), empty_label=_("Choose"))
    field_order = ("other", "kind", "words")

    def __init__(self, *args, idea: Idea, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        linked = Link.objects.about(idea).confirmed()
        taken = {link.other(idea).pk for link in linked.select_related("idea_a", "idea_b")} | {idea.pk}
        close = projects().filter(pk__in=Idea.objects.close_to(person))
        seen = (close | open_to_colleagues()).exclude(pk__in=taken).distinct()
        other: Any = self.fields["other"]
        other.queryset = seen.alphabetically()


class ConceptsForm(Form):
    text = forms.CharField(label=_("Concepts, one a line"), widget=LongText(rows=30), max_length=20_000)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not (answer := ConceptList.can_write(text)):
            raise forms.ValidationError(str(answer))
        return text


class AskForm(Together, ModelForm):
    """What is needed or can be had; for which project, when the writer has several or speaks for the round."""

    class Meta:
        model = Ask
        fields = ["kind", "title", "text", "idea"]
        widgets = {"kind": forms.RadioSelect, "text": LongText(rows=4)}
        labels = {"kind": _("What do you write?"), "title": _("In one line"), "text": _("More about it")}
        help_texts = {
            "title": _("For example: somebody who knows sensors, or a contract others can use."),
            "text": _("Say what for, how much and when. Everybody who is signed in can read it."),
        }

    def __init__(self, *args, person: Person, round: Round, **kwargs):
        super().__init__(*args, **kwargs)
        speaks_for_round = runs(person, round)
        ideas: IdeaQuerySet = own_projects(person, round)
        if speaks_for_round:
            ideas = ideas | projects().filter(round=round, pk__in=Idea.objects.led_by(person))
        kind: Any = self.fields["kind"]
        kind.choices = Ask.Kind.choices
        idea: Any = self.fields["idea"]
        idea.label, idea.queryset = _("For"), ideas.distinct().alphabetically()
        idea.required = not speaks_for_round
        idea.empty_label = _("The whole round") if speaks_for_round else None
        if self.instance.pk:
            del self.fields["kind"], self.fields["idea"]


class ReplyForm(ModelForm):
    class Meta:
        model = Reply
        fields = ["text"]
        widgets = {"text": LongText(rows=3)}
        labels = {"text": _("Your answer")}
        help_texts = {"text": _("Say what you can do or would like to have. They get it in a letter at once.")}


class CloseForm(Form):
    came_of_it = forms.CharField(
        label=_("What came of it?"), widget=LongText(rows=2), required=False, max_length=1000,
        help_text=_("A sentence is enough. It shows others that asking helps."),
    )  # fmt: skip


class LessonForm(Together, ModelForm):
    """What was believed, seen, and would be done now."""

    class Meta:
        model = Lesson
        fields = ["title", "went", "believed", "saw", "would_do"]
        widgets = {
            "went": forms.RadioSelect, "believed": LongText(rows=3), "saw": LongText(rows=3),
            "would_do": LongText(rows=3),
        }  # fmt: skip
        labels = {"title": _("The lesson in one line"), "went": _("How did it go?")}
        help_texts = {
            "title": _("As you would say it to a colleague who is about to do the same."),
            "saw": _("What happened, with a number where you have one."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        went: Any = self.fields["went"]
        went.choices = Lesson.Went.choices

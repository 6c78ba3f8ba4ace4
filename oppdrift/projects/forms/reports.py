"""What is said of a report that was handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.forms import Form, LongText


class CommentForm(Form):
    comment = forms.CharField(label=_("To the team"), widget=LongText(rows=5), max_length=5000, required=False)

"""What a project description and a final report are made of."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    key: str
    label: Any
    help: Any
    words: int  # advice, not a limit


PARTS: dict[str, list[Part]] = {
    "description": [
        Part(
            "problem", _("The problem"), _("What happens today, how often, and to whom. Take numbers of your own."), 150
        ),
        Part("doing", _("What you do"), _("What you try, with whom, and what you stop doing."), 150),
        Part(
            "plan",
            _("The plan"),
            _("What is done when, until the project is over and the work goes on without it."),
            150,
        ),
        Part(
            "benefits", _("Benefits"), _("What becomes better for whom, from which number to which, measured how."), 150
        ),
        Part("spread", _("Spreading"), _("Who else could use it, and what they would need."), 100),
    ],
    "final": [
        Part("done", _("What you did"), _("What was tried, by whom, and what changed along the way."), 250),
        Part(
            "effects",
            _("What came of it"),
            _("The numbers before and after, and how you know. Also what did not work, and what became worse."),
            250,
        ),
        Part(
            "learned",
            _("What you learned"),
            _("What you believed, what you saw, and what you would do otherwise."),
            200,
        ),
        Part(
            "going_on", _("How it goes on"), _("Who carries it in ordinary operation, and who owns the benefits."), 150
        ),
        Part("spread", _("Spreading"), _("Who has taken it into use, who would like to, and what they need."), 150),
        Part("money", _("The money"), _("What the funds went to, and what the unit has covered itself."), 100),
    ],
}

from .content import CriterionForm, QuestionForm, WhyForm
from .copying import CopyForm
from .dates import DatesForm, DeadlineForm, MilestoneForm
from .plan import BeginForm, PlanForm, TextForm
from .roles import GoOnForm, HoursForm, RoleForm

__all__ = [
    "BeginForm",
    "CopyForm",
    "CriterionForm",
    "DatesForm",
    "DeadlineForm",
    "GoOnForm",
    "HoursForm",
    "MilestoneForm",
    "PlanForm",
    "QuestionForm",
    "RoleForm",
    "TextForm",
    "WhyForm",
]

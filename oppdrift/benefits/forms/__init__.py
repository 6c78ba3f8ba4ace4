"""What people type about benefits, measurements and the spread."""

from .adoption import AdoptionForm, CopyForm, MoreForm, MoveForm
from .benefit import BenefitForm, DropForm, OwnerForm
from .measuring import CorrectForm, DateForm, MeasureForm, SkipForm

__all__ = [
    "AdoptionForm",
    "BenefitForm",
    "CopyForm",
    "CorrectForm",
    "DateForm",
    "DropForm",
    "MeasureForm",
    "MoreForm",
    "MoveForm",
    "OwnerForm",
    "SkipForm",
]

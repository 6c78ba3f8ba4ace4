"""What people type about projects."""

from .coaching import CoachForm, HandOverForm
from .gathering import CallForm, MeetForm
from .money import GrantForm, MadeForm, RefundForm, TransferForm
from .project import CheckInForm, MovingForm, OwnerForm, StartForm
from .reports import CommentForm
from .sessions import CancelSessionForm, HeldForm, SessionForm

__all__ = [
    "CallForm",
    "CancelSessionForm",
    "CheckInForm",
    "CoachForm",
    "CommentForm",
    "GrantForm",
    "HandOverForm",
    "HeldForm",
    "MadeForm",
    "MeetForm",
    "MovingForm",
    "OwnerForm",
    "RefundForm",
    "SessionForm",
    "StartForm",
    "TransferForm",
]

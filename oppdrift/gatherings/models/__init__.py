from .appointment import Appointment
from .gathering import Gathering
from .note import Note
from .sign_up import Invitation, SignUp

__all__ = ["Appointment", "Gathering", "Invitation", "Note", "SignUp"]

"""The leadership development programme: who takes part, methods, reflections, promises followed up."""

from .follow_up import FollowUp
from .participation import Participation, invite_to, modules_of
from .reflection import Reflection

__all__ = ["FollowUp", "Participation", "Reflection", "invite_to", "modules_of"]

"""The leadership development programme: who takes part, methods, reflections, promises followed up."""

from .participation import Participation, invite_to, modules_of
from .reflection import Reflection

__all__ = ["Participation", "Reflection", "invite_to", "modules_of"]

from .edition import Criterion, Edition, Question
from .milestone import Milestone
from .role import Role
from .round import Round
from .stage import Stage

__all__ = ["Criterion", "Edition", "Milestone", "Question", "Role", "Round", "Stage"]

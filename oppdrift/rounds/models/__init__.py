from .edition import Criterion, Edition, Question
from .role import Role
from .round import Milestone, Round

__all__ = ["Criterion", "Edition", "Milestone", "Question", "Role", "Round"]

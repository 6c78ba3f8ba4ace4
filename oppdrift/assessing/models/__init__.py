from .assessment import Assessment, Score
from .assignment import Assignment, Declaration
from .improvement import Improvement
from .standing import Standing

__all__ = ["Assessment", "Assignment", "Declaration", "Improvement", "Score", "Standing"]

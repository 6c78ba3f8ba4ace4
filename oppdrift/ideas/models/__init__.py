from .decision import Decision
from .idea import Idea
from .part import Disqualification, Part

__all__ = ["Decision", "Disqualification", "Idea", "Part"]

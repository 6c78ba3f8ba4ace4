from .decision import Decision
from .idea import Idea
from .part import Clearance, Disqualification, Part

__all__ = ["Clearance", "Decision", "Disqualification", "Idea", "Part"]

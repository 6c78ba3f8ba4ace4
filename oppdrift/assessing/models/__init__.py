from .assessment import Assessment, Score
from .assignment import Assignment
from .declaration import Declaration
from .desk import Desk
from .improvement import Improvement
from .judgement import Given, Judgement, Lack, criteria_of, lacks, total_of
from .shortlist import OfferAnswer, Shortlist
from .standing import Figures, Standing

__all__ = [
    "Assessment",
    "Assignment",
    "Declaration",
    "Desk",
    "Figures",
    "Given",
    "Improvement",
    "Judgement",
    "Lack",
    "OfferAnswer",
    "Score",
    "Shortlist",
    "Standing",
    "criteria_of",
    "lacks",
    "total_of",
]

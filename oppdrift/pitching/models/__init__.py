"""Three minutes each: rehearsals, the pitch day with its clock and screens, and what the panel says."""

from .ballot import Ballot, BallotScore
from .day import PitchDay
from .pitch import Pitch
from .rehearsal import Advice, Attempt, Rehearsal
from .seat import Seat

__all__ = ["Advice", "Attempt", "Ballot", "BallotScore", "Pitch", "PitchDay", "Rehearsal", "Seat"]

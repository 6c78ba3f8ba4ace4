"""What became better, measured, and who else has taken the solution into use."""

from .adoption import Adoption
from .benefit import Benefit
from .measurement import Measurement
from .version import BenefitVersion

__all__ = ["Adoption", "Benefit", "BenefitVersion", "Measurement"]

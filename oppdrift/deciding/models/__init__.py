from .protocol import Protocol
from .sitting import Confirmation, Sitting

__all__ = ["Confirmation", "Protocol", "Sitting"]

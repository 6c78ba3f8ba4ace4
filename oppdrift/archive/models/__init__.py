from .brought_in import BroughtIn  # isort: skip  # the plan of a batch needs it
from .batch import Batch

__all__ = ["Batch", "BroughtIn"]

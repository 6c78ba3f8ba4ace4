from .brought_in import BroughtIn  # isort: skip  # the plan of a batch needs it
from .batch import Batch
from .choice import ColumnChoice

__all__ = ["Batch", "BroughtIn", "ColumnChoice"]

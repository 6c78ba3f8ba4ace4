from .answer import Answer, SideText
from .application import Application
from .endorsement import Endorsement
from .handing_in import TooLate
from .promise import Promise
from .version import Version
from .writing import Problem

__all__ = ["Answer", "Application", "Endorsement", "Problem", "Promise", "SideText", "TooLate", "Version"]

from .answer import Answer, SideText
from .application import Application
from .endorsement import Endorsement
from .version import Version

__all__ = ["Answer", "Application", "Endorsement", "SideText", "Version"]

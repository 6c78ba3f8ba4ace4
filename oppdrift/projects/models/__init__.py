from .agreement import Agreement
from .check_in import CheckIn
from .grant import Grant, GrantChange
from .passage import Passage, SidePassage
from .project import Project
from .report import Report, ReportVersion
from .session import GuidanceSession
from .signature import Signature
from .transfer import Transfer

__all__ = [
    "Agreement",
    "CheckIn",
    "Grant",
    "GrantChange",
    "GuidanceSession",
    "Passage",
    "Project",
    "Report",
    "ReportVersion",
    "SidePassage",
    "Signature",
    "Transfer",
]

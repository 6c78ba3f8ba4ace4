from .agreement import Agreement, Signature
from .check_in import CheckIn
from .grant import Grant, GrantChange, Transfer
from .project import Project
from .report import Report, ReportVersion
from .session import GuidanceSession

__all__ = [
    "Agreement",
    "CheckIn",
    "Grant",
    "GrantChange",
    "GuidanceSession",
    "Project",
    "Report",
    "ReportVersion",
    "Signature",
    "Transfer",
]

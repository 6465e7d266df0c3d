"""The ground: the published models, value types, diagnostics' codes and errors. Imports no other room."""
from .base import Model, Number, Span
from .codes import CODES, Severity
from .document import (
    SCHEMA_VERSION,
    Cell,
    Completeness,
    Diagnostic,
    Document,
    Edit,
    Gap,
    Page,
    Place,
    Source,
    Table,
)
from .errors import (
    AccountError,
    DamagedError,
    EncryptedError,
    InvalidError,
    JihuaError,
    LockedError,
    OutputError,
    PartError,
    RuleError,
    StoppedError,
    TooLargeError,
    UnsupportedError,
)
from .layout import Cleaned, Hint, HintKind, Origin
from .plan import (
    Baseline,
    Change,
    DateExpr,
    DateType,
    Indicator,
    Issued,
    Mod,
    Op,
    Period,
    Plan,
    Quantity,
    Quoted,
    Reference,
    ReferenceKind,
    Role,
    Section,
    SectionNumber,
    Status,
    Style,
    Task,
)

__all__ = [
    "CODES", "SCHEMA_VERSION", "AccountError", "Baseline", "Cell", "Change", "Cleaned", "Completeness",
    "DamagedError", "DateExpr", "DateType", "Diagnostic", "Document", "Edit", "EncryptedError", "Gap", "Hint",
    "HintKind", "Indicator", "InvalidError", "Issued", "JihuaError", "LockedError", "Mod", "Model", "Number", "Op",
    "Origin", "OutputError", "Page", "PartError", "Period", "Place", "Plan", "Quantity", "Quoted", "Reference",
    "ReferenceKind", "Role", "RuleError", "Section", "SectionNumber", "Severity", "Source", "Span", "Status",
    "StoppedError", "Style", "Table", "Task", "TooLargeError", "UnsupportedError",
]

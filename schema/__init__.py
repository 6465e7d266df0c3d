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
    DamagedError,
    EncryptedError,
    InvalidError,
    JihuaError,
    PartError,
    RuleError,
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
    "CODES", "SCHEMA_VERSION", "Baseline", "Cell", "Change", "Cleaned", "Completeness", "DamagedError", "DateExpr",
    "DateType", "Diagnostic", "Document", "Edit", "EncryptedError", "Gap", "Hint", "HintKind", "Indicator",
    "InvalidError", "Issued", "JihuaError", "Mod", "Model", "Number", "Op", "Origin", "Page", "PartError", "Period",
    "Place", "Plan", "Quantity", "Quoted", "Reference", "ReferenceKind", "Role", "RuleError", "Section",
    "SectionNumber", "Severity", "Source", "Span", "Status", "Style", "Table", "Task", "TooLargeError", "UnsupportedError",
]

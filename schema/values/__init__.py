"""Value types of the contract: each validated where it is constructed."""
from .duration import Duration, is_duration
from .edtf import Edtf, is_edtf
from .rrule import Rrule, is_rrule
from .unit import UnitCode, is_unit_code

__all__ = ["Duration", "Edtf", "Rrule", "UnitCode", "is_duration", "is_edtf", "is_rrule", "is_unit_code"]

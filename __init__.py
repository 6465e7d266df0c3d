"""jihua (计划): archives of legacy Chinese plans into validated JSON.

>>> import jihua
>>> document = jihua.convert("一、完成投资5亿元以上。".encode())
>>> document.plans[0].targets[0].value
Decimal('500000000')
"""
from __future__ import annotations

from .pipeline import convert
from .schema import Document, JihuaError

__version__ = "0.1.0"
__all__ = ["Document", "JihuaError", "__version__", "convert"]

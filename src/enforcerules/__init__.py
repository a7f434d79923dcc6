"""Law as tested, explainable data for drug-safety enforcement.

from enforcerules import classify

result = classify({"as_of": "2022-07-10", "jurisdiction": "500118", "goods_value": "62万"})
result.major_case.verdict
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from enforcerules.classification import Classification
from enforcerules.errors import (
    CaseError,
    Diagnostic,
    DisagreementError,
    EnforceRulesError,
    EngineUnavailableError,
    RulebookError,
)
from enforcerules.rulebook import Rulebook, load_rulebook

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.rulebook import CaseInput, EngineName

__version__ = "0.1.0"

__all__ = [
    "CaseError",
    "Classification",
    "Diagnostic",
    "DisagreementError",
    "EnforceRulesError",
    "EngineUnavailableError",
    "Rulebook",
    "RulebookError",
    "classify",
    "load_rulebook",
]


def classify(
    case: CaseInput, *, today: date | None = None, unknown: Unknown = "open", engine: EngineName = "reference"
) -> Classification:
    """Classify a case by the packaged rulebook; see `Rulebook.classify`."""
    return load_rulebook().classify(case, today=today, unknown=unknown, engine=engine)

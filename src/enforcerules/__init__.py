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
    from enforcerules.explaining import Format
    from enforcerules.rulebook import CaseInput, EngineName
    from enforcerules.text import Language

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
    "explain",
    "load_rulebook",
]


def classify(
    case: CaseInput, *, today: date | None = None, unknown: Unknown = "open", engine: EngineName = "reference"
) -> Classification:
    """Classify a case by the packaged rulebook; see `Rulebook.classify`."""
    return load_rulebook().classify(case, today=today, unknown=unknown, engine=engine)


def explain(
    case: CaseInput,
    *,
    language: Language = "zh",
    format: Format = "text",  # noqa: A002 - the word of the command line
    full: bool = False,
    today: date | None = None,
    unknown: Unknown = "open",
    engine: EngineName = "reference",
) -> str:
    """Return the inspector's page about a case by the packaged rulebook; see `Rulebook.explain`."""
    return load_rulebook().explain(
        case, language=language, format=format, full=full, today=today, unknown=unknown, engine=engine
    )

"""Law as tested, explainable data for drug-safety enforcement.

    from enforcerules import classify

    result = classify({"as_of": "2022-07-10", "jurisdiction": "500118", "goods_value": "62万"})
    result.major_case.verdict

Names are fetched when first used, so that the command line starts before pydantic does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from enforcerules.case import Unknown
    from enforcerules.classification import Classification
    from enforcerules.errors import (
        CaseError,
        Diagnostic,
        DisagreementError,
        EnforceRulesError,
        EngineUnavailableError,
        RulebookError,
    )
    from enforcerules.explaining import Format
    from enforcerules.rulebook import CaseInput, EngineName, Rulebook, load_rulebook
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

_HOMES = {"Classification": "classification", "Rulebook": "rulebook", "load_rulebook": "rulebook"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"enforcerules.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def classify(
    case: CaseInput, *, today: date | None = None, unknown: Unknown = "open", engine: EngineName = "reference"
) -> Classification:
    """Classify a case by the packaged rulebook; see `Rulebook.classify`."""
    from enforcerules.rulebook import load_rulebook

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
    from enforcerules.rulebook import load_rulebook

    return load_rulebook().explain(
        case, language=language, format=format, full=full, today=today, unknown=unknown, engine=engine
    )

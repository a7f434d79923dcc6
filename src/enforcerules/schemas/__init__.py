"""JSON Schemas (draft-07) of what goes in and what comes out: cases, rulebook files, classifications.

Draft-07 because editors read it best. A schema says no more than the reader does: what a schema refuses
the reader refuses too. The reader is stricter in a few things that a schema cannot say, such as that a
day exists or that an upper bound is not below the lower.
"""

from enforcerules.schemas.cases import case_schema
from enforcerules.schemas.dialect import DIALECT, Schema
from enforcerules.schemas.files import classification_schema, rulebook_kinds
from enforcerules.schemas.names import names_schema, rulebook_schema
from enforcerules.schemas.publishing import Outdated, find_outdated, refresh

__all__ = [
    "DIALECT",
    "Outdated",
    "Schema",
    "case_schema",
    "classification_schema",
    "find_outdated",
    "names_schema",
    "refresh",
    "rulebook_kinds",
    "rulebook_schema",
]

"""Three-valued conditions as pairs of two-valued ones, which any ordinary rule engine can run.

Each condition becomes two rails: *surely true* and *surely false*, in negation normal form, every leaf a
test of one integer field that fails when the field is missing. What is neither is open. Written without
rails, an unknown fact makes most engines answer true to a negation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from enforcerules.engines.fields import Field, FieldKind
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    ResolvedRulebook,
    Rule,
)
from enforcerules.model.conditions import parameters_of

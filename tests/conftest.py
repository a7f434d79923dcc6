from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from enforcerules import Rulebook, load_rulebook

# a case has some ninety facts, so drawing one is slow beside deciding it
settings.register_profile(
    "enforcerules",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
if (wanted := os.environ.get("ENFORCERULES_CASES")) is not None:
    settings.register_profile(
        "enforcerules-many", settings.get_profile("enforcerules"), derandomize=False, max_examples=int(wanted)
    )
    settings.load_profile("enforcerules-many")
else:
    settings.load_profile("enforcerules")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()

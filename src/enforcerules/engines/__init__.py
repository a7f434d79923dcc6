"""Engines decide rules. `reference` defines what rules mean; every other engine is compared with it."""

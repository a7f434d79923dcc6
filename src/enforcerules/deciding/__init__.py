"""Verdicts → the answer: findings, duties with clocks, report category, questions, warnings."""

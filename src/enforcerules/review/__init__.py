"""Checks of a rulebook beyond its form: worked cases and what they must yield."""

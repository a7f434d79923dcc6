"""Rulebooks changed one step at a time, and which of the changes nobody would notice."""

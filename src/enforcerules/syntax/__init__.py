"""Text → nodes that remember their place → typed documents. Nothing here knows what a name means."""

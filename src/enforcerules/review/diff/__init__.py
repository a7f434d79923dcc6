"""What changed between two rulebooks: in text, in meaning, over given cases; and the packet a committee signs."""

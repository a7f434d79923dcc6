"""What a bureau keeps and hands in: the case ledger."""

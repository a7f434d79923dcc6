"""The case ledger that a bureau keeps: reading one that people filled in, and writing one.

from enforcerules import load_rulebook
from enforcerules.reports.ledger import read_ledger

for row in read_ledger(load_rulebook(), "ledger.xlsx"):
    print(row.number, row.facts or row.faults or row.notices)
"""

from enforcerules.reports.ledger.layout import Column
from enforcerules.reports.ledger.opening import read_ledger
from enforcerules.reports.ledger.reading import Ledger, LedgerKind, LedgerRow
from enforcerules.reports.ledger.writing import write_ledger

__all__ = ["Column", "Ledger", "LedgerKind", "LedgerRow", "read_ledger", "write_ledger"]

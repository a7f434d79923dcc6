"""A written report as a Word document: what a unit completes by hand and hands in.

It is in Chinese whatever the language of the program, and laid out as official documents are (GB/T 9704).
"""

from enforcerules.reports.document.report import write_document

__all__ = ["write_document"]

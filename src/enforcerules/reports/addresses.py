"""What a unit may declare not applicable: tables, and rows or columns of tables, by id or by printed name."""

from __future__ import annotations

from enforcerules.model import Form


def addresses(form: Form) -> dict[str, str]:
    """Return every way to name a table, row or column that counts, with its address as `Request` takes it.

    A table is named by its id, its code, its title or the first word of that; a row or column, after the
    table and a slash, by its id or its label.
    """
    found: dict[str, str] = {}
    for table in form.tables:
        if table.product is None:
            continue
        title = table.title.zh
        tables = (table.id, table.code, title.split()[0], title)
        found |= dict.fromkeys(tables, table.id)
        for part in table.parts:
            for row in part.rows:
                for name in (row.id, row.label.zh):
                    found |= dict.fromkeys((f"{said}/{name}" for said in tables), f"{table.id}/{row.id}")
    return found

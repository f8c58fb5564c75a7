"""The files of a transparency report: one table a part, and the same as JSON, in one archive."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.kernel.csv_text import csv_text

Row = tuple[object, ...]
_DAY = (1980, 1, 1, 0, 0, 0)  # of every file, so that the same report is the same bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the report: its number and name make the file's, `columns` the first row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def as_values(parts: Sequence[Part]) -> dict[str, Any]:
    """Return the report as JSON values, the parts by their names."""
    return {part.name: [dict(zip(part.columns, row, strict=True)) for row in part.rows] for part in parts}


def as_zip(parts: Sequence[Part]) -> bytes:
    """Return the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(_file(f"{part.name}.csv"), csv_text([part.columns, *part.rows]))
        text = json.dumps(as_values(parts), ensure_ascii=False, indent=1)
        archive.writestr(_file("report.json"), text + "\n")
    return out.getvalue()


def _file(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _DAY)
    found.compress_type, found.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return found

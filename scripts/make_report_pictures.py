"""Make the pictures of the monthly workbook in `docs/pictures/`: `python scripts/make_report_pictures.py`.

It turns the example ledger and the month made from it into PDF with LibreOffice, and pages of that into pictures.
It needs Debian's `libreoffice-calc`, `poppler-utils`, `fonts-noto-cjk` and `fonts-crosextra-carlito`. Pictures depend
on the versions of these, so nothing checks that they are the same; make them again when the workbook looks different.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, PICTURES = ROOT / "examples", ROOT / "docs/pictures"
LEDGER, MONTHLY = "ledger-yongchuan-2022", "monthly-yongchuan-2022-10"
_PROGRAMS = ("soffice", "pdftotext", "pdftoppm")
_POINTS_AN_INCH = 72

# the fonts of a Chinese office, by free ones of the same kind
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {}
</fontconfig>
"""
_FONT = """<match target="pattern"><test name="family"><string>{}</string></test>
  <edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>
"""
_FAMILIES = {"宋体": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC"}


class Picture(NamedTuple):
    """The first page of a file that has all of `words`, or the upper `part` of it, `dots` to the inch."""

    name: str
    file: str
    words: tuple[str, ...]
    dots: int = 75
    part: float = 1.0


WANTED = (
    Picture("monthly-guide", MONTHLY, ("是否完整", "核对结果"), part=0.75),
    Picture("monthly-table1", MONTHLY, ("表1. 大案要案办理情况（一案一表）", "☑货值50万元以上"), part=0.8),
    Picture("monthly-table2", MONTHLY, ("表2. 药品案件查办情况",), dots=85),
    Picture("monthly-trace", MONTHLY, ("归入须确认", "案件编号"), dots=130, part=0.45),
    Picture("monthly-lacking", MONTHLY, ("灰色空格处的案件各缺少哪些事实",), dots=95, part=0.4),
    Picture("monthly-checks", MONTHLY, ("相符：核对无误",), dots=95, part=0.5),
)


def main() -> int:
    """Make every picture, and say which page could not be found."""
    missing = [program for program in _PROGRAMS if which(program) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = {name: to_pdf(EXAMPLES / f"{name}.xlsx", Path(folder)) for name in {each.file for each in WANTED}}
        lost = [picture.name for picture in WANTED if not take(picture, pages[picture.file])]
    for name in lost:
        print(f"no page for {name}", file=sys.stderr)
    return 1 if lost else 0


def to_pdf(workbook: Path, folder: Path) -> Path:
    """Turn a workbook into PDF, with a profile and fonts of our own."""
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format("".join(_FONT.format(*pair) for pair in _FAMILIES.items())), encoding="utf-8")
    words = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*words, "--outdir", str(folder), str(workbook)],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return folder / f"{workbook.stem}.pdf"


def take(picture: Picture, file: Path) -> bool:
    """Take a picture; tell whether there is a page for it."""
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    pages = said.split("\f")
    number = next((n for n, page in enumerate(pages, 1) if all(word in page for word in picture.words)), None)
    if number is None:
        return False
    cut = []
    if picture.part < 1:
        size = subprocess.run(
            ["pdfinfo", "-f", str(number), "-l", str(number), str(file)], check=True, capture_output=True, text=True
        ).stdout
        wide, high = next(
            line.split()[3:6:2] for line in size.splitlines() if line.startswith("Page") and "pts" in line
        )
        dots = [float(points) * picture.dots / _POINTS_AN_INCH for points in (wide, high)]
        cut = ["-x", "0", "-y", "0", "-W", str(round(dots[0])), "-H", str(round(dots[1] * picture.part))]
    page = ["-f", str(number), "-l", str(number), "-singlefile", "-r", str(picture.dots), *cut]
    subprocess.run(["pdftoppm", "-png", *page, str(file), str(PICTURES / picture.name)], check=True)
    return True


if __name__ == "__main__":
    sys.exit(main())

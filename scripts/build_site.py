"""Build the documentation site into `site/`: `python scripts/build_site.py`.

Chinese stands at its root, English under `en/`. The pages of docs/zh and docs/en and those made from the rulebook go
to `build/pages/`, and mkdocs builds both languages at the same time, strictly: a page that one language lacks, a link
or an anchor that leads nowhere, and any other warning end it. It needs the extra `docs`.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from enforcerules.text import Language
from website.catalogue import catalogue_pages
from website.law import law_pages
from website.markup import Page
from website.material import Material, gather
from website.navigation import Entry, order_pages
from website.penalties import penalty_page
from website.program import program_pages
from website.rules import rule_pages

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_CONFIG = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
# on the site the header has this link
_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文)\]\(\.\./(?:en|zh)/[\w-]+\.md\)\n+", re.MULTILINE)
_FENCE_WORD = re.compile(r"^(```yaml) \w+$", re.MULTILINE)
_SESSION = re.compile(r"^```python\n>>>", re.MULTILINE)
_CODE = re.compile(r"^\| (ER\d{4}) \|", re.MULTILINE)


def main() -> int:
    """Build the site, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "site", help="the folder of the site (default: site)")
    output = parser.parse_args().output.resolve()
    started = time.monotonic()
    material = gather(ROOT / "rules")
    missing = missing_pages()
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    written = {language: write_pages(material, language, ROOT / "build" / "pages" / language) for language in LANGUAGES}
    navigations = {language: navigation(material, language) for language in LANGUAGES}
    staged = ROOT / "build" / "site-en"
    with ProcessPoolExecutor(max_workers=len(LANGUAGES)) as workers:
        folders = {"zh": output, "en": staged}
        building = [
            workers.submit(build, _CONFIG[language], navigations[language], folders[language]) for language in LANGUAGES
        ]
        if not all(one.result() for one in building):
            return 1
    shutil.move(staged, output / "en")
    pages = sum(len(paths) for paths in written.values())
    print(f"{pages} pages in {time.monotonic() - started:.0f} s: {output}")
    return 0


# --- pages -----------------------------------------------------------------------------------------


def hand_written(language: Language) -> dict[str, Path]:
    """Return the hand-written pages of a language by path."""
    folder = ROOT / "docs" / language
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))}


def missing_pages() -> list[str]:
    """Return a sentence for each hand-written page that only one language has."""
    zh, en = hand_written("zh").keys(), hand_written("en").keys()
    return [f"docs/en/{path} is missing" for path in sorted(zh - en)] + [
        f"docs/zh/{path} is missing" for path in sorted(en - zh)
    ]


def made_pages(material: Material, language: Language) -> Iterator[Page]:
    """Yield every page made from the rulebook and the program."""
    yield from rule_pages(material, language)
    yield from law_pages(material, language)
    yield from catalogue_pages(material, language)
    yield penalty_page(material, language)
    yield from program_pages(language)


def prepared(text: str) -> str:
    """Return a hand-written page as the site shows it: without the link to the other language, codes linked.

    Python's fences know no word after that of the language, and sessions are another language than programs.
    """
    text = _CODE.sub(r"| [\1](errors/\1.md) |", _OTHER_LANGUAGE.sub("", text))
    # both languages share the pictures, which stand beside the pages on the site
    text = text.replace("](../pictures/", "](pictures/")
    return _SESSION.sub("```pycon\n>>>", _FENCE_WORD.sub(r"\1", text))


def write_pages(material: Material, language: Language, folder: Path) -> list[str]:
    """Write every page of a language into `folder`, which is emptied first, and return their paths."""
    shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, str] = {}
    pages = [Page(path, prepared(file.read_text(encoding="utf-8"))) for path, file in hand_written(language).items()]
    for page in (*pages, *made_pages(material, language)):
        if page.path in found:
            raise ValueError(f"two pages at {page.path}")
        found[page.path] = page.text
    for path, text in found.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / "docs/pictures", folder / "pictures")
    return list(found)


def navigation(material: Material, language: Language) -> list[Entry]:
    """Return the navigation of a language's site."""
    made = [page.path for page in made_pages(material, language)]
    return order_pages(material, hand_written(language), made, language)


# --- mkdocs ----------------------------------------------------------------------------------------


def build(config_file: str, nav: list[Entry], folder: Path) -> bool:
    """Build one language; its warnings go to stderr. Tell whether there were none."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    # without it the theme would put Chinese into the index in whole sentences, and say nothing
    import jieba
    from mkdocs.commands.build import build as build_with_mkdocs
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    jieba.setLogLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, format=f"{config_file}: %(message)s")
    shutil.rmtree(folder, ignore_errors=True)
    config = load_config(str(ROOT / config_file), nav=nav, site_dir=str(folder), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_with_mkdocs(config)
    except Abort:
        return False
    finally:
        config.plugins.on_shutdown()
    return True


if __name__ == "__main__":
    sys.exit(main())

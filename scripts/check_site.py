"""Try the built site in a browser: `python scripts/check_site.py [FOLDER]`.

It serves the site under a path of its own, as an intranet would, and lets the browser reach nothing else. Searches find
the pages they should, the language switch lands on the same page, and nothing is asked for from elsewhere. It needs
Debian's chromium and the extra `docs`. With `--pictures FOLDER` it also keeps pictures of some pages.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
UNDER = "/rules-of-the-agency"

# a query, and the page that must be among the first results
SEARCHES = {
    "": {
        "过期药品": "rules/expired-drug-filed-directly/",
        "过期药品 免检": "rules/expired-drug-filed-directly/",
        "货值": "rules/goods-value-makes-major-case/",
        "大案要案标准": "rules/goods-value-makes-major-case/",
        "涉嫌犯罪 移送": "rules/suspected-crime-case-transferred-and-supported/",
        "G-29": "doubts/",
        "ER3004": "errors/ER3004/",
    },
    "en/": {
        "expired drug": "rules/expired-drug-filed-directly/",
        "value of goods": "rules/goods-value-makes-major-case/",
        "major case licence revocation": "rules/decided-licence-revocation-makes-major-case/",
        "ER3004": "errors/ER3004/",
    },
}
FIRST = 10

PICTURES = {
    "start": "",
    "rule": "rules/goods-value-makes-major-case/",
    "source": "sources/001/",
    "doubts": "doubts/",
    "rules": "rules/",
    "chapter": "rules/packs/common-major-case/",
    "inspectors": "inspectors/",
    "integrators": "integrators/",
    "vocabulary": "vocabulary/",
    "forms": "forms/",
    "red-lines": "red-lines/",
    "api": "api/",
    "changing-a-rule": "changing-a-rule/",
}
SIZES = {"wide": (1360, 900), "narrow": (390, 844)}


def main() -> int:
    """Run every check, and say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "site")
    parser.add_argument("--pictures", type=Path, help="keep pictures of some pages in this folder")
    arguments = parser.parse_args()
    faults = list(foreign_assets(arguments.folder))
    with serve(arguments.folder) as address, browser() as chromium:
        faults += search_faults(chromium, address)
        faults += switch_faults(chromium, address)
        if arguments.pictures:
            take_pictures(chromium, address, arguments.pictures)
    searches = sum(map(len, SEARCHES.values()))
    print("\n".join(faults) or f"{searches} searches found their page, and nothing came from elsewhere")
    return 1 if faults else 0


# --- what is loaded --------------------------------------------------------------------------------

_LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|preconnect|modulepreload|dns-prefetch))"""
    r"""[^>]*\bhref=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|@import\s+(?:url\()?["']?((?:https?:)?//[^"')\s]+)"""
    r"""|url\(\s*["']?((?:https?:)?//[^"')\s]+)"""
)
# what the theme's program would load for features that no page of ours uses; `foreign_assets` sees that none does
_DORMANT = re.compile(
    r"https://unpkg\.com/(?:mermaid@|resize-observer-polyfill$)"
    r"|https://(?:api\.)?git(?:hub|lab)\.com/|https://\$\{e\}/api/v4/projects/"
    r"|http://www\.w3\.org/"
)
_IN_PROGRAM = re.compile(r"""["'`](https?://[^"'`\s]+)""")


def foreign_assets(folder: Path) -> Iterator[str]:
    """Yield a sentence for everything in the built files that a browser would load from elsewhere."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".html", ".css", ".js"):
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(folder)
        if path.suffix == ".js":
            found = [url for url in _IN_PROGRAM.findall(text) if not _DORMANT.match(url)]
        else:
            found = [next(filter(None, groups)) for groups in _LOADED.findall(text)]
        yield from (f"{name} loads {url}" for url in found)
        if path.suffix == ".html" and re.search(r"""class=["']?mermaid""", text):
            yield f"{name} has a mermaid diagram, for which the theme loads a program from elsewhere"


# --- the browser -----------------------------------------------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the site under `UNDER`, and says nothing."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(UNDER)) if path.startswith(UNDER) else "/nowhere"

    def handle(self) -> None:
        # a page that is left no longer waits for what it asked for
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so above
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the site on this machine while the block runs, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{UNDER}/"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start Debian's chromium; nothing is downloaded for it."""
    from playwright.sync_api import sync_playwright

    executable = which("chromium") or which("chromium-browser") or which("google-chrome")
    if executable is None:
        raise SystemExit("there is no chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        # no sandbox: CI runs as root
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield chromium
        finally:
            chromium.close()


def open_page(chromium: Browser, address: str, faults: list[str], size: tuple[int, int] = SIZES["wide"]) -> Page:
    """Return a page that reaches this site only; what else it asks for, and errors of its program, become faults."""
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})

    def decide(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if url.startswith((address, "data:", "blob:")):
            route.continue_()  # type: ignore[attr-defined]
        else:
            faults.append(f"the browser asked for {url}")
            route.abort()  # type: ignore[attr-defined]

    page.route("**/*", decide)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "response", lambda answer: faults.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None
    )
    return page


def search(page: Page, query: str) -> list[str]:
    """Return the pages that a search lists, best first, as addresses without the words to be marked on them."""
    field = page.locator("input.md-search__input")
    field.click()
    field.fill(query)
    # an input method ends with a key going up, which is what the theme waits for
    field.dispatch_event("keyup")
    before: list[str] = []
    for _ in range(40):
        page.wait_for_timeout(250)
        found = page.evaluate("[...document.querySelectorAll('.md-search-result__item > a')].map(link => link.href)")
        if found and found == before:
            break
        before = found
    return [re.sub(r"\?h=[^#]*", "", unquote(link)) for link in before]


def search_faults(chromium: Browser, address: str) -> list[str]:
    """Return a sentence for each search that does not show its page among the first results."""
    faults: list[str] = []
    for site, queries in SEARCHES.items():
        page = open_page(chromium, address, faults)
        page.goto(address + site)
        page.wait_for_load_state("networkidle")
        for query, wanted in queries.items():
            found = [link.removeprefix(address + site) for link in search(page, query)][:FIRST]
            if wanted not in found:
                faults.append(f"{query!r} on /{site} does not find {wanted}, but: {', '.join(found)}")
        page.close()
    return faults


def switch_faults(chromium: Browser, address: str) -> list[str]:
    """Return a sentence for each page from which the language switch does not lead to the same page, or back."""
    faults: list[str] = []
    page = open_page(chromium, address, faults)
    for path in ("", "rules/annex1/drug/value_row/", "doubts/", "errors/ER3004/", "legal/"):
        page.goto(address + path)
        for expected in (f"{address}en/{path}", address + path):
            page.click("a.other-language")
            page.wait_for_load_state("load")
            if page.url != expected:
                faults.append(
                    f"from {path or 'the start page'} the language switch leads to {page.url}, not {expected}"
                )
                break
    page.close()
    return faults


def take_pictures(chromium: Browser, address: str, folder: Path) -> None:
    """Keep a picture of each page in `PICTURES`, in both languages and sizes, and of a search."""
    folder.mkdir(parents=True, exist_ok=True)
    for site, language in (("", "zh"), ("en/", "en")):
        for size, pixels in SIZES.items():
            page = open_page(chromium, address, [], pixels)
            for name, path in PICTURES.items():
                page.goto(address + site + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name}-{language}-{size}.png")
            if size == "wide":
                page.goto(address + site)
                search(page, "过期药品" if language == "zh" else "expired drug")
                page.screenshot(path=folder / f"search-{language}-{size}.png")
            page.close()


if __name__ == "__main__":
    sys.exit(main())

"""The preview desk in a browser, open and following its files; and what a newsroom may have got wrong on it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.previewing import DESK, overridden

PICTURE = "https://pictures.example/rose.png"


def open_desk(page: Page, address: str, query: str = "") -> None:
    """Open the desk and wait until its script listens."""
    page.goto(f"{address}{DESK}?{query}")
    expect(page.locator("#watching")).to_contain_text("follows")


def with_findings(config: Path) -> None:
    """Give the letter an error, a warning and an advice: a picture without words or size, and too long a line."""
    overridden(config, "layout.html.j2", lambda layout: layout.replace("</body>", f'<img src="{PICTURE}">\n</body>'))
    overridden(config, "partials/footer.txt.j2", lambda footer: footer + "word " * 30)

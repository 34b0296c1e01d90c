"""A balance sheet -> a page that stands by itself."""

from digest.app.shipped import templates
from digest.model.books import Sheet
from digest.render.merge import as_entities
from digest.render.templates import environment, fill

FINAL = ("accepted", "rejected", "suppressed", "excluded", "abandoned")
"""The endings, in the order in which they are added up."""


def books_page(found: Sheet, *, newsroom: str) -> str:
    """Return the books of one edition as HTML: the sum that anybody can do again, the reasons, what is open."""
    counts = [(name, getattr(found.balance, name)) for name in FINAL]
    return as_entities(
        fill(
            environment(templates()),
            "books/sheet.html.j2",
            newsroom=newsroom,
            record=found.record,
            balance=found.balance,
            counts=counts,
            total=sum(count for _, count in counts),
            reasons=[one for one in found.endings if one.reason],
            feedback=sorted(found.feedback.items()),
            open_batches=found.open_batches,
        )
    )

"""Builders: web pages as newspapers make them, with everything around the article that is not the article."""

from html import escape

from digest.collect.article import ArticleTask, ArticleText, article
from digest.model.feed import Document

URL = "https://lantern.example/news/library"

PARAGRAPHS = (
    "Stannerby’s Labour council voted late on Thursday night to keep its central library open for three more years.",
    "Councillors found the £240,000 it needs in the money set aside for a new car park, which nobody had asked for.",
    "“It is the warmest room in town,” said Jo Reed, who leads the council. “People come here to read and to talk.”",
    "The Conservatives abstained. Their leader, Ann Moss, called the budget a bet on a mild winter and low prices.",
    "Unison, which speaks for the librarians, said that it would now talk about hours and pay again in September.",
)

SIDEBAR = "".join(
    f'<li class="related-item"><a href="/news/{number}">Another story of the day, number {number}</a></li>'
    for number in range(12)
)


def page(*paragraphs: str, head: str = "", title: str = "Library stays open", after: str = "") -> str:
    """A page of markup: `paragraphs` are text, `head` and `after` are markup in the head and after the article."""
    told = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title} | The Lantern</title>{head}'
        '<script>window.dataLayer = [{"page": "<p>not a paragraph</p>"}];</script>'
        "<style>p { color: black }</style></head><body>"
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li></ul></nav></header>'
        f'<main><article class="article"><h1>{title}</h1>'
        '<figure><img src="library.jpg" alt=""><figcaption>The library. Photograph: Sam Hill</figcaption></figure>'
        f'<div class="article-body">{told}{after}</div></article>'
        f'<aside class="sidebar"><h2>Most read</h2><ul class="related">{SIDEBAR}</ul></aside>'
        '<section class="comments"><h2>Comments</h2><p class="comment">First! What a waste of money this is.</p>'
        "</section></main>"
        '<footer><p>© The Lantern 2026. All rights reserved.</p><p><a href="/privacy">Privacy</a></p></footer>'
        "</body></html>"
    )


TOLD = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LAYOUTS = {
    "a broadcaster’s blocks": (
        '<div id="__next"><nav><a href="/">Home</a></nav><main><article><header><h1>Library stays open</h1></header>'
        '<div data-component="byline-block"><span>Jo Smith</span><span>Political reporter</span></div>'
        + "".join(f'<div data-component="text-block" class="sc-3b dEG"><p>{told}</p></div>' for told in PARAGRAPHS)
        + '<div data-component="links-block"><h2>Related topics</h2><ul><li><a href="/1">Labour</a></li></ul></div>'
        "</article></main></div>"
    ),
    "a blog with comments": (
        '<header class="site-header"><ul class="menu"><li><a href="/">Home</a></li></ul></header><div id="content">'
        '<div class="post type-post"><h1 class="entry-title">Library stays open</h1><div class="entry-meta">By Jo, 14'
        f' May</div><div class="entry-content">{TOLD}<p><em>Subscribe here to our daily newsletter.</em></p>'
        '<div class="sharedaddy">Share this: <a href="#">Twitter</a></div></div></div><div id="comments"><ol'
        ' class="comment-list"><li class="comment"><p>I disagree with every word of this.</p></li></ol></div></div>'
    ),
    "a newspaper with a standfirst": (
        '<main><article><div data-name="headline"><h1>Library stays open</h1></div><div data-name="standfirst"><p>It'
        ' found the money in the fund for a car park</p><ul><li><a href="/x">Politics live</a></li></ul></div>'
        f'<div id="maincontent" class="article-body">{TOLD}<aside data-component="rich-link"><a href="/y">Another'
        "</a></aside></div></article></main>"
    ),
    "nothing but divs": f'<div class="story">{TOLD.replace("p>", "div>")}</div>',
}
"""Bodies of pages as sites of different kinds build them."""


def told(
    body: str | bytes, *, url: str = URL, content_type: str = "text/html", publisher: str = "The Lantern"
) -> ArticleText:
    """What `article` makes of a page with this body."""
    raw = body if isinstance(body, bytes) else body.encode()
    document = Document(
        source_id="lantern",
        asked=URL,
        url=url,
        status=200,
        body=raw,
        content_type=content_type,
        etag="",
        last_modified="",
        seconds=0.1,
    )
    return article(ArticleTask(document=document, publisher=publisher, title="Library stays open"))

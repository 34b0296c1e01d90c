"""Which corpus is read where: every file of shared/data/corpora has its line here, or a test fails.

A BODY is served as a whole feed: as it is, pointing at our traps, made whole, and with its document type before a
feed of ours. MARKUP stands in every field of feeds of our own making, links included, in each way of writing a feed,
or, of large files and of addresses, IN_TURN in one of them. Some files are both.
"""

from collections.abc import Mapping
from enum import Flag, auto


class Use(Flag):
    """How the records of a corpus come in."""

    BODY = auto()
    MARKUP = auto()
    IN_TURN = auto()


HERE: Mapping[str, Use] = {
    "blns": Use.MARKUP,
    "dompurify_expect": Use.MARKUP,
    "feedparser_encoding": Use.BODY,
    "feedparser_entities": Use.BODY,
    "feedparser_illformed": Use.BODY,
    "feedparser_sanitize": Use.BODY | Use.IN_TURN,
    "feedparser_wellformed": Use.BODY,
    "feedvalidator_testcases": Use.BODY,
    "html5lib_encoding": Use.BODY,
    "html5lib_tokenizer": Use.IN_TURN,
    "miniflux_encodings": Use.BODY,
    "own_feeds": Use.BODY,
    "own_ssrf": Use.IN_TURN,
    "owasp_xss_evasion": Use.MARKUP,
    "patt_crlf": Use.MARKUP,
    "patt_open_redirect": Use.IN_TURN,
    "patt_ssrf_urls": Use.IN_TURN,
    "patt_ssti": Use.MARKUP,
    "patt_xss": Use.MARKUP,
    "patt_xxe": Use.BODY | Use.MARKUP,
    "wpt_urls": Use.IN_TURN,
}
"""Read by the tests of this folder."""

ELSEWHERE: Mapping[str, str] = {
    "isemail_addresses": "readers' addresses: tests of deliver",
    "patt_csv": "readers' lists: tests of deliver",
}
"""No news in them."""

"""What a document is called, for whoever looks into a feed."""

import pytest

from digest.collect.format import encoding_of, format_of
from digest.model.feed import Document


def document(body: bytes, content_type: str = "application/xml") -> Document:
    return Document(
        source_id="x",
        asked="https://x.example/",
        url="https://x.example/",
        status=200,
        body=body,
        content_type=content_type,
        etag="",
        last_modified="",
        seconds=0.1,
    )


RSS_10 = b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'<?xml version="1.0"?>\n<!-- hello -->\n<rss xmlns:a="urn:b" version="2.0"><channel>', "RSS 2.0"),
        (b"<rss version='0.91'>", "RSS 0.91"),
        (b"<rss><channel>", "RSS"),
        (RSS_10 + b'xmlns="http://purl.org/rss/1.0/">', "RSS 1.0 (RDF)"),
        (RSS_10 + b'xmlns="http://my.netscape.com/rdf/simple/0.9/">', "RSS 0.90 (RDF)"),
        (b'<feed version="0.3" xmlns="http://purl.org/atom/ns#">', "Atom 0.3"),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom">', "Atom 1.0"),
        (b"<channel><item/></channel>", "CDF"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "JSON Feed 1.1"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', "JSON Feed 1"),
        (b' {"items": []}', "JSON"),
        (b"<html><style>p { color: red }</style>", ""),
        (b"", ""),
        ('<rss version="2.0">'.encode("utf-16"), "RSS 2.0"),
    ],
)
def test_a_format_is_named_after_the_first_element(body: bytes, name: str) -> None:
    assert format_of(document(body)) == name


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        (b"<rss/>", "text/xml; charset=UTF-8", "utf-8"),
        (b"<rss/>", "text/xml", "utf-8"),
        ("<rss>£</rss>".encode(), "text/xml; charset=iso-8859-1", "utf-8 (it declares iso-8859-1)"),
        ("<?xml version='1.0' encoding='windows-1252'?>£".encode("windows-1252"), "text/xml", "windows-1252"),
        ("<rss>£</rss>".encode("windows-1252"), "text/xml", "not declared; left to the parser"),
    ],
)
def test_an_encoding_is_the_one_that_is_read_beside_the_one_declared(body: bytes, content_type: str, said: str) -> None:
    assert encoding_of(document(body, content_type)) == said

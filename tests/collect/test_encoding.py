"""settle(): which encoding a feed is really in."""

import time

import pytest

from digest.collect import xmlfeed
from digest.collect.encoding import codec, declared, in_utf8, settle
from digest.collect.jsonfeed import read as read_json
from digest.collect.xmlfeed import read
from digest.errors import FeedUnreadable
from tests.collect.feeds import document, rss

TEXT = "<rss>café – ‘Reed’ £5</rss>"


def test_valid_utf_8_is_utf_8_whatever_is_declared() -> None:
    lying = b'<?xml version="1.0" encoding="iso-8859-1"?>' + TEXT.encode()
    assert settle(lying, "text/xml; charset=windows-1252").encoding == "utf-8"
    assert settle(b"\xef\xbb\xbf" + TEXT.encode(), "").body == TEXT.encode()


def test_other_encodings_are_left_to_their_declaration() -> None:
    body = b'<?xml version="1.0" encoding="windows-1252"?>' + TEXT.encode("windows-1252")
    assert settle(body, "") == settle(body, "text/xml")
    assert (settle(body, "").encoding, settle(body, "").body) == ("", body)
    assert settle(TEXT.encode("utf-16"), "").encoding == ""
    assert settle("<rss/>".encode("utf-16-le"), "").encoding == ""
    assert settle("<rss>日本</rss>".encode("iso-2022-jp"), "").encoding == ""


def test_a_few_broken_bytes_do_not_cost_a_utf_8_feed_its_letters() -> None:
    settled = settle(TEXT.encode() + b"\xff", "text/xml; charset=utf-8")
    assert settled.body.decode() == TEXT + "\ufffd"
    assert settled.problem == "characters that are not valid UTF-8: 1"


def test_text_that_is_mostly_broken_as_utf_8_is_not_taken_for_it() -> None:
    assert settle("<rss>é à è</rss>".encode("latin-1"), "").encoding == ""


def test_the_header_comes_before_the_declaration() -> None:
    assert declared(b'<?xml version="1.0" encoding="KOI8-R"?>', 'text/xml; charset="UTF-8"') == "utf-8"
    assert declared(b"<?xml version='1.0' encoding='KOI8-R'?>", "text/xml") == "koi8-r"
    assert declared(b"<rss/>", "") == ""


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("windows-1251", "cp1251"),
        ("Latin1", "iso8859-1"),
        ("gb2312", "gb2312"),
        ("ISO-2022-JP", "iso2022_jp"),
        ("x-mac-roman", ""),
        ("punycode", ""),
        ("idna", ""),
        ("utf-7", ""),
        ("unicode_escape", ""),
        ("base64", ""),
        ("utf-99", ""),
        ("\x00", ""),
    ],
)
def test_only_encodings_of_text_are_believed(encoding: str, name: str) -> None:
    assert codec(encoding) == name


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", ""), ("utf-32", ""), ("utf-16-le", "utf-16"), ("utf-32-be", "ucs-4"), ("cp037", "ebcdic-cp-us")],
)
def test_the_first_bytes_outrank_the_words(encoding: str, said: str) -> None:
    text = f'<?xml version="1.0" encoding="{said}"?><rss>café</rss>'
    assert in_utf8(text.encode(encoding), "text/xml; charset=utf-8").body.decode() == text


def test_a_feed_is_read_by_the_first_of_its_words_that_fits() -> None:
    body = b'<?xml version="1.0" encoding="windows-1252"?>' + TEXT.encode("windows-1252")
    assert TEXT in in_utf8(body, "text/xml; charset=us-ascii").body.decode()
    assert TEXT in in_utf8(body, "text/xml; charset=punycode").body.decode()
    assert in_utf8(b"<rss>\xe9\xff</rss>", "text/xml; charset=ascii").encoding == ""


@pytest.mark.alone
@pytest.mark.parametrize("said", ["header", "declaration", "late declaration", "instruction"])
def test_an_encoding_that_takes_the_square_of_a_document_is_not_begun(said: str) -> None:
    starts = {
        "declaration": b'<?xml version="1.0" encoding="punycode"?>',
        "late declaration": b'<?xml version="1.0" ' + b" " * 300 + b'encoding="punycode"?>',
        "instruction": b'<?stylesheet encoding="punycode"?>',
    }
    escape = b"\x1b"  # without which ASCII is UTF-8, whatever is said of it
    feed_in_punycode = b"<rss><channel><title>Post" + escape + b"</title></channel></rss>-" + b"a" * 1_000_000
    body = starts.get(said, b"") + feed_in_punycode
    kind = "text/xml; charset=punycode" if said == "header" else ""
    started = time.process_time()
    feed = read(document(body, content_type=kind))
    assert time.process_time() - started < 5
    assert feed.title == "Post"


def test_a_json_feed_has_no_other_encodings_either() -> None:
    body = '{"version": "https://jsonfeed.org/version/1.1", "title": "Caf\xe9", "items": []}'.encode("latin-1")
    assert read_json(document(body, content_type="application/json; charset=latin-1")).title == "Caf\xe9"
    with pytest.raises(FeedUnreadable, match="not valid JSON"):
        read_json(document(body, content_type="application/json; charset=unicode_escape"))


def test_whatever_feedparsers_guess_raises_makes_the_feed_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise AssertionError("this cannot happen")

    monkeypatch.setattr(xmlfeed, "convert_to_utf8", fails)
    with pytest.raises(FeedUnreadable, match="parser failed on it, AssertionError: this cannot happen") as caught:
        read(document(rss().encode() + b"\xff\xfe", content_type="text/xml"))
    assert "validator" in str(caught.value)

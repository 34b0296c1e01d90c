"""settle(): which encoding a feed is really in."""

from digest.collect.encoding import declared, settle

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

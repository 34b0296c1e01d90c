"""Web addresses, read as browsers read them, or not at all."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.model.destination import Destination, read


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "is not an http or https address"),
        ("/feed", "is not an http or https address"),
        ("file:///etc/passwd", "is not an http or https address"),
        ("gopher://post.example/_x", "is not an http or https address"),
        ("http:post.example", "is not an http or https address"),
        ("http:/post.example", "is not an http or https address"),
        ("http:///post.example", "is not an http or https address"),
        ("http:\\\\post.example", "is not an http or https address"),
        ("ht\ntp://post.example", "is not an http or https address"),
        ("http://jo@post.example", "has a user name in it"),
        ("http://@post.example", "has a user name in it"),
        ("http://jo:pw@post.example", "has a user name in it"),
        ("http://post.example\\@127.0.0.1/", "has a user name in it"),
        ("http://post.example\\.evil.example/", "backslash or control character"),
        ("http://post\texample/", "backslash or control character"),
        ("http://post.example/a\r\nHost: x", "backslash or control character"),
        ("http://post.example/\ud800", "backslash or control character"),
        ("http://post.example/" + "a" * 5000, "too long"),
        ("http://post.example:0/", "no valid host and port"),
        ("http://post.example:65536/", "no valid host and port"),
        ("http://post.example:999999/", "no valid host and port"),
        ("http://post.example:٨٠/", "no valid host and port"),
        ("http://post.example:80:80/", "no valid host and port"),
        ("http://0:0:0:0:0:0:0:1/", "no valid host and port"),
        ("http://[::1/", "no valid host and port"),
        ("http://[::1%25eth0]/", "no valid host and port"),
        ("http://[::1]x/", "no valid host and port"),
        ("http://[1.2.3.4]/", "no valid host and port"),
        ("http://1.2.3.4.5/", "no valid host and port"),
        ("http://1.2.3.256/", "no valid host and port"),
        ("http://256.1/", "no valid host and port"),
        ("http://4294967296/", "no valid host and port"),
        ("http://1.2.3.08/", "no valid host and port"),
        ("http://foo.0x/", "no valid host and port"),
        ("http://1..2/", "no valid host and port"),
        ("http://post..example/", "no valid host and port"),
        ("http://post example/", "no valid host and port"),
        ("http://post%2fexample/", "no valid host and port"),
        ("http://%ff/", "no valid host and port"),
        ("http://xn--\u00e9.example/", "no valid host and port"),
        (f"http://{'a' * 64}.example/", "no valid host and port"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused_and_named(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(url)


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("http://Post.Example", "http://post.example/"),
        ("HTTPS://post.example:443/feed", "https://post.example/feed"),
        (" https://post.example/feed#top\n", "https://post.example/feed"),
        ("http://post.example.?x=1", "http://post.example/?x=1"),
        ("http://post.example:0080/", "http://post.example/"),
        ("http://post.example:/", "http://post.example/"),
        ("http://post.example:8080/a b/caf\u00e9?q=%20\u00e9", "http://post.example:8080/a%20b/caf%C3%A9?q=%20%C3%A9"),
        ("https://fa\u00df.example/", "https://xn--fa-hia.example/"),
        ("http://1.1/", "http://1.0.0.1/"),
        ("http://[2606:4700:0:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://post.example/http://127.0.0.1/@x\\y", "http://post.example/http://127.0.0.1/@x%5Cy"),
    ],
)
def test_an_address_has_one_spelling(url: str, spelled: str) -> None:
    assert read(url).url == spelled
    assert read(spelled).url == spelled


@pytest.mark.shared
def test_browsers_and_we_read_the_same_host_wherever_we_read_one(shared: Path) -> None:
    """The corpus's `host` is what the URL standard makes of an address; if we saw another one, our check would lie."""
    lines = (shared / "data" / "corpora" / "wpt_urls.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if "base" not in case]
    compared = [(case["text"], found, _theirs(case, found)) for case in cases if (found := _ours(case["text"]))]
    assert len(compared) > 40
    assert [(text, found.host_port, theirs) for text, found, theirs in compared if found.host_port != theirs] == []


def _ours(text: str) -> Destination | None:
    try:
        return read(text)
    except ValueError:
        return None


def _theirs(case: Mapping[str, str], found: Destination) -> str:
    """The host with its port; a dot at the end says the same as none."""
    host, colon, port = case["host"].partition(":") if "[" not in case["host"] else (case["host"], "", "")
    return f"{host.removesuffix('.')}:{port if colon else found.port}"

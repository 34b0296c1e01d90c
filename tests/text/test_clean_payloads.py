"""plain() on every payload that others collected to break what cleans markup."""

import json
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.text.clean import plain

CORPORA = (
    "blns dompurify_expect feedparser_sanitize feedparser_entities html5lib_tokenizer owasp_xss_evasion patt_crlf"
    " patt_ssti patt_xss patt_xxe"
).split()


class Tags(HTMLParser):
    """Another parser than the one that cleans, as a second opinion: every tag, comment and declaration it finds."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.found.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"!{decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"?{data}")


def payloads(corpus: Path) -> list[str]:
    rows = (json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines())
    return [row["text"] if "text" in row else b64decode(row["b64"]).decode("utf-8", "replace") for row in rows]


def test_the_second_opinion_sees_a_tag_where_there_is_one() -> None:
    assert Tags("a<b>c</b><!-- d --><!doctype e><?f>").found == ["b", "/b", "!--", "!doctype e", "?f"]
    assert Tags("5 < 6 and 7 > 3").found == []


@pytest.mark.shared
@pytest.mark.parametrize("corpus", CORPORA)
def test_no_payload_leaves_a_tag_and_cleaning_twice_is_cleaning_once(corpus: str, shared: Path) -> None:
    every = payloads(shared / "data" / "corpora" / f"{corpus}.jsonl")
    assert every
    for payload in every:
        once = plain(payload)
        assert Tags(once).found == [], payload
        assert plain(once) == once, payload
        assert not [character for character in once if character < " " or "\x7f" <= character <= "\x9f"], payload

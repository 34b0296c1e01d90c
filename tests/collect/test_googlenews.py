"""written_into(): the addresses in Google News's older identifiers."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.address import canonical
from digest.collect.googlenews import written_into

OWN = "https://post.example/politics/reed-quits-the-cabinet"


def path(address: str, *, length: bytes = b"", after: bytes = b"\xd2\x01\x00") -> str:
    raw = address.encode()
    written = length or (bytes([len(raw)]) if len(raw) < 128 else bytes([len(raw) & 0x7F | 0x80, len(raw) >> 7]))
    return "/rss/articles/" + base64.urlsafe_b64encode(b'\x08\x13"' + written + raw + after).decode().rstrip("=")


@pytest.mark.parametrize("address", [OWN, f"{OWN}/{'a' * 100}", f"{OWN}/{'b' * 700}"])
def test_an_address_that_is_written_into_the_identifier_is_the_target(address: str) -> None:
    assert written_into(path(address)) == address
    assert canonical(f"https://news.google.com{path(address)}?oc=5") == address


@pytest.mark.parametrize(
    "other",
    [
        "/rss/articles/CBMi4wFBVV95cUxOME4zMzV6V3JhY0F3cWFfUk1ZVGZWdVBwc1NPe",
        "/rss/articles/AAAAAAAAAAAAAAAAAAAAA",
        "/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtVnVHZ0pWVXlnQVAB",
        path("ftp://post.example/aaaaaaa"),
        path("", length=b"\xff", after=b""),
        "/rss/articles/" + base64.urlsafe_b64encode(b'\x08\x13"').decode() + "A" * 16,
        "/",
    ],
)
def test_any_other_identifier_names_nothing(other: str) -> None:
    assert written_into(other) is None


@given(st.binary(max_size=30))
def test_any_identifier_is_an_address_or_nothing(data: bytes) -> None:
    found = written_into("/articles/" + base64.urlsafe_b64encode(b'\x08\x13"' + data).decode().rstrip("="))
    assert found is None or found.startswith(("http://", "https://"))

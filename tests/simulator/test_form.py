"""Forms: what any client encodes is read as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.filepost import encode_multipart_formdata

from digest.simulator.exchange import Refused, Request
from digest.simulator.form import fields

FIELDS = st.lists(st.tuples(st.from_regex(r"[a-z:-]{1,9}", fullmatch=True), st.text(st.characters(codec="utf-8"))))


def request(body: bytes, kind: str) -> Request:
    return Request(method="POST", path="/", headers={"content-type": kind}, body=body)


@given(given_=FIELDS.filter(bool))
def test_a_multipart_form_is_read_as_it_was_encoded(given_: list[tuple[str, str]]) -> None:
    body, kind = encode_multipart_formdata(given_, boundary="0123456789abcdef-a-boundary-of-nobody")
    assert fields(request(body, kind)) == given_


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "text/plain"),
        (b"x", "multipart/form-data"),
        (b"--b\r\n\r\nx", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b"),
        (b'--b\r\nname="a"\r\n\r\n\xff\r\n--b--', "multipart/form-data; boundary=b"),
        (b"a=%ff&b", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(Refused):
        fields(request(body, kind))

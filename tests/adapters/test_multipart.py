from email import policy
from email.parser import BytesParser

from hypothesis import given
from hypothesis import strategies as st
from urllib3.filepost import encode_multipart_formdata

from digest.adapters.multipart import multipart

NAMES = st.sampled_from(["to", "subject", "h:List-Id", "o:tag"])
VALUES = st.text(alphabet=st.characters(codec="utf-8"))


@given(st.lists(st.tuples(NAMES, VALUES), min_size=1))
def test_it_is_what_urllib3_makes_of_the_same_fields(fields: list[tuple[str, str]]) -> None:
    made = multipart(fields)
    boundary = made.content_type.partition("boundary=")[2]
    assert (made.body, made.content_type) == encode_multipart_formdata(fields, boundary=boundary)


@given(st.lists(st.tuples(NAMES, VALUES), min_size=1))
def test_nothing_in_a_field_is_a_line_between_them(fields: list[tuple[str, str]]) -> None:
    boundary = multipart(fields).content_type.partition("boundary=")[2]
    assert not any(boundary in value for _, value in fields)


def test_another_reader_of_such_bodies_finds_the_fields_in_order() -> None:
    made = multipart([("to", "a@x.org"), ("to", "b@x.org"), ("text", "ünï\r\n--x")])
    parsed = BytesParser(policy=policy.HTTP).parsebytes(
        b"Content-Type: " + made.content_type.encode() + b"\r\n\r\n" + made.body
    )
    found = [
        (part.get_param("name", header="content-disposition"), part.get_payload(decode=True))
        for part in parsed.iter_parts()
    ]
    assert found == [("to", b"a@x.org"), ("to", b"b@x.org"), ("text", "ünï\r\n--x".encode())]


def test_a_name_with_many_values_is_as_many_fields() -> None:
    several = multipart([("to", ("a@x.org", "b@x.org")), ("cc", ()), ("text", "t")])
    assert several == multipart([("to", "a@x.org"), ("to", "b@x.org"), ("text", "t")])


def test_a_letter_that_quotes_the_boundary_gets_another() -> None:
    usual = multipart([("text", "t")]).content_type.partition("boundary=")[2]
    made = multipart([("text", f"\r\n--{usual}--\r\n")])
    assert usual not in made.content_type
    assert made == multipart([("text", f"\r\n--{usual}--\r\n")])

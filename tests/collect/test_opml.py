"""OPML in, sources out, and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.listed import listed
from digest.collect.opml import OpmlOutline, read, write
from digest.errors import SourceListError
from digest.model.news import SectionName, Source, SourceKind
from digest.text.clean import plain
from tests.collect.feeds import source


def test_nested_outlines_are_read_with_the_folders_they_lie_in() -> None:
    text = b"""<?xml version="1.0"?><opml version="2.0"><body>
      <outline text="Papers"><outline text="National">
        <outline text="Post &amp; more" type="rss" xmlUrl=" https://post.example/feed " htmlUrl="https://post.example/"/>
      </outline></outline>
      <outline title="Dale" text="ignored" xmlurl="https://dale.example/feed"/>
    </body></opml>"""
    assert read(text) == (
        OpmlOutline(
            title="Post & more",
            xml_url="https://post.example/feed",
            html_url="https://post.example/",
            category=("Papers", "National"),
        ),
        OpmlOutline(title="Dale", xml_url="https://dale.example/feed"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"<opml>\n<body>\n<outline</body></opml>", "line 3, column 8"),
        (b"", "line 1, column 0"),
        (b"<rss><channel/></rss>", "its first element is <rss>"),
        (b"<opml><head/></opml>", "not <opml> with a <body>"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body/></opml>', "it declares entities"),
        (b'<?xml version="1.0" encoding="shift_jis"?><opml/>', "its encoding cannot be read"),
        (b'<?xml version="1.0" encoding="no-such"?><opml/>', "its encoding cannot be read"),
        (b"<opml><body>" + b"<outline>" * 60 + b"</outline>" * 60 + b"</body></opml>", "more than 50 folders"),
    ],
)
def test_a_list_that_cannot_be_read_says_where_and_why(text: bytes, said: str) -> None:
    with pytest.raises(SourceListError) as caught:
        read(text)
    assert said in str(caught.value)
    assert "Mend:" in str(caught.value)


TEXT = st.text(max_size=20).map(plain).filter(bool)
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
    name=TEXT,
    url=st.integers(0, 10**6).map(lambda number: f"https://feeds.example/{number}?format=rss&amp=1"),
    publisher=TEXT,
    weight=st.floats(0, 2),
    kind=st.sampled_from(SourceKind),
    sections=st.lists(st.sampled_from(SectionName), unique=True).map(tuple),
    labour=st.booleans(),
    paywalled=st.booleans(),
    full_text=st.booleans(),
    by_weight=st.booleans(),
)


@given(st.lists(SOURCES, max_size=4, unique_by=(lambda one: one.id, lambda one: one.url)))
def test_a_list_written_here_and_read_here_gives_the_same_sources(sources: list[Source]) -> None:
    assert listed(read(write(sources).encode())).sources == tuple(sources)


def test_no_list_grants_the_way_into_a_private_network() -> None:
    own = replace(source(), own_host=True)
    assert "own" not in write([own])
    forged = write([own]).replace("digest:labour", 'digest:own_host="true" digest:labour')
    (made,) = listed(read(forged.encode())).sources
    assert not made.own_host


@pytest.mark.parametrize(
    ("key", "value"), [("id", "A b"), ("kind", "paper"), ("weight", "heavy"), ("sections", "Sport"), ("labour", "yes")]
)
def test_a_list_of_ours_that_was_spoilt_by_hand_is_refused_with_the_place(key: str, value: str) -> None:
    text = f"""<opml xmlns:digest="urn:digest:sources"><body>
      <outline text="Dale" xmlUrl="https://dale.example/feed" digest:{key}="{value}"/></body></opml>"""
    with pytest.raises(SourceListError) as caught:
        listed(read(text.encode()))
    assert f"Dale: digest:{key} is '{value}', which means nothing." in str(caught.value)
    assert "take it out" in str(caught.value)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_what_is_written_can_be_read_again(names: list[str]) -> None:
    sources = [source(name, source_id=str(n)) for n, name in enumerate(names)]
    again = read(write(sources).encode())
    assert [one.xml_url for one in again] == [one.url for one in sources]


def test_a_written_list_is_opml_2_with_escaped_names() -> None:
    text = write([source('Post & "Co" <b>')], title="Ours")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<opml ')
    assert 'version="2.0">' in text.splitlines()[1]
    assert "<title>Ours</title>" in text
    assert read(text.encode())[0].title == 'Post & "Co"'

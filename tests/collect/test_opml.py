"""OPML in, sources out, and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.opml import OpmlOutline, read, to_sources, write
from digest.errors import SourceListError
from digest.lexicon.publishers import PUBLISHERS, publisher_named
from digest.model.news import SectionName, Source, SourceKind
from digest.text.clean import plain
from tests.collect.feeds import source


def outline(title: str, url: str = "https://feeds.example/x", html_url: str = "") -> OpmlOutline:
    return OpmlOutline(title=title, xml_url=url, html_url=html_url)


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


@pytest.mark.parametrize(
    ("title", "publisher", "kind"),
    [
        ("BBC Politics RSS", "BBC", SourceKind.BROADCASTER),
        ("Guardian Politics RSS", "The Guardian", SourceKind.NATIONAL),
        ("The Guardian", "The Guardian", SourceKind.NATIONAL),
        ("Guardian (Open Platform)", "The Guardian", SourceKind.NATIONAL),
        ("FT UK Politics", "Financial Times", SourceKind.NATIONAL),
        ("i Politics", "The i Paper", SourceKind.NATIONAL),
        ("Bloomberg.com", "Bloomberg", SourceKind.NATIONAL),
        ("LabourList RSS", "LabourList", SourceKind.LABOUR),
        ("Wensley Post RSS", "Wensley Post", SourceKind.NATIONAL),
        ("RSS", "RSS", SourceKind.NATIONAL),
    ],
)
def test_the_publisher_is_guessed_from_a_feed_s_name(title: str, publisher: str, kind: SourceKind) -> None:
    (made,) = to_sources([outline(title)])
    assert (made.name, made.publisher, made.kind) == (title, publisher, kind)


def test_the_publisher_is_guessed_from_the_page_or_the_feed_where_the_name_says_nothing() -> None:
    (by_page,) = to_sources([outline("Latest", html_url="https://www.theguardian.com/politics")])
    (by_feed,) = to_sources([outline("", "https://feeds.bbc.co.uk/news/politics/rss.xml")])
    assert by_page.publisher == "The Guardian"
    assert (by_feed.publisher, by_feed.name, by_feed.id) == ("BBC", "bbc.co.uk", "source")


def test_labour_outlets_and_paywalls_are_marked() -> None:
    labour, times = to_sources([outline("LabourList"), outline("The Times", "https://t.example/")])
    assert (labour.labour, labour.paywalled) == (True, False)
    assert (times.labour, times.paywalled) == (False, True)


def test_an_unknown_search_at_an_aggregator_is_an_aggregator() -> None:
    (known,) = to_sources([outline("Labour NEC", "https://news.google.com/rss/search?q=labour+nec")])
    assert known.kind is SourceKind.AGGREGATOR
    (unknown,) = to_sources([outline("Labour NEC", "https://flipboard.com/@x.rss")])
    assert (unknown.kind, unknown.publisher) == (SourceKind.AGGREGATOR, "Labour NEC")


def test_ids_are_slugs_unlike_each_other_and_those_taken() -> None:
    made = to_sources([outline("Café Post!", f"https://feeds.example/{n}") for n in range(3)], {"cafe-post-2"})
    assert [one.id for one in made] == ["cafe-post", "cafe-post-3", "cafe-post-4"]


def test_an_address_listed_twice_or_no_web_address_makes_no_source() -> None:
    assert len(to_sources([outline("A"), outline("B"), outline("C", "file:///etc/passwd"), outline("D", "feed")])) == 1


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
)


@given(st.lists(SOURCES, max_size=4, unique_by=(lambda one: one.id, lambda one: one.url)))
def test_a_list_written_here_and_read_here_gives_the_same_sources(sources: list[Source]) -> None:
    assert to_sources(read(write(sources).encode())) == tuple(sources)


def test_no_list_grants_the_way_into_a_private_network() -> None:
    own = replace(source(), own_host=True)
    assert "own" not in write([own])
    forged = write([own]).replace("digest:labour", 'digest:own_host="true" digest:labour')
    (made,) = to_sources(read(forged.encode()))
    assert not made.own_host


@pytest.mark.parametrize(
    ("key", "value"), [("kind", "paper"), ("weight", "heavy"), ("sections", "Sport"), ("labour", "yes")]
)
def test_a_list_of_ours_that_was_spoilt_by_hand_is_refused_with_the_place(key: str, value: str) -> None:
    text = f"""<opml xmlns:digest="urn:digest:sources"><body>
      <outline text="Dale" xmlUrl="https://dale.example/feed" digest:{key}="{value}"/></body></opml>"""
    with pytest.raises(SourceListError) as caught:
        to_sources(read(text.encode()))
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


def test_no_name_of_one_publisher_is_a_name_of_another() -> None:
    assert all(
        publisher_named(name) is publisher for publisher in PUBLISHERS for name in (publisher.name, *publisher.also)
    )
    assert publisher_named("The Wensley Post") is None

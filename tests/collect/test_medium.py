"""medium_of(): read, heard or watched."""

import pytest

from digest.collect.medium import medium_of, sort_of
from digest.collect.picture import picture_of
from digest.collect.raw import RawMedia
from digest.model.news import Medium
from tests.collect.raws import raw


@pytest.mark.parametrize(
    ("url", "medium"),
    [
        ("https://www.youtube.com/watch?v=1", Medium.VIDEO),
        ("https://podcasts.apple.com/gb/podcast/1", Medium.AUDIO),
        ("https://post.example/politics/audio/2031/may/14/reed", Medium.AUDIO),
        ("https://post.example/news/av/uk-politics-1", Medium.VIDEO),
        ("https://post.example/news/reed-in-video-row", Medium.TEXT),
    ],
)
def test_an_address_says_it_where_nothing_is_enclosed(url: str, medium: Medium) -> None:
    assert medium_of(raw(), url) is medium


def test_sound_comes_before_film_and_what_is_enclosed_before_the_address() -> None:
    both = raw(attached=(RawMedia(url="/a.mp4", type="video/mp4"), RawMedia(url="/a.mp3", type="audio/mpeg")))
    assert medium_of(both, "https://www.youtube.com/watch?v=1") is Medium.AUDIO


@pytest.mark.parametrize(
    ("url", "kind", "sort"),
    [
        ("/a", "image/svg+xml", "image"),
        ("/a.JPG?width=1", "", "image"),
        ("/a.m4a", "application/octet-stream", "audio"),
        ("/a.mp3", "text/html", ""),
        ("/a", "", ""),
    ],
)
def test_a_file_is_known_by_its_type_or_else_by_its_ending(url: str, kind: str, sort: str) -> None:
    assert sort_of(RawMedia(url=url, type=kind)) == sort


def test_a_picture_that_cannot_be_used_gives_way_to_the_next() -> None:
    pictures = (RawMedia(url="javascript:x", type="image", width=900), RawMedia(url="p.png", width=20))
    assert picture_of(raw(pictured=pictures)) == "https://post.example/p.png"
    assert picture_of(raw()) == ""

"""What an entry consists of and where it leads -> whether it is read, heard or watched."""

from digest.collect.address import authority_of
from digest.collect.raw import RawEntry, RawMedia
from digest.model.news import Medium

ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), "image"),
    **dict.fromkeys(("mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac"), Medium.AUDIO.value),
    **dict.fromkeys(("mp4", "m4v", "mov", "webm", "mkv"), Medium.VIDEO.value),
}
"""Endings of names of files, for feeds that give no type or «application/octet-stream»."""

HOSTS = {
    "www.youtube.com": Medium.VIDEO,
    "youtu.be": Medium.VIDEO,
    "vimeo.com": Medium.VIDEO,
    "podcasts.apple.com": Medium.AUDIO,
    "open.spotify.com": Medium.AUDIO,
    "soundcloud.com": Medium.AUDIO,
}
SEGMENTS = {
    Medium.AUDIO: frozenset({"audio", "podcast", "podcasts", "sounds"}),
    Medium.VIDEO: frozenset({"video", "videos", "av", "iplayer"}),
}
"""Segments of a path, such as /politics/audio/2026/…."""


def medium_of(raw: RawEntry, url: str) -> Medium:
    """Tell by enclosures and attachments, then by the address, then by the marks of a podcast; text if by none.

    Pictures that merely go with an entry never count, nor do films in Media RSS: newspapers put
    them beside articles that are there to be read.
    """
    attached = [sort_of(media) for media in raw.attached]
    found = next((medium for medium in (Medium.AUDIO, Medium.VIDEO) if medium.value in attached), None)
    return found or _by_address(url) or (Medium.AUDIO if raw.is_episode else Medium.TEXT)


def sort_of(media: RawMedia) -> str:
    """«image», «audio» or «video» by its type, else by the ending of its address; "" for anything else."""
    sort = media.type.partition("/")[0]
    if sort in {"image", Medium.AUDIO.value, Medium.VIDEO.value}:
        return sort
    ending = media.url.partition("?")[0].rpartition(".")[2].lower()
    return ENDINGS.get(ending, "") if sort in {"", "application"} else ""


def _by_address(url: str) -> Medium | None:
    """What the page's address says."""
    segments = set(url.partition("?")[0].casefold().split("/")[3:])
    by_path = (medium for medium in SEGMENTS if not segments.isdisjoint(SEGMENTS[medium]))
    return HOSTS.get(authority_of(url)) or next(by_path, None)

"""Own hosts: what may lie on a private network, and what is said of feeds that may not."""

import pytest

from tests.config.conftest import CONFIG, Write, mistakes_of, settings_of

SOURCE = """\
[[sources]]
id = "{id}"
name = "{id}"
url = "{url}"
"""
MEND = 'if it is the newsroom\'s own, add "{0}" to own_hosts under [collect], or own_host = true to the source'


def source(url: str, *, id: str = "post", own_host: bool = False) -> str:  # noqa: A002 - the key's name
    return SOURCE.format(id=id, url=url) + "own_host = true\n" * own_host


def own_hosts(*hosts: str) -> str:
    return CONFIG + f"[collect]\nown_hosts = {list(hosts)!r}\n"


def test_every_feed_on_a_private_network_is_named_with_its_mend(write: Write) -> None:
    sources = source("http://127.1:8123/feed") + source("http://cms.lan/feed", id="cms") + source("https://a.example/")
    path = write(CONFIG + source("http://10.0.0.1/feed", id="ten"), sources=sources.replace('"post"', '"lo"', 1))
    assert mistakes_of(path) == [
        "sources: ten: url: 10.0.0.1:80 is on a private network (private use, RFC 1918); " + MEND.format("10.0.0.1:80"),
        "sources: lo: url: 127.0.0.1:8123 is on a private network (loopback, RFC 1122); "
        + MEND.format("127.0.0.1:8123"),
        "sources: cms: url: cms.lan:80 is a name of a local network; " + MEND.format("cms.lan:80"),
    ]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://jo:pw@post.example/", "sources: post: url: the address at 'post.example' has a user name in it"),
        ("http://1.2.3.4.5/", "sources: post: url: 'http://1.2.3.4.5/' has no valid host and port"),
    ],
)
@pytest.mark.parametrize("own_host", [False, True])
def test_what_is_no_plain_address_is_a_mistake_whoever_s_it_is(
    write: Write, url: str, said: str, own_host: bool
) -> None:
    (mistake,) = mistakes_of(write(sources=source(url, own_host=own_host)))
    assert mistake.startswith(said)


def test_own_hosts_let_feeds_through(write: Write) -> None:
    sources = source("http://127.1:8123/feed") + source("https://cms.lan/feed", id="cms")
    made = settings_of(write(own_hosts("127.0.0.1:8123", "CMS.lan"), sources=sources))
    assert made.own_hosts == {"127.0.0.1:8123", "cms.lan"}


def test_a_source_s_own_host_is_its_own_host_and_port_alone(write: Write) -> None:
    sources = source("http://cms.lan:8080/feed", own_host=True) + source("http://cms.lan:8081/feed", id="other")
    assert mistakes_of(write(sources=sources)) == [
        "sources: other: url: cms.lan:8081 is a name of a local network; " + MEND.format("cms.lan:8081")
    ]
    made = settings_of(write(sources=source("http://cms.lan:8080/feed", own_host=True)))
    assert made.own_hosts == {"cms.lan:8080"}


@pytest.mark.parametrize("host", ["*.lan", "10.0.0.0/8", "http://cms.lan", "", "cms.lan:0"])
def test_own_hosts_are_hosts(write: Write, host: str) -> None:
    (mistake,) = mistakes_of(write(own_hosts("cms.lan", host)))
    assert mistake == (
        f"config.toml: collect.own_hosts.1: {host!r}: is not a host; write a name or an address, with its port where "
        'that is neither 80 nor 443, no wildcard: "cms.example.org" or "127.0.0.1:8123"'
    )

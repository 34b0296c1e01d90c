"""Where feeds may lead us, and where never."""

import json
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.guard import destination, own_host, private_host, refusal, typed_host, why_private
from digest.model.network import SPECIAL

METADATA = ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "169.254.170.2", "fd20:ce::254"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("0.0.0.0", "this network, RFC 791"),
        ("10.1.2.3", "private use, RFC 1918"),
        ("100.127.255.255", "shared by carriers’ customers, RFC 6598"),
        ("127.255.255.254", "loopback, RFC 1122"),
        ("169.254.0.1", "link-local, RFC 3927"),
        ("172.31.0.1", "private use, RFC 1918"),
        ("192.0.0.8", "IETF protocols, RFC 6890"),
        ("192.88.99.1", "6to4 relays, retired, RFC 7526"),
        ("198.19.0.1", "benchmarking, RFC 2544"),
        ("203.0.113.9", "documentation, RFC 5737"),
        ("239.1.1.1", "multicast, RFC 5771"),
        ("255.255.255.255", "broadcast, RFC 919"),
        ("250.0.0.1", "reserved, RFC 1112"),
        ("::", "unspecified, RFC 4291"),
        ("::1", "loopback, RFC 4291"),
        ("::ffff:10.0.0.1", "private use, RFC 1918"),
        ("::127.0.0.1", "loopback, RFC 1122"),
        ("::8.8.8.8", "outside the global unicast addresses, RFC 4291"),
        ("64:ff9b::808:808", "NAT64, RFC 6052"),
        ("64:ff9b:1::1", "local NAT64, RFC 8215"),
        ("100::1", "discarded, RFC 6666"),
        ("2001::1", "Teredo, RFC 4380"),
        ("2001:2::1", "benchmarking, RFC 5180"),
        ("2001:1ff::1", "IETF protocols, RFC 2928"),
        ("2001:db8::1", "documentation, RFC 3849"),
        ("2002:7f00:1::", "6to4, RFC 3056"),
        ("3fff::1", "documentation, RFC 9637"),
        ("5f00::1", "segment routing, RFC 9602"),
        ("fdff::1", "unique local, RFC 4193"),
        ("fe80::1", "link-local, RFC 4291"),
        ("fec0::1", "site-local, retired, RFC 3879"),
        ("ff02::1", "multicast, RFC 4291"),
        ("4000::1", "outside the global unicast addresses, RFC 4291"),
        ("e000::1", "outside the global unicast addresses, RFC 4291"),
    ],
)
def test_what_is_not_the_public_internet_is_known_by_name(address: str, why: str) -> None:
    assert why_private(ip_address(address)) == why


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2606:4700::1111",
        "2a00:1450:4009::1",
        "::ffff:8.8.8.8",
        "3ffd::1",
    ],
)
def test_public_addresses_are_public(address: str) -> None:
    assert why_private(ip_address(address)) == ""
    assert refusal(f"http://[{address}]/" if ":" in address else f"http://{address}/") == ""


@pytest.mark.parametrize("address", METADATA)
def test_what_clouds_tell_their_machines_is_out_of_reach(address: str) -> None:
    assert why_private(ip_address(address))
    assert refusal(f"http://{address if ':' not in address else f'[{address}]'}/latest/meta-data/")


@given(st.data())
def test_every_address_of_a_denied_block_is_refused(data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(SPECIAL)).network
    number = data.draw(st.integers(int(block.network_address), int(block.broadcast_address)))
    address = IPv4Address(number) if block.version == 4 else IPv6Address(number)
    assert why_private(address)
    assert "private network" in refusal(f"http://{address}/" if block.version == 4 else f"http://[{address}]/")
    if isinstance(address, IPv4Address):
        assert why_private(IPv6Address(f"::ffff:{address}"))


@given(st.ip_addresses())
def test_what_is_let_through_is_global_to_the_standard_library_too(address: IPv4Address | IPv6Address) -> None:
    if not why_private(address):
        assert address.is_global
        assert not address.is_multicast


def _number(value: int, style: str) -> str:
    return {
        "decimal": str(value),
        "hex": f"0x{value:x}",
        "upper hex": f"0X{value:X}",
        "padded hex": f"0x{value:012x}",
        "octal": f"0{value:o}",
        "padded octal": f"000000{value:o}",
    }[style]


STYLES = st.sampled_from(["decimal", "hex", "upper hex", "padded hex", "octal", "padded octal"])
FULL_WIDTH = str.maketrans("0123456789abcdefxABCDEFX", "０１２３４５６７８９ａｂｃｄｅｆｘＡＢＣＤＥＦＸ")
DRESSES = st.sampled_from(["plain", "full width", "percent", "all percent", "ideographic dots", "half-width dots"])


def _dressed(text: str, dress: str) -> str:
    match dress:
        case "full width":
            return text.translate(FULL_WIDTH)
        case "percent":
            return f"%{ord(text[0]):02x}{text[1:]}"
        case "all percent":
            return "".join(f"%{ord(letter):02X}" for letter in text)
        case "ideographic dots":
            return text.replace(".", "。")
        case "half-width dots":
            return text.replace(".", "｡")
        case _:
            return text


@given(st.integers(0, 2**24 - 1), st.integers(1, 4), st.lists(STYLES, min_size=4, max_size=4), DRESSES, st.booleans())
def test_every_way_of_writing_a_loopback_address_is_refused(
    rest: int, parts: int, styles: list[str], dress: str, dot: bool
) -> None:
    value = (127 << 24) + rest
    numbers = [value >> (24 - 8 * place) & 255 for place in range(parts - 1)]
    last = value & (2 ** (8 * (5 - parts)) - 1)
    text = ".".join(_number(number, style) for number, style in zip([*numbers, last], styles, strict=False))
    url = f"http://{_dressed(text + '.' * dot, dress)}/feed"
    assert "is on a private network (loopback, RFC 1122)" in refusal(url)
    assert destination(url, {str(IPv4Address(value))}).host == str(IPv4Address(value))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "printer.local",
        "ip6-localhost",
        "metadata",
        "db.internal",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "%6cocalhost",
        "nas.home.arpa",
        "cms.lan",
        "metadata.google.internal",
        "host.localdomain",
    ],
)
def test_names_of_local_networks_are_refused_by_name(host: str) -> None:
    assert "is a name of a local network" in refusal(f"http://{host}/feed")


@pytest.mark.parametrize("port", [1, 22, 25, 6000, 10080])
def test_ports_of_other_services_are_refused(port: int) -> None:
    assert refusal(f"https://post.example:{port}/").startswith(f"post.example:{port} is a port at which no web server")


def test_a_refusal_says_what_to_write() -> None:
    assert refusal("http://127.1:8123/feed") == (
        "127.0.0.1:8123 is on a private network (loopback, RFC 1122); if it is the newsroom's own, add "
        '"127.0.0.1:8123" to own_hosts under [collect], or own_host = true to the source'
    )


@pytest.mark.parametrize(
    ("own", "url", "is_let_through"),
    [
        ("cms.lan", "http://cms.lan/feed", True),
        ("cms.lan", "https://cms.lan/feed", True),
        ("cms.lan", "http://cms.lan:8080/feed", False),
        ("cms.lan", "http://a.cms.lan/feed", False),
        ("cms.lan:8080", "http://cms.lan:8080/feed", True),
        ("cms.lan:8080", "http://cms.lan/feed", False),
        ("127.0.0.1:25", "http://127.1:25/", True),
        ("[::1]:8080", "http://[0::1]:8080/", True),
        ("[::1]", "http://[::1]/", True),
        ("127.0.0.1", "http://127.0.0.2/", False),
    ],
)
def test_an_own_host_is_that_host_and_port_and_no_other(own: str, url: str, is_let_through: bool) -> None:
    assert (refusal(url, {own_host(own)}) == "") is is_let_through


@pytest.mark.parametrize(
    ("entry", "spelled"),
    [
        ("CMS.Lan", "cms.lan"),
        ("127.1:8123", "127.0.0.1:8123"),
        ("[0::1]:80", "[::1]:80"),
        ("cms.lan.:443", "cms.lan:443"),
    ],
)
def test_own_hosts_have_one_spelling_too(entry: str, spelled: str) -> None:
    assert own_host(entry) == spelled


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "*",
        "*.lan",
        "10.0.0.0/8",
        "http://cms.lan",
        "cms.lan/",
        "jo@cms.lan",
        "::1",
        "cms.lan:http",
        "cms.lan:0",
        "a b",
    ],
)
def test_own_hosts_have_no_wildcards_and_no_ranges(entry: str) -> None:
    with pytest.raises(ValueError, match="is not a host; write a name or an address"):
        own_host(entry)


def test_a_typed_address_makes_its_own_host_an_own_one() -> None:
    assert typed_host("http://127.1:8123/list.opml") == {"127.0.0.1:8123"}
    assert typed_host("list.opml") == frozenset()


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.1:8123/list.opml", {"127.0.0.1:8123"}),
        ("https://cms.lan/feed", {"cms.lan:443"}),
        ("http://[::1]/", {"[::1]:80"}),
        ("http://10.0.0.5:6000/feed", {"10.0.0.5:6000"}),
        ("https://post.example/feed", set()),
        ("http://post.example:6000/feed", set()),
        ("http://93.184.215.14/feed", set()),
        ("list.opml", set()),
    ],
)
def test_a_typed_host_is_an_own_one_where_whoever_typed_it_could_see_it(url: str, own: set[str]) -> None:
    assert private_host(url) == own


@pytest.mark.shared
def test_every_hostile_address_is_refused_at_entry(shared: Path) -> None:
    cases = (shared / "data" / "corpora" / "own_ssrf.jsonl").read_text(encoding="utf-8").splitlines()
    let_through = [case for case in cases if not refusal(json.loads(case)["text"])]
    assert len(cases) > 30
    assert let_through == []

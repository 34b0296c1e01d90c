"""canonical() and same_page_key() on addresses as publishers really write them: what is one page, and what is not."""

import json
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.address import authority_of, canonical, same_page_key

GUARDIAN = "https://www.theguardian.com/politics/2026/may/14/labour-leadership-rules-nec"
ESCAPED = quote(GUARDIAN, safe="")
BBC = "https://www.bbc.co.uk/news/articles/cx2k7jz9p0lo"
SKY = "https://news.sky.com/story/labour-leadership-what-happens-next-13367421"
INDEPENDENT = "https://www.independent.co.uk/news/uk/politics/labour-budget-vote-b2748213.html"
MIRROR = "https://www.mirror.co.uk/news/politics/labour-mps-vote-welfare-35214478"
TELEGRAPH = "https://www.telegraph.co.uk/politics/2026/05/14/labour-cabinet-reshuffle/"
LIST = "https://labourlist.org/2026/05/nec-elections-results/"
FT = "https://www.ft.com/content/7a2f2d0e-31a1-4c39-9a7f-1f9b1d0a6f2e"
WATCH = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
NEWS = "https://news.google.com/rss/articles/CBMiWkFVX3lxTE1abcdef"

SAME = (
    (GUARDIAN, GUARDIAN + "?CMP=share_btn_tw"),
    (GUARDIAN, GUARDIAN + "?utm_source=dlvr.it&utm_medium=twitter"),
    (GUARDIAN, GUARDIAN + "#comment-1634"),
    (GUARDIAN, GUARDIAN + "#block-6643a1b08f08d9f0f1d0a2c4"),
    (GUARDIAN, "https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=" + ESCAPED.lower() + "&c=8123&mkt=en-gb"),
    (GUARDIAN, GUARDIAN.replace("www.", "amp.")),
    (GUARDIAN, GUARDIAN.replace("www.", "m.")),
    (GUARDIAN, GUARDIAN.replace("https://", "http://")),
    (GUARDIAN, GUARDIAN.replace("www.theguardian.com", "WWW.TheGuardian.com:443")),
    (GUARDIAN, "https://www.google.com/amp/s/amp.theguardian.com" + urlsplit(GUARDIAN).path),
    (GUARDIAN, "https://amp-theguardian-com.cdn.ampproject.org/c/s/amp.theguardian.com" + urlsplit(GUARDIAN).path),
    (GUARDIAN, "https://www.google.com/url?rct=j&sa=t&url=" + GUARDIAN + "&ct=ga&cd=CAIyGjM&usg=AOvVaw1"),
    (GUARDIAN, "https://www.google.co.uk/url?q=" + ESCAPED + "&sa=D"),
    (GUARDIAN, "https://l.facebook.com/l.php?u=" + ESCAPED + "&h=AT0x"),
    (BBC, BBC + "?at_medium=RSS&at_campaign=rss"),
    (BBC, BBC + "?at_medium=RSS&at_campaign=KARANGA"),
    (BBC, BBC + "?ns_mchannel=social&ns_source=twitter&ns_campaign=bbc_daily&ns_linkname=news_central"),
    (BBC, BBC + "?xtor=AL-72-%5Bpartner%5D-%5Bbbc.news.twitter%5D"),
    (BBC, BBC.replace("bbc.co.uk", "bbc.com")),
    (BBC, BBC.replace("www.bbc.co.uk", "m.bbc.co.uk")),
    (BBC, BBC.replace("www.bbc.co.uk", "bbc.co.uk")),
    (BBC, BBC.replace("www.", "amp.")),
    ("https://www.bbc.co.uk/news/uk-politics-68987123", "https://www.bbc.com/news/uk-politics-68987123.amp"),
    ("https://www.bbc.co.uk/news/live/c4g8ze1rx0nt", "https://www.bbc.com/news/live/c4g8ze1rx0nt#asset:6d7f"),
    (SKY, SKY + "?dcmp=snt-sf-twitter"),
    (SKY, SKY.replace("news.sky.com", "amp.news.sky.com")),
    (INDEPENDENT, INDEPENDENT + "?amp"),
    (INDEPENDENT, INDEPENDENT + "?amp=1"),
    (INDEPENDENT, INDEPENDENT + "?utm_content=Echobox&utm_medium=Social&utm_source=Twitter#Echobox=1715"),
    (MIRROR, MIRROR + ".amp"),
    (MIRROR, MIRROR + "?int_source=amp_continue_reading&int_medium=amp"),
    (MIRROR, MIRROR + "?utm_source=mirror_newsletter&utm_campaign=politics_newsletter2&utm_medium=email"),
    (TELEGRAPH, TELEGRAPH.rstrip("/")),
    (TELEGRAPH, TELEGRAPH + "?WT.mc_id=tmgliveapp_iosshare"),
    (TELEGRAPH, TELEGRAPH + "?ICID=continue_without_subscribing_reg_first"),
    (LIST, LIST.rstrip("/")),
    (LIST, LIST + "amp/"),
    (LIST, LIST + "?utm_source=rss&utm_medium=rss&utm_campaign=nec-elections-results"),
    (LIST, LIST + "#respond"),
    (LIST, LIST + "?mc_cid=1a2b3c&mc_eid=4d5e6f"),
    (LIST, "http://www.labourlist.org/2026/05/nec-elections-results"),
    (LIST, LIST.replace("/nec", "/./nec")),
    (FT, FT + "?shareType=nongift"),
    (FT, FT + "?ftcamp=published_links%2Frss%2Fworld_uk_politics%2Ffeed%2F%2Fproduct"),
    (FT, FT.replace("www.", "amp.")),
    (FT, FT + "#myft:notification:instant-email:content"),
    (WATCH, WATCH.replace("www.", "m.")),
    (WATCH, WATCH + "&feature=youtu.be"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?si=Ab12"),
    (NEWS, NEWS + "?oc=5"),
    (NEWS, NEWS + "?oc=5&hl=en-GB&gl=GB&ceid=GB:en"),
    ("https://example.org/a?id=7&b=1", "https://example.org/a?id=7&b=1&fbclid=IwAR0x"),
    ("https://example.org/a%7Eb", "https://example.org/a~b"),
    ("https://example.org/caf%C3%A9", "https://example.org/caf%c3%a9"),
    ("https://example.org/caf\u00e9", "https://example.org/caf%C3%A9"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org/a/../b", "https://example.org/b"),
    ("https://www.thetimes.com/uk/politics/article/labour-x1?region=global", "https://www.thetimes.com/uk/politics/article/labour-x1"),
    ("https://inews.co.uk/news/politics/labour-3056784?ITO=newsnow", "https://inews.co.uk/news/politics/labour-3056784"),
    ("https://www.dailymail.co.uk/news/article-13421987/Labour.html?ns_mchannel=rss&ito=1490", "https://www.dailymail.co.uk/news/article-13421987/Labour.html"),
    ("https://www.thesun.co.uk/news/27912345/labour/?rec_article=true", "https://www.thesun.co.uk/news/27912345/labour/"),
    ("https://metro.co.uk/2026/05/14/labour-20837465/?ito=article.amp.share", "https://metro.co.uk/2026/05/14/labour-20837465/amp/"),
    ("https://www.express.co.uk/news/politics/1899321/labour", "https://www.express.co.uk/news/politics/1899321/labour/amp"),
    ("https://www.walesonline.co.uk/news/politics/senedd-29163874", "https://www.walesonline.co.uk/news/politics/senedd-29163874.amp"),
    ("https://www.itv.com/news/2026-05-14/labour", "https://www.itv.com/news/2026-05-14/labour?utm_source=itv"),
)  # fmt: skip

DIFFERENT = (
    (GUARDIAN, GUARDIAN + "-live"),
    (GUARDIAN, GUARDIAN.replace("2026/may/14", "2026/may/15")),
    (GUARDIAN, GUARDIAN.replace("www.theguardian.com", "www.theguardian.co")),
    (BBC, BBC[:-1] + "p"),
    (BBC, BBC.replace("/articles/", "/videos/")),
    (BBC, BBC.replace("bbc.co.uk", "bbc.org")),
    ("https://www.bbc.co.uk/news", "https://www.bbc.co.uk/sport"),
    (SKY, SKY.replace("13367421", "13367422")),
    (INDEPENDENT, INDEPENDENT.replace("b2748213", "b2748214")),
    (MIRROR, MIRROR.replace("35214478", "35214479")),
    (WATCH, "https://www.youtube.com/watch?v=oHg5SJYRHA0"),
    (WATCH, "https://youtu.be/oHg5SJYRHA0"),
    (WATCH, "https://www.youtube.com/watch"),
    (NEWS, NEWS + "g"),
    ("https://labourhub.org.uk/?p=123", "https://labourhub.org.uk/?p=124"),
    ("https://labourhub.org.uk/?p=123", "https://labourhub.org.uk/"),
    ("https://labourhub.org.uk/?page_id=7", "https://labourhub.org.uk/?p=7"),
    ("https://www.council.example/news?id=7", "https://www.council.example/news?id=8"),
    ("https://www.council.example/news.aspx?ID=7&lang=en", "https://www.council.example/news.aspx?ID=7&lang=cy"),
    ("https://www.council.example/ieListDocuments.aspx?CId=132&MId=4001", "https://www.council.example/ieListDocuments.aspx?CId=132&MId=4002"),
    ("https://www.union.example/story.php?story=12", "https://www.union.example/story.php?story=13"),
    ("https://www.union.example/index.php?option=com_content&view=article&id=55", "https://www.union.example/index.php?option=com_content&view=article&id=56"),
    ("https://www.union.example/a?cid=12", "https://www.union.example/a?cid=13"),
    ("https://www.union.example/a?ref=12", "https://www.union.example/a?ref=13"),
    ("https://www.union.example/a?source=12", "https://www.union.example/a?source=13"),
    ("https://www.union.example/a?page=2", "https://www.union.example/a?page=3"),
    ("https://www.union.example/a?s=labour", "https://www.union.example/a?s=tory"),
    ("https://forum.example/t?a=1&b=2", "https://forum.example/t?a=2&b=1"),
    ("https://example.org/News", "https://example.org/news"),
    ("https://example.org/a?x=A", "https://example.org/a?x=a"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a?x=1%262", "https://example.org/a?x=1&2"),
    ("https://example.org:8443/a", "https://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8081/a"),
    ("https://m.union.example/a", "https://news.union.example/a"),
    ("https://amp.union.example/a", "https://www.union.example/a"),
    ("https://example.org/amp", "https://example.org/"),
    ("https://example.org/article", "https://example.org/article.pdf"),
    ("https://example.org/2026/index.html", "https://example.org/2027/index.html"),
    ("https://example.org/#!/story/12", "https://example.org/#!/story/13"),
    ("https://www.gov.uk/government/news/a", "https://www.gov.uk/government/speeches/a"),
    ("https://hansard.parliament.uk/Commons/2026-05-14/debates/AB1C/Oral", "https://hansard.parliament.uk/Lords/2026-05-14/debates/AB1C/Oral"),
    ("https://www.google.com/url?url=https://a.example/1", "https://www.google.com/url?url=https://a.example/2"),
    ("https://feeds.feedburner.example/~r/x/~3/abc/", "https://feeds.feedburner.example/~r/x/~3/def/"),
    ("https://samf.substack.com/p/labour-year-two", "https://samf.substack.com/p/labour-year-three"),
    ("https://podcasts.example/e.mp3?episode=1", "https://podcasts.example/e.mp3?episode=2"),
    ("https://www.thetimes.com/article/a", "https://www.thetimes.co.uk/article/b"),
)  # fmt: skip

NOISE = st.sampled_from(
    "utm_source=rss utm_medium=Social&utm_campaign=x at_medium=RSS fbclid=IwAR0 gclid=1 CMP=share_btn mc_cid=1 ito=1490"
    " xtor=AL-72 ns_mchannel=rss ftcamp=x ocid=y smid=z cmpid=1 WT.mc_id=1 ref_src=twsrc".split()
)
PAGES = st.sampled_from(sorted({url for pair in (*SAME, *DIFFERENT) for url in pair if "/url?" not in url}))


def key(url: str) -> str:
    return same_page_key(canonical(url))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_of_two_pages_stay_two(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(PAGES | st.text(max_size=30).map("https://example.org/#!".__add__))
def test_a_canonical_address_is_its_own_canonical_form_and_means_the_same_page(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert key(once) == key(url)
    assert authority_of(once) == urlsplit(once).netloc


@given(PAGES, st.lists(NOISE, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_tracking_parameters_anywhere_in_the_query_change_nothing(url: str, noise: list[str], random: Random) -> None:
    whole, mark, fragment = url.partition("#")
    path, _, query = whole.partition("?")
    pieces = [piece for piece in query.split("&") if piece]
    for piece in noise:
        pieces.insert(random.randint(0, len(pieces)), piece)
    assert canonical(f"{path}?{'&'.join(pieces)}{mark}{fragment}") == canonical(url)


@given(
    PAGES, st.sampled_from(["p", "id", "v", "story", "page", "article", "q", "MId"]), st.text(min_size=1, max_size=9)
)
def test_a_parameter_that_may_name_a_page_is_kept_to_the_letter(url: str, name: str, value: str) -> None:
    base = canonical(url).partition("#")[0]
    written = canonical(f"{base}{'&' if '?' in base else '?'}{urlencode({name: value})}")
    assert parse_qsl(urlsplit(written).query, keep_blank_values=True)[-1] == (name, value)


@given(PAGES, st.sampled_from(["http", "https"]), st.booleans(), st.booleans())
def test_scheme_case_of_the_host_and_a_default_port_name_no_other_page(
    url: str, scheme: str, shouted: bool, ported: bool
) -> None:
    parts = urlsplit(canonical(url))
    port = {"http": ":80", "https": ":443"}[scheme] if ported and ":" not in parts.netloc else ""
    host = (parts.netloc.upper() if shouted else parts.netloc) + port
    assert key(urlunsplit((scheme, host, *parts[2:]))) == key(url)


@pytest.mark.shared
def test_hosts_are_what_a_browser_reads_wherever_an_address_is_accepted(shared: Path) -> None:
    """The URL standard's own tests; what we refuse besides (other schemes, user names) is never a link for readers."""
    accepted = 0
    for line in (shared / "data" / "corpora" / "wpt_urls.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        written = canonical(case["text"], base=case.get("base", ""))
        assert canonical(written) == written, case
        if written:
            assert (case.get("failure", False), urlsplit(written).netloc) == (False, case.get("host")), case
            accepted += 1
    assert accepted > 80

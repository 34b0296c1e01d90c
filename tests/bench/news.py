"""A seed -> a morning of invented Labour news as RSS: the same words at every run, no person who exists.

Some 250 events, most told by one or two outlets and some by many in different words, so that grouping has
its usual work. A third of the feeds carry the whole article beside its summary, as blogs do.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import count

FEEDS = 30
ENTRIES = 20
MOST_OUTLETS = 8

OUTLETS = (
    "Tribune Wire|Labour Courier|Westminster Post|Northern Ledger|Thames Standard|Union Voice|Clyde Herald|Severn Echo|"
    "Humber Mail|Council Watch|Red Rose Review|The Lobby|Capital Argus|Midland Gazette|Tyne Bulletin|Mersey Star|"
    "Holyrood Diary|Cardiff Chronicle|Coast Reporter|Fenland News|Policy Notebook|Members’ Record|The Division Bell|"
    "Workplace Today|Local Democracy Report|The Backbench|City Observer|Valley Times|Island Press|Morning Dispatch"
).split("|")
ACTORS = (
    "Labour MPs|The chancellor|Labour’s deputy leader|The health secretary|Unite|Unison|Labour councillors|The prime "
    "minister|The home secretary|Labour’s ruling NEC|The TUC|Labour peers|The education secretary|Backbench Labour MPs|"
    "Labour mayors|The GMB|Welsh Labour|Scottish Labour|The energy secretary|The Fabian Society"
).split("|")
DEEDS = (
    "back|reject|promise vote on|defend|delay|publish review of|demand more money for|scrap plan for|face revolt over|"
    "launch inquiry into|agree deal on|warn ministers about|win Commons vote on|unveil bill on"
).split("|")
MATTERS = (
    "rail fares|social care pay|the two-child limit|school meals|council housing|leasehold reform|bus franchising|"
    "hospital waiting lists|employment rights|zero-hours contracts|the steel industry|water companies|prison places|"
    "asylum hotels|planning rules|North Sea licences|the winter fuel payment|apprenticeships|special needs schools|"
    "rape trials|business rates|the minimum wage|dental contracts|private rents|mental health beds|pension credit|"
    "flood defences|postal votes|the Lords|nursery places|probation staff|youth clubs|disability benefits|tuition fees"
).split("|")
PLACES = (
    "Aldermoor|Brackenfield|Caldhaven|Dunmere|Eastholme|Fernley|Grimsdale|Harrowby|Inverlaw|Kelsworth|Langbourne|"
    "Marsham|Netherby|Ottershaw|Penmoor|Quayside|Ravensby|Stanbridge|Thornaby Moor|Uppingdale|Wexcombe|Yarnfield"
).split("|")
TELLINGS = (
    "{actor} {deed} {matter} in {place}",
    "{place}: {actor} {deed} {matter} amid row with Tories",
    "{person} attacks “{quality} {thing}” as {actor} {deed} {matter}",
    "Explained: why {actor} {deed} {matter} after {place} protest",
    "{actor} {deed} {matter}, {person} tells {place} meeting",
    "What the {place} {thing} tells Labour about {matter}",
)
SENTENCES = (
    "{actor} said the party had listened to {number} families in {place} who wrote about {matter}.",
    "{person}, who chairs the {place} {thing}, said the {other} had been “{quality} from the first {moment}”.",
    "The decision on {matter} follows a {quality} {thing} that {person} of {outsider} put to members in {place}.",
    "A spokesperson for {outsider} said its {other} would {do} every {thing} before the {moment}.",
    "Critics led by {person} called the plan {quality}; {number} Labour councillors signed a letter on the {other}.",
    "The {thing} goes to a vote at Westminster next week, and whips expect {number} MPs to {do} it.",
    "Officials put the cost of the {other} at £{number} million over the parliament, most of it for {matter}.",
    "Workers at {outsider} in {place} had waited {number} months for a {quality} {thing}, {person} said.",
    "“We will {do} this {thing}, and we will do it by the {moment},” {person} told a {quality} meeting.",
    "Neither {outsider} nor the {other} it runs would {do} the figures, which {place} council published in full.",
)
THINGS = (
    "amendment|pledge|settlement|white paper|consultation|ballot|motion|petition|audit|leak|memo|pilot|levy|tribunal|"
    "strike|walkout|charter|timetable|forecast|grant|contract|merger|sale|clinic|depot|terminal|shipyard|campus|archive|"
    "manifesto|by-election|shortlist|selection|rebellion|reshuffle|speech|interview|pamphlet|dossier|rota|bonus|pension|"
    "fund|bond|subsidy|tariff|quota|permit|licence|register|database|network|corridor|tunnel|bridge|ferry|turbine|reactor"
).split("|")
QUALITIES = (
    "hurried|generous|broken|overdue|bold|timid|unfunded|popular|costly|unworkable|modest|radical|muddled|patient|secret|"
    "cross-party|binding|symbolic|reckless|careful|unanimous|bitter|quiet|crowded|historic|provisional|regional|rural"
).split("|")
MOMENTS = "recess|autumn|conference|budget|weekend|summer|deadline|election|new year|committee stage".split("|")
DOINGS = "publish|withdraw|amend|block|fund|repeal|oversee|question|rewrite|endorse|shelve|protect|cost|delay".split(
    "|"
)
SYLLABLES = "ar bel cor dun el fen gar hol il jor kel lan mor nor os pel quin ros sel tam ul ven wil yar zan".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: its outlet's name and the bytes that its server gives."""

    id: str
    name: str
    body: bytes


def feeds(*, seed: int, now: datetime) -> tuple[Feed, ...]:
    """Every feed of the morning before `now` (aware): FEEDS of them with ENTRIES entries each."""
    dice = random.Random(seed)
    entries: list[list[str]] = [[] for _ in range(FEEDS)]
    titles: set[str] = set()
    numbers = count(1)
    while open_feeds := [index for index in range(FEEDS) if len(entries[index]) < ENTRIES]:
        event = an_event(dice)
        outlets = min(len(open_feeds), 1 + int(dice.random() ** 3 * MOST_OUTLETS))
        for index in dice.sample(open_feeds, outlets):
            title = dice.choice(TELLINGS).format(**event)
            title = title[0].upper() + title[1:]
            if (key := f"{index} {title}") in titles:
                continue
            titles.add(key)
            entries[index].append(_entry(dice, event, title, index, next(numbers), now))
    return tuple(
        Feed(id=f"feed-{index:02}", name=name, body=_document(name, entries[index]))
        for index, name in enumerate(OUTLETS)
    )


def an_event(dice: random.Random) -> dict[str, str]:
    """The words that all who tell an event share; people and organisations are the event’s own."""
    return {
        "actor": dice.choice(ACTORS),
        "deed": dice.choice(DEEDS),
        "matter": dice.choice(MATTERS),
        "place": dice.choice(PLACES),
        "person": f"{_name(dice)} {_name(dice)}",
        "outsider": f"{_name(dice)} {dice.choice(('Trust', 'Partners', 'Holdings', 'Foundation', 'Works'))}",
        "thing": dice.choice(THINGS),
        "other": dice.choice(THINGS),
        "quality": dice.choice(QUALITIES),
        "moment": dice.choice(MOMENTS),
        "do": dice.choice(DOINGS),
    }


def _name(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).capitalize()


def _entry(dice: random.Random, event: dict[str, str], title: str, index: int, number: int, now: datetime) -> str:
    """One entry of some 1,300 bytes, thrice that with the whole article."""
    link = f"https://outlet-{index:02}.example/politics/{number}?utm_source=rss&utm_medium=feed"
    published = format_datetime(now - timedelta(minutes=dice.randint(5, 20 * 60)))
    summary = "".join(f"<p>{escape(a_sentence(dice, event))}</p>" for _ in range(3))
    summary += f'<p>The post <a href="{escape(link)}">{escape(title)}</a> appeared first.</p>'
    body = "".join(f"<p>{escape(' '.join(a_sentence(dice, event) for _ in range(3)))}</p>" for _ in range(5))
    whole = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if index % 3 == 0 else ""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">outlet-{index:02}:{number}</guid><pubDate>{published}</pubDate>'
        f"<dc:creator>Staff reporter {number % 7}</dc:creator><category>Politics</category>"
        f"<category>{escape(event['matter'])}</category>"
        f'<media:thumbnail url="https://outlet-{index:02}.example/pictures/{number}.jpg" width="240" height="160"/>'
        f"<description>{escape(summary)}</description>{whole}</item>\n"
    )


def a_sentence(dice: random.Random, event: dict[str, str]) -> str:
    """One of the sentences in which an event is told."""
    return dice.choice(SENTENCES).format(**event, number=dice.randint(12, 980))


def _document(name: str, entries: list[str]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{escape(name)}</title><link>https://example.org/</link>"
        f"<description>Politics from {escape(name)}</description>\n"
    )
    return (head + "".join(entries) + "</channel></rss>\n").encode()

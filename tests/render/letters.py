"""Builders for editions of invented news, and the templates as the program ships them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from digest.model.brand import Brand
from digest.model.edition import Ask, AskPlace, Correction, Edition, Note, Piece, Section, Sentence, SourceLink
from digest.model.mail import Email, Envelope, Recipient
from digest.model.news import Kind, SectionName
from digest.model.story import Told
from digest.render.edition import render
from digest.render.templates import environment

TEMPLATES = Path(__file__).parents[2] / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*"))
    if path.suffix in {".j2", ".css"}
}
ENVIRONMENT = environment(SOURCES)
DAY = date(2026, 11, 23)

BRAND = Brand(
    name="The Daily Rose",
    strapline="Labour news, told straight",
    contact="desk@dailyrose.example",
    imprint="Published by Rose Press Ltd, 4 Weavers Row, Aldermere AM1 2QX.",
    why_you_get_this="You get this because you asked for The Daily Rose on our website.",
    how_often="It comes on weekday mornings at 7.30, and less often while Parliament is away.",
)
ENVELOPE = Envelope(
    newsletter="daily",
    day=date(2026, 11, 23),
    sender="The Daily Rose <daily@dailyrose.example>",
    reply_to="desk@dailyrose.example",
    list_id="daily.dailyrose.example",
    sent_at=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
    message_domain="dailyrose.example",
)
READER = Recipient(
    delivery_id=17,
    address="ada@reader.example",
    name="Ada Okonkwo",
    unsubscribe_url="https://dailyrose.example/u/17.k3v9Qz0aTqLwXy5R",
)
TAG = "5b0f6a52-6f0e-5b9e-8d3a-0c1d2e3f4a5b"


def source(publisher: str = "The Aldermere Post", url: str = "", *, paywalled: bool = False) -> SourceLink:
    slug = publisher.lower().replace(" ", "")
    return SourceLink(publisher=publisher, url=url or f"https://{slug}.example/news/1", paywalled=paywalled)


def piece(
    headline: str,
    *said: str,
    sources: tuple[SourceLink, ...] = (),
    story_id: str = "",
    kicker: str = "",
    kind: Kind = Kind.NEWS,
    author: str = "",
    why: str = "",
    since: str = "",
    section: SectionName = SectionName.GOVERNMENT,
) -> Piece:
    name = story_id or headline
    slug = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in headline.lower()).split())[:60]
    return Piece(
        story_id=name,
        headline=headline,
        sentences=tuple(Sentence(text=text, item_id=name, start=0, end=len(text)) for text in said),
        sources=sources or (source(url=f"https://aldermerepost.example/{slug or 'story'}"),),
        kicker=kicker,
        kind=kind,
        section=section,
        score=10,
        reasons=(),
        author=author,
        why=why,
        since=since,
        told=Told(story_id=name, day=DAY.isoformat(), headline=headline, item_ids=(name,), titles=(headline,)),
    )


def at(publisher: str, path: str, *, paywalled: bool = False) -> SourceLink:
    slug = "".join(c for c in publisher.lower() if c.isalnum() and c.isascii())
    return SourceLink(publisher=publisher, url=f"https://{slug}.example/{path}", paywalled=paywalled)


def small_edition() -> Edition:
    """An edition with a lead and nothing else, for tests that change one thing."""
    lead = piece("Ministers agree a new deal on bus fares for every town in Wessex", "The deal starts in May.")
    return Edition(newsletter="daily", day=DAY, subject=lead.headline, preheader="Nothing else today", lead=lead)


def rich_edition() -> Edition:
    """A full day of invented news: every block the letter has, and every mark a piece can carry."""
    lead = piece(
        "Chancellor drops freeze on council budgets after revolt by forty backbenchers",
        "Miriam Achterberg told the Commons that the freeze on council budgets would not go ahead.",
        "Forty Labour MPs had signed an amendment to strike it from the finance bill.",
        "The Treasury puts the cost at £1.4bn over three years.",
        sources=(
            at("Labour Lantern", "2026/11/council-freeze-dropped"),
            at("The Aldermere Post", "politics/achterberg-u-turn?edition=uk&source=front"),
            at("The Northern Ledger", "news/freeze-scrapped", paywalled=True),
            at("Channel Six News", "uk-politics-7712"),
        ),
        kicker="Budget",
        why="Seven publishers report it, three of them first-hand, and it changes a vote due today.",
        since="the Chancellor has now confirmed what was reported on Friday.",
    )
    five = (
        piece(
            "Dockers’ union votes two to one for strike over rosters",
            "Members at six ports will walk out for three days from 4 December, the Harbour Workers’ Union said.",
            sources=(at("Channel Six News", "ports-strike"), at("The Northern Ledger", "docks", paywalled=True)),
            kicker="Unions",
            section=SectionName.UNIONS,
        ),
        piece(
            "Peers defeat government on tenants’ bill by 31 votes",
            "The Lords backed an amendment that gives tenants six months’ notice instead of four.",
            sources=(at("The Aldermere Post", "peers-tenants"), at("Labour Lantern", "tenants-bill")),
            kicker="Parliament",
            section=SectionName.PARLIAMENT,
        ),
        piece(
            "NEC sets timetable for Harrowfield by-election selection",
            "Applications close on Thursday and members vote in the first week of December.",
            sources=(at("Labour Lantern", "harrowfield-timetable"),),
            kicker="Party",
            since="the shortlist of four is out.",
            section=SectionName.PARTY,
        ),
        piece(
            "First Minister offers talks on rail powers",
            "Ifan Prydderch said that Cardiff would “take yes for an answer” on track and trains.",
            sources=(at("Y Bont", "rheilffyrdd"), at("Channel Six News", "wales-rail")),
            kicker="Nations",
            section=SectionName.NATIONS,
        ),
        piece(
            "Labour lead narrows to three points in monthly poll",
            "The Survey House poll puts Labour on 31% and the Conservatives on 28%, with 2,104 adults asked.",
            sources=(at("The Northern Ledger", "poll-november", paywalled=True),),
            kicker="Polls",
            section=SectionName.POLLS,
        ),
    )
    sections = (
        Section(
            name=SectionName.GOVERNMENT,
            pieces=(
                piece(
                    "Hospital building plan to be split between two departments",
                    "Works will report to a new agency from April.",
                    sources=(at("The Aldermere Post", "hospitals"), at("Clinic Weekly", "split")),
                ),
                piece(
                    "Live: Achterberg takes questions from the Treasury committee",
                    sources=(at("Channel Six News", "live/treasury-committee"),),
                    kind=Kind.LIVE,
                ),
            ),
        ),
        Section(
            name=SectionName.PARLIAMENT,
            pieces=(
                piece(
                    "Committee asks why flood money for Saltmarsh was not spent",
                    sources=(at("Saltmarsh Gazette", "flood"), at("The Aldermere Post", "flood-money")),
                    section=SectionName.PARLIAMENT,
                ),
            ),
        ),
        Section(
            name=SectionName.PARTY,
            pieces=(
                piece(
                    "Young members’ conference moves to Derwent Bridge",
                    "Delegates meet there in February instead of in the capital.",
                    sources=(at("Labour Lantern", "young-members"),),
                    section=SectionName.PARTY,
                ),
            ),
        ),
        Section(
            name=SectionName.NATIONS,
            pieces=(
                piece(
                    "Mayor of Tyne Valley opens bidding for night buses",
                    "Six operators have until January to bid for eleven routes.",
                    sources=(at("Tyne Valley Echo", "buses"), at("Channel Six News", "night-buses")),
                    section=SectionName.NATIONS,
                ),
                piece(
                    "Aldermere council agrees rent freeze for 2,300 homes",
                    sources=(at("The Aldermere Post", "rent"),),
                    section=SectionName.NATIONS,
                ),
            ),
        ),
    )
    comment = (
        piece(
            "The revolt was the easy part: now find the money",
            "A freeze nobody could defend has gone, and the hole it filled has not.",
            sources=(at("The Northern Ledger", "comment/easy-part", paywalled=True),),
            kind=Kind.COMMENT,
            author="Josephine Adair",
        ),
        piece(
            "What six months of council by-elections tell us",
            sources=(at("Labour Lantern", "analysis/by-elections"),),
            kind=Kind.ANALYSIS,
            author="Tom Wexley and Priya Nandakumar",
        ),
    )
    return Edition(
        newsletter="daily",
        day=DAY,
        subject="Chancellor drops freeze on council budgets after revolt",
        preheader="Dockers vote two to one for strike · Peers defeat government on tenants’ bill",
        lead=lead,
        five=five,
        sections=sections,
        comment=comment,
        diary=(
            "11.30: Treasury questions in the Commons, then the third reading of the finance bill.",
            "Evening: count of the Westhaven council by-election.",
        ),
        corrections=(
            Correction(
                day=date(2026, 11, 20),
                text="We said that the tenants’ bill was at its second reading; it was at report stage.",
            ),
        ),
        note=Note(
            text=(
                "Good morning. Forty names on an order paper did what a month of briefings could not. "
                "The vote is at seven tonight; we will write again only if it is lost.\n\n"
                "Below: the docks, the Lords, and a poll to read with care."
            ),
            signed="Maud Ferrier, editor",
        ),
        ask=Ask(
            text=(
                "The Daily Rose has no owner and no paywall. Two thousand readers keep it that way: "
                "join our supporters giving £10 a month."
            ),
            label="Become a supporter",
            url="https://dailyrose.example/support?from=daily",
        ),
        ask_place=AskPlace.AFTER_FIVE,
    )


def long_edition(stories: int = 40) -> Edition:
    """As many stories as a day may have, each with a sentence and three sources."""
    wire = tuple(
        piece(
            f"Story {n}: committee in Aldermere asks for the papers on the harbour works",
            "The committee wants to see every letter between the department and the contractor since March.",
            sources=tuple(at(name, f"2026/11/story-{n}") for name in ("Labour Lantern", "Y Bont", "Channel Six News")),
        )
        for n in range(stories - 6)
    )
    rich = rich_edition()
    return replace(rich, sections=(Section(name=SectionName.GOVERNMENT, pieces=wire),), comment=())


def letter(edition: Edition | None = None, *, proof: bool = False) -> Email:
    """The edition as the shipped templates print it."""
    return render(edition or rich_edition(), brand=BRAND, environment=ENVIRONMENT, proof=proof)

"""An invented edition with every block and every mark a letter can have: what templates are tried with."""

from dataclasses import replace
from datetime import date

from digest.model.brand import Brand
from digest.model.edition import Ask, AskPlace, Correction, Edition, Note, Piece, Section, Sentence, SourceLink
from digest.model.news import Kind, Medium, SectionName
from digest.model.story import Told

DAY = date(2026, 11, 23)

BRAND = Brand(
    name="The Daily Rose",
    strapline="Labour news, told straight",
    contact="desk@dailyrose.example",
    imprint="Published by Rose Press Ltd, 4 Weavers Row, Aldermere AM1 2QX.",
    why_you_get_this="You get this because you asked for The Daily Rose on our website.",
    how_often="It comes on weekday mornings at 7.30, and less often while Parliament is away.",
)


def showcase() -> Edition:
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
            replace(at("Channel Six News", "listen-7712"), medium=Medium.AUDIO),
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
                    "School meals to be cooked on site again by 2029",
                    "Kitchens closed in the last ten years come first, and £90m is set aside for them.",
                    sources=(
                        at("The Northern Ledger", "school-meals", paywalled=True),
                        at("Channel Six News", "meals"),
                    ),
                    since="the first forty schools have been named.",
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
                    "Of £12m that was voted in March, £800,000 has reached the town, its members were told.",
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
            name=SectionName.UNIONS,
            pieces=(
                piece(
                    "Bakers’ union asks for inspections after ovens catch fire",
                    "Two plants in Wessex have stopped work, and the inspectorate says it will visit both this week.",
                    sources=(at("Clinic Weekly", "ovens"), at("Y Bont", "poptai")),
                    section=SectionName.UNIONS,
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
                    "The Labour group carried it by two votes; tenants will hear by letter before Christmas.",
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
            "In fifty-one contests the vote moved least where the candidate had lived longest in the ward.",
            sources=(at("Labour Lantern", "analysis/by-elections"),),
            kind=Kind.ANALYSIS,
            author="Tom Wexley and Priya Nandakumar",
        ),
    )
    return Edition(
        newsletter="daily",
        day=DAY,
        subject="Chancellor drops freeze on council budgets after revolt",
        subject_why="The Aldermere Post’s headline, whole.",
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
                "Forty names on an order paper did what a month of briefings could not. "
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
    """A piece that says these sentences; without sources one is made up from its headline."""
    name = story_id or headline
    slug = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in headline.lower()).split())[:60]
    return Piece(
        story_id=name,
        headline=headline,
        sentences=tuple(Sentence(text=text, item_id=name, start=0, end=len(text)) for text in said),
        sources=sources or (at("The Aldermere Post", slug or "story"),),
        kicker=kicker,
        kind=kind,
        section=section,
        score=10,
        reasons=(),
        author=author,
        why=why,
        since=since,
        is_developing=bool(since),
        told=Told(story_id=name, day=DAY.isoformat(), headline=headline, item_ids=(name,), titles=(headline,)),
    )


def at(publisher: str, path: str, *, paywalled: bool = False) -> SourceLink:
    """A link to an invented publisher's site; `.example` is kept free by RFC 2606."""
    slug = "".join(c for c in publisher.lower() if c.isalnum() and c.isascii())
    return SourceLink(publisher=publisher, url=f"https://{slug}.example/{path}", paywalled=paywalled)
